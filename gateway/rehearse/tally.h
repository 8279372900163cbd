// Tally: the rehearsal's own recount, written from the rules alone (schema/rules.md, methods), in
// the plainest way: walk over what was sent in the order that the room recorded it, decide about
// each ballot, add up. It knows only what its clients sent and were answered; nothing of the fold.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gateway/rehearse/history.h"
#include "gateway/rehearse/totals.h"
#include "schema/run_sheet.h"

namespace plenum::rehearse {

// What became of all ballots; `counted` stand, the sum of all is the number sent.
struct BallotCounts {
  uint64_t sent = 0;
  uint64_t recorded = 0;  // acknowledged as durable
  uint64_t counted = 0;
  uint64_t superseded = 0;  // replaced by a later one of the same person, or stale on arrival
  uint64_t late = 0;
  uint64_t refused = 0;
  uint64_t unanswered = 0;  // never got an outcome, although recorded or sent
  uint64_t lost = 0;        // acknowledged, but without an outcome
};

class Tally {
 public:
  Tally(const RunSheet& sheet, const History& history);

  // What the activity should show. REQUIRES: the activity is of the sheet.
  Totals Of(const ActivityId& activity) const;

  const BallotCounts& counts() const { return counts_; }
  // Outcomes that the rules do not explain, one sentence each.
  const std::vector<std::string>& wrong_outcomes() const { return wrong_outcomes_; }

 private:
  struct Standing {
    uint32_t seq = 0;
    EventId id;
    const Sent* sent = nullptr;
  };
  // By who and round (0 outside of 25/10).
  using Ballots = std::map<std::pair<uint32_t, uint32_t>, Standing>;

  void Count(const ActivitySpec& spec);
  void Judge(const ActivitySpec& spec, const Sent& sent, Ballots& standing);
  void CheckOutcome(const Sent& sent, std::vector<OutcomeCode> allowed);
  void CheckScore(const ActivitySpec& spec, const Sent& sent, const Ballots& standing);
  void Complain(const Sent& sent, const std::string& what);

  Totals ScaleTotals(const ActivitySpec& spec) const;
  Totals ChoiceTotals(const ActivitySpec& spec) const;
  Totals DotsTotals(const ActivitySpec& spec) const;
  Totals DeckTotals(const ActivitySpec& spec) const;
  std::optional<PairedChange> Compare(const ActivitySpec& spec) const;
  std::vector<const Sent*> Contributions(const ActivityId& activity) const;
  std::map<ItemId, ItemId> Merged(const ActivityId& activity) const;  // item -> where it is now
  const ActivitySpec& Spec(const ActivityId& id) const;

  const RunSheet& sheet_;
  const History& history_;
  std::map<ActivityId, Ballots> standing_;
  BallotCounts counts_;
  std::vector<std::string> wrong_outcomes_;
};

}  // namespace plenum::rehearse
