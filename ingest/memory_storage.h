// MemoryStorage: a model of a disk, for tests and the simulation. It knows what is written and what
// is synced, and can stall, fail, fill up, rot and crash. Deterministic: it does what it is told.
#pragma once

#include <mutex>
#include <set>
#include <utility>

#include "ingest/log_storage.h"

namespace plenum {

class MemoryStorage final : public LogStorage {
 public:
  // A log's name is random in production; here the caller draws it.
  explicit MemoryStorage(std::string log_id) : log_id_(std::move(log_id)) {}

  // LogStorage; all thread-safe.
  std::expected<WriteProgress, LogError> WriteSync(std::span<const LogSlice> slices) override;
  std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                      size_t max) override;
  std::map<Partition, uint64_t> Ends() override;
  std::string LogId() override { return log_id_; }
  uint64_t FreeBytes() override;

  // While stalled, what is written waits to be synced: a crash can tear it.
  void Stall(bool stalled);
  // The next sync fails. What was written stays unsynced.
  void FailNextSync();
  void SetFreeBytes(uint64_t bytes);
  // From now on reading this entry says kCorrupt.
  void Rot(Partition partition, uint64_t offset);

  // Entries that are written and not synced.
  size_t Unsynced();
  // Power is lost: of what is unsynced the first `keep` entries survive (a torn tail), in the order
  // in which they were written. REQUIRES: no log writes to it any more (see MemoryLog::Crash).
  void Crash(size_t keep);

 private:
  void KeepUnsynced(size_t count);

  const std::string log_id_;
  std::mutex mutex_;
  std::map<Partition, std::vector<std::string>> synced_;
  std::vector<std::pair<Partition, std::string>> unsynced_;
  std::set<std::pair<Partition, uint64_t>> rotten_;
  uint64_t free_bytes_ = ~0ull;
  bool stalled_ = false;
  bool fail_next_ = false;
};

}  // namespace plenum
