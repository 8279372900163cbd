// Events: what happened in a room, as CloudEvents 1.0 in structured JSON. The bytes in the log are
// the bytes that are hashed, exported and replayed; nothing ever encodes an event a second time.
// The JSON of each type is in schema/json-schema/event.json, one example each in schema/examples/.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schema/activity.h"
#include "schema/ids.h"
#include "schema/permissions.h"

namespace plenum {

inline constexpr uint32_t kRules = 1;  // the rules that this program knows (schema/rules.md)

// waiting -> collecting | voting -> (closing ->) closed -> revealed -> sealed, and with a deal
// waiting -> collecting -> swapping 1 -> scoring 1 -> swapping 2 ... scoring n -> closed ...
enum class Phase : uint8_t {
  kWaiting,
  kCollecting,
  kVoting,
  kSwapping,
  kScoring,
  kClosing,
  kClosed,
  kRevealed,
  kSealed
};
std::string_view PhaseName(Phase phase);
std::optional<Phase> ParsePhase(std::string_view name);

// Where an activity stands: what a presenter saw when they pressed.
struct Stage {
  uint32_t generation = 0;
  Phase phase = Phase::kWaiting;
  uint32_t round = 0;  // 0 outside swapping and scoring
  bool operator==(const Stage&) const = default;
};

struct Actor {
  Role role = Role::kAttendee;
  uint32_t epoch = 0;  // of the token that was shown
  TokenId token{};     // zero for nodes; for attendees too, since a token would link activities
  bool operator==(const Actor&) const = default;
};

// --- payloads, one struct a type ---
struct RoomCreated {  // room.created.v1: the first event of a room
  uint32_t rules = kRules;
  Text title;
  std::vector<std::string> languages;
  uint32_t expected_people = 0;
  bool operator==(const RoomCreated&) const = default;
};
struct ActivityAdded {  // activity.added.v1
  ActivitySpec spec;
  ActivityId before;  // empty: at the end
  bool operator==(const ActivityAdded&) const = default;
};
struct DoorsSet {  // doors.set.v1
  bool locked = false;
  uint32_t expected_people = 0;
  bool operator==(const DoorsSet&) const = default;
};
struct ParticipantJoined {  // participant.joined.v1; series "room"
  bool operator==(const ParticipantJoined&) const = default;
};
struct LinkRevoked {  // link.revoked.v1
  TokenId token;
  bool operator==(const LinkRevoked&) const = default;
};
struct LinksRevoked {  // links.revoked.v1: every token of an older epoch
  bool operator==(const LinksRevoked&) const = default;
};
struct ActivityAdvanced {  // activity.advanced.v1
  Stage seen;
  Phase to = Phase::kWaiting;
  bool operator==(const ActivityAdvanced&) const = default;
};
struct ActivityRestarted {  // activity.restarted.v1: back to waiting, next generation
  Stage seen;
  bool operator==(const ActivityRestarted&) const = default;
};
struct ActivityExtended {  // activity.extended.v1: moves the deadline; negative shortens it
  Stage seen;
  int32_t by_ms = 0;
  bool operator==(const ActivityExtended&) const = default;
};
struct TimerFired {  // timer.fired.v1, by nodes
  uint64_t armed_at = 0;
  bool operator==(const TimerFired&) const = default;
};
struct ItemAdded {      // item.added.v1; the item's id is the event's
  Digest text;          // SHA-256(nonce32 || text); nonce and text are in the vault
  uint32_t number = 0;  // paper deck: the number on the card
  bool operator==(const ItemAdded&) const = default;
};
struct ItemsMerged {  // items.merged.v1
  ItemId into;
  std::vector<ItemId> from;
  bool operator==(const ItemsMerged&) const = default;
};
struct ItemsUnmerged {  // items.unmerged.v1: undoes all merges into this item
  ItemId into;
  bool operator==(const ItemsUnmerged&) const = default;
};

struct ChoiceCast {
  std::vector<OptionId> options;
  bool operator==(const ChoiceCast&) const = default;
};
struct ScaleCast {
  int32_t value = 0;
  bool operator==(const ScaleCast&) const = default;
};
struct ItemDots {
  ItemId item;
  uint32_t dots = 0;
  bool operator==(const ItemDots&) const = default;
};
struct DotsCast {  // the whole allocation; empty takes all back
  std::vector<ItemDots> dots;
  bool operator==(const DotsCast&) const = default;
};
struct ScoreCast {  // 25/10: the card held at the bell of `round`
  uint32_t round = 0;
  ItemId card;          // phones: the item; must be the one that is held
  uint32_t number = 0;  // paper deck: the number entered instead
  int32_t score = 0;
  bool operator==(const ScoreCast&) const = default;
};
struct BallotCast {  // ballot.cast.v1
  std::variant<ChoiceCast, ScaleCast, DotsCast, ScoreCast> ballot;
  bool operator==(const BallotCast&) const = default;
};
struct CardPassed {  // card.passed.v1
  uint32_t round = 0;
  bool operator==(const CardPassed&) const = default;
};
struct PresenceHere {  // presence.here.v1
  bool operator==(const PresenceHere&) const = default;
};
struct PresenceAway {  // presence.away.v1, by nodes: index of the `here`
  uint64_t since = 0;
  bool operator==(const PresenceAway&) const = default;
};
struct EarlyLook {  // result.seen-early.v1
  bool operator==(const EarlyLook&) const = default;
};
struct ResultRecorded {  // result.recorded.v1, by nodes, after a close
  uint32_t rules = kRules;
  uint64_t index = 0;  // of the event that closed the activity
  Digest state;        // state digest just after that event
  std::string totals;  // canonical JSON (projector/fold/result.h), as an object in `data`
  bool operator==(const ResultRecorded&) const = default;
};
// The directory's own log.
struct RoomClaimed {  // room.claimed.v1: the first claim has it
  std::string code;
  RoomId room;
  bool operator==(const RoomClaimed&) const = default;
};
struct CodePointed {  // code.pointed.v1: the code's owner moves it
  std::string code;
  RoomId room;
  bool operator==(const CodePointed&) const = default;
};

using Payload =
    std::variant<RoomCreated, ActivityAdded, DoorsSet, ParticipantJoined, LinkRevoked, LinksRevoked,
                 ActivityAdvanced, ActivityRestarted, ActivityExtended, TimerFired, ItemAdded,
                 ItemsMerged, ItemsUnmerged, BallotCast, CardPassed, PresenceHere, PresenceAway,
                 EarlyLook, ResultRecorded, RoomClaimed, CodePointed>;

struct Event {
  EventId id;
  RoomId room;                     // CloudEvents `partitionkey`
  TimeMs time = 0;                 // CloudEvents `time`, UTC with milliseconds
  Actor actor;                     // attributes actorrole, actorepoch, actortoken
  ActivityId activity;             // empty for what concerns the room
  std::optional<PersonId> person;  // attributes person and series, of attendees' events
  std::string series;
  uint32_t generation = 0;  // of ballots, contributions, passes, timers, results
  uint32_t seq = 0;         // of ballots and passes: counts up per person and activity
  Payload payload;
  bool operator==(const Event&) const = default;
};

// The full name: "org.plenum.ballot.cast.v1".
std::string_view EventType(const Payload& payload);
std::string EncodeEvent(const Event& event);

// Decodes the bytes of a log entry; the error is one sentence. Never throws, whatever the bytes.
std::expected<Event, std::string> DecodeEvent(std::string_view bytes);

// The deterministic id of what a node says (schema/rules.md, Timers).
EventId NodeEventId(const RoomId& room, std::string_view type, std::string_view activity,
                    uint32_t generation, uint64_t armed_at);

}  // namespace plenum
