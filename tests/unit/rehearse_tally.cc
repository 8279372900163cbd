// The plain recount: from what was sent and answered to the figures that must be shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/rehearse/tally.h"

namespace plenum::rehearse {
namespace {

constexpr TimePoint kNow{};

EventId Id(uint8_t n) {
  EventId id;
  id.bytes[15] = n;
  return id;
}

struct Story {
  RunSheet sheet;
  History history;
  uint8_t last_id = 0;

  // Sends a ballot and answers it; returns its id.
  EventId Cast(uint32_t who, const ActivityId& activity, uint32_t seq,
               decltype(BallotCast::ballot) ballot, OutcomeCode code, uint64_t index,
               uint64_t ref = 0) {
    Command command{Id(++last_id), activity, 1, seq, BallotCast{std::move(ballot)}};
    history.OnSent(who, command, kNow);
    history.OnOutcome(command.id, {code, Reason::kNone, index, ref}, kNow);
    return command.id;
  }
  EventId Say(uint32_t who, const ActivityId& activity, Request request, uint64_t index) {
    Command command{Id(++last_id), activity, 1, 0, std::move(request)};
    history.OnSent(who, command, kNow);
    history.OnOutcome(command.id, {OutcomeCode::kAccepted, Reason::kNone, index, 0}, kNow);
    return command.id;
  }
  void Shown(const ActivityId& activity, uint64_t version, Phase phase) {
    history.OnStage(version, activity, {1, phase, 0});
  }
};

ActivitySpec Scale(const ActivityId& id, const std::string& series = "") {
  ActivitySpec spec;
  spec.id = id;
  spec.series = series;
  spec.ballot = ScaleBallot{};
  return spec;
}

ActivitySpec Gallery() {
  ActivitySpec spec;
  spec.id = "gallery";
  spec.ballot = DotsBallot{};
  for (const char* item : {"a", "b", "c"}) spec.items.push_back({item, 0, {}, {}});
  return spec;
}

TEST(RehearseTally, TheLastBallotOfAPersonCounts) {
  Story story;
  story.sheet.activities = {Scale("poll")};
  story.Cast(1, "poll", 1, ScaleCast{1}, OutcomeCode::kCounted, 10);
  story.Cast(1, "poll", 2, ScaleCast{4}, OutcomeCode::kCounted, 11);
  story.Cast(2, "poll", 2, ScaleCast{3}, OutcomeCode::kCounted, 12);
  story.Cast(2, "poll", 1, ScaleCast{5}, OutcomeCode::kSuperseded, 13, 12);
  story.Cast(2, "poll", 2, ScaleCast{5}, OutcomeCode::kStale, 14, 12);
  const Tally tally(story.sheet, story.history);
  EXPECT_THAT(tally.wrong_outcomes(), testing::IsEmpty());
  Totals totals = tally.Of("poll");
  EXPECT_EQ(totals.people, 2u);
  EXPECT_EQ(totals.mean, "3.50");
  EXPECT_EQ(totals.median, "3.5");
  EXPECT_EQ(totals.counts, (std::vector<uint32_t>{0, 0, 1, 1, 0}));
  EXPECT_EQ(tally.counts().sent, 5u);
  EXPECT_EQ(tally.counts().counted, 2u);
  EXPECT_EQ(tally.counts().superseded, 3u);
}

TEST(RehearseTally, ADuplicateStandsWhereItRefersTo) {
  // The answer to the first sending was lost; the resend came after a later ballot of another.
  Story story;
  story.sheet.activities = {Scale("poll")};
  story.Cast(1, "poll", 1, ScaleCast{5}, OutcomeCode::kDuplicate, 30, 10);
  const Tally tally(story.sheet, story.history);
  EXPECT_THAT(tally.wrong_outcomes(), testing::IsEmpty());
  EXPECT_EQ(tally.Of("poll").mean, "5.00");
}

TEST(RehearseTally, LateBallotsCountNowhere) {
  Story story;
  story.sheet.activities = {Scale("poll")};
  story.Shown("poll", 5, Phase::kVoting);
  story.Shown("poll", 20, Phase::kVoting);
  story.Shown("poll", 21, Phase::kClosed);
  story.Shown("poll", 40, Phase::kClosed);
  story.Cast(1, "poll", 1, ScaleCast{5}, OutcomeCode::kCounted, 10);
  story.Cast(2, "poll", 1, ScaleCast{1}, OutcomeCode::kLate, 30);
  const Tally tally(story.sheet, story.history);
  EXPECT_THAT(tally.wrong_outcomes(), testing::IsEmpty());
  EXPECT_EQ(tally.Of("poll").people, 1u);
  EXPECT_EQ(tally.counts().late, 1u);
}

TEST(RehearseTally, NoticesOutcomesThatTheRulesDoNotExplain) {
  struct Case {
    const char* what;
    uint32_t seq;
    int32_t value;
    OutcomeCode code;
    uint64_t index;
  };
  const Case cases[] = {
      {"counted after the close", 2, 3, OutcomeCode::kCounted, 30},
      {"late while voting was open", 2, 3, OutcomeCode::kLate, 15},
      {"an older ballot counted", 1, 3, OutcomeCode::kCounted, 15},
      {"out of scale, but counted", 2, 6, OutcomeCode::kCounted, 15},
      {"refused although valid", 2, 3, OutcomeCode::kRefused, 15},
      {"a newer ballot superseded", 2, 3, OutcomeCode::kSuperseded, 15},
  };
  for (const Case& one : cases) {
    Story story;
    story.sheet.activities = {Scale("poll")};
    story.Shown("poll", 5, Phase::kVoting);
    story.Shown("poll", 20, Phase::kVoting);
    story.Shown("poll", 21, Phase::kClosed);
    story.Shown("poll", 40, Phase::kClosed);
    story.Cast(1, "poll", 1, ScaleCast{5}, OutcomeCode::kCounted, 10);
    story.Cast(1, "poll", one.seq, ScaleCast{one.value}, one.code, one.index);
    EXPECT_EQ(Tally(story.sheet, story.history).wrong_outcomes().size(), 1u) << one.what;
  }
}

TEST(RehearseTally, AcknowledgedWithoutAnOutcomeIsLost) {
  Story story;
  story.sheet.activities = {Scale("poll")};
  Command command{Id(1), "poll", 1, 1, BallotCast{ScaleCast{3}}};
  story.history.OnSent(1, command, kNow);
  story.history.OnRecorded(command.id, 7, kNow);
  EXPECT_EQ(Tally(story.sheet, story.history).counts().lost, 1u);
}

TEST(RehearseTally, ComparesThePairedPeopleOfASeries) {
  Story story;
  story.sheet.activities = {Scale("start", "confidence"), Scale("end", "confidence")};
  uint64_t index = 1;
  auto both = [&](uint32_t who, int32_t before, int32_t after) {
    if (before > 0) story.Cast(who, "start", 1, ScaleCast{before}, OutcomeCode::kCounted, ++index);
    if (after > 0) story.Cast(who, "end", 1, ScaleCast{after}, OutcomeCode::kCounted, ++index);
  };
  both(1, 3, 5);
  both(2, 4, 4);
  both(3, 5, 1);
  both(4, 2, 0);
  both(5, 0, 5);
  const Tally tally(story.sheet, story.history);
  EXPECT_FALSE(tally.Of("start").comparison);
  auto change = tally.Of("end").comparison;
  ASSERT_TRUE(change);
  EXPECT_EQ(change->with, "start");
  EXPECT_EQ(change->paired, 3u);
  EXPECT_EQ(change->mean_change, "-0.67");  // (2 + 0 - 4) / 3
  EXPECT_EQ(change->up, 1u);
  EXPECT_EQ(change->same, 1u);
  EXPECT_EQ(change->down, 1u);
  EXPECT_TRUE(change->groups_differ);  // two of five
}

TEST(RehearseTally, MergedDotsAddUpAndPeopleAreCountedOnce) {
  Story story;
  story.sheet.activities = {Gallery()};
  story.Cast(1, "gallery", 1, DotsCast{{{"a", 2}, {"b", 3}}}, OutcomeCode::kCounted, 1);
  story.Cast(2, "gallery", 1, DotsCast{{{"b", 1}, {"c", 4}}}, OutcomeCode::kCounted, 2);
  story.Cast(3, "gallery", 1, DotsCast{{}}, OutcomeCode::kCounted, 3);
  story.Cast(4, "gallery", 1, DotsCast{{{"c", 2}}}, OutcomeCode::kCounted, 4);
  story.Say(kPresenter, "gallery", ItemsMerged{"a", {"b"}}, 5);
  Totals totals = Tally(story.sheet, story.history).Of("gallery");
  EXPECT_EQ(totals.people, 3u);
  EXPECT_EQ(totals.dots, 12u);
  ASSERT_EQ(totals.items.size(), 2u);
  EXPECT_EQ(totals.items[0].item, "a");
  EXPECT_EQ(totals.items[0].dots, 6u);
  EXPECT_EQ(totals.items[0].people, 2u);
  EXPECT_EQ(totals.items[0].merged, std::vector<ItemId>{"b"});
  EXPECT_EQ(totals.items[0].rank, 1u);
  EXPECT_EQ(totals.items[1].dots, 6u);
  EXPECT_EQ(totals.items[1].rank, 1u);  // a tie
}

TEST(RehearseTally, CardsShowTheirSumOrTheirMeanTimesFive) {
  Story story;
  ActivitySpec deck = Scale("ideas");
  deck.collect = Collect{};
  deck.deal = Deal{};
  story.sheet.activities = {deck};
  const EventId full = story.Say(1, "ideas", AddItem{{"full"}, 0, 0}, 1);
  const EventId scarce = story.Say(2, "ideas", AddItem{{"short"}, 0, 0}, 2);
  const EventId poor = story.Say(3, "ideas", AddItem{{"unranked"}, 0, 0}, 3);
  uint64_t index = 3;
  auto score = [&](uint32_t who, uint32_t round, const EventId& card, int32_t value) {
    story.Cast(who, "ideas", 1, ScoreCast{round, card.Hex(), 0, value}, OutcomeCode::kCounted,
               ++index);
  };
  for (uint32_t round = 1; round <= 5; ++round) score(10 + round, round, full, 3);
  for (uint32_t round = 1; round <= 3; ++round)
    score(20 + round, round, scarce, round == 1 ? 4 : 3);
  for (uint32_t round = 1; round <= 2; ++round) score(30 + round, round, poor, 5);
  const Tally tally(story.sheet, story.history);
  EXPECT_THAT(tally.wrong_outcomes(), testing::IsEmpty());
  Totals totals = tally.Of("ideas");
  EXPECT_EQ(totals.cards, 3u);
  EXPECT_EQ(totals.complete, 1u);
  EXPECT_EQ(totals.scorers, 10u);
  ASSERT_EQ(totals.items.size(), 3u);
  EXPECT_EQ(totals.items[0].total, "16.7");  // 10 / 3 x 5
  EXPECT_EQ(totals.items[0].rank, 1u);
  EXPECT_EQ(totals.items[1].total, "15");
  EXPECT_EQ(totals.items[1].rank, 2u);
  EXPECT_EQ(totals.items[2].rank, 0u);
}

TEST(RehearseTally, NoticesAScoreForOnesOwnCardOrForACardTwice) {
  Story story;
  ActivitySpec deck = Scale("ideas");
  deck.collect = Collect{};
  deck.deal = Deal{};
  story.sheet.activities = {deck};
  const EventId card = story.Say(1, "ideas", AddItem{{"mine"}, 0, 0}, 1);
  auto score = [&](uint32_t who, uint32_t round, const std::string& item, uint64_t index) {
    story.Cast(who, "ideas", 1, ScoreCast{round, item, 0, 3}, OutcomeCode::kCounted, index);
  };
  score(1, 1, card.Hex(), 2);
  score(2, 1, card.Hex(), 3);
  score(2, 2, card.Hex(), 4);
  score(3, 1, Id(99).Hex(), 5);
  EXPECT_EQ(Tally(story.sheet, story.history).wrong_outcomes().size(), 3u);
}

}  // namespace
}  // namespace plenum::rehearse
