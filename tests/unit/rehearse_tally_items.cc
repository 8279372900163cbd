// The recount of ballots on items, and of the items themselves: worked examples by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/rehearse_story.h"

namespace plenum::rehearse {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Rows(const Totals& totals, auto figure) {
  std::vector<std::string> rows;
  for (const ItemTotal& item : totals.items)
    rows.push_back(std::to_string(item.rank) + " " + item.item + " " + figure(item));
  return rows;
}

TEST(RehearseTallyItems, UpvotesAreOfDifferentPeopleAndCanBeTakenBack) {
  Story story;
  ActivitySpec& spec = story.Add("panel", UpvoteBallot{});
  spec.collect = Collect{};
  Story::GiveItems(spec, "ab");
  story.Cast(1, "panel", UpvoteCast{"a", true});
  story.Cast(2, "panel", UpvoteCast{"b", true});
  story.Cast(1, "panel", UpvoteCast{"b", true});
  story.Cast(2, "panel", UpvoteCast{"b", false}, 2);
  story.Cast(3, "panel", UpvoteCast{"b", true});
  story.Cast(4, "panel", UpvoteCast{"a", false});
  const Tally tally(story.sheet, story.history);
  EXPECT_THAT(tally.wrong_outcomes(), IsEmpty());
  const Totals totals = tally.Of("panel");
  EXPECT_THAT(Rows(totals, [](auto& item) { return std::to_string(item.votes); }),
              ElementsAre("1 b 2", "2 a 1"));
  EXPECT_EQ(totals.people, 2u);
  EXPECT_EQ(tally.counts().superseded, 1u);
}

TEST(RehearseTallyItems, APersonWhoVotesUpTwoMergedItemsCountsOnce) {
  Story story;
  Story::GiveItems(story.Add("panel", UpvoteBallot{}), "ab");
  story.Cast(1, "panel", UpvoteCast{"a", true});
  story.Cast(1, "panel", UpvoteCast{"b", true});
  story.Say(kPresenter, "panel", ItemsMerged{"b", {"a"}});
  const Totals totals = Tally(story.sheet, story.history).Of("panel");
  EXPECT_THAT(Rows(totals, [](auto& item) { return std::to_string(item.votes); }),
              ElementsAre("1 b 1"));
  EXPECT_THAT(totals.items[0].merged, ElementsAre("a"));
}

TEST(RehearseTallyItems, TheFirstPlaceIsWorthMostAndOfMergedItemsTheBestCounts) {
  Story story;
  Story::GiveItems(story.Add("rank", RankBallot{3}), "abc");
  story.Cast(1, "rank", RankCast{{"a", "b", "c"}});
  story.Cast(2, "rank", RankCast{{"b"}});
  story.Cast(3, "rank", RankCast{{}});
  auto points = [](auto& item) {
    return std::to_string(item.points) + "/" + std::to_string(item.people) + "/" +
           std::to_string(item.firsts);
  };
  const Totals before = Tally(story.sheet, story.history).Of("rank");
  EXPECT_THAT(Rows(before, points), ElementsAre("1 b 5/2/1", "2 a 3/1/1", "3 c 1/1/0"));
  EXPECT_EQ(before.people, 2u);
  story.Say(kPresenter, "rank", ItemsMerged{"a", {"b"}});
  EXPECT_THAT(Rows(Tally(story.sheet, story.history).Of("rank"), points),
              ElementsAre("1 a 6/2/2", "2 c 1/1/0"));
  story.Say(kPresenter, "rank", ItemsUnmerged{"a"});
  EXPECT_EQ(Rows(Tally(story.sheet, story.history).Of("rank"), points).size(), 3u);
}

TEST(RehearseTallyItems, RatingsRankByTheExactMeanAndTheUnratedComeLast) {
  Story story;
  Story::GiveItems(story.Add("rating", ScaleBallot{}), "xabc");
  for (uint32_t who = 1; who <= 3; ++who)
    story.Cast(who, "rating", RatingCast{{{"a", who == 1 ? 5 : 4}, {"b", 4}}});
  story.Cast(4, "rating", RatingCast{{{"c", 4}}});
  const Totals totals = Tally(story.sheet, story.history).Of("rating");
  EXPECT_THAT(Rows(totals, [](auto& item) { return item.mean; }),
              ElementsAre("1 a 4.33", "2 b 4.00", "2 c 4.00", "0 x "));
  EXPECT_THAT(totals.items[0].counts, ElementsAre(0, 0, 0, 2, 1));
  EXPECT_EQ(totals.people, 4u);
}

TEST(RehearseTallyItems, WordsAreCountedInAnySpellingAndMerged) {
  Story story;
  story.Add("word").collect = Collect{.each = 2, .words = 2};
  const std::string first = story.Write(1, "word", "team work");
  story.Write(2, "word", "Teamwork");
  story.Write(3, "word", "teamwork ");
  story.Write(4, "word", "Teamwork");
  const std::string gone = story.Write(5, "word", "nothing");
  story.Say(5, "word", ItemWithdrawn{gone});
  Totals totals = Tally(story.sheet, story.history).Of("word");
  EXPECT_EQ(totals.kind, Totals::Kind::kWords);
  ASSERT_EQ(totals.words.size(), 2u);
  EXPECT_EQ(totals.words[0].word, "Teamwork");
  EXPECT_EQ(totals.words[0].count, 3u);
  EXPECT_EQ(totals.people, 5u) << "who takes it back has contributed";
  EXPECT_EQ(totals.cards, 4u);
  story.Say(kPresenter, "word", ItemsMerged{totals.words[0].item, {first}});
  totals = Tally(story.sheet, story.history).Of("word");
  ASSERT_EQ(totals.words.size(), 1u);
  EXPECT_EQ(totals.words[0].word, "Teamwork");
  EXPECT_EQ(totals.words[0].count, 4u);
  EXPECT_EQ(totals.words[0].item, first);
}

TEST(RehearseTallyItems, WhatWaitsIsNoRowWhatIsHiddenNeither) {
  Story story;
  ActivitySpec& spec = story.Add("panel", UpvoteBallot{});
  spec.collect = Collect{.moderation = Moderation::kApproveFirst};
  const std::string shown = story.Write(1, "panel", "shown");
  const std::string waits = story.Write(2, "panel", "waits");
  const std::string hidden = story.Write(3, "panel", "hidden");
  story.Say(kModerator, "panel", ItemModerated{shown, true});
  story.Say(kModerator, "panel", ItemModerated{hidden, true});
  story.Cast(1, "panel", UpvoteCast{hidden, true});
  story.Say(kModerator, "panel", ItemModerated{hidden, false});
  const Totals totals = Tally(story.sheet, story.history).Of("panel");
  EXPECT_EQ(totals.items.size(), 1u);
  EXPECT_EQ(totals.items[0].item, shown);
  EXPECT_EQ(totals.people, 1u) << "the vote stands, without a row";
}

// Ideas are carried to a vote by rank, a note by its table's number; what is erased is gone in
// both.
TEST(RehearseTallyItems, ItemsAreCarriedOnByRankAndNotesByTheirTable) {
  Story story;
  Story::GiveItems(story.Add("vote", DotsBallot{}), "abc");
  ActivitySpec& best = story.Add("best", DotsBallot{});
  best.carry = Carry{"vote", 2};
  ActivitySpec& cafe = story.Add("cafe");
  cafe.collect = Collect{};
  cafe.seats = Seats{};
  ActivitySpec& gallery = story.Add("gallery", DotsBallot{});
  gallery.carry = Carry{"cafe", 0};
  story.Cast(1, "vote", DotsCast{{{"b", 2}, {"c", 2}, {"a", 1}}});
  story.Step("best", Phase::kWaiting, Phase::kVoting);
  const std::string four = story.Write(1, "cafe", "from table four", 4);
  const std::string two = story.Write(2, "cafe", "from table two", 2);
  story.Step("gallery", Phase::kWaiting, Phase::kVoting);
  story.Write(3, "cafe", "too late to be carried", 3);

  auto names = [](const Totals& totals) {
    std::vector<std::string> rows;
    for (const ItemTotal& item : totals.items)
      rows.push_back(item.item + "#" + std::to_string(item.number));
    return rows;
  };
  {
    const Tally tally(story.sheet, story.history);
    EXPECT_THAT(names(tally.Of("best")), ElementsAre("b#0", "c#0"));
    EXPECT_THAT(names(tally.Of("gallery")), ElementsAre(four + "#4", two + "#2"));
    EXPECT_EQ(tally.Of("cafe").cards, 3u);
  }
  story.Say(kProducer, "cafe", ItemErased{four});
  const Tally tally(story.sheet, story.history);
  EXPECT_THAT(names(tally.Of("gallery")), ElementsAre(two + "#2"));
  EXPECT_EQ(tally.Of("cafe").cards, 2u);
}

TEST(RehearseTallyItems, PaperIsCountedAndPairedWithNobody) {
  Story story;
  for (const char* id : {"start", "end"}) story.Add(id, ScaleBallot{}).series = "confidence";
  auto paper = [&](const ActivityId& activity, uint32_t seq, int32_t value, OutcomeCode code) {
    Command command;
    command.id.bytes[15] = ++story.last_id;
    command.activity = activity;
    command.generation = 1;
    command.seq = seq;
    command.serial = "p-1";
    command.request = BallotCast{ScaleCast{value}};
    story.history.OnSent(kKeyer, command, TimePoint{});
    story.history.OnOutcome(command.id, {code, Reason::kNone, story.next++, 0}, TimePoint{});
  };
  paper("start", 1, 2, OutcomeCode::kCounted);
  paper("start", 1, 5, OutcomeCode::kStale);
  paper("end", 1, 5, OutcomeCode::kCounted);
  paper("end", 2, 4, OutcomeCode::kCounted);
  story.Cast(1, "start", ScaleCast{3});
  story.Cast(1, "end", ScaleCast{4});
  const Tally tally(story.sheet, story.history);
  EXPECT_THAT(tally.wrong_outcomes(), IsEmpty());
  EXPECT_EQ(tally.Of("start").mean, "2.50");
  EXPECT_EQ(tally.Of("end").mean, "4.00");
  EXPECT_EQ(tally.Of("end").comparison->paired, 1u);
  EXPECT_FALSE(tally.Of("end").comparison->groups_differ);
}

TEST(RehearseTallyItems, ABallotForAnItemThatIsNotThereIsRefused) {
  Story story;
  Story::GiveItems(story.Add("panel", UpvoteBallot{}), "a");
  story.Say(1, "panel", BallotCast{UpvoteCast{"nothing", true}}, 1, OutcomeCode::kRefused);
  EXPECT_THAT(Tally(story.sheet, story.history).wrong_outcomes(), IsEmpty());
  story.Cast(2, "panel", UpvoteCast{"nothing", true});
  EXPECT_EQ(Tally(story.sheet, story.history).wrong_outcomes().size(), 1u);
}

}  // namespace
}  // namespace plenum::rehearse
