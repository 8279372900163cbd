// Commands: what a client asks for over the WebSocket, and how a command becomes an event.
// Checking here is about form only (shape, size, names); what a command means is for the fold.
// JSON: schema/json-schema/command.json.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "schema/event.h"
#include "schema/screen.h"

namespace plenum {

// The first message of a connection.
struct Hello {
  std::string token;
  uint64_t version = 0;  // the newest view the client has; 0 for none
  // The latest server of this room that the client has met, as its welcome said; 0: none.
  uint64_t epoch = 0;
  std::string proof = {};
};
struct Ping {};

// What is not recorded: big screens (schema/screen.h), and what one of them looks at.
struct ScreenHere {
  Screen screen;
};
struct OrderScreens {
  std::optional<ScreenId> screen;  // none: all of the room
  ScreenOrder order;
};
struct WatchActivity {
  ActivityId activity;  // empty: none any more
};

// What somebody has written. It goes to the vault, and only its salted digest into the event.
struct Writing {
  std::string text;  // or:
  std::vector<std::pair<std::string, std::string>> fields =
      {};  // by the ids of the activity's fields
  bool operator==(const Writing&) const = default;
};
struct AddItem {
  Writing writing;
  uint32_t number = 0;
  uint32_t table = 0;
};
struct RewordItem {
  ItemId item;
  Writing writing;
};
struct TellGroup {  // becomes group.told; the group's id in the run sheet
  Writing writing;
};
struct TellOrganiser {
  Writing writing;
};

// Payloads of events that people cause, as they arrive. Their JSON types and members are in
// schema/wire.md: {"id": "...", "type": "ballot.cast", "activity": ..., ...}.
using Request =
    std::variant<Hello, Ping, AddItem, RewordItem, TellGroup, TellOrganiser, ActivityAdded,
                 ActivityChanged, ActivityMoved, ActivitySkipped, ControlTaken, ScreensBlanked,
                 DoorsSet, LinkRevoked, LinksRevoked, ActivityAdvanced, ActivityRestarted,
                 ActivityExtended, ResultTold, ItemModerated, AuthorHeld, ItemWithdrawn, ItemErased,
                 ItemMarked, ItemsMerged, ItemsUnmerged, BallotCast, CardPassed, PresenceHere,
                 TablesSet, TableVisited, TableHosted, OrganiserHeard, EarlyLook, ScreenHere,
                 OrderScreens, WatchActivity>;

struct Command {
  EventId id;  // becomes the event's id
  ActivityId activity;
  uint32_t generation = 0;
  uint32_t seq = 0;
  Request request;
  // Offered again to a server that took over and lacks it: the index that its outcome told, or, if
  // that was not heard, the number of the room's events that the client had seen.
  std::optional<uint64_t> again = {};
  // The number printed on the paper that a keyer types in: it stands for a person of its own.
  std::string serial = {};
};

struct CommandError {
  EventId id;        // zero if it could not be read
  std::string what;  // one sentence
};

// `language` is what bare strings of an added activity are in. Never throws.
std::expected<Command, CommandError> ParseCommand(std::string_view text,
                                                  std::string_view language = "en");
std::string EncodeCommand(const Command& command);  // for clients: rehearse, simulation, tests

// Whether a role may ask for this at all; the fold decides again.
bool MaySend(Role role, const Request& request);

// Whether an event is made of it; otherwise the gateway itself sees to it.
bool IsRecorded(const Request& request);

// What a request wants kept in the vault; null for nothing.
const Writing* WritingIn(const Request& request);

// NFC; control and bidi-override characters removed, white space at the ends trimmed, capped at
// `max_graphemes` user-perceived characters. Empty if nothing is left or the UTF-8 is not valid.
std::string CleanText(std::string_view text, size_t max_graphemes);

// Who sends, as the gateway knows them from their token.
struct Identity {
  Actor actor;
  std::optional<PersonId> person;  // in `series`; for attendees
  std::string series;
};

// The event that a command becomes. The only look at the clock is `now`.
// For AddItem the caller passes the digest of what it has put in the vault.
// REQUIRES: IsRecorded.
Event StampEvent(const Command& command, const RoomId& room, const Identity& identity, TimeMs now,
                 const Digest& text = {});

}  // namespace plenum
