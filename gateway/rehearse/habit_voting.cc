// Polls: choice, scale, dots, ranks, ratings. The whole ballot at once.
#include <algorithm>

#include "gateway/rehearse/habit.h"
#include "gateway/rehearse/votes.h"

namespace plenum::rehearse {
namespace {

class Voting : public Habit {
 public:
  using Habit::Habit;

  void OnStage() override {
    if (!IsMine()) return;
    const Phase phase = self_.stage().stage.phase;
    if (phase == Phase::kVoting || phase == Phase::kClosing) SendEvery(false);
    if (phase == Phase::kClosed) SendEvery(true);
  }

  // A ballot that was meant to be in time: if it came too late because a timer had closed voting
  // while the server was away, it is cast again once the presenter opens again.
  void OnDone(const Command& command, const Outcome* outcome) override {
    auto ballot = in_time_.find(command.id);
    if (ballot == in_time_.end() || !IsLate(outcome)) return;
    size_t& next = next_[command.activity];
    next = std::min(next, ballot->second);
    in_time_.erase(ballot);
  }

  // So is one that counted until its server was lost, and came back to the copy too late; of
  // several, the last.
  void OnDoneAgain(const Command& command, const Outcome* outcome) override {
    auto ballot = in_time_.find(command.id);
    if (ballot == in_time_.end() || !IsLate(outcome)) return;
    size_t& next = next_[command.activity];
    if (ballot->second + 1 == next) next = ballot->second;
    in_time_.erase(ballot);
  }

  bool WouldVote(const ActivityId& activity) const override {
    auto vote = self_.plan().votes.find(activity);
    if (vote == self_.plan().votes.end()) return false;
    auto sent = next_.find(activity);
    const size_t next = sent == next_.end() ? 0 : sent->second;
    const std::vector<PlannedBallot>& ballots = vote->second.ballots;
    return next < ballots.size() && !ballots[next].after_close;
  }

 private:
  static bool IsLate(const Outcome* outcome) {
    return outcome != nullptr && outcome->code == OutcomeCode::kLate;
  }

  bool IsMine() const {
    const ActivitySpec& spec = self_.spec();
    return spec.HasBallot() && !spec.deal && !std::holds_alternative<UpvoteBallot>(spec.ballot);
  }

  void SendEvery(bool after_close) {
    const bool hurry = self_.stage().stage.phase != Phase::kVoting;
    SendNext(after_close, self_.Within(hurry ? kToHurry : kToVote));
  }

  void SendNext(bool after_close, Duration wait) {
    auto vote = self_.plan().votes.find(self_.spec().id);
    if (vote == self_.plan().votes.end()) return;
    const std::vector<PlannedBallot>& ballots = vote->second.ballots;
    const size_t next = next_[self_.spec().id];
    if (next >= ballots.size() || ballots[next].after_close != after_close) return;
    self_.Later(wait, [this, after_close, next, &vote = vote->second] {
      Send(vote, next);
      SendNext(after_close, self_.Within(kToThinkAgain));
    });
  }

  void Send(const PlannedVote& vote, size_t place) {
    const PlannedBallot& planned = vote.ballots[place];
    next_[self_.spec().id] = place + 1;
    auto cast = FillIn(planned, self_.spec(), self_.stage().items, self_.random());
    if (!cast) return;
    const EventId id = self_.Say(*std::move(cast), planned.seq, planned.times);
    if (!planned.after_close) in_time_[id] = place;
    if (place + 1 == vote.ballots.size() && vote.drops_connection) self_.LoseConnection();
  }

  std::map<ActivityId, size_t> next_;
  std::map<EventId, size_t> in_time_;  // ballots that were sent to be in time: their place
};

}  // namespace

void ResolveNames(BallotCast& cast, const std::vector<ShownItem>& items) {
  auto resolve = [&](ItemId& id) {
    if (!id.starts_with('#')) return;
    if (const ShownItem* item = FindNamed(items, id)) id = item->id;
  };
  if (auto* dots = std::get_if<DotsCast>(&cast.ballot)) {
    for (ItemDots& one : dots->dots) resolve(one.item);
  } else if (auto* rank = std::get_if<RankCast>(&cast.ballot)) {
    for (ItemId& item : rank->items) resolve(item);
  } else if (auto* ratings = std::get_if<RatingCast>(&cast.ballot)) {
    for (ItemRating& one : ratings->ratings) resolve(one.item);
  }
}

std::optional<BallotCast> FillIn(const PlannedBallot& planned, const ActivitySpec& spec,
                                 const std::vector<ShownItem>& items, Random& random) {
  std::vector<ItemId> ids;
  for (const ShownItem& item : items) {
    if (item.table == 0) ids.push_back(item.id);
  }
  switch (planned.filling) {
    case Filling::kAny:
      if (ids.empty()) return std::nullopt;
      return BallotCast{AnyBallot(spec, ids, random)};
    case Filling::kAgainstTheRules:
      return BallotCast{AgainstTheRules(spec, ids)};
    case Filling::kAsPlanned:
      break;
  }
  BallotCast cast = planned.cast;
  ResolveNames(cast, items);
  return cast;
}

std::unique_ptr<Habit> MakeVoting(Self& self) { return std::make_unique<Voting>(self); }

}  // namespace plenum::rehearse
