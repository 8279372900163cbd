// A hub with all that is real around it, stepped by hand: log, vault, text intake, projector.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/hub.h"
#include "ingest/memory_log.h"
#include "ingest/memory_storage.h"
#include "ingest/memory_vault.h"
#include "projector/memory_store.h"
#include "tests/unit/gateway_session_kit.h"
#include "tests/unit/projector_kit.h"

namespace plenum::testing {

class HubNode final : public ProjectorPort {
 public:
  // `epoch`: of a log that is copied.
  explicit HubNode(EpochPort* epoch = nullptr);

  // A socket that keeps what it was sent.
  struct Phone final : ClientPort {
    explicit Phone(HubNode& at) : node(at), client(at.hub.Open(*this, at.now)) {}
    void Wake() override { ++wakes; }
    bool Stalled() const override { return stalled; }
    void Send(const Command& command);
    void Hello(const std::string& token) { Send({IdOf(0xee), "", 0, 0, plenum::Hello{token, 0}}); }
    void Leave() { node.hub.Closed(client.session.connection(), node.now); }
    // Everything sent so far: messages by kind, and the frames of views.
    void Read();
    template <class T>
    std::vector<T> All() {
      Read();
      std::vector<T> found;
      for (const Message& message : messages) {
        if (const T* one = std::get_if<T>(&message)) found.push_back(*one);
      }
      return found;
    }

    HubNode& node;
    Hub::Client& client;
    int wakes = 0;
    bool stalled = false;
    std::vector<Message> messages;
    std::vector<Frame> frames;
  };

  std::string TokenFor(Role role, uint32_t participant = 0) const;
  std::unique_ptr<Phone> Connect(Role role, uint32_t participant = 0);
  // Steps everything until nothing moves.
  void Settle();
  void Tick(TimeMs later);
  // Puts an event into the log as another node would.
  void Append(const Event& event);
  uint64_t Entries() { return log.End(kRoomPartition); }

  // ProjectorPort
  bool Watch(const Watcher& watcher) override;
  void Unwatch(uint64_t connection) override { projector.Unwatch(connection); }
  void Announce(const RoomId& room) override;
  void ReportAway(const RoomId& room, const ParticipantId& who) override;
  uint64_t FoldLag() override { return lag; }

  TimeMs now = kMorning;
  uint64_t lag = 0;
  bool refuse_watch = false;
  std::optional<CopyState> copy;
  std::vector<ParticipantId> away;
  std::vector<LogError> fatal;
  std::vector<EventId> here;  // as other nodes are told
  Script script{RoomNumber(1)};
  MemoryStorage disk{"a log"};
  MemoryStore store;
  MemoryVault vault;
  KitTexts texts;
  MemoryLog log{disk};
  TextIntake intake{vault, log};
  int wakes = 0;
  Mailbox mailbox{[this] { ++wakes; }};
  Projector projector{log, store, texts, mailbox};
  TokenSigner signer{{{"k1", std::string(32, 's')}}};
  Hub hub;
};

}  // namespace plenum::testing
