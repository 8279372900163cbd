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

#include "schema/event.h"
#include "schema/outcome.h"

namespace plenum {

// What a screen can show. The version of a view is the number of the room's events folded into it,
// so it only grows, on every node alike.
enum class Topic : uint8_t {
  kStage,    // for every screen: the current activity, turnout, results once they may be seen
  kPerson,   // for one participant: own ballot, contributions, card
  kConsole,  // for those who run the day: all activities, what can be done next
};
std::string_view TopicName(Topic topic);

struct Welcome {
  Role role = Role::kAttendee;
  RoomId room;
  TimeMs time = 0;  // the server's clock
};
struct Recorded {  // durable: it will not be lost
  EventId id;
  uint64_t offset = 0;
};
struct Answer {  // folded
  EventId id;
  Outcome outcome;
  std::string result;  // of an early look: the totals (JSON); otherwise empty
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
struct Beat {
  TimeMs time = 0;
};  // sign of life, and the answer to ping

using Message = std::variant<Welcome, Recorded, Answer, ViewMessage, ErrorMessage, Beat>;

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
};

}  // namespace plenum
