#include "gateway/guess_limit.h"

#include <algorithm>

namespace plenum {

void GuessLimit::Refill(Budget& budget, TimeMs now) {
  if (now < budget.since) budget.since = now;  // a clock may be set back
  const TimeMs earned = (now - budget.since) / kGuessAgainMs;
  budget.spent = static_cast<int>(std::max<TimeMs>(0, budget.spent - earned));
  budget.since = budget.spent == 0 ? now : budget.since + earned * kGuessAgainMs;
}

bool GuessLimit::Spend(const std::string& address, TimeMs now) {
  if (budgets_.size() >= kGuessAddresses) Forget(now);
  Budget& budget = budgets_.try_emplace(address, Budget{0, now}).first->second;
  Refill(budget, now);
  if (budget.spent >= kGuessesAtOnce) return false;
  ++budget.spent;
  return true;
}

bool GuessLimit::Spent(const std::string& address, TimeMs now) {
  auto found = budgets_.find(address);
  if (found == budgets_.end()) return false;
  Refill(found->second, now);
  return found->second.spent >= kGuessesAtOnce;
}

// Those that have guessed least lose least; at worst somebody may guess a few times more.
void GuessLimit::Forget(TimeMs now) {
  for (auto& [address, budget] : budgets_) Refill(budget, now);
  for (int least = 0; budgets_.size() > kGuessAddresses / 2; ++least) {
    std::erase_if(budgets_, [least](const auto& one) { return one.second.spent <= least; });
  }
}

}  // namespace plenum
