// Session: the conversation with one client, as a state machine without I/O. The WebSocket
// connection steps it in the server, the simulated network in the simulation. I/O thread only.
//
//   new --hello--> checking (its room is being loaded) --OnRoom--> ready --> closing
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gateway/epoch_port.h"
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
  // What is known of a room; null while it is being loaded: then Session::OnRoom follows.
  virtual std::shared_ptr<const RoomInfo> InfoOf(const RoomId& room) = 0;
  // The room's key, for pseudonyms; empty when it was destroyed.
  virtual std::string RoomKey(const RoomId& room) = 0;
  // Starts views for this session; ends an older session of the same participant.
  virtual void Subscribe(uint64_t connection, const Claims& claims, uint64_t version) = 0;
  // Appends an event (with its text, if it has one, into the vault first: then the event's digest
  // is filled in there). An error means that nothing was recorded. Later: Session::OnRecorded or
  // OnFailed, and OnFolded.
  virtual std::expected<void, LogError> Publish(uint64_t connection, const RoomId& room,
                                                const Event& event,
                                                std::optional<std::string> text) = 0;

  // Of a log that is copied; null: there are no copies of it.
  virtual EpochPort* epoch() { return nullptr; }
  // This server has just taken over: what clients offer again is gathered before stages change.
  virtual bool Gathering() const { return false; }
  // As Publish, of a command that was at this index of the room on the server before. While
  // gathering it is held, so that its answers come later.
  virtual std::expected<void, LogError> PublishAgain(uint64_t connection, const RoomId& room,
                                                     const Event& event,
                                                     std::optional<std::string> text,
                                                     uint64_t /*index*/) {
    return Publish(connection, room, event, std::move(text));
  }
  // How well the log is copied; nullopt: it is not a log that needs copies.
  virtual std::optional<CopyState> copy() const { return std::nullopt; }
  // Attendees of a room whose connection was lost lately, and who are not back.
  virtual uint32_t Dropped(const RoomId&) const { return 0; }

  // As Screens::Here and Screens::Order.
  virtual bool ScreenIsHere(uint64_t /*connection*/, const RoomId&, const Screen&) { return false; }
  virtual uint32_t TellScreens(const RoomId&, const OrderScreens&) { return 0; }
  // Views of this activity from now on; of none, if it is empty. False: too many screens are pinned
  // in this room.
  virtual bool Pin(uint64_t /*connection*/, const RoomId&, const ActivityId&) { return false; }
};

class Session {
 public:
  Session(uint64_t connection, SessionHost& host, Outbox& outbox, TimeMs now);

  void OnText(std::string_view text, TimeMs now);
  // The room of this session's token was loaded or has changed; null: there is no such room.
  void OnRoom(const std::shared_ptr<const RoomInfo>& info, TimeMs now);
  void OnRecorded(const EventId& id, uint64_t offset);
  void OnFailed(const EventId& id, LogError error);
  void OnFolded(const FoldedEvent& event);
  // An encoded ViewMessage; dropped before the welcome.
  void OnView(Topic topic, uint64_t version, const Frame& frame);
  // What others in the room cause (gateway/screens.h).
  void Tell(const Message& message);
  // Beats, the first message's time limit, expired tokens. Every second or so.
  void OnTick(TimeMs now);
  void End(CloseCode code);
  // Says why, then ends.
  void EndWith(CloseCode code, std::string_view error, std::string_view what);

  uint64_t connection() const { return connection_; }
  // Set once the session wants its connection closed, after the outbox is sent.
  std::optional<CloseCode> closing() const { return closing_; }
  // One sentence for the person, if there is one.
  const std::string& closing_reason() const { return closing_reason_; }
  // Whose connection this is, from the welcome on.
  const std::optional<Claims>& claims() const { return claims_; }
  // The largest message that this client may send now.
  size_t max_message() const;

 private:
  struct Checking {
    Claims claims;
    uint64_t version = 0;
    uint64_t epoch = 0;  // the latest server that the client has met
  };

  // Whether this client may say one more thing now.
  bool SpendMessage(TimeMs now);
  void OnHello(const EventId& id, const Hello& hello, TimeMs now);
  void Admit(const RoomInfo& info, TimeMs now);
  void OnCommand(const Command& command, TimeMs now);
  // What is about big screens, and not recorded.
  void OnScreenCommand(const Command& command, const RoomInfo& info);
  // The event's sender, or why there can be none.
  std::expected<Identity, std::string_view> IdentityFor(const Command& command,
                                                        const RoomInfo& info);
  // What is to be kept in the vault, if anything; the error is a sentence for whoever wrote it.
  std::expected<std::optional<std::string>, std::string> TextOf(const Command& command,
                                                                const RoomInfo& info);
  // What is odd about a command that is taken all the same; empty if nothing is.
  std::string WarningFor(const Command& command);
  void Record(const Command& command, const RoomInfo& info, TimeMs now);
  void TellBeat(TimeMs now);
  void Refuse(const EventId& id, std::string_view code, std::string_view what,
              uint32_t retry_ms = 0);
  void RefuseFor(const EventId& id, LogError error);
  void Send(const Message& message);

  const uint64_t connection_;
  SessionHost& host_;
  Outbox& outbox_;
  TimeMs opened_ms_;
  TimeMs last_beat_ms_;
  // Messages that it may send at once, in thousandths.
  int64_t budget_ = limits::kMessageBurst * int64_t{1000};
  TimeMs budget_ms_;
  std::optional<Checking> checking_;
  std::optional<CopyState> told_copy_;
  std::optional<uint32_t> told_dropped_;
  std::optional<Claims> claims_;
  std::optional<CloseCode> closing_;
  std::string closing_reason_;
  struct InFlight {
    bool recorded = false;
    std::string warning;  // for whoever sent it; empty for none
  };
  std::unordered_map<EventId, InFlight> in_flight_;
};

// The permissions by which a role sees the console.
bool SeesConsole(Role role);

}  // namespace plenum
