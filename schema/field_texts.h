// A contribution of several fields, as one text for the vault: a JSON object with a string for each
// field, in the order of the activity's fields. And words, as they are counted.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/activity.h"
#include "schema/command.h"

namespace plenum {

using FieldTexts = std::vector<std::pair<std::string, std::string>>;

// What goes to the vault, cleaned and cut to the limits of the activity; the error is a sentence
// for the person who wrote it. Without `collect` (a word to the organisers) it is one text.
std::expected<std::string, std::string> TextToKeep(const Writing& writing, const Collect* collect);

// The fields that such a text holds; empty if it is not of that form.
FieldTexts ReadFieldTexts(std::string_view text, const std::vector<Field>& fields);

// How a word is counted: NFKC, case folded, white space inside as one blank (Unicode, UAX #15).
std::string FoldSpelling(std::string_view text);
size_t CountWords(std::string_view text);  // parts between blanks

}  // namespace plenum
