// What an activity is: collect x ballot x deal, and a few settings. A new method of working in the
// room is a new combination of these parts. The JSON form is in schema/json-schema/run-sheet.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "schema/ids.h"
#include "schema/limits.h"

namespace plenum {

// A text that people see, by language tag, in the order of the run sheet; never empty when set.
// In JSON: a string (the room's first language), or an object {"en": "...", "cy": "..."}.
struct Text {
  std::vector<std::pair<std::string, std::string>> by_language;
  bool empty() const { return by_language.empty(); }
  bool operator==(const Text&) const = default;
};

enum class Contributors : uint8_t { kEveryone, kTableHosts, kStaff };

// Where items come from.
struct Collect {
  Contributors who = Contributors::kEveryone;
  uint32_t each = 1;  // how many a person may contribute
  uint32_t max_graphemes = 300;
  bool operator==(const Collect&) const = default;
};

struct Option {
  OptionId id;
  Text title;
  bool operator==(const Option&) const = default;
};

// How people judge.
struct ChoiceBallot {
  std::vector<Option> options;
  uint32_t min = 1;
  uint32_t max = 1;
  bool name_unchosen = false;  // a place poll: say which options nobody chose
  bool operator==(const ChoiceBallot&) const = default;
};
struct ScaleBallot {
  int32_t low = 1;
  int32_t high = 5;
  Text low_label;
  Text high_label;
  bool operator==(const ScaleBallot&) const = default;
};
struct DotsBallot {
  uint32_t budget = 5;
  uint32_t cap = 5;  // most dots on one item
  bool operator==(const DotsBallot&) const = default;
};
using Ballot = std::variant<std::monostate, ChoiceBallot, ScaleBallot, DotsBallot>;

// Whether cards move between people before each score. REQUIRES: collect, and a scale ballot, by
// which a card is scored.
enum class Deck : uint8_t { kPhones, kPaper };
struct Deal {
  uint32_t rounds = 5;
  Deck deck = Deck::kPhones;
  bool operator==(const Deal&) const = default;
};

// An item that the run sheet brings along (a poster of the gallery, say).
struct SheetItem {
  ItemId id;
  uint32_t number = 0;  // on its poster or sign; 0 for none
  Text title;
  Text detail;  // may be empty
  bool operator==(const SheetItem&) const = default;
};

enum class Reveal : uint8_t { kLive, kOnReveal };

// Time limits in milliseconds; 0 for none. When one ends: collecting -> stays, voting -> closed,
// swapping -> scoring (the bell), scoring -> stays, closing -> closed.
struct TimeLimits {
  uint32_t collect_ms = 0;
  uint32_t vote_ms = 0;
  uint32_t swap_ms = 0;
  uint32_t score_ms = 0;
  uint32_t grace_ms = 10'000;
  bool operator==(const TimeLimits&) const = default;
};

struct ActivitySpec {
  ActivityId id;
  Text title;
  Text prompt;
  std::optional<Collect> collect;
  Ballot ballot;
  std::optional<Deal> deal;
  std::vector<SheetItem> items;
  bool shuffle_items = true;  // per person, on phones
  Reveal reveal = Reveal::kOnReveal;
  std::string series;  // links re-runs of one question; empty means the activity's own id
  TimeLimits time;

  const std::string& Series() const { return series.empty() ? id : series; }
  bool operator==(const ActivitySpec&) const = default;
};

}  // namespace plenum
