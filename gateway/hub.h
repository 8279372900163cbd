// Hub: where sessions, the log and the projector meet. Routes outcomes to the connection that
// asked, hands each view, framed once, to all who see it, and keeps one connection a participant.
//
// A state machine without sockets, threads or clocks: the server steps it on the I/O thread, the
// simulation on its own. Every call names the time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "gateway/mailbox.h"
#include "gateway/offers.h"
#include "gateway/outbox.h"
#include "gateway/projector_port.h"
#include "gateway/screens.h"
#include "gateway/session.h"
#include "gateway/token.h"
#include "ingest/event_log.h"
#include "ingest/text_intake.h"
#include "projector/views/view_builder.h"

namespace plenum {

// The socket (or simulated socket) behind a session.
class ClientPort {
 public:
  virtual ~ClientPort() = default;
  // Something waits in the outbox, or the session wants to close. May come often; must not call the
  // hub back.
  virtual void Wake() = 0;
  // The client has taken nothing of what was sent for too long.
  virtual bool Stalled() const { return false; }
};

// What the server counts; all on the I/O thread.
class HubObserver {
 public:
  virtual ~HubObserver() = default;
  virtual uint64_t Micros() = 0;                 // of a monotonic clock
  virtual void OnRecorded(uint64_t micros) = 0;  // from the command to the durable entry
  virtual void OnOutcome(OutcomeCode code) = 0;  // of commands that came through this node
  virtual void OnRefused(LogError error) = 0;
  virtual void OnViewSends(size_t receivers) = 0;
};

// TextIntake::Submit, or that of its thread.
using SubmitText = std::function<std::expected<void, LogError>(
    VaultText, Urgency, TextIntake::MakeEvent, Partition, EventLog::Done)>;

struct HubParts {
  EventLog& log;
  SubmitText submit_text;
  std::function<void(std::span<uint8_t>)> random;  // for the nonces of texts
  TextSource& keys;                                // for the rooms' keys only
  ProjectorPort& projector;
  const TokenSigner& signer;
  Mailbox& mailbox;  // what the log and the projector put there, Drain takes
  HubObserver* observer = nullptr;
  std::function<void(LogError)> on_fatal = {};  // the log is broken: this process must stop
  // A participant was let in; the id of their participant.joined. For other nodes.
  std::function<void(const EventId&)> on_here = {};
  EpochPort* epoch = nullptr;  // of a log that is copied
  // Takes the texts of an item out of the vault; `done` on the hub's thread.
  using Erased = std::move_only_function<void(std::expected<void, LogError>)>;
  std::function<void(const RoomId&, const ActivityId&, const ItemId&, Erased)> erase = {};
  std::function<std::optional<CopyState>()> copy = {};
};

class Hub final : public SessionHost {
 public:
  struct Client {
    Client(uint64_t id, Hub& hub, ClientPort& its_port, TimeMs now)
        : port(its_port), session(id, hub, outbox, now) {}
    ClientPort& port;
    Outbox outbox;
    Session session;
    std::optional<RoomId> awaits;  // the room that the session waits for
    ActivityId pinned;             // that it watches, whatever the room does; empty: none
    bool console = false;
    bool watching = false;
    bool joined = true;  // false: participant.joined has still to be published
    EventId join_id{};   // of participant.joined
    TimeMs since = 0;    // when it was let in
  };

  explicit Hub(HubParts parts);
  ~Hub() override;

  // A new connection; the reference holds until Closed, and `port` must live as long.
  Client& Open(ClientPort& port, TimeMs now);
  void OnText(uint64_t connection, std::string_view text, TimeMs now);
  void Closed(uint64_t connection, TimeMs now);
  // Appends an event that is no client's (those of a new room). `done` is called once: with what
  // the fold said, or with why nothing was recorded (kUnknown: it may have been).
  using Said = std::move_only_function<void(std::expected<Outcome, LogError>)>;
  void Say(const Event& event, Said done);
  // Of an event with a text, which goes to the vault; the event gets its digest.
  void SayWithText(const Event& event, std::string text, Said done);
  void SayInDirectory(const Event& event, Said done);
  // What is known of a room, without asking for it.
  std::shared_ptr<const RoomInfo> Known(const RoomId& room) const;
  // Its stage as people see it now; null while nobody here looks at it.
  Frame StageOf(const RoomId& room) const;
  // Takes what lies in the mailbox.
  void Drain(TimeMs now);
  // Every second or so.
  void Tick(TimeMs now);

  // Other nodes let these participants in (ids of participant.joined): here they are not missed.
  void HearHere(const std::vector<EventId>& joined, TimeMs now);

  // From now on commands are refused as busy.
  void BeginStop() { stopping_ = true; }
  // This server has taken over: until then, stages do not change and what clients offer again is
  // held; then it is recorded in its old order.
  void GatherUntil(TimeMs until) { gather_until_ = until; }
  void EndAll(CloseCode code);

  size_t connections() const { return clients_.size(); }

  // SessionHost
  std::expected<Claims, std::string> CheckToken(std::string_view token, TimeMs now) override;
  std::shared_ptr<const RoomInfo> InfoOf(const RoomId& room) override;
  std::string RoomKey(const RoomId& room) override;
  void Subscribe(uint64_t connection, const Claims& claims, uint64_t version) override;
  std::expected<void, LogError> Publish(uint64_t connection, const RoomId& room, const Event& event,
                                        std::optional<std::string> text) override;
  EpochPort* epoch() override { return parts_.epoch; }
  bool Gathering() const override { return gather_until_ != 0; }
  std::expected<void, LogError> PublishAgain(uint64_t connection, const RoomId& room,
                                             const Event& event, std::optional<std::string> text,
                                             uint64_t index) override;
  std::optional<CopyState> copy() const override {
    return parts_.copy ? parts_.copy() : std::nullopt;
  }
  uint32_t Dropped(const RoomId& room) const override;
  bool ScreenIsHere(uint64_t connection, const RoomId& room, const Screen& screen) override;
  uint32_t TellScreens(const RoomId& room, const OrderScreens& order) override;
  bool Pin(uint64_t connection, const RoomId& room, const ActivityId& activity) override;

 private:
  using Who = std::pair<RoomId, ParticipantId>;
  struct Shown {  // the newest view of one topic, framed
    std::shared_ptr<const std::string> data;
    Frame frame;
  };
  struct RoomEntry {
    std::shared_ptr<const RoomInfo> info;
    std::unordered_set<uint64_t> members;   // subscribed connections
    std::unordered_set<uint64_t> checking;  // connections that wait for `info`
    std::unordered_set<uint64_t> pinned;    // members that watch one activity
    int missed = 0;                         // how often it was not there
    Shown stage;
    Shown console;
  };
  struct Route {
    uint64_t connection = 0;
    uint64_t published_micros = 0;
    bool join = false;  // the hub's own participant.joined
    Said said;          // of what is no client's
  };

  Client* Find(uint64_t connection);
  void WakeIfNeeded(Client& client);
  void Watch(Client& client);
  void Join(Client& client);
  void Say(Partition partition, const Event& event, Said done);
  std::expected<void, LogError> Append(uint64_t connection, const Event& event,
                                       std::optional<std::string> text, bool join);
  std::expected<void, LogError> AppendText(const Event& event, std::string text, Urgency urgency,
                                           EventLog::Done done);
  std::expected<void, LogError> Refusal() const;
  void OnRoomNews(const RoomNews& news);
  void OnAppend(const AppendAnswer& answer);
  void OnFolded(const FoldedEvent& event);
  void OnJoinFolded(Client& client, const FoldedEvent& event);
  void OnMoved(const RoomId& room, const PersonId& person, const TokenId& device);
  void OnView(const View& view);
  void ShowPinned(const RoomEntry& room, const View& view, const Frame& frame);
  void SendLetters();
  void ShowOne(Client& client, const View& view, const Frame& frame);
  void LookAgain();
  void EraseAndAppend(uint64_t connection, const Event& event);
  void ReportAbsent();
  void EndGathering();
  void EndReplaced();

  HubParts parts_;
  TimeMs now_ = 0;
  bool stopping_ = false;
  TimeMs gather_until_ = 0;  // 0: not gathering
  Offers offers_;
  Screens screens_;
  uint64_t last_connection_ = 0;
  uint64_t current_ = 0;  // the connection whose message is being handled
  std::unordered_map<uint64_t, std::unique_ptr<Client>> clients_;
  std::unordered_map<RoomId, RoomEntry> rooms_;
  std::map<Who, uint64_t> participants_;
  std::unordered_map<EventId, Route> routes_;
  std::unordered_set<EventId>
      joined_;  // participant.joined events that this process has seen folded
  struct Absence {
    TimeMs since = 0;
    EventId join_id{};
    bool reported = false;
  };
  std::map<Who, Absence> absent_;
  std::unordered_map<EventId, TimeMs> elsewhere_;  // when another node let them in
};

}  // namespace plenum
