// Tally: the rehearsal's own recount, written from the rules alone (schema/rules.md, methods), in
// the plainest way: walk over what was sent in the order that the room recorded it, decide about
// each ballot, add up. It knows only what its clients sent and were answered; nothing of the fold.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
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

// An item of an activity: of the sheet, carried over, or contributed.
struct CountedItem {
  enum class State : uint8_t { kShown, kPending, kHidden, kWithdrawn, kErased };
  ItemId id;
  uint32_t number = 0;
  std::string text;
  const Sent* contribution = nullptr;  // null: of the sheet, or carried over
  State state = State::kShown;
  ItemId merged_into;
  uint32_t table = 0;  // of a note
};

class Tally {
 public:
  Tally(const RunSheet& sheet, const History& history);

  // What the activity should show. REQUIRES: the activity is of the sheet.
  Totals Of(const ActivityId& activity) const;
  // Its items, in the order of the log.
  const std::vector<CountedItem>& ItemsOf(const ActivityId& activity) const;
  // Whose it is: the sender's, or that of the number on the paper which a keyer typed in.
  uint32_t VoterOf(const Sent& sent) const;
  // Whether it was ever opened.
  bool WasOpened(const ActivityId& activity) const { return OpenedAt(activity).has_value(); }

  const BallotCounts& counts() const { return counts_; }
  // Outcomes that the rules do not explain, one sentence each.
  const std::vector<std::string>& wrong_outcomes() const { return wrong_outcomes_; }

 private:
  struct Standing {
    uint32_t seq = 0;
    EventId id;
    const Sent* sent = nullptr;
  };
  // Of what there is one: by who, and in 25/10 by round, with upvotes by item.
  struct Place {
    uint32_t voter = 0;
    uint32_t round = 0;
    ItemId item;
    auto operator<=>(const Place&) const = default;
  };
  using Ballots = std::map<Place, Standing>;
  using Rows = std::vector<std::pair<int64_t, ItemTotal>>;  // by worth; below 0: unranked

  void Count(const ActivitySpec& spec);
  void Judge(const ActivitySpec& spec, const Sent& sent, Ballots& standing);
  void CheckOutcome(const Sent& sent, std::vector<OutcomeCode> allowed);
  void CheckScore(const ActivitySpec& spec, const Sent& sent, const Ballots& standing);
  void Complain(const Sent& sent, const std::string& what);
  Place PlaceOf(const Sent& sent) const;
  bool IsValid(const ActivitySpec& spec, const BallotCast& cast) const;
  bool AreItems(const ActivitySpec& spec, const std::vector<ItemId>& items) const;

  // tally_items.cc
  std::vector<CountedItem> MakeItems(const ActivitySpec& spec) const;
  std::vector<CountedItem> CarriedItems(const ActivitySpec& spec) const;
  void ApplyStaff(const ActivityId& activity, std::vector<CountedItem>& items) const;
  std::optional<uint64_t> OpenedAt(const ActivityId& activity) const;
  std::vector<const Sent*> TookEffect(const ActivityId& activity) const;
  // What an item counts for, after merging.
  static const CountedItem* RootOf(const std::vector<CountedItem>& items, const CountedItem& item);

  // tally_results.cc
  Totals ScaleTotals(const ActivitySpec& spec) const;
  Totals ChoiceTotals(const ActivitySpec& spec) const;
  ItemId CardOf(const ActivitySpec& spec, const ScoreCast& score) const;
  Totals DeckTotals(const ActivitySpec& spec) const;
  Totals ContributionTotals(const ActivitySpec& spec) const;
  std::optional<PairedChange> Compare(const ActivitySpec& spec) const;

  // tally_items_results.cc
  Totals DotsTotals(const ActivitySpec& spec) const;
  Totals UpvoteTotals(const ActivitySpec& spec) const;
  Totals RankTotals(const ActivitySpec& spec) const;
  Totals RatingTotals(const ActivitySpec& spec) const;
  // A row for each item that stands; and which row each item counts for.
  Rows EmptyRows(const ActivitySpec& spec, std::map<ItemId, size_t>& row_of) const;

  const ActivitySpec& Spec(const ActivityId& id) const;
  const Ballots& BallotsOf(const ActivityId& id) const { return standing_.at(id); }

  const RunSheet& sheet_;
  const History& history_;
  std::map<std::string, uint32_t> papers_;  // by serial: who they stand for
  mutable std::map<ActivityId, std::vector<CountedItem>> items_;
  std::map<ActivityId, Ballots> standing_;
  BallotCounts counts_;
  std::vector<std::string> wrong_outcomes_;
};

// Competition ranks (1, 1, 3) by descending worth; 0 for what is unranked, which goes last. Among
// ties the order stays as it was.
std::vector<ItemTotal> Ranked(std::vector<std::pair<int64_t, ItemTotal>> rows);

// Words by how often they were written, in any spelling.
std::vector<WordTotal> WordsOf(const std::vector<CountedItem>& items);

// Whether this took effect, now or when it was sent before.
bool TookEffect(const Sent& sent);

}  // namespace plenum::rehearse
