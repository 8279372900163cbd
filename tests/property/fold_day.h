// A day of everything at once, by one seed: several activities, people who vote well and badly,
// presenters who press twice, nodes that speak late, resends, and garbage.
#pragma once

#include <string>
#include <vector>

#include "tests/property/fold_room.h"

namespace plenum::fold_test {

struct DayPlan {
  size_t people = 14;
  size_t events = 500;
  bool decks = true;
};

class RandomDay {
 public:
  RandomDay(const DayPlan& plan, uint64_t seed);

  // Sends the next event; its outcome is the last of outcomes().
  void Step();
  void Run() {
    while (outcomes_.size() < plan_.events) Step();
  }

  TestRoom& room() { return room_; }
  // One an entry of the log.
  const std::vector<Outcome>& outcomes() const { return outcomes_; }

 private:
  void Send(const Event& event) { outcomes_.push_back(room_.Send(event)); }
  void Prepare();
  void ByPresenter(const Activity& activity);
  void ByNode(const Activity& activity);
  void ByPerson(const Activity& activity);
  void Merge(const Activity& activity);
  void Again();
  void Cast(const Activity& activity, const PersonId& person);
  void Contribute(const Activity& activity, const PersonId& person);
  BallotCast RandomBallot(const Activity& activity, const PersonId& person);
  ScoreCast RandomScore(const Activity& activity, const PersonId& person);
  ItemId AnyItem(const Activity& activity);
  Event For(const Activity& activity, const PersonId& person, Payload payload, bool seq);
  const Activity& AnyActivity();

  DayPlan plan_;
  Random random_;
  TestRoom room_;
  std::vector<ActivityId> activities_;
  std::vector<PersonId> people_;
  std::vector<Outcome> outcomes_;
  uint32_t seq_ = 0;
};

}  // namespace plenum::fold_test
