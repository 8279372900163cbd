// The Welsh of the record's phrases, as two tables.
#pragma once

#include <string_view>
#include <vector>

namespace plenum {

struct SaidInWelsh {
  std::string_view english;
  std::string_view welsh;
};

const std::vector<SaidInWelsh>& WelshOfDocument();
const std::vector<SaidInWelsh>& WelshOfLog();

}  // namespace plenum
