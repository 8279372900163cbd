// Splits by group, whatever happens in a room: nobody who keeps all that was ever shown, and all
// totals, learns the answers of fewer than five people of a group, or of groups together.
#include "projector/views/groups.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/property/fold_room.h"
#include "tests/property/seeds.h"

namespace plenum {
namespace {

using fold_test::Random;

PersonId Nth(uint64_t n) {
  PersonId person;
  for (size_t i = 0; i < 8; ++i) person.bytes[i] = static_cast<uint8_t>(n >> (8 * i));
  return person;
}

// What somebody who watches has kept.
struct Seen {
  uint64_t index = 0;
  GroupVoters voters;
  std::set<OptionId> shown;
};

using Groups = std::vector<OptionId>;

// Whether a set of groups (by its bits) can be put together from what is shown, and the total.
bool IsTold(const Groups& groups, uint32_t set, const std::set<OptionId>& shown) {
  std::optional<bool> hidden_in;
  for (size_t i = 0; i < groups.size(); ++i) {
    if (shown.contains(groups[i])) continue;
    const bool in = (set >> i & 1) != 0;
    if (hidden_in && *hidden_in != in) return false;
    hidden_in = in;
  }
  return true;
}

GroupVoters PeopleIn(const GroupVoters& voters, const Groups& groups, uint32_t set) {
  GroupVoters people;
  for (const auto& [person, voter] : voters) {
    for (size_t i = 0; i < groups.size(); ++i) {
      if ((set >> i & 1) != 0 && groups[i] == voter.group) people[person] = voter;
    }
  }
  return people;
}

// How many answers are in one and not in the other, or are others there, whatever group of the set
// their people are in.
size_t Differences(const GroupVoters& one, const GroupVoters& other) {
  size_t count = 0;
  for (const auto& [person, voter] : one) {
    const auto there = other.find(person);
    count += there == other.end() || there->second.said != voter.said;
  }
  for (const auto& [person, voter] : other) count += !one.contains(person);
  return count;
}

// All that can be subtracted: sets of groups at one moment, and at two.
std::string FirstLeak(const Groups& groups, const std::vector<Seen>& seen) {
  const uint32_t whole = (1u << groups.size()) - 1;
  for (uint32_t set = 1; set < whole; ++set) {
    for (size_t later = 0; later < seen.size(); ++later) {
      if (!IsTold(groups, set, seen[later].shown)) continue;
      const GroupVoters now = PeopleIn(seen[later].voters, groups, set);
      const bool is_total = now.size() == seen[later].voters.size();  // nobody else answered
      const auto leaks = [](size_t people) { return people > 0 && people < 5; };
      if (!is_total && leaks(now.size())) {
        return "at " + std::to_string(seen[later].index) + " of " + std::to_string(now.size());
      }
      for (size_t earlier = 0; earlier < later; ++earlier) {
        if (!IsTold(groups, set, seen[earlier].shown)) continue;
        const GroupVoters before = PeopleIn(seen[earlier].voters, groups, set);
        if (is_total && before.size() == seen[earlier].voters.size()) continue;
        const size_t changed = Differences(before, now);
        if (leaks(changed)) {
          return "from " + std::to_string(seen[earlier].index) + " to " +
                 std::to_string(seen[later].index) + " of " + std::to_string(changed);
        }
      }
    }
  }
  return "";
}

// A room in which people answer, change their minds and their groups, while it is open and after.
class RandomPoll {
 public:
  explicit RandomPoll(uint64_t seed) : random_(seed) {
    const uint64_t count = 1 + random_.Below(5);
    groups_.emplace_back();
    for (uint64_t i = 0; i < count; ++i) groups_.push_back("g" + std::to_string(i));
    people_ = 3 + random_.Below(120);
    for (uint64_t i = 0; i < people_; ++i) {
      const OptionId group = groups_[random_.Below(1 + random_.Below(groups_.size()))];
      group_of_[Nth(i)] = group;
      ++members_[group];
    }
  }

  void Run() {
    for (int round = 0; round < 3; ++round) {
      const uint64_t steps = random_.Below(3 * people_);
      for (uint64_t step = 0; step < steps; ++step) {
        Step();
        if (random_.Chance(40)) Look(false);
      }
      Look(true);
    }
  }

  const Groups& groups() const { return groups_; }
  const std::vector<Seen>& seen() const { return seen_; }
  const GroupVoters& voters() const { return voters_; }

 private:
  void Step() {
    const PersonId person = Nth(random_.Below(people_));
    if (random_.Chance(5)) {
      voters_.erase(person);
    } else if (random_.Chance(5)) {
      const OptionId to = groups_[random_.Below(groups_.size())];
      --members_[group_of_[person]];
      ++members_[to];
      group_of_[person] = to;
      if (voters_.contains(person)) voters_[person].group = to;
    } else {
      voters_[person] = {group_of_[person], ScaleCast{static_cast<int32_t>(random_.Below(3))}};
    }
  }

  void Look(bool settled) {
    frames_.Look(++index_, voters_, members_, settled);
    const GroupFrame* shown = frames_.shown();
    if (shown == nullptr || (!seen_.empty() && seen_.back().index == shown->index)) return;
    seen_.push_back({shown->index, shown->voters, shown->shown});
  }

  Random random_;
  uint64_t people_ = 0;
  Groups groups_;
  std::map<PersonId, OptionId> group_of_;
  GroupSizes members_;
  GroupVoters voters_;
  GroupFrames frames_;
  uint64_t index_ = 0;
  std::vector<Seen> seen_;
};

TEST(GroupProperty, NoFewPeopleCanBeWorkedOut) {
  size_t frames = 0;
  size_t rooms_with_more = 0;
  for (const uint64_t seed : fold_test::Seeds(300, 20'000)) {
    SCOPED_TRACE("PLENUM_SEED=" + std::to_string(seed));
    RandomPoll poll(seed);
    poll.Run();
    ASSERT_EQ(FirstLeak(poll.groups(), poll.seen()), "");
    frames += poll.seen().size();
    rooms_with_more += poll.seen().size() > 1;
  }
  // It is no answer to show nothing.
  if (std::getenv("PLENUM_SEED") == nullptr) {
    EXPECT_GT(frames, 300u);
    EXPECT_GT(rooms_with_more, 30u);
  }
}

// The check itself finds what must not be shown.
TEST(GroupProperty, TheCheckFindsALeak) {
  const Groups groups = {"", "a", "b"};
  GroupVoters few;
  for (uint64_t i = 0; i < 12; ++i) few[Nth(i)] = {i < 3 ? "a" : "b", ScaleCast{1}};
  EXPECT_EQ(FirstLeak(groups, {{1, few, {"b"}}}), "at 1 of 3");
  GroupVoters before;
  for (uint64_t i = 0; i < 20; ++i) before[Nth(i)] = {i < 10 ? "a" : "b", ScaleCast{1}};
  GroupVoters after = before;
  after[Nth(2)].said = ScaleCast{5};
  EXPECT_EQ(FirstLeak(groups, {{1, before, {"a", "b"}}, {2, after, {"a", "b"}}}),
            "from 1 to 2 of 1");
}

}  // namespace
}  // namespace plenum
