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

namespace plenum {

// The first message of a connection.
struct Hello {
  std::string token;
  uint64_t version = 0;  // the newest view the client has; 0 for none
  // The latest server of this room that the client has met, as its welcome said; 0: none.
  uint64_t epoch = 0;
  std::string proof = {};
};
// A contribution: the text goes to the vault, only its salted digest into the event.
struct AddItem {
  std::string text;
  uint32_t number = 0;
};
struct Ping {};

// Payloads of events that people cause, as they arrive. Their JSON types and members are in
// schema/wire.md: {"id": "...", "type": "ballot.cast", "activity": ..., ...}.
using Request =
    std::variant<Hello, Ping, AddItem, ActivityAdded, DoorsSet, LinkRevoked, LinksRevoked,
                 ActivityAdvanced, ActivityRestarted, ActivityExtended, ItemsMerged, ItemsUnmerged,
                 BallotCast, CardPassed, PresenceHere, EarlyLook>;

struct Command {
  EventId id;  // becomes the event's id
  ActivityId activity;
  uint32_t generation = 0;
  uint32_t seq = 0;
  Request request;
  // Offered again to a server that took over and lacks it: the index that its outcome told, or, if
  // that was not heard, the number of the room's events that the client had seen.
  std::optional<uint64_t> again = {};
};

struct CommandError {
  EventId id;        // zero if it could not be read
  std::string what;  // one sentence
};

// `language` is what bare strings of an added activity are in. Never throws.
std::expected<Command, CommandError> ParseCommand(std::string_view text,
                                                  std::string_view language = "en");
std::string EncodeCommand(const Command& command);  // for clients: rehearse, simulation, tests

// The permission that a request needs.
Permission NeededFor(const Request& request);

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
// REQUIRES: the request is not Hello or Ping.
Event StampEvent(const Command& command, const RoomId& room, const Identity& identity, TimeMs now,
                 const Digest& text = {});

}  // namespace plenum
