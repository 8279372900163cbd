// Results as events, comparisons, and the arithmetic of totals.
#include <gtest/gtest.h>

#include "projector/fold/result.h"
#include "tests/property/fold_room.h"
#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

TEST(FoldResult, IsDueAtTheCloseAndConfirmedOnce) {
  RunTable(R"(
    activity mood scale
    node result              -> ignored
    presenter to voting
    ana scale 4
    show due 0
    presenter to closed
    show due 1
    node result label=r      -> confirmed
    show due 0
    again r                  -> duplicate ref=r
    presenter to voting
    ben scale 2
    presenter to closed
    show due 1
    again r                  -> ignored
    node result wrong        -> disputed
    show due 0
    node result              -> duplicate
    node result gen=2        -> ignored
  )");
}

TEST(FoldResult, AResultOfAnotherIndexIsDisputed) {
  RunTable(R"(
    activity mood scale
    presenter to voting
    presenter to closed
    node result index=99     -> disputed
  )");
}

TEST(FoldResult, AMergeAfterTheCloseMakesItDueAgain) {
  RunTable(R"(
    activity gallery dots items=a,b
    presenter to voting
    ana dots a=1 b=1
    presenter merge a b
    show due 0
    presenter unmerge a
    presenter to closed
    node result label=first   -> confirmed
    presenter merge a b
    show due 1
    again first               -> ignored
    node result               -> confirmed
    show due 0
    presenter to revealed
    presenter unmerge a
    show due 1
    node result               -> confirmed
  )");
}

TEST(FoldResult, EarlyLooksStandInTheRecord) {
  RunTable(R"(
    activity mood scale
    presenter look         -> refused not-open
    presenter to voting
    show public no
    presenter look label=l -> accepted
    again l                -> duplicate ref=l
    presenter look         -> accepted
    show looks 2
    presenter to closed
    show public no
    presenter to revealed
    show public yes
    presenter look         -> ignored
    show looks 2
    activity live scale reveal=live
    show public no
    presenter to voting
    show public yes
    presenter look         -> ignored
  )");
}

TEST(FoldResult, DueResultsComeInTheOrderOfTheirCloses) {
  TestRoom room;
  room.Create();
  for (const char* id : {"b", "a"}) {
    ActivitySpec spec;
    spec.id = id;
    spec.title = English(id);
    spec.ballot = ScaleBallot{};
    room.Add(spec);
    room.Advance(id, Phase::kVoting);
    room.Advance(id, Phase::kClosed);
    // The digest that goes into the event is that of just after the close.
    EXPECT_EQ(room.room().DueResults().back().state, room.room().StateDigest());
  }
  const auto due = room.room().DueResults();
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[0].activity, "b");
  EXPECT_EQ(due[0].index, 3u);
  EXPECT_EQ(due[1].activity, "a");
  EXPECT_EQ(room.Send(room.ResultEvent(due[1])).code, OutcomeCode::kConfirmed);
  EXPECT_EQ(room.Send(room.ResultEvent(due[0])).code, OutcomeCode::kConfirmed);
  EXPECT_TRUE(room.room().DueResults().empty());
}

TEST(Decimals, AreRoundedHalfUpAndAwayFromZero) {
  EXPECT_EQ(Divide(10, 3, 2).ToString(), "3.33");
  EXPECT_EQ(Divide(1, 8, 2).ToString(), "0.13");
  EXPECT_EQ(Divide(-1, 8, 2).ToString(), "-0.13");
  EXPECT_EQ(Divide(1, 200, 2).ToString(), "0.01");
  EXPECT_EQ(Divide(1, 201, 2).ToString(), "0.00");
  EXPECT_EQ(Divide(-5, 2, 0).ToString(), "-3");
  EXPECT_EQ(Divide(7, 2, 1).ToString(), "3.5");
  EXPECT_EQ(Divide(4, 1, 2).ToString(), "4.00");
  EXPECT_EQ((Decimal{25, 0}).ToString(), "25");
}

ActivitySpec Poll(const ActivityId& id) {
  ActivitySpec spec;
  spec.id = id;
  spec.title = English(id);
  spec.ballot = ScaleBallot{};
  spec.series = "confidence";
  return spec;
}

void CastAll(TestRoom& room, const ActivityId& poll,
             const std::vector<std::pair<std::string, int32_t>>& values) {
  room.Add(Poll(poll));
  room.Advance(poll, Phase::kVoting);
  for (const auto& [who, value] : values) {
    Event event = room.MakeFor(IdOf<PersonId>(who), poll, BallotCast{ScaleCast{value}}, 1);
    if (who.starts_with("paper")) event.actor.role = Role::kKeyer;
    EXPECT_EQ(room.Send(event).code, OutcomeCode::kCounted);
  }
  room.Advance(poll, Phase::kClosed);
}

TEST(Comparisons, PairPeopleOfOneSeries) {
  TestRoom room;
  room.Create();
  CastAll(room, "start", {{"ana", 2}, {"ben", 3}, {"cat", 4}, {"dan", 1}, {"paper-1", 1}});
  CastAll(room, "end", {{"ana", 4}, {"ben", 3}, {"cat", 3}, {"dan", 4}, {"paper-1", 5}});
  EXPECT_FALSE(CompareSeries(room.state(), room.At("end"))) << "the first half is not revealed";
  room.Advance("start", Phase::kRevealed);
  EXPECT_FALSE(CompareSeries(room.state(), room.At("start")));
  const auto comparison = CompareSeries(room.state(), room.At("end"));
  ASSERT_TRUE(comparison);
  EXPECT_EQ(comparison->before, "start");
  EXPECT_EQ(comparison->paired, 4u) << "paper ballots are left out";
  EXPECT_EQ(comparison->mean_change->ToString(), "1.00");
  EXPECT_EQ(comparison->up, 2u);
  EXPECT_EQ(comparison->same, 1u);
  EXPECT_EQ(comparison->down, 1u);
  EXPECT_FALSE(comparison->groups_differ);
  EXPECT_EQ(comparison->before_result.mean->ToString(), "2.20");
}

TEST(Comparisons, SayWhenTheGroupsDifferByMoreThanAFifth) {
  for (const int strangers : {1, 2}) {
    TestRoom room;
    room.Create();
    std::vector<std::pair<std::string, int32_t>> people;
    for (int i = 0; i < 8; ++i) people.emplace_back("p" + std::to_string(i), 3);
    auto before = people;
    before.emplace_back("early", 3);
    CastAll(room, "start", before);
    for (int i = 0; i < strangers; ++i) people.emplace_back("late" + std::to_string(i), 3);
    CastAll(room, "end", people);
    room.Advance("start", Phase::kRevealed);
    // Differ: 2 of 10 people is a fifth, 3 of 11 is more.
    EXPECT_EQ(CompareSeries(room.state(), room.At("end"))->groups_differ, strangers == 2);
  }
}

TEST(Totals, AreCutToFitIntoAnEventAndHashedWhole) {
  DeckResult deck;
  for (uint32_t i = 0; i < 2000; ++i) {
    deck.rows.push_back({.item = IdOf<EventId>(std::to_string(i)).Hex(),
                         .scores = 5,
                         .sum = 15,
                         .total = {15, 0},
                         .complete = true,
                         .rank = 1});
  }
  const std::string totals = EncodeTotals(deck);
  EXPECT_LT(totals.size(), 25'000u);
  EXPECT_NE(totals.find("\"left_out\":"), std::string::npos);
  // A row that is left out still counts.
  deck.rows.back().sum = 16;
  EXPECT_NE(EncodeTotals(deck), totals);
  deck.rows.resize(100);
  EXPECT_EQ(EncodeTotals(deck).find("left_out"), std::string::npos);
}

}  // namespace
}  // namespace plenum::fold_test
