// Node: one server in the simulation. The real hub with its sessions, the real log, text intake and
// projector; only the threads around them are simulated: each is stepped by the timeline, so that
// the seed decides how they interleave.
#pragma once

#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/hub.h"
#include "gateway/mailbox.h"
#include "gateway/projector_port.h"
#include "ingest/memory_log.h"
#include "ingest/text_intake.h"
#include "projector/projector.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/random.h"
#include "tests/simulation/timeline.h"
#include "tests/simulation/trace.h"

namespace plenum::simulation {

// Texts and keys from the vault.
class VaultTexts final : public TextSource {
 public:
  explicit VaultTexts(Vault& vault) : vault_(vault) {}
  std::optional<std::string> TextOf(const RoomId& room, const Item& item) override;
  std::string RoomKey(const RoomId& room) override;
  uint64_t Revision() const override { return vault_.Revision(); }

 private:
  Vault& vault_;
};

struct NodeParts {
  Timeline& timeline;
  Disk& disk;
  const TokenSigner& signer;
  Trace& trace;
  std::function<void(std::string_view)> on_fatal;  // the process must stop; planned, never nested
  MemoryLogOptions log_options;
  TimeMs clock_error = 0;  // of this node's clock
};

class Node final : public ProjectorPort {
 public:
  Node(NodeParts parts, Random random);
  ~Node() override;

  // The error: the read models do not fit the log.
  std::expected<void, std::string> Start();
  // All that the log held is folded: clients are let in.
  bool Serving() const { return projector_.Ready(); }

  // Power is lost; the log keeps `keep` of its unsynced entries. Destroy the node after.
  void Crash(size_t keep);

  // For the network.
  Hub::Client& Open(ClientPort& port);
  void OnText(uint64_t connection, std::string_view text);
  void Closed(uint64_t connection);

  // For the organiser, before the doors open: as the HTTP server creates a room.
  void Append(Partition partition, const Event& event, EventLog::Done done = [](auto) {});
  // Catching up reads the log through this.
  EventLog& log() { return log_; }
  Projector& projector() { return projector_; }
  TimeMs now() const { return parts_.timeline.now() + parts_.clock_error; }
  void JumpClock(TimeMs by) { parts_.clock_error += by; }

  // ProjectorPort
  bool Watch(const Watcher& watcher) override;
  void Announce(const RoomId& room) override;
  void Unwatch(uint64_t connection) override;
  void ReportAway(const RoomId& room, const ParticipantId& participant) override;
  uint64_t FoldLag() override;

 private:
  // A simulated thread: at most one step of it is planned at a time.
  struct Loop {
    bool planned = false;
    Micros when = 0;
    uint64_t turn = 0;
  };
  struct Batch {
    Partition partition = 0;
    std::vector<LogEntry> entries;
  };

  void Wake(Loop& loop, Micros delay, void (Node::*step)());
  void WakeLog();
  void WakeIntake();
  void WakeProjector(Micros delay);
  void WakeIo();
  void AfterIo();
  void StepLog();
  void StepIntake();
  void StepProjector();
  void StepIo();
  void Tick();
  bool Fold();
  void Post(std::function<void()> task);
  void Fatal(std::string what);

  NodeParts parts_;
  Random random_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  bool fatal_ = false;
  VaultTexts texts_;
  MemoryLog log_;
  TextIntake intake_;
  Mailbox mailbox_;
  Projector projector_;
  Hub hub_;
  std::deque<Batch> batches_;
  std::deque<std::function<void()>> tasks_;
  bool behind_[2] = {true, true};  // by partition: read the log
  Loop log_loop_, intake_loop_, projector_loop_, io_loop_;
};

}  // namespace plenum::simulation
