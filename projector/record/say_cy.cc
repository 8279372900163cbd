#include "projector/record/say_cy.h"

#include <unordered_map>

#include "projector/record/say.h"

namespace plenum {

std::optional<std::string_view> WelshOf(std::string_view english) {
  static const auto all = [] {
    std::unordered_map<std::string_view, std::string_view> map;
    for (const auto table : {WelshOfDocument(), WelshOfLog()}) {
      for (const SaidInWelsh& each : table) map.emplace(each.english, each.welsh);
    }
    return map;
  }();
  const auto it = all.find(english);
  if (it == all.end()) return std::nullopt;
  return it->second;
}

}  // namespace plenum
