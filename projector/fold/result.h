// Results: what the ballots of an activity add up to. Computed from the state alone, in integers.
// EncodeTotals is canonical (schema/rules.md, Result): it goes into the log, and is compared there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "projector/fold/state.h"

namespace plenum {

// A fraction times ten to the `digits`, rounded half up (away from zero): 333 with 2 is "3.33".
struct Decimal {
  int64_t scaled = 0;
  int digits = 0;
  std::string ToString() const;
  bool operator==(const Decimal&) const = default;
};
Decimal Divide(int64_t numerator, int64_t denominator, int digits);  // REQUIRES: denominator > 0

struct ChoiceResult {
  uint32_t people = 0;
  std::vector<std::pair<OptionId, uint32_t>> counts;  // in the order of the sheet
};

struct ScaleResult {
  uint32_t people = 0;
  int64_t sum = 0;
  std::vector<uint32_t> counts;   // by value, from low to high
  std::optional<Decimal> mean;    // two digits; absent when nobody answered
  std::optional<Decimal> median;  // one digit
};

// Two closed scale polls of one series, earlier first.
struct Comparison {
  ActivityId before;
  ActivityId after;
  ScaleResult before_result;
  ScaleResult after_result;
  uint32_t paired = 0;  // people who answered both
  std::optional<Decimal> mean_change;
  uint32_t up = 0, same = 0, down = 0;
  bool groups_differ = false;  // |A xor B| * 5 > |A or B|
};

struct DotsRow {
  ItemId item;
  uint32_t dots = 0;
  uint32_t people = 0;         // different people
  uint32_t rank = 0;           // competition rank
  std::vector<ItemId> merged;  // the items merged into this one; empty: stands alone
};
struct DotsResult {
  uint32_t people = 0;
  uint32_t dots = 0;
  std::vector<DotsRow> rows;  // by rank, among ties in log order
};

struct UpvoteRow {
  ItemId item;
  uint32_t votes = 0;  // different people, of all that is merged into it
  uint32_t rank = 0;
  std::vector<ItemId> merged;
};
struct UpvoteResult {
  uint32_t people = 0;
  std::vector<UpvoteRow> rows;  // by rank, among ties in log order
};

struct RankRow {
  ItemId item;
  uint32_t points = 0;  // top for a first place, one less for each place after
  uint32_t people = 0;
  uint32_t firsts = 0;
  uint32_t rank = 0;
  std::vector<ItemId> merged;
};
struct RankResult {
  uint32_t people = 0;
  uint32_t top = 0;
  std::vector<RankRow> rows;  // by rank, among ties in log order
};

struct RatingRow {
  ItemId item;
  uint32_t people = 0;
  int64_t sum = 0;
  std::vector<uint32_t> counts;  // by value, from low to high
  std::optional<Decimal> mean;   // two digits
  uint32_t rank = 0;             // by the mean itself, not as it is shown; 0: nobody rated it
};
struct RatingResult {
  uint32_t people = 0;
  std::vector<RatingRow> rows;  // by rank, among ties in log order, unranked last
};

struct CardRow {
  ItemId item;
  uint32_t number = 0;
  uint32_t scores = 0;
  int64_t sum = 0;
  Decimal total;  // sum if complete, otherwise mean x rounds, one digit
  bool complete = false;
  uint32_t rank = 0;  // 0: unranked (fewer than three scores)
};
struct DeckResult {
  uint32_t cards = 0;
  uint32_t complete = 0;
  uint32_t scorers = 0;
  uint32_t rounds = 0;
  std::vector<CardRow> rows;  // by rank, among ties in log order, unranked last
};

struct ItemsResult {
  uint32_t people = 0;
  uint32_t items = 0;
};  // collected, not judged

using Result = std::variant<ItemsResult, ChoiceResult, ScaleResult, DotsResult, UpvoteResult,
                            RankResult, RatingResult, DeckResult>;

Result ComputeResult(const Activity& activity);
std::string EncodeTotals(const Result& result);

// The items of a result that ranks items, in its order; empty if it does not.
std::vector<std::pair<ItemId, uint32_t>> RanksOf(const Result& result);

// The comparison that `activity` is the later half of, if an earlier activity of its series has
// ballots that may be seen.
std::optional<Comparison> CompareSeries(const RoomState& state, const Activity& activity);

// People who have answered in the current generation and round.
uint32_t Turnout(const Activity& activity);

// Whether its result ranks items, so that it may be counted down.
bool HasRanks(const Activity& activity);

// Whether the totals of this activity may leave the server for everybody.
bool IsPublic(const Activity& activity);

}  // namespace plenum
