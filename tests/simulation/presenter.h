// Presenter: runs the day from the console view. Presses too often, goes back, merges and unmerges,
// asks for early looks; a second one may press at the same time.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/client.h"

namespace plenum::simulation {

class Presenter final : public Client {
 public:
  using Client::Client;

  // Every activity has been revealed or sealed.
  bool DayIsOver() const { return day_is_over_; }
  // From now on only straight on.
  void HurryUp() { hurry_ = true; }
  // Links that it may withdraw.
  void GiveLinks(std::vector<TokenId> links) { links_ = std::move(links); }

 protected:
  void Act() override;
  Micros ThinkingTime() override { return random().Between(200, hurry_ ? 500 : 1500) * kMs; }

 private:
  void Advance(const json::Value& activity);
  void Sidestep(const json::Value& activity);
  void Merge(const json::Value& activity);
  std::string ChooseStep(const json::Value& activity);

  void Withdraw();

  std::vector<TokenId> links_;
  bool day_is_over_ = false;
  bool hurry_ = false;
};

}  // namespace plenum::simulation
