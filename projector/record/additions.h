// What the organisers add to the record, in one JSON file (schema/json-schema/figures.json):
// figures from elsewhere with their source, what the record is, its aims, closing words, thanks.
#pragma once

#include <expected>
#include <string_view>
#include <vector>

#include "projector/record/record.h"
#include "schema/run_sheet.h"

namespace plenum {

// In one language, where a text has it; else in the first that it has. Checked as a whole: every
// mistake with its place.
std::expected<Additions, std::vector<Problem>> ParseAdditions(std::string_view text,
                                                              std::string_view language);

}  // namespace plenum
