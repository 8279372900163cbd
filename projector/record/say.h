// The fixed words of the record in the languages that it is written in: English, and Welsh. A
// phrase is named by its English words; its arguments stand at {0}, {1} ...
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenum {

class Say {
 public:
  // "cy", or a tag that begins with "cy-": Welsh. Any other: English.
  explicit Say(std::string_view language);

  std::string operator()(std::string_view english,
                         std::initializer_list<std::string_view> arguments = {}) const;
  // "1 person", "3 people".
  std::string Count(uint64_t n, std::string_view one, std::string_view many) const;
  std::string List(const std::vector<std::string>& parts) const;  // "a, b and c"

  // The language that the phrases are in: "en" or "cy".
  std::string_view language() const { return welsh_ ? "cy" : "en"; }

 private:
  bool welsh_ = false;
};

// The Welsh of a phrase; nullopt if there is none.
std::optional<std::string_view> WelshOf(std::string_view english);

}  // namespace plenum
