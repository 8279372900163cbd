#include "projector/record/say.h"

namespace plenum {

Say::Say(std::string_view language) : welsh_(language == "cy" || language.starts_with("cy-")) {}

std::string Say::operator()(std::string_view english,
                            std::initializer_list<std::string_view> arguments) const {
  const std::string_view phrase = welsh_ ? WelshOf(english).value_or(english) : english;
  std::string out;
  for (size_t at = 0; at < phrase.size(); ++at) {
    const bool hole = phrase[at] == '{' && at + 2 < phrase.size() && phrase[at + 2] == '}';
    if (!hole) {
      out += phrase[at];
      continue;
    }
    const auto index = static_cast<size_t>(phrase[at + 1] - '0');
    if (index < arguments.size()) out += arguments.begin()[index];
    at += 2;
  }
  return out;
}

// In Welsh the noun follows a number in the singular, or after "o": the table has both, with the
// place of the number.
std::string Say::Count(uint64_t n, std::string_view one, std::string_view many) const {
  const std::string number = std::to_string(n);
  const std::string_view noun = n == 1 ? one : many;
  const auto welsh = welsh_ ? WelshOf(noun) : std::nullopt;
  if (welsh && welsh->find("{0}") != std::string_view::npos) return (*this)(noun, {number});
  return number + " " + (*this)(noun);
}

std::string Say::List(const std::vector<std::string>& parts) const {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? (*this)(" and ") : ", ";
    text += parts[i];
  }
  return text;
}

}  // namespace plenum
