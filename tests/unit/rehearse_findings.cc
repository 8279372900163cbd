// What the rehearsal finds wrong: in the log, in the results, in latencies and decimals.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/rehearse/findings.h"
#include "gateway/rehearse/latency.h"

namespace plenum::rehearse {
namespace {

using std::chrono::milliseconds;

constexpr TimePoint kNow{};

EventId Id(uint8_t n) {
  EventId id;
  id.bytes[15] = n;
  return id;
}

std::string Line(const EventId& id) { return R"({"id":")" + id.Hex() + R"(","type":"x"})"; }

// A command that was recorded at `offset` and folded at `index`.
void Recorded(History& history, const EventId& id, uint64_t offset, uint64_t index) {
  Command command{id, "poll", 1, 1, BallotCast{ScaleCast{3}}};
  history.OnSent(1, command, kNow);
  history.OnRecorded(id, offset, kNow);
  history.OnOutcome(id, {OutcomeCode::kCounted, Reason::kNone, index, 0}, kNow);
}

struct LogCase {
  const char* what;
  std::vector<uint8_t> log;  // ids in the order of the export
  uint64_t lost, duplicated, mismatches;
};

TEST(RehearseFindings, HoldsTheLogAgainstWhatWasAcknowledged) {
  const LogCase cases[] = {
      {"as promised", {7, 1, 2}, 0, 0, 0},
      {"one is missing", {7, 1}, 1, 0, 1},
      {"one stands twice", {7, 1, 2, 1}, 0, 1, 1},
      {"the order is another", {7, 2, 1}, 0, 0, 3},  // both places, and the offsets
  };
  for (const LogCase& one : cases) {
    History history;
    Recorded(history, Id(1), 10, 1);
    Recorded(history, Id(2), 11, 2);
    ExportedLog log;
    for (uint8_t id : one.log) EXPECT_TRUE(log.Add(Line(Id(id))));
    Findings findings;
    CheckLog(history, log, findings);
    EXPECT_EQ(findings.lost, one.lost) << one.what;
    EXPECT_EQ(findings.duplicated, one.duplicated) << one.what;
    EXPECT_EQ(findings.mismatches, one.mismatches) << one.what;
    EXPECT_EQ(findings.AllWell(), one.mismatches == 0) << one.what;
  }
  EXPECT_FALSE(ExportedLog().Add("not an event"));
}

Totals Poll(uint32_t people, const std::string& mean) {
  Totals totals;
  totals.kind = Totals::Kind::kScale;
  totals.people = people;
  totals.mean = mean;
  return totals;
}

TEST(RehearseFindings, TellsLostFromCountedTwice) {
  RunSheet sheet;
  ActivitySpec spec;
  spec.id = "poll";
  spec.ballot = ScaleBallot{};
  sheet.activities = {spec};
  History history;
  Recorded(history, Id(1), 10, 1);
  const Tally tally(sheet, history);
  for (auto [people, lost, duplicated] : {std::tuple{0u, 1u, 0u}, {1u, 0u, 0u}, {3u, 0u, 2u}}) {
    Totals shown = tally.Of("poll");
    shown.people = people;
    DayOutcome outcome;
    outcome.on_displays = {{{"poll", shown}}};
    ConsoleActivity last;
    last.activity = "poll";
    last.result = shown;
    last.result_status = "confirmed";
    outcome.at_the_end.activities = {last};
    Findings findings;
    CheckResults(sheet, outcome, tally, findings);
    EXPECT_EQ(findings.lost, lost);
    EXPECT_EQ(findings.duplicated, duplicated);
    EXPECT_EQ(findings.AllWell(), people == 1);
  }
}

TEST(RehearseFindings, AResultThatIsMissingEarlyOrDisputedIsAMismatch) {
  RunSheet sheet;
  ActivitySpec spec;
  spec.id = "poll";
  spec.ballot = ScaleBallot{};
  sheet.activities = {spec};
  const History history;
  const Tally tally(sheet, history);
  DayOutcome outcome;
  outcome.on_displays = {{}};
  outcome.seen_early = {"poll"};
  ConsoleActivity last;
  last.activity = "poll";
  last.result = tally.Of("poll");
  last.result_status = "disputed";
  outcome.at_the_end.activities = {last};
  Findings findings;
  CheckResults(sheet, outcome, tally, findings);
  EXPECT_EQ(findings.mismatches, 3u);
}

TEST(RehearseTotals, EveryFigureIsCompared) {
  const Totals counted = Poll(3, "3.33");
  EXPECT_THAT(Differences(Poll(3, "3.33"), counted, false), testing::IsEmpty());
  EXPECT_EQ(Differences(Poll(2, "3.33"), counted, false).size(), 1u);
  EXPECT_EQ(Differences(Poll(3, "3.34"), counted, false).size(), 1u);
  Totals compared = counted;
  compared.comparison = PairedChange{"start", 2, "0.50", 1, 1, 0, false};
  EXPECT_EQ(Differences(compared, counted, false).size(), 1u);
}

TEST(RehearseTotals, TheStageShowsTheTopTenWithAllTies) {
  Totals counted;
  counted.kind = Totals::Kind::kDeck;
  Totals shown = counted;
  for (uint32_t place = 1; place <= 12; ++place) {
    ItemTotal card;
    card.item = std::to_string(place);
    card.rank = place < 10 ? place : place < 12 ? 10 : 12;
    counted.items.push_back(card);
    if (card.rank <= 10) shown.items.push_back(card);
  }
  EXPECT_THAT(Differences(shown, counted, true), testing::IsEmpty());
  EXPECT_THAT(Differences(shown, counted, false), testing::Not(testing::IsEmpty()));
  shown.items.pop_back();  // a tie at the cut
  EXPECT_EQ(Differences(shown, counted, true).size(), 2u);
}

TEST(RehearseTotals, AScreenMaySayHowManyRowsItWasNotGiven) {
  Totals counted;
  counted.kind = Totals::Kind::kDeck;
  Totals shown = counted;
  for (uint32_t place = 1; place <= 5; ++place) {
    ItemTotal card;
    card.item = std::to_string(place);
    card.rank = place;
    counted.items.push_back(card);
    if (place <= 3) shown.items.push_back(card);
  }
  shown.left_out = 2;
  EXPECT_THAT(Differences(shown, counted, false), testing::IsEmpty());
  shown.left_out = 1;
  EXPECT_EQ(Differences(shown, counted, false).size(), 2u);  // one is missing: by name and number
}

TEST(RehearseTotals, DecimalsAreRoundedHalfAwayFromZero) {
  EXPECT_EQ(DecimalOf(10, 3, 2), "3.33");
  EXPECT_EQ(DecimalOf(5, 1000, 2), "0.01");
  EXPECT_EQ(DecimalOf(-1, 8, 2), "-0.13");
  EXPECT_EQ(DecimalOf(-1, 1000, 2), "0.00");
  EXPECT_EQ(DecimalOf(7, 2, 0), "4");
}

TEST(RehearseLatency, PercentilesAreOfTheNearestRank) {
  Latency latency;
  EXPECT_EQ(latency.Percentile(50), 0);
  for (int ms = 100; ms >= 1; --ms) latency.Add(kNow, kNow + milliseconds(ms));
  EXPECT_EQ(latency.Percentile(50), 50);
  EXPECT_EQ(latency.Percentile(99), 99);
  EXPECT_EQ(latency.Percentile(100), 100);
  EXPECT_EQ(latency.Json(), R"({"p50":50.00,"p99":99.00,"max":100.00})");
}

TEST(RehearseLatency, SeenIsWhenTheLastDisplayHeldAViewThatIncludesIt) {
  History history;
  Recorded(history, Id(1), 10, 5);
  history.OnShown(0, 5, kNow + milliseconds(10));  // five events: not yet the one at index 5
  history.OnShown(0, 6, kNow + milliseconds(20));
  history.OnShown(1, 8, kNow + milliseconds(30));
  EXPECT_EQ(MeasureBallots(history).seen.Percentile(100), 30);
}

}  // namespace
}  // namespace plenum::rehearse
