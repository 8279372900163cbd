// RocksDbLog: the built-in log. A database of its own in one folder, a committer thread, one synced
// WriteBatch for each batch of appends. Key: u32 partition ‖ u64 offset, big-endian; value: the
// bytes.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "ingest/event_log.h"
#include "ingest/rocksdb_options.h"

namespace plenum {

class RocksDbLog final : public EventLog {
 public:
  // Opens the log in the folder, or makes one if the folder is missing or empty. One process at a
  // time. The error is one sentence: in use, foreign, damaged, not writable, full.
  static std::expected<std::unique_ptr<RocksDbLog>, std::string> Open(
      const std::filesystem::path& path, const RocksDbOptions& options = {});
  ~RocksDbLog() override;  // stops

  std::expected<void, LogError> Append(Partition partition, std::string bytes, Urgency urgency,
                                       Done done) override;
  std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                      size_t max) override;
  uint64_t End(Partition partition) override;
  void SetTail(Tail tail) override;
  std::string LogId() override;
  size_t Pending() override;
  void Stop() override;  // not from a `done` or the tail

  std::optional<std::string> Trouble() const override;
  // A consistent copy of what is durable now, which RocksDbLog::Open can open. `to` must not exist.
  // Any thread. To copy log and vault together see backup.h.
  std::expected<void, std::string> CopyTo(const std::filesystem::path& to);

 private:
  struct Impl;
  explicit RocksDbLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum
