// The clock of a node: what time it was when the program started, and what has passed since. So a
// wall clock that is set, ahead or back, neither ends time limits at once nor stops what waits for
// a moment that was near. Which time is right is taken over at the next start.
#pragma once

#include "schema/ids.h"

namespace plenum {

// Milliseconds since 1970; never goes back. Stands still while the machine sleeps. Any thread.
TimeMs NodeNow();

}  // namespace plenum
