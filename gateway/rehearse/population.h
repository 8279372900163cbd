// Population: who comes to the rehearsed day and how each of them will vote. Made before the day
// begins, from the run sheet, the seed, and either the published results (then the votes add up
// to exactly these, whatever the number of people) or nothing (then any results will do).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/rehearse/facts.h"
#include "gateway/rehearse/random.h"
#include "schema/event.h"
#include "schema/run_sheet.h"

namespace plenum::rehearse {

// One ballot, as a phone sends it.
struct PlannedBallot {
  BallotCast cast;
  uint32_t seq = 1;
  uint32_t times = 1;        // 2: the same command is sent twice
  bool after_close = false;  // sent when voting has closed
};

// What somebody does in one poll. Nothing planned: their phone stays silent.
struct PlannedVote {
  std::vector<PlannedBallot> ballots;  // in the order of sending; the highest seq in time counts
  bool drops_connection = false;       // right after the last one, before the answer comes
};

struct PlannedPerson {
  ActivityId arrives;  // the activity in front of which they come; empty: from the start
  ActivityId leaves;   // goes home before this one; empty: stays
  std::map<ActivityId, PlannedVote> votes;
  std::map<ActivityId, std::vector<std::string>> cards;  // contributions, by activity
};

// What the presenter merges after the close, before the reveal.
struct PlannedMerge {
  ActivityId activity;
  ItemId into;
  std::vector<ItemId> from;
};

struct Population {
  std::vector<PlannedPerson> people;
  std::vector<PlannedMerge> merges;
  std::map<ActivityId, std::vector<std::string>> topics;  // of a deck: card texts, best first
  bool published_dots = false;                            // the dots add up to the published scores
  bool published_topics = false;
  int loses_connection_percent = 1;  // of the people, in each stage
};

// REQUIRES: attendees >= limits::kDeckPeople. `facts` may be null: everything by chance.
Population MakePopulation(const RunSheet& sheet, const Facts* facts, uint32_t attendees,
                          uint64_t seed);

// How many of at most `most` people can have a mean that shows as `hundredths`/100 (half up), and
// the sum of their values: the largest number; nullopt if even one cannot.
struct MeanPlan {
  uint32_t people = 0;
  int64_t sum = 0;
};
std::optional<MeanPlan> PlanMean(int64_t hundredths, uint32_t most, int32_t low, int32_t high);

}  // namespace plenum::rehearse
