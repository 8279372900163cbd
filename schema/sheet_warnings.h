// What a run sheet may say, and what is probably not meant: texts without one of its languages,
// limits that are never used, a series of one, too few places. Each with its place.
#pragma once

#include <string_view>
#include <vector>

#include "schema/run_sheet.h"

namespace plenum {

// `text` is what `sheet` was read from. At most limits::kProblems, in the order of the text.
std::vector<Problem> WarningsOf(const RunSheet& sheet, std::string_view text);

}  // namespace plenum
