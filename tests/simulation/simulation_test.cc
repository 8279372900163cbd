#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/world.h"

namespace plenum::simulation {
namespace {

using testing::IsEmpty;
using testing::Not;

// --- the nine invariants, over many seeds ---

constexpr uint64_t kSeedsEach = 30;

class Seeds : public testing::TestWithParam<uint64_t> {};

TEST_P(Seeds, KeepTheInvariants) {
  for (uint64_t seed = GetParam(); seed < GetParam() + kSeedsEach; ++seed) {
    const Report report = Play({.seed = seed});
    EXPECT_THAT(report.failure, IsEmpty())
        << "again: simulation_tests --seed " << seed << " --print";
  }
}

INSTANTIATE_TEST_SUITE_P(From, Seeds, testing::Range<uint64_t>(1, 1 + 10 * kSeedsEach, kSeedsEach),
                         testing::PrintToStringParamName());

TEST(Calm, KeepsTheInvariantsWithoutAnyFault) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    const Report report = Play({.seed = seed, .faults = false});
    EXPECT_THAT(report.failure, IsEmpty()) << "seed " << seed;
    EXPECT_EQ(report.counts.count("crash"), 0u);
  }
}

// --- a seed says everything ---

TEST(Determinism, ASeedHasOneTrace) {
  for (uint64_t seed : {1, 7, 19, 42}) {
    const Report first = Play({.seed = seed});
    const Report again = Play({.seed = seed});
    EXPECT_EQ(first.hash, again.hash) << "seed " << seed;
    EXPECT_EQ(first.counts, again.counts) << "seed " << seed;
  }
  EXPECT_NE(Play({.seed = 1}).hash, Play({.seed = 2}).hash);
}

// --- what happens at all: an invariant holds easily in a world without faults ---

TEST(Coverage, SeedsMeetEveryFaultAndEveryAnswer) {
  Trace::Counts met;
  for (uint64_t seed = 1001; seed <= 1150; ++seed) {
    for (const auto& [what, n] : Play({.seed = seed}).counts) met[what] += n;
  }
  for (const char* what :
       {// faults
        "all cut", "append fault", "clock jump", "commits lost", "crash", "cut", "disk full",
        "disk stalled", "fatal", "moved phone", "phone offline", "read models gone", "slow network",
        "stops reading", "sync failed", "torn tail", "vault refused",
        // what clients did and heard
        "resent", "sent twice", "unanswered", "token renewed", "closed 1008", "closed 4000",
        "closed 4001", "error bad-message", "error disk-full", "error not-permitted",
        "error unknown-activity", "outcome accepted", "outcome counted", "outcome duplicate",
        "outcome ignored", "outcome late", "outcome refused", "outcome superseded",
        "refused changed-meanwhile", "refused no-partner", "refused over-cap",
        "refused unknown-option", "refused wrong-round", "node speech", "result", "score counted",
        "card passed"}) {
    EXPECT_GT(met[what], 0u) << what;
  }
}

// --- the checks themselves: each mistake, wherever it is made, is found ---

class Planted : public testing::TestWithParam<Mistake> {};

TEST_P(Planted, IsFound) {
  int made = 0;
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    const Report report = Play({.seed = seed, .mistake = GetParam()});
    if (report.counts.count("mistake") == 0) continue;
    ++made;
    EXPECT_THAT(report.failure, Not(IsEmpty())) << "seed " << seed;
  }
  EXPECT_GT(made, 0);
}

std::string NameOf(const testing::TestParamInfo<Mistake>& planted) {
  const char* const names[] = {"None",         "ForgedEvent",  "LostEntry",  "TornCommit",
                               "FalseReceipt", "WrongOutcome", "LostAnswer", "OldView",
                               "WrongTurnout", "EarlyResult"};
  return names[static_cast<int>(planted.param)];
}

INSTANTIATE_TEST_SUITE_P(Mistake, Planted,
                         testing::Values(Mistake::kForgedEvent, Mistake::kLostEntry,
                                         Mistake::kTornCommit, Mistake::kFalseReceipt,
                                         Mistake::kWrongOutcome, Mistake::kLostAnswer,
                                         Mistake::kOldView, Mistake::kWrongTurnout,
                                         Mistake::kEarlyResult),
                         NameOf);

}  // namespace
}  // namespace plenum::simulation
