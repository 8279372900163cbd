// How many personal codes of no room one address may try. Who shares it with somebody who guesses
// is not shut out: a right code is always right, only wrong ones are no longer looked into with
// care. I/O thread.
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
