// Totals: the figures of one activity, in one form for what the server shows and for what the
// rehearsal has counted itself, so that the two can be compared member by member.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "schema/ids.h"
#include "schema/json.h"

namespace plenum::rehearse {

struct ItemTotal {
  ItemId item;
  std::string title;    // as shown; not compared
  uint32_t number = 0;  // on its poster or table; not compared
  uint32_t dots = 0;
  uint32_t people = 0;              // dots, ranks, ratings: different people
  uint32_t votes = 0;               // upvotes
  uint32_t points = 0, firsts = 0;  // ranks
  std::string mean;                 // ratings: "4.06"; empty when nobody rated it
  std::vector<uint32_t> counts;     // ratings: by value, from low to high
  uint32_t rank = 0;                // 0: unranked
  std::vector<ItemId> merged;       // sorted
  std::string total;                // deck: "21", "16.7"
  uint32_t scores = 0;
  int64_t sum = 0;  // deck, ratings
  bool complete = false;
};

struct WordTotal {
  std::string word;  // as it is written most often
  uint32_t count = 0;
  ItemId item;  // the first that was written
  bool operator==(const WordTotal&) const = default;
};

struct PairedChange {
  ActivityId with;
  uint32_t paired = 0;
  std::string mean_change;
  uint32_t up = 0, same = 0, down = 0;
  bool groups_differ = false;
  bool operator==(const PairedChange&) const = default;
};

struct Totals {
  enum class Kind : uint8_t {
    kItems,
    kWords,
    kChoice,
    kScale,
    kDots,
    kUpvote,
    kRank,
    kRatings,
    kDeck
  };
  Kind kind = Kind::kItems;
  uint32_t people = 0;
  std::string mean;              // scale: "3.33"; empty when nobody answered
  std::string median;            // scale: "3.0"
  std::vector<uint32_t> counts;  // scale: by value, from low to high
  std::optional<PairedChange> comparison;
  std::vector<std::pair<OptionId, uint32_t>> options;
  std::vector<OptionId> nobody;  // place poll
  uint32_t dots = 0;
  uint32_t top = 0;                    // rank: how many places a person gives
  uint32_t cards = 0;                  // of a deck; what was collected
  uint32_t complete = 0, scorers = 0;  // deck
  std::vector<ItemTotal> items;        // by rank
  std::vector<WordTotal> words;        // most frequent first
  uint32_t left_out = 0;               // rows after these that a screen was not given

  const ItemTotal* Find(const ItemId& item) const;
  // How many ballots, or cards, are in it: what is missing was lost, what is more counted twice.
  uint64_t Weight() const;
};

// Reads RESULT of schema/wire.md. nullopt: not of that form.
std::optional<Totals> ReadTotals(const json::Value& result);

// What differs between the server's figures and ours, one sentence each. The stage shows only the
// top ten cards: with `top_only` cards that are not shown must rank below those that are.
std::vector<std::string> Differences(const Totals& shown, const Totals& counted, bool top_only);

// A fraction in decimal, half away from zero. REQUIRES: denominator > 0.
std::string DecimalOf(int64_t numerator, int64_t denominator, int digits);

}  // namespace plenum::rehearse
