// Report: what a rehearsal prints, for people or as JSON.
#pragma once

#include <ostream>
#include <string>

#include "gateway/rehearse/findings.h"
#include "gateway/rehearse/latency.h"
#include "gateway/rehearse/rehearse.h"

namespace plenum::rehearse {

// Everything that a report speaks about.
struct DayReport {
  const RehearseOptions& options;
  const RunSheet& sheet;
  const Facts* facts;  // null: nothing was published
  const RehearsedRoom& room;
  const DayOutcome& outcome;
  const History& history;
  const Tally& tally;
  const Seatings& seatings;
  const Findings& findings;
  double seconds = 0;
  uint64_t events = 0;  // in the room's log
};

void PrintForPeople(const DayReport& report, std::ostream& out);
void PrintJson(const DayReport& report, std::ostream& out);

// The rows of both, as the screens show them.
struct ScoreRow {
  std::string score;  // "69*": merged
  std::string title;
  ItemTotal item;
};
// The published ideas, best first; without published results all ideas up to rank ten.
std::vector<ScoreRow> DotsRows(const DayReport& report);
// The same for the topics of 25/10.
std::vector<ScoreRow> TopicRows(const DayReport& report);
// The first and the last mean of the first series with more than one scale poll; empty if none.
struct TwoMeans {
  std::string start;
  std::string end;
};
TwoMeans ConfidenceMeans(const DayReport& report);

std::string TitleOf(const Text& text);

}  // namespace plenum::rehearse
