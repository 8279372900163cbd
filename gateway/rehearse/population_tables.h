// What people and staff do at the tables of an activity: who hosts, who sits where, what the notes
// say, which tables a topic gets.
#pragma once

#include <vector>

#include "gateway/rehearse/population.h"
#include "gateway/rehearse/texts.h"

namespace plenum::rehearse {

// `people`: who is there and takes part. REQUIRES: spec.seats.
void PlanTables(const ActivitySpec& spec, const Facts* facts, const std::vector<uint32_t>& people,
                const TextSource& texts, Random random, Population& population);

// Topics that the organisers add to those that were carried over.
void PlanTopics(const ActivitySpec& spec, const Facts* facts, const TextSource& texts,
                Random random, Population& population);

}  // namespace plenum::rehearse
