// A day of everything at once, by one seed: activities of every kind, people who vote well and
// badly, sit at tables and walk away, moderators, presenters who press twice and change the sheet,
// nodes that speak late and plan badly, resends, and garbage.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "tests/property/fold_room.h"

namespace plenum::fold_test {

struct DayPlan {
  size_t people = 14;
  size_t events = 700;
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
  // fold_day_staff.cc: what staff do beside running it.
  void Moderate(const Activity& activity);
  void ChangeSheet(const Activity& activity);
  void EditRecord(const Activity& activity);
  void SetTables(const Activity& activity);
  // fold_day_tables.cc: at tables.
  void AtTable(const Activity& activity, const PersonId& person);
  void Plan(const Activity& activity);
  std::vector<uint16_t> PlanRound(const Activity& activity, std::vector<std::set<uint32_t>>& been);
  uint32_t AnyTable(const Activity& activity);
  void TellOrganisers(const Activity& activity, const PersonId& person);
  UpvoteCast RandomUpvote(const Activity& activity);
  RankCast RandomRank(const Activity& activity);
  RatingCast RandomRatings(const Activity& activity);
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
