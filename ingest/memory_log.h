// MemoryLog: the real committer over a modelled disk, stepped by its owner. For tests and the
// simulation. A node that restarts is a new MemoryLog over the same MemoryStorage.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "ingest/committer.h"
#include "ingest/memory_storage.h"

namespace plenum {

// What may happen to one append on its way, as with a log that is across a network.
enum class AppendFault : uint8_t {
  kNone,
  kTwice,       // committed twice; answered once
  kAnswerLost,  // committed; the answer is kUnknown
  kLost,        // not committed; the answer is kUnknown
};

struct MemoryLogOptions {
  QueueBounds bounds;
  std::function<AppendFault()> fault;  // asked once an append, under no lock; may be empty
};

class MemoryLog : public EventLog {
 public:
  // REQUIRES: `storage` outlives the log, and no other log that lives writes to it.
  explicit MemoryLog(MemoryStorage& storage, MemoryLogOptions options = {});
  ~MemoryLog() override;  // stops, unless crashed

  std::expected<void, LogError> Append(Partition partition, std::string bytes, Urgency urgency,
                                       Done done) override;
  std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                      size_t max) override;
  uint64_t End(Partition partition) override;
  void SetTail(Tail tail) override;
  std::string LogId() override;
  size_t Pending() override;
  // Steps until all is answered. While the storage is stalled: what is being written is kUnknown,
  // what waits is kBusy.
  void Stop() override;

  // One batch: written, synced, tail, `done`s. True if something was answered. One thread at a
  // time.
  bool Step();
  bool failed() const { return committer_.failed(); }

  // The node dies here: nothing more is written or answered (waiting `done`s are destroyed
  // uncalled), and the storage keeps the first `keep` unsynced entries. Afterwards destroy the log.
  void Crash(size_t keep);

 private:
  bool AnswerLost();

  MemoryStorage& storage_;
  std::function<AppendFault()> fault_;
  Committer committer_;
  std::once_flag stopped_;
  bool crashed_ = false;
  std::mutex lost_mutex_;
  std::vector<Done> lost_;  // answered by the next step
};

}  // namespace plenum
