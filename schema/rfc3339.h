// Times in events: RFC 3339, UTC, always with milliseconds ("2026-09-21T09:00:00.000Z").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "schema/ids.h"

namespace plenum {

// REQUIRES: within the years 1970 to 9999; what is outside is moved to the nearer end.
std::string FormatTime(TimeMs time);
// Reads only what FormatTime writes.
std::optional<TimeMs> ParseTime(std::string_view text);

}  // namespace plenum
