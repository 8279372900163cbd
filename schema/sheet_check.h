// All that there is to say of a run sheet before a room is made of it, for `plenum check` and for
// the page of organisers. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/run_sheet.h"

namespace plenum {

struct SheetCheck {
  std::vector<Problem> problems;  // in the order of the text; at most limits::kProblems
  std::optional<RunSheet> sheet;  // if there are none
  std::vector<Problem> warnings;  // what the sheet may say and probably does not mean
};
SheetCheck CheckSheet(std::string_view text);

// {"problems":[…]} or, without any, also "warnings", "activities", "links", "labels" and "notice"
// (schema/json-schema/http.json, sheet-check).
std::string EncodeSheetCheck(const SheetCheck& check);

// The first activity that does not fit in an event; without its place.
std::optional<Problem> FirstTooLarge(const RunSheet& sheet);

}  // namespace plenum
