// A walk along the text of a JSON document, to say where in it something is. The parser decides
// what is accepted; it does not tell places, so this finds the first fault in what it refused, and
// the place of a value in what it accepted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schema/json.h"

namespace plenum::json {

struct Fault {
  size_t offset = 0;
  std::string what;  // one sentence
};

inline constexpr int64_t kMaxInt = (int64_t{1} << 53) - 1;
inline constexpr std::string_view kNotWhole =
    "Only whole numbers are allowed, without a fraction or an exponent.";
inline constexpr std::string_view kTooLarge = "This number is too large.";

// The first place where the text stops being I-JSON, apart from what takes a whole object to see
// (duplicate members) and from characters that have no meaning.
std::optional<Fault> FirstFault(std::string_view text);

// "/" and the name of a member, escaped (RFC 6901, section 3).
std::string PointerToken(std::string_view name);

// Line and column of a byte.
Place PlaceOf(std::string_view text, size_t offset);

}  // namespace plenum::json
