// Findings: what is wrong at the end of a rehearsed day. Compares what the screens showed with the
// recount, the published figures with what came out, and what was promised with the exported log.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "gateway/rehearse/day.h"
#include "gateway/rehearse/facts.h"
#include "gateway/rehearse/population.h"
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

// The room's events as exported: the ids in the order of the room.
class ExportedLog {
 public:
  // One event, a line of the export; false if it is none.
  bool Add(std::string_view line);
  uint64_t size() const { return ids_.size(); }
  const std::vector<EventId>& ids() const { return ids_; }
  // Indexes at which the id stands, in order.
  const std::vector<uint64_t>& PlacesOf(const EventId& id) const;

 private:
  std::vector<EventId> ids_;
  std::unordered_map<EventId, std::vector<uint64_t>> places_;
};

// Every answer was given, none twice, none against the rules, and no client was mistreated.
void CheckAnswers(const Shared& shared, const Tally& tally, Findings& findings);
// Every display at the reveal, and a fresh screen at the end, show what was counted.
void CheckResults(const RunSheet& sheet, const DayOutcome& outcome, const Tally& tally,
                  Findings& findings);
// The results are the published ones, as far as the population could give them.
void CheckPublished(const RunSheet& sheet, const Facts& facts, const Population& population,
                    const DayOutcome& outcome, Findings& findings);
// What was acknowledged stands in the log, once and in its order, where the outcome said.
void CheckLog(const History& history, const ExportedLog& log, Findings& findings);

}  // namespace plenum::rehearse
