// Findings: what is wrong at the end of a rehearsed day. Compares what the screens showed with the
// recount, the published figures with what came out, and what was promised with the exported log.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gateway/rehearse/day.h"
#include "gateway/rehearse/exported_log.h"
#include "gateway/rehearse/facts.h"
#include "gateway/rehearse/population.h"
#include "gateway/rehearse/seating.h"
#include "gateway/rehearse/tally.h"

namespace plenum::rehearse {

struct Findings {
  uint64_t lost = 0;        // acknowledged, but missing from an outcome, a tally or the log
  uint64_t duplicated = 0;  // counted more than once
  uint64_t mismatches = 0;  // any difference at all
  std::vector<std::string> sentences;  // one a mismatch, the first of them

  void Mismatch(const std::string& sentence);
  bool AllWell() const { return lost == 0 && duplicated == 0 && mismatches == 0; }
};

// Every answer was given, none twice, none against the rules, and no client was mistreated.
void CheckAnswers(const Shared& shared, const Tally& tally, Findings& findings);
// Every display at the reveal, and a fresh screen at the end, show what was counted.
void CheckResults(const RunSheet& sheet, const DayOutcome& outcome, const Tally& tally,
                  Findings& findings);
// Who sat where, by activity.
using Seatings = std::map<ActivityId, Seating>;
void CheckSeatings(const Seatings& seatings, Findings& findings);

// The results are the published ones, as far as the population could give them.
void CheckPublished(const RunSheet& sheet, const Facts& facts, const Population& population,
                    const DayOutcome& outcome, Findings& findings);
// The tables, their rounds, topics and notes are as published.
void CheckPublishedTables(const Facts& facts, const Population& population, const Tally& tally,
                          const Seatings& seatings, Findings& findings);
// How many different topics the tables have, and how many tables have written a note.
uint32_t TopicsAt(const Seating& seating);
uint32_t NotesIn(const std::vector<CountedItem>& items);

// What was acknowledged stands in the log, once and in its order, where the outcome said.
void CheckLog(const History& history, const ExportedLog& log, Findings& findings);

}  // namespace plenum::rehearse
