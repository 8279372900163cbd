// A session at a desk: what it asks of its host is written down, and nothing is sent anywhere.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/session.h"
#include "schema/hash.h"

namespace plenum {

inline constexpr TimeMs kNow = 1'790'000'000'000;

struct Published {
  Event event;
  std::optional<std::string> text;
};

class Desk final : public SessionHost {
 public:
  Desk() {
    room.bytes.fill(1);
    auto made = std::make_shared<RoomInfo>();
    made->room = room;
    made->languages = {"en"};
    made->series = {{"ideas", "ideas"}, {"end", "confidence"}};
    made->collects = {{"ideas", {.max_graphemes = 20}}};
    info = made;
  }

  std::string TokenFor(Role role) const {
    Claims claims;
    claims.room = room;
    claims.role = role;
    claims.epoch = 2;
    claims.id.bytes.fill(static_cast<uint8_t>(role) + 1);
    claims.expires = kNow + 3'600'000;
    if (role == Role::kAttendee || role == Role::kTableHost) claims.participant = participant;
    return signer.Sign(claims);
  }
  // A changed copy of what is known of the room.
  RoomInfo InfoCopy() const { return *info; }
  void SetInfo(RoomInfo changed) { info = std::make_shared<RoomInfo>(std::move(changed)); }

  std::expected<Claims, std::string> CheckToken(std::string_view token, TimeMs now) override {
    return signer.Verify(token, now);
  }
  std::shared_ptr<const RoomInfo> InfoOf(const RoomId& asked) override {
    return asked == room && loaded ? info : nullptr;
  }
  std::string RoomKey(const RoomId&) override { return key; }
  void Subscribe(uint64_t connection, const Claims&, uint64_t version) override {
    subscribed.emplace_back(connection, version);
  }
  std::expected<void, LogError> Publish(uint64_t, const RoomId&, const Event& event,
                                        std::optional<std::string> text) override {
    if (refusal) return std::unexpected(*refusal);
    published.push_back({event, std::move(text)});
    return {};
  }

  RoomId room;
  ParticipantId participant{};
  std::string key = std::string(32, 'k');
  TokenSigner signer{{{"k1", std::string(32, 's')}}};
  std::shared_ptr<const RoomInfo> info;
  bool loaded = true;
  std::optional<LogError> refusal;
  std::vector<std::pair<uint64_t, uint64_t>> subscribed;
  std::vector<Published> published;
};

// The messages that wait in an outbox; views are left out.
inline std::vector<Message> TakeMessages(Outbox& outbox) {
  std::vector<Message> messages;
  for (const Frame& frame : outbox.TakeAll()) {
    size_t length = static_cast<uint8_t>((*frame)[1]);
    size_t head = length < 126 ? 2 : length == 126 ? 4 : 10;
    auto message = ParseMessage(std::string_view(*frame).substr(head));
    if (message && !std::holds_alternative<ViewMessage>(*message)) messages.push_back(*message);
  }
  return messages;
}

inline EventId IdOf(uint8_t n) {
  EventId id;
  id.bytes.fill(n);
  return id;
}

// A client of the desk, by its own side of the wire.
struct AtDesk {
  explicit AtDesk(Desk& at) : desk(at), session(7, at, outbox, kNow) {}
  AtDesk(Desk& at, Role role) : AtDesk(at) {
    Hello(desk.TokenFor(role));
    TakeMessages(outbox);
  }

  void Hello(const std::string& token, uint64_t version = 0) {
    Send({IdOf(0xee), "", 0, 0, plenum::Hello{token, version}});
  }
  void Send(const Command& command, TimeMs now = kNow) {
    session.OnText(EncodeCommand(command), now);
  }
  // The one message that waits, as a T.
  template <class T>
  std::optional<T> Only() {
    auto messages = TakeMessages(outbox);
    if (messages.size() != 1 || !std::holds_alternative<T>(messages[0])) return std::nullopt;
    return std::get<T>(messages[0]);
  }
  std::string OnlyError() {
    auto error = Only<ErrorMessage>();
    return error ? error->code : "(not one error)";
  }

  Desk& desk;
  Outbox outbox;
  Session session;
};

inline Command Choose(uint8_t id, const std::string& activity = "ideas") {
  return {IdOf(id), activity, 1, 1, BallotCast{ScaleCast{4}}};
}

}  // namespace plenum
