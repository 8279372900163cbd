// The state of a room, as the fold keeps it in memory. Plain data: the fold writes it, views and
// results read it. Maps are ordered, so that walking them is the same on every machine.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "schema/activity.h"
#include "schema/event.h"
#include "schema/ids.h"

namespace plenum {

// The ballot of one person that counts now.
struct CastBallot {
  uint32_t seq = 0;
  EventId id;
  uint64_t index = 0;
  std::variant<ChoiceCast, ScaleCast, DotsCast> ballot;
};

// Something that people judge: a contribution (text in the vault) or an item of the run sheet.
struct Item {
  ItemId id;
  uint64_t index = 0;              // of the event that added it; items of the sheet share one
  std::optional<PersonId> author;  // absent for items of the sheet
  EventId added_by;                // key of its text in the vault; zero for items of the sheet
  Digest text;
  uint32_t number = 0;
  ItemId merged_into;  // empty when it stands by itself
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
  uint64_t first_index = 0;         // of the event by which they appeared
  bool present = false;             // since the last bell
  uint64_t here_index = 0;          // latest event that made them present
  ItemId hand;                      // card held now; empty for none
  ItemId to_score;                  // card held at the last bell, while it may be scored
  uint32_t pass_seq = 0;            // of the latest pass, for the same answer to a resend
  EventId pass_id;
  uint64_t pass_index = 0;
};

struct DeckState {
  std::map<PersonId, DeckPerson> people;
  std::map<ItemId, std::vector<CardScore>> scores;  // in log order; one a person and card
};

struct Deadline {
  TimeMs at = 0;          // 0: none
  uint64_t armed_at = 0;  // index of the event that set it
  bool operator==(const Deadline&) const = default;
};

struct CloseTally {         // for the record: who came too late
  uint32_t late = 0;
};

struct Activity {
  ActivitySpec spec;
  Stage stage;               // generation 0 until the first opening
  uint64_t opened_index = 0;
  uint64_t closed_index = 0;
  Deadline deadline;
  CloseTally after_close;
  std::vector<Item> items;                      // in log order
  std::map<PersonId, CastBallot> ballots;       // of the current generation
  std::map<PersonId, uint32_t> contributed;     // items added in the current generation
  std::optional<DeckState> deck;                // with a deal
};

// A result that a node has recorded, or that is still to be recorded.
struct StoredResult {
  uint64_t index = 0;  // of the close
  Digest state;
  std::string totals;
  enum class Status : uint8_t { kDue, kConfirmed, kDisputed } status = Status::kDue;
};

struct RoomState {
  bool created = false;
  uint32_t rules = 0;
  Text title;
  std::vector<std::string> languages;
  uint32_t expected_people = 0;
  bool doors_locked = false;
  uint32_t epoch = 0;                      // tokens of an older one are revoked
  std::set<TokenId> revoked;
  std::set<PersonId> joined;               // in series "room"
  std::vector<ActivityId> order;           // of the run sheet
  std::map<ActivityId, Activity> activities;
  ActivityId current;                      // the one that was last advanced; empty at first
  std::map<std::pair<ActivityId, uint32_t>, StoredResult> results;  // by generation
  std::map<EventId, uint64_t> staff_events;  // done already: index, for the answer to a resend

  const Activity* Find(const ActivityId& id) const {
    auto it = activities.find(id);
    return it == activities.end() ? nullptr : &it->second;
  }
};

}  // namespace plenum
