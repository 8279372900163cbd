// The Welsh of the record's phrases, as two tables.
#pragma once

#include <span>
#include <string_view>

namespace plenum {

struct SaidInWelsh {
  std::string_view english;
  std::string_view welsh;
};

std::span<const SaidInWelsh> WelshOfDocument();
std::span<const SaidInWelsh> WelshOfLog();

}  // namespace plenum
