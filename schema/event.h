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

inline constexpr uint32_t kRules = 2;        // the rules of new rooms (schema/rules.md)
inline constexpr uint32_t kOldestRules = 1;  // the oldest that this program still knows

// waiting -> collecting | voting -> (closing ->) closed -> revealed -> sealed, and with a deal
// waiting -> collecting -> swapping 1 -> scoring 1 -> swapping 2 ... scoring n -> closed ...
// and with seats
// waiting -> (collecting | voting ->) seated 1 -> seated 2 ... seated n -> closed ...
enum class Phase : uint8_t {
  kWaiting,
  kCollecting,
  kVoting,
  kSwapping,
  kScoring,
  kSeated,
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
  uint32_t round = 0;  // 0 outside swapping, scoring and seated
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
  std::vector<Option> groups = {};  // that people may say they belong to; without pictures
  Privacy privacy = {};
  JoinBy join = JoinBy::kOpen;
  bool operator==(const RoomCreated&) const = default;
};
struct ActivityAdded {  // activity.added.v1
  ActivitySpec spec;
  ActivityId before;  // empty: at the end
  bool operator==(const ActivityAdded&) const = default;
};
struct ActivityChanged {  // activity.changed.v1: another spec, before it was ever opened
  ActivitySpec spec;      // of the same id
  bool operator==(const ActivityChanged&) const = default;
};
struct ActivityMoved {  // activity.moved.v1: to another place in the run sheet
  ActivityId before;    // empty: to the end
  bool operator==(const ActivityMoved&) const = default;
};
struct ActivitySkipped {  // activity.skipped.v1
  bool skipped = true;    // false: not any more
  bool operator==(const ActivitySkipped&) const = default;
};
struct ControlTaken {  // control.taken.v1: who runs the day now, for the others to see
  bool operator==(const ControlTaken&) const = default;
};
struct ScreensBlanked {  // screens.blanked.v1: the big screens show nothing
  bool blank = false;
  bool operator==(const ScreensBlanked&) const = default;
};
struct DoorsSet {  // doors.set.v1
  bool locked = false;
  uint32_t expected_people = 0;
  bool operator==(const DoorsSet&) const = default;
};
struct ParticipantJoined {  // participant.joined.v1; series "room"
  // The version of the privacy notice that the person was shown before; none: none was.
  std::optional<Digest> notice = {};
  // Of who came by a personal code: the phone that they now have (the id of its link).
  std::optional<TokenId> device = {};
  bool operator==(const ParticipantJoined&) const = default;
};
struct LinkMade {  // link.made.v1: one more link for somebody of the staff
  TokenId token;
  Role role = Role::kDisplay;  // neither attendee nor node
  Digest text;                 // SHA-256(nonce || what it is called): both are in the vault
  bool operator==(const LinkMade&) const = default;
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
struct ResultTold {  // result.told.v1: before the reveal, the ranks from this one down may be seen
  Stage seen;
  uint32_t down_to = 0;  // 0: none
  bool operator==(const ResultTold&) const = default;
};
struct TimerFired {  // timer.fired.v1, by nodes
  uint64_t armed_at = 0;
  bool operator==(const TimerFired&) const = default;
};
struct ItemAdded {      // item.added.v1; the item's id is the event's
  Digest text;          // SHA-256(nonce32 || text); nonce and text are in the vault
  uint32_t number = 0;  // paper deck: the number on the card
  uint32_t table = 0;   // with seats: whose note it is
  bool operator==(const ItemAdded&) const = default;
};
struct ItemReworded {  // item.reworded.v1: by staff; the words are theirs from here on
  ItemId item;
  Digest text;  // as of item.added
  bool operator==(const ItemReworded&) const = default;
};
struct ItemModerated {  // item.moderated.v1
  ItemId item;
  bool show = false;
  bool operator==(const ItemModerated&) const = default;
};
struct AuthorHeld {  // author.held.v1: everything of this item's author, in this activity
  ItemId item;
  bool held = true;
  bool operator==(const AuthorHeld&) const = default;
};
struct ItemWithdrawn {  // item.withdrawn.v1, by its author
  ItemId item;
  bool operator==(const ItemWithdrawn&) const = default;
};
struct ItemErased {  // item.erased.v1: its text is in no vault any more
  ItemId item;
  bool operator==(const ItemErased&) const = default;
};
enum class Mark : uint8_t { kNone, kLive, kAnswered };
struct ItemMarked {  // item.marked.v1: a question that is being answered, or was
  ItemId item;
  Mark mark = Mark::kNone;
  bool operator==(const ItemMarked&) const = default;
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
struct UpvoteCast {  // one item; seq counts up per person and item
  ItemId item;
  bool up = true;  // false takes it back
  bool operator==(const UpvoteCast&) const = default;
};
struct RankCast {  // best first; empty takes all back
  std::vector<ItemId> items;
  bool operator==(const RankCast&) const = default;
};
struct ItemRating {
  ItemId item;
  int32_t value = 0;
  bool operator==(const ItemRating&) const = default;
};
struct RatingCast {  // the whole sheet
  std::vector<ItemRating> ratings;
  bool operator==(const RatingCast&) const = default;
};
struct ScoreCast {  // 25/10: the card held at the bell of `round`
  uint32_t round = 0;
  ItemId card;          // phones: the item; must be the one that is held
  uint32_t number = 0;  // paper deck: the number entered instead
  int32_t score = 0;
  bool operator==(const ScoreCast&) const = default;
};
struct BallotCast {  // ballot.cast.v1
  std::variant<ChoiceCast, ScaleCast, DotsCast, UpvoteCast, RankCast, RatingCast, ScoreCast> ballot;
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
// --- at tables ---
struct TableSet {
  uint32_t number = 0;
  uint32_t capacity = 0;
  ItemId topic;  // may be empty
  bool operator==(const TableSet&) const = default;
};
struct TablesSet {  // tables.set.v1: all tables of the activity
  std::vector<TableSet> tables;
  bool operator==(const TablesSet&) const = default;
};
struct SeatsPlanned {       // seats.planned.v1, by nodes, when a round opens: who goes where
  uint64_t index = 0;       // of the event that asked for the plan
  uint32_t from_round = 1;  // the first round that is planned
  // By round, and in it by the roster's first so many people: the table's number, 0 for none.
  // In JSON: base64url of u16 each, a round a string.
  std::vector<std::vector<uint16_t>> rounds;
  bool operator==(const SeatsPlanned&) const = default;
};
struct TableVisited {  // table.visited.v1: a person goes to a table; nothing keeps them there
  uint32_t table = 0;
  bool operator==(const TableVisited&) const = default;
};
struct TableHosted {  // table.hosted.v1: a person hosts a table, or (staff, too) gives it up
  uint32_t table = 0;
  bool hosts = true;
  bool operator==(const TableHosted&) const = default;
};

// --- beside the activities ---
struct GroupTold {  // group.told.v1: which group a person belongs to, for one series
  Digest text;      // as of item.added: the group's name is in the vault
  bool operator==(const GroupTold&) const = default;
};
struct OrganiserTold {  // organiser.told.v1: a word to those who run the day, and nobody else
  Digest text;
  bool operator==(const OrganiserTold&) const = default;
};
struct OrganiserHeard {  // organiser.heard.v1: somebody has seen to it
  EventId told;
  bool operator==(const OrganiserHeard&) const = default;
};

// --- the record of the day ---
// Why a text is not shown in the record, though it is not erased; none: it is shown.
enum class Redaction : uint8_t { kNone, kPersonal, kHurtful, kConfidential, kAsked, kOther };
struct RecordRedacted {  // record.redacted.v1: from the next version of the record on
  ItemId item;           // of the activity, in whatever generation
  Redaction reason = Redaction::kNone;
  bool operator==(const RecordRedacted&) const = default;
};
struct RecordDocument {  // the record in one language, as HTML
  std::string language;
  Digest digest;  // SHA-256 of its bytes; they hold something random, so that nobody can guess them
  // Of its pieces, as text of item.added: the bytes are in the vault.
  std::vector<Digest> pieces;
  bool operator==(const RecordDocument&) const = default;
};
struct RecordApproved {  // record.approved.v1: a version of the record, of the room's first entries
  uint32_t version = 0;  // counts up from 1
  uint64_t entries = 0;  // how many
  std::vector<RecordDocument> documents;
  std::optional<Digest> figures = {};  // as text of item.added: what the organisers added to it
  bool operator==(const RecordApproved&) const = default;
};
struct RecordPublished {  // record.published.v1: everybody may read this version
  uint32_t version = 0;
  bool operator==(const RecordPublished&) const = default;
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
    std::variant<RoomCreated, ActivityAdded, ActivityChanged, ActivityMoved, ActivitySkipped,
                 ControlTaken, ScreensBlanked, DoorsSet, ParticipantJoined, LinkMade, LinkRevoked,
                 LinksRevoked, ActivityAdvanced, ActivityRestarted, ActivityExtended, ResultTold,
                 TimerFired, ItemAdded, ItemReworded, ItemModerated, AuthorHeld, ItemWithdrawn,
                 ItemErased, ItemMarked, ItemsMerged, ItemsUnmerged, BallotCast, CardPassed,
                 PresenceHere, PresenceAway, TablesSet, SeatsPlanned, TableVisited, TableHosted,
                 GroupTold, OrganiserTold, OrganiserHeard, RecordRedacted, RecordApproved,
                 RecordPublished, EarlyLook, ResultRecorded, RoomClaimed, CodePointed>;

std::string_view RedactionName(Redaction reason);  // "personal"
std::optional<Redaction> ParseRedaction(std::string_view name);

// What a writing became, in the payload that holds its digest. REQUIRES: it is one that does.
void SetTextDigest(Payload& payload, const Digest& digest);

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
