// Session: the conversation with one client, as a state machine without I/O. The WebSocket
// connection steps it in the server, the simulated network in the simulation. I/O thread only.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/outbox.h"
#include "gateway/token.h"
#include "projector/projector.h"
#include "schema/command.h"
#include "schema/message.h"

namespace plenum {

// What a session asks of the node that it lives in. Implemented by Hub.
class SessionHost {
 public:
  virtual ~SessionHost() = default;

  // Checks a token; the error is a sentence.
  virtual std::expected<Claims, std::string> CheckToken(std::string_view token, TimeMs now) = 0;
  // What is known of a room; null while it is being loaded or if there is none.
  virtual std::shared_ptr<const RoomInfo> InfoOf(const RoomId& room) = 0;
  // The room's key, for pseudonyms.
  virtual std::string RoomKey(const RoomId& room) = 0;
  // Starts views for this session; ends an older session of the same participant.
  virtual void Subscribe(uint64_t connection, const Claims& claims, uint64_t version) = 0;
  // Appends an event (with its text, if it has one, into the vault first). An error means that
  // nothing was recorded. Later: Session::OnRecorded or OnFailed, and OnFolded.
  virtual std::expected<void, LogError> Publish(uint64_t connection, const RoomId& room,
                                                const Event& event,
                                                std::optional<std::string> text) = 0;
};

class Session {
 public:
  Session(uint64_t connection, SessionHost& host, Outbox& outbox, TimeMs now);

  void OnText(std::string_view text, TimeMs now);
  void OnRecorded(const EventId& id, uint64_t offset);
  void OnFailed(const EventId& id, LogError error);
  void OnFolded(const FoldedEvent& event);
  void OnView(const View& view);
  // Beats, the first message's time limit, revoked tokens.
  void OnTick(TimeMs now);
  void End(CloseCode code);

  uint64_t connection() const { return connection_; }
  // Set once the session wants its connection closed, after the outbox is sent.
  std::optional<CloseCode> closing() const { return closing_; }
  const std::optional<Claims>& claims() const { return claims_; }

 private:
  // (gateway/session.cc)
  void OnHello(const Hello& hello, TimeMs now);
  void OnCommand(const Command& command, TimeMs now);
  void Refuse(const EventId& id, std::string_view code, std::string_view what, uint32_t retry_ms);

  const uint64_t connection_;
  SessionHost& host_;
  Outbox& outbox_;
  TimeMs opened_ms_;
  TimeMs last_beat_ms_;
  std::optional<Claims> claims_;
  std::optional<CloseCode> closing_;
  std::unordered_map<EventId, bool> in_flight_;  // true once recorded
};

}  // namespace plenum
