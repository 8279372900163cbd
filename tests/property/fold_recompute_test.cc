// The fold against a program that somebody else could have written: tests/integration/recompute.py
// folds the same bytes by schema/rules.md. Every outcome, reason, reference and state digest must
// be the same after every entry, and so the deals, the passes and the totals that they stand for.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <utility>

#include "schema/json.h"
#include "tests/property/fold_day.h"
#include "tests/property/fold_play.h"
#include "tests/property/seeds.h"

namespace plenum::fold_test {
namespace {

namespace fs = std::filesystem;

// What it printed, and how it ended.
std::pair<std::string, int> Recompute(const std::vector<std::string>& log, const char* flag) {
  const fs::path script = fs::path(__FILE__).parent_path() / "../integration/recompute.py";
  std::string name = (fs::temp_directory_path() / "plenum-recompute-XXXXXX").string();
  const int file = mkstemp(name.data());
  EXPECT_GE(file, 0);
  std::ofstream out(name);
  for (const std::string& entry : log) out << entry << '\n';
  out.close();
  const std::string command = "python3 -B '" + script.string() + "' " + flag + " '" + name + "'";
  FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  char buffer[1 << 16];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
  const int status = pclose(pipe);
  close(file);
  fs::remove(name);
  return {text, WEXITSTATUS(status)};
}

std::string Told(const Outcome& outcome, const Digest& state) {
  return std::string(OutcomeName(outcome.code)) + ' ' + std::string(ReasonName(outcome.reason)) +
         ' ' + std::to_string(outcome.ref) + ' ' + state.Hex();
}

std::string Told(const json::Value& each) {
  const json::Array& parts = *each.AsArray();
  return *parts[0].AsString() + ' ' + *parts[1].AsString() + ' ' +
         std::to_string(*parts[2].AsInt()) + ' ' + *parts[3].AsString();
}

void Compare(const RoomId& id, const std::vector<std::string>& log) {
  const auto [text, status] = Recompute(log, "--each");
  ASSERT_EQ(status, 0);
  const auto recomputed = json::Parse(text);
  ASSERT_TRUE(recomputed) << recomputed.error().what;
  const json::Array& each = *recomputed->Find("each")->AsArray();
  ASSERT_EQ(each.size(), log.size());
  Room room(id);
  for (size_t i = 0; i < log.size(); ++i) {
    const Outcome outcome = room.Apply(log[i]).outcome;
    ASSERT_EQ(Told(outcome, room.StateDigest()), Told(each[i])) << i << ": " << log[i];
  }
  EXPECT_EQ(room.Root().Hex(), *recomputed->Find("root")->AsString());
}

TEST(Recomputation, OfRandomDays) {
  for (const uint64_t seed : Seeds(5, 100)) {
    SCOPED_TRACE("PLENUM_SEED=" + std::to_string(seed));
    RandomDay day({.events = 1500}, seed);
    day.Run();
    Compare(day.room().room().id(), day.room().log());
  }
}

void CompareDeck(const DeckPlan& plan, uint64_t seed) {
  SCOPED_TRACE("PLENUM_SEED=" + std::to_string(seed) + ", " + std::to_string(plan.writers) +
               " people" + (plan.deck == Deck::kPaper ? ", paper deck" : ""));
  DeckPlay play(plan, seed);
  play.Run();
  if (testing::Test::HasFatalFailure()) return;
  Compare(play.room().room().id(), play.room().log());
}

TEST(Recomputation, OfDecks) {
  for (const uint64_t seed : Seeds(2, 30)) {
    for (const size_t writers : {6, 7, 11, 40}) {
      CompareDeck({.writers = writers,
                   .newcomers = writers / 2,
                   .silent = 15,
                   .late = 20,
                   .passes = 150,
                   .leaving = 8,
                   .changed = 10},
                  seed);
      CompareDeck({.writers = writers,
                   .newcomers = 5,
                   .deck = Deck::kPaper,
                   .silent = 15,
                   .leaving = 5,
                   .changed = 10},
                  seed);
    }
    if (seed > 1 && !FullTests()) continue;
    CompareDeck({.writers = FullTests() ? 400u : 180u, .silent = 15, .passes = 50}, seed);
  }
}

// A poll with a result as a node would say it, but for what `spoil` does to it.
std::vector<std::string> LogWithResult(const std::function<void(ResultRecorded&)>& spoil) {
  TestRoom room("poll");
  room.Create();
  ActivitySpec spec;
  spec.id = "mood";
  spec.title = English("Mood");
  spec.ballot = ScaleBallot{};
  room.Add(spec);
  room.Advance("mood", Phase::kVoting);
  room.Send(room.MakeFor(IdOf<PersonId>("ana"), "mood", BallotCast{ScaleCast{4}}, 1));
  room.Advance("mood", Phase::kClosed);
  Event event = room.ResultEvent(room.room().DueResults().front());
  spoil(std::get<ResultRecorded>(event.payload));
  room.Send(event);
  return room.log();
}

TEST(Recomputation, SaysWhereARecordedResultDiffers) {
  const auto [fine, fine_status] = Recompute(LogWithResult([](ResultRecorded&) {}), "--check");
  EXPECT_EQ(fine_status, 0);
  EXPECT_NE(fine.find("\"differences\": []"), std::string::npos) << fine;

  const auto [totals, totals_status] = Recompute(LogWithResult([](ResultRecorded& result) {
                                                   result.totals =
                                                       R"({"kind":"scale","people":2,"sum":9})";
                                                 }),
                                                 "--check");
  EXPECT_EQ(totals_status, 1);
  EXPECT_NE(totals.find(R"("what": "totals")"), std::string::npos) << totals;
  EXPECT_NE(totals.find(R"("at": 5)"), std::string::npos) << totals;

  const auto [state, state_status] = Recompute(
      LogWithResult([](ResultRecorded& result) { result.state.bytes[0] ^= 1; }), "--check");
  EXPECT_EQ(state_status, 1);
  EXPECT_NE(state.find(R"("what": "state")"), std::string::npos) << state;
}

}  // namespace
}  // namespace plenum::fold_test
