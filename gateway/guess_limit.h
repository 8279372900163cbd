// How many codes of no room one address may try: personal ones when joining, a room's own when its
// page is opened. Who shares it with somebody who guesses is not shut out: a right personal code is
// always right, and a page then asks for what it would have been told. I/O thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "schema/ids.h"

namespace plenum {

inline constexpr int kGuessesAtOnce = 20;
inline constexpr TimeMs kGuessAgainMs = 10'000;  // one more after each
inline constexpr size_t kGuessAddresses =
    10'000;  // remembered; beyond it those who guessed least are forgotten

class GuessLimit {
 public:
  // One wrong code; false once there have been too many.
  bool Spend(const std::string& address, TimeMs now);
  // Whether there have been too many.
  bool Spent(const std::string& address, TimeMs now);

 private:
  struct Budget {
    int spent = 0;
    TimeMs since = 0;  // when `spent` was so
  };
  static void Refill(Budget& budget, TimeMs now);
  void Forget(TimeMs now);

  std::map<std::string, Budget> budgets_;
};

}  // namespace plenum
