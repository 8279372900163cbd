// The simulation's own program: as a set of tests, or for one seed again.
//   simulation_tests                     all tests
//   simulation_tests --seed 17 [--print] one seed, with all that happened
//   simulation_tests --seeds 1..5000     many
#include <gtest/gtest.h>

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/simulation/world.h"

namespace plenum::simulation {
namespace {

void PrintCounts(const Trace::Counts& counts) {
  for (const auto& [what, n] : counts) std::printf("  %8" PRIu64 " %s\n", n, what.c_str());
}

// Adds what it met to `counts`.
bool Holds(const Story& story, Trace::Counts* counts) {
  const Report report = Play(story);
  const bool holds = report.failure.empty();
  std::printf("seed %" PRIu64 ": %s, %" PRIu64 " events, trace %016" PRIx64 "\n", story.seed,
              holds ? "all invariants hold" : report.failure.c_str(), report.events, report.hash);
  for (const auto& [what, n] : report.counts) (*counts)[what] += n;
  std::fflush(stdout);
  return holds;
}

int RunSeeds(const char* range) {
  char* end = nullptr;
  const uint64_t first = std::strtoull(range, &end, 10);
  const uint64_t last =
      std::strncmp(end, "..", 2) == 0 ? std::strtoull(end + 2, nullptr, 10) : first;
  uint64_t failed = 0;
  Trace::Counts counts;
  for (uint64_t seed = first; seed <= last; ++seed) {
    if (!Holds({.seed = seed}, &counts)) ++failed;
  }
  PrintCounts(counts);
  std::printf("%" PRIu64 " seeds, %" PRIu64 " failed\n", last - first + 1, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace plenum::simulation

int main(int argc, char** argv) {
  using namespace plenum::simulation;
  Story story;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--print") == 0) story.print = true;
  }
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::strcmp(argv[i], "--seeds") == 0) return RunSeeds(argv[i + 1]);
    if (std::strcmp(argv[i], "--seed") == 0) {
      story.seed = std::strtoull(argv[i + 1], nullptr, 10);
      Trace::Counts counts;
      const bool holds = Holds(story, &counts);
      PrintCounts(counts);
      return holds ? 0 : 1;
    }
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
