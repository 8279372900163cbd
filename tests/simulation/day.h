// The day of a simulated room: a few activities drawn from the seed, of every kind there is.
#pragma once

#include <vector>

#include "schema/activity.h"
#include "tests/simulation/random.h"

namespace plenum::simulation {

// `people`: how many there will be; below six there is no deck.
std::vector<ActivitySpec> DrawDay(Random& random, size_t people);

}  // namespace plenum::simulation
