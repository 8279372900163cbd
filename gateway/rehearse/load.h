// Load: what is measured instead of a day: many votes at once, and many connections that do
// nothing.
#pragma once

#include <expected>
#include <ostream>
#include <string>

#include "gateway/rehearse/rehearse.h"

namespace plenum::rehearse {

// One scale poll in which options.burst people vote within options.within_ms; prints how long it
// took until each ballot was recorded, and seen on a display. Returns an exit code.
std::expected<int, std::string> RunBurst(const RehearseOptions& options, std::ostream& out);

// Opens options.idle connections and keeps them for options.hold_ms; says when they are all open.
std::expected<int, std::string> RunIdle(const RehearseOptions& options, std::ostream& out);

}  // namespace plenum::rehearse
