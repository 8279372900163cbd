// The state of a room, as the fold keeps it in memory. Plain data: the fold writes it, views and
// results read it. Maps are ordered, so that walking them is the same on every machine.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "schema/activity.h"
#include "schema/event.h"
#include "schema/ids.h"
#include "schema/outcome.h"

namespace plenum {

// The ballot of one person that counts now.
struct CastBallot {
  uint32_t seq = 0;
  EventId id;
  uint64_t index = 0;
  bool keyed = false;  // entered by a keyer from paper: the person is synthetic
  std::variant<ChoiceCast, ScaleCast, DotsCast, RankCast, RatingCast> ballot;
};

// One person's vote for one item; taken back it stays, for its seq.
struct Upvote {
  uint32_t seq = 0;
  EventId id;
  uint64_t index = 0;
  bool up = false;
  bool keyed = false;
};

enum class ItemState : uint8_t { kShown, kPending, kHidden, kWithdrawn, kErased };

// Something that people judge: a contribution (text in the vault), an item of the run sheet, or one
// that was carried over from another activity.
struct Item {
  ItemId id;
  uint64_t index = 0;              // of the event that added it; items of the sheet share one
  std::optional<PersonId> author;  // absent for items of the sheet, of staff, and carried over
  EventId added_by;                // key of its text in the vault; zero for items of the sheet
  Digest text;
  uint32_t number = 0;
  ItemId merged_into;  // empty when it stands by itself
  ItemState state = ItemState::kShown;
  Mark mark = Mark::kNone;
  uint32_t table = 0;            // with seats: whose note it is, and of which round
  uint32_t round = 0;            // 0: it is no note
  ActivityId origin_activity;    // carried over from there; empty if not
  ItemId origin;                 // the item there
  std::vector<EventId> earlier;  // keys of the texts that it had before staff reworded it
};

// A contribution of a former generation: what is kept of it, so that its texts can still be erased.
struct FormerItem {
  std::vector<EventId> texts;  // keys of all that it had, oldest first
  bool erased = false;
};

// One score of one card.
struct CardScore {
  PersonId person;
  uint32_t round = 0;
  int32_t score = 0;
  uint32_t seq = 0;
  EventId id;
  uint64_t index = 0;
};

// 25/10: somebody who has appeared in the activity. Roster order = the order of first appearance.
struct DeckPerson {
  uint64_t first_index = 0;                         // of the event by which they appeared
  bool present = false;                             // since the last bell
  uint64_t here_index = 0;                          // latest event that made them present
  std::vector<std::pair<EventId, uint64_t>> heres;  // each `here` that took effect, and its index
  ItemId hand;                                      // card held now; empty for none
  ItemId to_score;          // card held at the last bell (may be scored: MayScoreNow)
  uint32_t pass_round = 0;  // of the latest pass, for the same answer to a resend
  uint32_t pass_seq = 0;
  EventId pass_id;
  uint64_t pass_index = 0;
  std::map<uint32_t, ItemId> scored;  // by round; derived from the scores of the cards
};

struct DeckState {
  uint32_t bell_round = 0;  // of the last bell: the round that scores are for; 0 before the first
  std::map<PersonId, DeckPerson> people;
  std::vector<PersonId> roster;                     // the people by first_index; derived
  std::map<ItemId, std::vector<CardScore>> scores;  // in log order; one a person and card
};

struct Table {
  uint32_t number = 0;
  uint32_t capacity = 0;
  ItemId topic;                  // may be empty
  std::optional<PersonId> host;  // who looks after it
};

struct Visit {
  uint32_t round = 0;
  uint32_t table = 0;
  uint64_t index = 0;
  EventId id;
};

// A table.hosted of a person that took effect, so that a resend does not take effect again.
struct HostedEvent {
  EventId id;
  uint64_t index = 0;
};

// Somebody who has appeared in an activity at tables. Roster order = the order of appearance.
struct SeatPerson {
  uint64_t first_index = 0;
  std::vector<uint16_t> planned;  // by round, from 1; 0: nowhere
  std::vector<Visit> visits;      // where they went by themselves
  std::vector<HostedEvent> hosted;
};

struct SeatState {
  std::map<uint32_t, Table> tables;
  std::map<PersonId, SeatPerson> people;
  std::vector<PersonId> roster;  // the people by first_index; derived
  uint32_t round = 0;            // the last that was opened
  uint64_t plan_asked = 0;       // index of the event that asks nodes for a plan; 0: none does
  uint32_t plan_from = 0;        // the first round of that plan
};

// Where a person sits in a round: where they went last, else where the plan sends them; 0: unknown.
uint32_t TableIn(const SeatPerson& person, uint32_t round);

struct Deadline {
  TimeMs at = 0;          // 0: none
  uint64_t armed_at = 0;  // index of the event that set it
  bool operator==(const Deadline&) const = default;
};

struct CloseTally {                     // for the record: who came too late
  uint32_t late = 0;                    // different people; derived
  std::map<PersonId, uint64_t> people;  // index of their first late ballot
};

struct Activity {
  ActivitySpec spec;
  Stage stage;  // generation 0 until the first opening
  uint64_t opened_index = 0;
  uint64_t closed_index = 0;
  Phase closed_from = Phase::kWaiting;  // what re-opening goes back to
  Deadline deadline;
  uint32_t told_down_to = 0;  // closed: ranks from here on may be seen; 0: none
  uint32_t early_looks = 0;   // in the current generation
  bool skipped = false;       // of the run sheet: it will not be opened
  CloseTally after_close;
  std::vector<Item> items;                 // in log order
  std::map<ItemId, uint32_t> item_at;      // position in `items`; derived
  std::map<ItemId, FormerItem> former;     // those with texts, of former generations
  std::map<PersonId, CastBallot> ballots;  // of the current generation
  std::map<ItemId, std::map<PersonId, Upvote>> upvotes;
  std::map<PersonId, uint32_t> upvoters;     // how many votes each has; derived
  std::map<PersonId, uint32_t> contributed;  // items added in the current generation
  std::set<PersonId> held;                   // whose contributions are not shown
  std::optional<DeckState> deck;             // with a deal, from the first opening on
  std::optional<SeatState> seats;            // with seats, from the first opening on

  const Item* FindItem(const ItemId& id) const {
    auto it = item_at.find(id);
    return it == item_at.end() ? nullptr : &items[it->second];
  }
  // Whether everybody may see the item.
  bool Shows(const Item& item) const {
    return item.state == ItemState::kShown && (!item.author || !held.contains(*item.author));
  }
  // Whether the item may be judged: notes of tables are not.
  bool IsJudged(const Item& item) const { return item.round == 0; }
};

// 25/10: whether the card held at the last bell may be scored now.
inline bool MayScoreNow(const Activity& activity) {
  const Phase phase = activity.stage.phase;
  return activity.deck && activity.deck->bell_round > 0 &&
         (phase == Phase::kSwapping || phase == Phase::kScoring || phase == Phase::kClosing);
}

// A result that a node has recorded, or that is still to be recorded.
struct StoredResult {
  uint64_t index = 0;     // of the close, or of a later merge
  uint64_t recorded = 0;  // of the result.recorded event; 0 while due
  Digest state;
  std::string totals;
  enum class Status : uint8_t { kDue, kConfirmed, kDisputed } status = Status::kDue;
};

// What became of an event of the staff, so that a resend gets the same answer.
struct StaffEvent {
  uint64_t index = 0;
  OutcomeCode code = OutcomeCode::kAccepted;
  Reason reason = Reason::kNone;
};

// A group that a person has told, for one series: its name is in the vault.
struct ToldGroup {
  uint64_t index = 0;
  EventId added_by;
  Digest text;
  std::vector<EventId> earlier;  // that were told before, so that a resend changes nothing
};

// A link that was made for somebody of the staff; what it is called is in the vault.
struct MadeLink {
  uint64_t index = 0;
  Role role = Role::kDisplay;
  EventId added_by;
  Digest text;
};

// A word to the organisers.
struct ToldWord {
  uint64_t index = 0;
  EventId added_by;
  Digest text;
  PersonId person;  // in series "room"
  bool heard = false;
};

// The record of the day does not show this text.
struct RedactedItem {
  uint64_t index = 0;
  Redaction reason = Redaction::kNone;
};

// One version of the record of the day that was approved.
struct RecordVersion {
  uint64_t index = 0;
  EventId id;
  uint64_t entries = 0;  // it is of so many of the room's first entries
  std::vector<RecordDocument> documents;
  std::optional<Digest> figures;
  uint64_t published = 0;  // index of the event that published it; 0: it is not published
};

struct RoomState {
  bool created = false;
  uint32_t rules = 0;
  Text title;
  std::vector<std::string> languages;
  uint32_t expected_people = 0;
  std::vector<Option> groups;
  Privacy privacy;
  JoinBy join = JoinBy::kOpen;
  bool doors_locked = false;
  bool blank = false;                   // the big screens show nothing
  TokenId control;                      // whose holder runs the day now; zero at first
  Role control_role = Role::kAttendee;  // of that link; of nobody at first
  uint32_t epoch = 0;                   // tokens of an older one are revoked
  std::map<TokenId, MadeLink> links;
  std::set<TokenId> revoked;
  std::map<PersonId, uint64_t> joined;               // in series "room": index of the event
  std::map<PersonId, std::vector<TokenId>> devices;  // theirs in turn, of who has a personal code
  std::vector<ActivityId> order;                     // of the run sheet
  std::map<ActivityId, Activity> activities;
  ActivityId current;  // the one that was last advanced; empty at first
  std::map<std::pair<ActivityId, uint32_t>, StoredResult> results;  // by generation
  std::map<EventId, StaffEvent> staff_events;
  std::map<std::pair<std::string, PersonId>, ToldGroup> groups_told;  // by series
  std::map<EventId, ToldWord> words;
  std::map<PersonId, uint32_t> words_by;  // how many each has told; derived
  std::map<std::pair<ActivityId, ItemId>, RedactedItem> redacted;
  std::vector<RecordVersion> versions;  // version n is at n - 1

  const Activity* Find(const ActivityId& id) const {
    auto it = activities.find(id);
    return it == activities.end() ? nullptr : &it->second;
  }
};

}  // namespace plenum
