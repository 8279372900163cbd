// A walk along the text of a JSON document, to say where in it something is. The parser decides
// what is accepted; it does not tell places, so this finds the first fault in what it refused, and
// the place of a value in what it accepted.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "schema/json.h"

namespace plenum::json {

struct Fault {
  size_t offset = 0;
  std::string what;  // one sentence
};

// The first place where the text stops being JSON (RFC 8259), is nested deeper than
// limits::kJsonDepth, or is not UTF-8.
std::optional<Fault> FirstFault(std::string_view text);

// Line and column of a byte.
Place PlaceOf(std::string_view text, size_t offset);

}  // namespace plenum::json
