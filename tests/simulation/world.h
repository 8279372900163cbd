// World: one simulated room from one seed, from the opening of the doors to the calm after the last
// fault. Draws the people, the day and the faults; runs the timeline; has the checks hold after
// every step.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/checks.h"
#include "tests/simulation/client.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/mistakes.h"
#include "tests/simulation/network.h"
#include "tests/simulation/node.h"
#include "tests/simulation/phone.h"
#include "tests/simulation/presenter.h"
#include "tests/simulation/timeline.h"
#include "tests/simulation/trace.h"

namespace plenum::simulation {

struct Story {
  uint64_t seed = 1;
  bool print = false;
  bool faults = true;
  Mistake mistake = Mistake::kNone;
};

struct Report {
  std::string failure;  // empty: all held
  uint64_t hash = 0;    // of everything that happened
  uint64_t events = 0;  // in the log
  Trace::Counts counts;
};

// Plays the whole story. Deterministic.
Report Play(const Story& story);

}  // namespace plenum::simulation
