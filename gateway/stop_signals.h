// SIGTERM and SIGINT from the beginning of a command on, before there is a loop that takes them.
#pragma once

namespace plenum {

// From now on both ask for a stop, which a node's Run heeds; a second one before Run ends the
// process at once. To be called first of all, while there is one thread.
void CatchStopSignals();
bool StopWasAsked();

}  // namespace plenum
