// Voting items up while they come in: questions, topics to work on.
#include "gateway/rehearse/habit.h"

namespace plenum::rehearse {
namespace {

// Nobody reads through hundreds of questions.
constexpr size_t kMostLiked = 30;

class Upvoting : public Habit {
 public:
  using Habit::Habit;

  void OnStage() override {
    planned_.clear();
    late_ = false;
    OnView();
  }

  void OnView() override {
    const ActivitySpec& spec = self_.spec();
    if (!std::holds_alternative<UpvoteBallot>(spec.ballot)) return;
    if (!self_.plan().upvotes.contains(spec.id)) return;
    const Phase phase = self_.stage().stage.phase;
    if (phase == Phase::kCollecting || phase == Phase::kVoting) {
      for (const ShownItem& item : self_.stage().items) Consider(item);
    } else if (phase == Phase::kClosed) {
      ComeTooLate();
    }
  }

 private:
  // Each item once, and always the same: whether this person likes it.
  void Consider(const ShownItem& item) {
    const ActivityId& activity = self_.spec().id;
    if (item.table != 0 || sent_.contains({activity, item.id})) return;
    if (!planned_.insert(item.id).second || !Likes(item)) return;
    std::set<ItemId>& liked = liked_[activity];
    if (liked.size() >= kMostLiked && !liked.contains(item.id)) return;
    liked.insert(item.id);
    self_.Later(self_.Within(kToVote), [this, key = std::pair(activity, item.id)] {
      sent_.insert(key);
      VoteUp(key.second);
    });
  }

  bool Likes(const ShownItem& item) {
    const auto& interests = self_.room().population.interest;
    auto interest = interests.find(self_.spec().id);
    if (interest == interests.end()) return false;
    auto titled = interest->second.by_title.find(item.title);
    const int percent =
        titled == interest->second.by_title.end() ? interest->second.percent : titled->second;
    return self_.nature().Fork("likes " + item.id).Chance(percent);
  }

  void VoteUp(const ItemId& item) {
    auto cast = [&](bool up) { return BallotCast{UpvoteCast{item, up}}; };
    const uint64_t how = self_.random().Below(100);
    self_.Say(cast(true), 1, how < 6 ? 2 : 1);            // some press twice
    if (how >= 6 && how < 12) self_.Say(cast(false), 2);  // and some take it back
    if (how >= 6 && how < 8) self_.Say(cast(true), 3);
    if (how >= 12 && how < 14) self_.Say(cast(false), 1);  // from a second tab: stale
    if (how >= 14 && how < 16) self_.Say(BallotCast{UpvoteCast{"no-such-item", true}}, 1);
    if (how >= 16 && how < 18) self_.LoseConnection();
  }

  void ComeTooLate() {
    if (late_ || self_.stage().items.empty()) return;
    late_ = true;
    const ItemId& item = self_.random().Pick(self_.stage().items).id;
    if (!self_.random().Chance(4) || sent_.contains({self_.spec().id, item})) return;
    self_.Later(self_.Within(kToHurry),
                [this, item] { self_.Say(BallotCast{UpvoteCast{item, true}}, 1); });
  }

  std::set<ItemId> planned_;  // looked at in this phase
  std::map<ActivityId, std::set<ItemId>> liked_;
  std::set<std::pair<ActivityId, ItemId>> sent_;
  bool late_ = false;
};

}  // namespace

std::unique_ptr<Habit> MakeUpvoting(Self& self) { return std::make_unique<Upvoting>(self); }

}  // namespace plenum::rehearse
