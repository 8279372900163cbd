// The record of the day as data: what the writers (writers.h) turn into a document or a table. Made
// by RecordBuilder from a room's log and its texts. Whatever kind an activity is of, its findings
// are figures and a table, so a writer knows no kinds.
//
// Every figure carries the index of the log entry after which it stood so. Totals that may not be
// seen yet (IsPublic) are not in here at all.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schema/event.h"
#include "schema/ids.h"
#include "schema/outcome.h"

namespace plenum {

// A text that people wrote.
struct Words {
  std::string text = {};
  std::string language = {};  // BCP 47; empty: nobody said
  bool operator==(const Words&) const = default;
};

struct Figure {
  std::string measure = {};  // for machines: "mean"
  std::string label = {};    // for people: "Mean"
  std::string value = {};    // as it is shown: "3.33"
  uint64_t index = 0;
  bool operator==(const Figure&) const = default;
};

struct Moment {
  uint64_t index = 0;
  TimeMs time = 0;
  bool operator==(const Moment&) const = default;
};

struct RecordColumn {
  std::string measure = {};  // "dots"
  std::string label = {};    // "Dots"
  bool operator==(const RecordColumn&) const = default;
};

// An item that counts for another one.
struct RecordMerged {
  ItemId id = {};
  Words title = {};
  std::vector<EventId> texts = {};
  bool operator==(const RecordMerged&) const = default;
};

// One item, option or value.
struct RecordRow {
  std::string id = {};
  uint32_t number = 0;  // on its poster or card; 0 for none
  Words title = {};
  Words detail = {};                     // may be empty
  uint32_t rank = 0;                     // 0: has none
  std::vector<std::string> values = {};  // one a column
  bool marked = false;                   // shown with *: other items were merged into it
  std::vector<RecordMerged> merged = {};
  std::vector<Words> fields = {};         // one a field of the table; then the first is the title
  std::string from = {};                  // where it was carried from; a sentence
  std::vector<EventId> texts = {};        // keys of its texts in the vault
  std::string flag = {};                  // why its figures are not like the others'; a sentence
  uint64_t index = 0;                     // of the figures
  std::optional<uint64_t> added_at = {};  // of the contribution
  bool operator==(const RecordRow&) const = default;
};

struct RecordTable {
  std::string caption = {};
  std::string item = {};           // heading of the first column: "Idea"
  std::vector<Words> fields = {};  // headings of what people wrote, side by side; empty: one text
  std::vector<RecordColumn> columns = {};
  std::vector<RecordRow> rows = {};
  bool cloud = false;  // words, which a chart shows by their size
  size_t top = 0;      // this many rows stand with the activity, the others in the appendix
  std::optional<int> bars = {};  // the column whose values a chart shows
  bool operator==(const RecordTable&) const = default;
};

// One of two scale polls of a series.
struct RecordHalf {
  ActivityId activity = {};
  Words title = {};
  std::string mean = {};
  uint32_t people = 0;
  std::vector<uint32_t> counts = {};  // from low to high
  uint64_t index = 0;
  bool operator==(const RecordHalf&) const = default;
};

struct RecordComparison {
  RecordHalf before = {}, after = {};
  int32_t low = 0, high = 0;
  Words low_label = {}, high_label = {};
  uint32_t paired = 0;           // people who answered both
  std::string mean_change = {};  // of those; empty if there are none
  uint32_t up = 0, same = 0, down = 0;
  bool groups_differ = false;
  uint64_t index = 0;
  bool operator==(const RecordComparison&) const = default;
};

// How many events, and the index of the last of them.
struct Count {
  uint64_t n = 0;
  uint64_t last = 0;
  void Add(uint64_t index) { ++n, last = index; }
  bool operator==(const Count&) const = default;
};

// What became of events of one type.
struct Outcomes {
  std::map<OutcomeCode, Count> by_code = {};
  std::map<Reason, Count> refused = {};
  Count all = {};
  void Add(const Outcome& outcome);
  Count Of(OutcomeCode code) const;
  bool operator==(const Outcomes&) const = default;
};

// What became of the ballots (or the scores) of an activity, every event exactly once:
// all = standing + replaced + overtaken + repeated + late + refused + other.
struct BallotCount {
  uint64_t all = 0;
  uint64_t standing = 0;   // one a person (in 25/10: one a person and round)
  uint64_t replaced = 0;   // counted when they came, until a later one of the same person
  uint64_t overtaken = 0;  // came after a later one of the same person
  uint64_t repeated = 0;   // the same ballot, or the same number, once more
  uint64_t late = 0;
  uint64_t refused = 0;
  uint64_t other = 0;
  uint64_t on_paper = 0;  // of those that stand
  uint64_t index = 0;
  bool operator==(const BallotCount&) const = default;
};

// A step of an activity: "voting", "closed" ...
struct RecordStep {
  Phase phase = Phase::kWaiting;
  uint32_t round = 0;
  Moment at = {};
  bool by_timer = false;
  bool operator==(const RecordStep&) const = default;
};

// What staff did beside running the day forwards: merges, second looks, steps back.
struct Intervention {
  Moment at = {};
  ActivityId activity = {};  // empty: the room
  std::string what = {};     // "merged", "reopened"
  std::string text = {};     // a sentence; may hold titles
  std::string language = {};
  bool operator==(const Intervention&) const = default;
};

// One activity, or one generation of it if it was held more than once.
struct RecordSection {
  ActivityId activity = {};
  uint32_t generation = 0;   // 0: was never opened
  uint32_t generations = 0;  // of this activity
  bool restarted = false;    // given up for a later generation
  Words title = {}, prompt = {};
  std::string method = {};   // "Scale poll"
  std::string rules = {};    // "Everybody answers once, from 1 (…) to 5 (…)."
  std::string privacy = {};  // who is known again where; a sentence
  std::vector<RecordStep> steps = {};
  Phase phase = Phase::kWaiting;
  Figure answered = {}, of = {};
  BallotCount ballots = {};
  std::map<std::string, Outcomes> events = {};  // of people, by short type: "ballot.cast"
  Figure late_people = {};
  std::string late_effect =
      {};  // whether they could have changed the order; empty: nobody was late
  Figure early_looks = {};
  // How the result was recorded in the log: "confirmed", "disputed", "due", or empty.
  std::string recorded = {};
  uint64_t recorded_index = 0;

  std::string hidden = {};  // why there are no findings; empty when there are
  std::vector<Figure> figures = {};
  RecordTable table = {};
  std::vector<RecordTable> more = {};   // beside it: tables and topics, groups
  std::vector<std::string> notes = {};  // what a reader must know of the findings; sentences
  std::optional<RecordComparison> comparison = {};
  std::string headline = {};  // the findings in one line
  bool operator==(const RecordSection&) const = default;
};

// A version of the record, as the log tells of it.
struct RecordVersionLine {
  uint32_t version = 0;
  uint64_t entries = 0;
  Moment approved = {};
  uint64_t published = 0;  // index; 0: it is not
  bool operator==(const RecordVersionLine&) const = default;
};

// What the organisers add: nothing of it is in the log, so nothing of it can be computed again.
struct AddedFigure {
  std::string label = {};
  std::string value = {};  // as it is to be shown
  bool operator==(const AddedFigure&) const = default;
};
struct AddedSource {  // figures from one place
  std::string title = {};
  std::string source = {};
  std::vector<AddedFigure> figures = {};
  bool operator==(const AddedSource&) const = default;
};
struct AddedPart {
  std::string title = {};
  std::string text = {};
  bool operator==(const AddedPart&) const = default;
};
struct Additions {
  std::vector<AddedPart> front = {};  // before the activities
  std::vector<AddedPart> back = {};   // after them
  std::vector<AddedSource> figures = {};
  std::string video = {};  // a link
  bool empty() const { return front.empty() && back.empty() && figures.empty() && video.empty(); }
  bool operator==(const Additions&) const = default;
};

// How many people and things were of a kind; the lines of the reconciliation.
struct Balance {
  std::string title = {};
  std::vector<Figure> parts = {};  // they add up to
  Figure all = {};
  bool operator==(const Balance&) const = default;
};

struct Record {
  RoomId room = {};
  std::string code = {};  // the join code; empty when it is not known
  Words title = {};
  std::string language = {};  // of the room
  uint32_t rules = 0;
  TimeMs begin = 0, end = 0;  // of the first and the last entry
  TimeMs first_join = 0, last_join = 0;
  Figure joined = {}, expected = {};
  std::vector<RecordSection> sections = {};
  std::vector<Intervention> interventions = {};
  std::map<std::string, Outcomes> events = {};  // all entries, by short type; "malformed" too
  BallotCount ballots = {};                     // of the whole day
  std::vector<Balance> balances = {};
  std::vector<Figure> counted = {};  // what else there was, each beside the others: "keyed in"
  Additions additions = {};
  uint32_t version = 0;       // that this is, or would be
  std::string salt = {};      // of a version that was approved: something random
  uint64_t erased_since = 0;  // texts of its entries that were erased after it was approved
  std::vector<RecordVersionLine> versions = {};  // those before
  uint64_t results_confirmed = 0, results_disputed = 0, results_due = 0;

  // What it can be checked against.
  uint64_t entries = 0;
  Digest root = {}, state = {};
  bool operator==(const Record&) const = default;
};

}  // namespace plenum
