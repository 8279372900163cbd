// What may be shown of results split by group: tables of sizes, and of frames one after the other.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "projector/views/groups.h"

namespace plenum {
namespace {

PersonId Nth(uint32_t n) {
  PersonId person;
  person.bytes[0] = static_cast<uint8_t>(n >> 8);
  person.bytes[1] = static_cast<uint8_t>(n);
  return person;
}

TEST(Groups, SmallOnesAreHiddenAndNeverOneAlone) {
  struct Row {
    const char* what;
    GroupSizes sizes;
    std::set<OptionId> shown;
  };
  const std::vector<Row> rows = {
      {"nobody", {}, {}},
      {"all are large", {{"a", 5}, {"b", 6}, {"c", 90}}, {"a", "b", "c"}},
      {"one group is the whole room", {{"a", 5}}, {"a"}},
      {"too few in all", {{"a", 2}, {"b", 1}}, {}},
      {"one small: the next smallest goes, too", {{"a", 4}, {"b", 7}, {"c", 6}}, {"b"}},
      {"one small beside one large", {{"a", 4}, {"b", 70}}, {}},
      {"two small that are five together", {{"a", 1}, {"b", 4}, {"c", 8}}, {"c"}},
      {"two small that are four together", {{"a", 1}, {"b", 3}, {"c", 8}, {"d", 9}}, {"d"}},
      {"an empty group hides nobody", {{"a", 0}, {"b", 8}}, {"b"}},
      {"an empty group is no company", {{"a", 0}, {"b", 3}, {"c", 8}, {"d", 9}}, {"d"}},
      {"who told none are a group", {{"", 2}, {"a", 8}, {"b", 9}}, {"b"}},
      {"many who told none are shown", {{"", 12}, {"a", 8}}, {"", "a"}},
      {"of equal ones the first by id", {{"a", 6}, {"b", 6}, {"c", 1}}, {"b"}},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    EXPECT_EQ(GroupsToShow(row.sizes), row.shown);
    EXPECT_TRUE(MayShowGroups(row.sizes, row.shown));
  }
}

TEST(Groups, WhatTheTotalWouldTellIsNotShown) {
  EXPECT_FALSE(MayShowGroups({{"a", 4}, {"b", 9}}, {"b"}));
  EXPECT_FALSE(MayShowGroups({{"a", 4}, {"b", 9}}, {"a"}));
  EXPECT_FALSE(MayShowGroups({{"b", 9}}, {"a", "b"}));
  EXPECT_TRUE(MayShowGroups({{"a", 9}, {"b", 9}}, {"b"}));
  EXPECT_TRUE(MayShowGroups({{"a", 4}, {"b", 9}}, {}));
}

// A poll in which everybody of a group answers the same, so that an answer that moves shows.
class Poll {
 public:
  void Answer(const OptionId& group, int people, int value = 3) {
    for (int i = 0; i < people; ++i) voters_[Nth(next_++)] = {group, ScaleCast{value}};
  }
  void Change(const OptionId& group, int people, int value) {
    for (auto& [person, voter] : voters_) {
      if (voter.group == group && people > 0) voter.said = ScaleCast{value}, --people;
    }
  }
  void Move(const OptionId& from, const OptionId& to, int people) {
    for (auto& [person, voter] : voters_) {
      if (voter.group == from && people > 0) voter.group = to, --people;
    }
  }
  void Look(bool settled, const GroupSizes& members = {{"a", 30}, {"b", 30}}) {
    frames_.Look(++index_, voters_, members, settled);
  }
  // "a10 b12": what is shown, and of how many people; "-": nothing.
  std::string Shown() const {
    if (frames_.shown() == nullptr) return "-";
    const GroupSizes sizes = SizesOf(frames_.shown()->voters);
    std::string text;
    for (const OptionId& group : frames_.shown()->shown) {
      text += (text.empty() ? "" : " ") + group + std::to_string(sizes.at(group));
    }
    return text;
  }

  uint64_t ShownAt() const { return frames_.shown()->index; }

 private:
  uint32_t next_ = 1;
  uint64_t index_ = 0;
  GroupVoters voters_;
  GroupFrames frames_;
};

TEST(GroupFrames, WhileTheRoomAnswersAFrameWaitsForFiveMoreOfEachGroup) {
  Poll poll;
  poll.Answer("a", 7);
  poll.Answer("b", 5);
  poll.Look(false);
  EXPECT_EQ(poll.Shown(), "-");
  poll.Answer("a", 9);
  poll.Answer("b", 4);
  poll.Look(false);
  EXPECT_EQ(poll.Shown(), "-");
  poll.Answer("b", 1);
  poll.Look(false);
  EXPECT_EQ(poll.Shown(), "a7 b5");
  poll.Answer("b", 3);
  poll.Look(true);
  EXPECT_EQ(poll.Shown(), "a16 b13");
}

TEST(GroupFrames, WhatIsNotYetAsTheWholeRoomWillBeIsNotShown) {
  Poll poll;
  poll.Answer("a", 20);
  poll.Look(false);
  poll.Answer("a", 9);
  poll.Look(false);
  EXPECT_EQ(poll.Shown(), "-");
  poll.Look(true);
  EXPECT_EQ(poll.Shown(), "a29");
}

TEST(GroupFrames, AFewWhoChangeTheirAnswersAreNotShown) {
  Poll poll;
  poll.Answer("a", 20);
  poll.Answer("b", 20);
  poll.Look(true);
  EXPECT_EQ(poll.Shown(), "a20 b20");
  poll.Change("a", 1, 5);  // it was opened again
  poll.Look(true);
  poll.Answer("b", 30);
  poll.Look(true);  // only b may be shown anew, and then a would be told by the total
  EXPECT_EQ(poll.Shown(), "a20 b20");
  poll.Change("a", 5, 5);
  poll.Look(true);
  EXPECT_EQ(poll.Shown(), "a20 b50");
}

TEST(GroupFrames, TheFewWhoCameLastAreHiddenWithAnother) {
  Poll poll;
  poll.Answer("a", 5);
  poll.Answer("b", 6);
  poll.Look(false);
  poll.Answer("a", 15);
  poll.Answer("b", 15);
  poll.Look(false);
  EXPECT_EQ(poll.Shown(), "a5 b6");
  poll.Answer("", 2);  // from paper
  poll.Look(true);
  EXPECT_EQ(poll.Shown(), "b21");
}

TEST(GroupFrames, SomebodyWhoMovesIsNotShown) {
  Poll poll;
  poll.Answer("a", 20);
  poll.Answer("b", 20);
  poll.Look(true);
  poll.Move("a", "b", 1);
  poll.Look(true);
  EXPECT_EQ(poll.Shown(), "a20 b20");
  poll.Move("a", "b", 4);
  poll.Look(true);
  EXPECT_EQ(poll.Shown(), "a15 b25");
}

// Five have changed since each frame, but one since the first.
TEST(GroupFrames, AFrameIsComparedWithAllBeforeIt) {
  Poll poll;
  poll.Answer("a", 20);
  poll.Answer("b", 20);
  poll.Look(true);
  poll.Change("a", 6, 5);
  poll.Look(true);
  poll.Change("a", 5, 3);
  poll.Change("b", 5, 1);
  poll.Look(true);
  EXPECT_EQ(poll.ShownAt(), 2u);
  poll.Change("a", 5, 1);
  poll.Look(true);
  EXPECT_EQ(poll.ShownAt(), 4u);
}

}  // namespace
}  // namespace plenum
