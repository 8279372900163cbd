// Messages from the server to a client, one JSON object each. JSON:
// schema/json-schema/message.json.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schema/event.h"
#include "schema/outcome.h"
#include "schema/screen.h"

namespace plenum {

// What a screen can show. The version of a view is the number of the room's events folded into it,
// so it only grows, on every node alike.
enum class Topic : uint8_t {
  kStage,     // for every screen: the current activity, turnout, results once they may be seen
  kPerson,    // for one participant: own ballot, contributions, card
  kConsole,   // for those who run the day: all activities, what can be done next
  kActivity,  // for a screen that is pinned: the stage, with another activity than the current one
};
std::string_view TopicName(Topic topic);

struct Welcome {
  Role role = Role::kAttendee;
  RoomId room;
  TimeMs time = 0;  // the server's clock
  // Which server of this log it is: a copy that takes over has a higher one than its original. 0:
  // the log has no copies. `proof` is shown to a server of a lower one (Hello).
  uint64_t epoch = 0;
  std::string proof = {};
  // To a client that has met an earlier server: so many of the room's events this one has of what
  // that one had. What was answered with this index or a later one is lost unless it is sent again.
  std::optional<uint64_t> kept = {};
};
struct Recorded {  // durable: it will not be lost
  EventId id;
  uint64_t offset = 0;
  std::string warning = {};  // a sentence: taken as it is, but look at it again
};
struct Answer {  // folded
  EventId id;
  Outcome outcome;
  std::string result;        // of an early look: the totals (JSON); otherwise empty
  std::string warning = {};  // as in Recorded, which may come later
};
struct ViewMessage {
  Topic topic = Topic::kStage;
  uint64_t version = 0;
  std::string data;  // an encoded JSON object
};
// Something is wrong with what was sent (id as far as it could be read), or with the server for
// now: then retry_ms says when to send the same command, with the same id, again.
struct ErrorMessage {
  EventId id;
  std::string code;  // "bad-message", "busy", "not-permitted", "disk-full", "unknown-activity", ...
  std::string what;  // one sentence
  uint32_t retry_ms = 0;
};
// How well the built-in log is copied to other machines (plenum copy).
struct CopyState {
  uint32_t connected = 0;  // copies
  uint64_t behind = 0;     // entries that the nearest of them lacks
  uint64_t behind_ms = 0;  // for how long it has lacked the oldest of these
  bool operator==(const CopyState&) const = default;
};
struct Beat {
  TimeMs time = 0;
  std::optional<CopyState> copy = {};  // for those who run the day
  // For them, too: attendees whose connection was lost in the last minute, and who are not back.
  std::optional<uint32_t> dropped = {};
};  // sign of life, and the answer to ping

// The big screens of the room that are connected, for those who run the day.
struct ScreenList {
  std::vector<Screen> screens;
};
struct ToScreen {  // to a big screen
  ScreenOrder order;
};
struct Ordered {  // the answer to screen.order
  EventId id;
  uint32_t screens = 0;  // that were told
};

using Message = std::variant<Welcome, Recorded, Answer, ViewMessage, ErrorMessage, Beat, ScreenList,
                             ToScreen, Ordered>;

std::string EncodeMessage(const Message& message);
std::expected<Message, std::string> ParseMessage(std::string_view text);  // for clients

// WebSocket close codes.
enum class CloseCode : uint16_t {
  kNormal = 1000,
  kGoingAway = 1001,  // the server stops: come back
  kPolicy = 1008,     // token refused or revoked: do not come back with it
  kTooBig = 1009,
  kTryAgain = 1013,  // too many connections
  kSlow = 4000,      // did not read what was sent: reconnect
  kMoved = 4001,     // this participant now uses another connection: do not come back
  kSilent = 4002,    // no first message, or no answer to pings
  kReplaced = 4003,  // a copy of this server has taken over: come back, it may be at this address
};

}  // namespace plenum
