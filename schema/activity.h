// What an activity is: collect x ballot x deal or seats, and a few settings. A new method of
// working in the room is a new combination of these parts. The JSON form is in
// schema/json-schema/run-sheet.json.
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

// Table hosts: with seats, whoever hosts a table (and staff, for it); without, the role.
enum class Contributors : uint8_t { kEveryone, kTableHosts, kStaff };

// When others see a contribution: at once, once somebody has approved it, or at once until somebody
// hides it.
enum class Moderation : uint8_t { kOff, kApproveFirst, kHideAfter };

// One of several parts of a contribution.
struct Field {
  std::string id;  // a slug
  Text title;
  uint32_t max_graphemes = 300;
  bool required = true;
  bool names_person = false;  // "who", "owner": it may name somebody, and says so beside it
  // Only where it names_person: days until it is destroyed, sooner than other texts; 0: with them.
  uint32_t retention_days = 0;
  bool operator==(const Field&) const = default;
};

// Where items come from.
struct Collect {
  Contributors who = Contributors::kEveryone;
  uint32_t each = 1;             // how many a person may contribute; with seats: a table, a round
  uint32_t max_graphemes = 300;  // without fields
  uint32_t words = 0;            // an answer has at most so many words, counted by spelling; 0: any
  std::vector<Field> fields = {};  // empty: one text
  Moderation moderation = Moderation::kOff;
  // Each contribution shows the picture that its author chose in this activity of the same series.
  ActivityId picture_of = {};
  bool operator==(const Collect&) const = default;
};

struct Option {
  OptionId id;
  Text title;
  std::string picture = {};  // a drawing of the set in gateway/web/pictures; may be empty
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
// Without items: one answer a person. With a deal: how a card is scored. With items or collect, and
// no deal: each item is rated, on one sheet a person.
struct ScaleBallot {
  int32_t low = 1;
  int32_t high = 5;
  Text low_label;
  Text high_label;
  bool operator==(const ScaleBallot&) const = default;
};
// With a large budget, points to share.
struct DotsBallot {
  uint32_t budget = 5;
  uint32_t cap = 5;  // most dots on one item
  bool operator==(const DotsBallot&) const = default;
};
// Each item once a person, at any time while items are collected, too.
struct UpvoteBallot {
  bool operator==(const UpvoteBallot&) const = default;
};
// One's own first, second … choices. The first gets `top` points, the last one.
struct RankBallot {
  uint32_t top = 3;
  bool operator==(const RankBallot&) const = default;
};
using Ballot =
    std::variant<std::monostate, ChoiceBallot, ScaleBallot, DotsBallot, UpvoteBallot, RankBallot>;

// Whether cards move between people before each score. REQUIRES: collect, and a scale ballot, by
// which a card is scored.
enum class Deck : uint8_t { kPhones, kPaper };
struct Deal {
  uint32_t rounds = 5;
  Deck deck = Deck::kPhones;
  bool operator==(const Deal&) const = default;
};

// Whether people sit at tables, round by round. The items of the sheet, and those carried over, are
// the tables' topics; what is collected are the tables' notes.
struct Seats {
  uint32_t rounds = 1;
  uint32_t capacity = 10;  // of a table, unless tables.set says otherwise
  uint32_t tables = 0;     // 0: one a topic
  bool planned = true;     // people are sent to tables, and may still go elsewhere
  bool operator==(const Seats&) const = default;
};

// Items that come from another activity's result, without anybody typing them again. With seats,
// the tables' notes; from a ballot, the items by rank; otherwise all, in log order.
struct Carry {
  ActivityId from;
  uint32_t top = 0;  // ranks 1 to top, with everybody who is tied; 0: all
  bool operator==(const Carry&) const = default;
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
// swapping -> scoring (the bell), scoring -> stays, seated -> stays, closing -> closed.
struct TimeLimits {
  uint32_t collect_ms = 0;
  uint32_t vote_ms = 0;
  uint32_t swap_ms = 0;
  uint32_t score_ms = 0;
  uint32_t seat_ms = 0;  // a round at the tables
  uint32_t grace_ms = 10'000;
  bool operator==(const TimeLimits&) const = default;
};

// What people are told before they join, and the organisers must keep to. In the log, as all of it.
struct Privacy {
  std::string controller;       // who answers for the data
  std::string contact;          // an address for questions
  uint32_t retention_days = 0;  // until texts and keys are destroyed; 0: not said
  bool operator==(const Privacy&) const = default;
};

struct ActivitySpec {
  ActivityId id;
  Text title;
  Text prompt;
  std::optional<Collect> collect;
  Ballot ballot;
  std::optional<Deal> deal;
  std::optional<Seats> seats;
  std::optional<Carry> carry;
  std::vector<SheetItem> items;
  bool shuffle_items = true;  // per person, on phones
  Reveal reveal = Reveal::kOnReveal;
  std::string series;  // links re-runs of one question; empty means the activity's own id
  TimeLimits time;

  const std::string& Series() const { return series.empty() ? id : series; }
  bool HasBallot() const { return !std::holds_alternative<std::monostate>(ballot); }
  bool HasItems() const { return collect || carry || !items.empty(); }
  // A scale for each item, on one sheet.
  bool RatesItems() const {
    return std::holds_alternative<ScaleBallot>(ballot) && !deal && HasItems();
  }
  bool operator==(const ActivitySpec&) const = default;
};

}  // namespace plenum
