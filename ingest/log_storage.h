// LogStorage: what a log writes to, a disk or a model of one. The Committer is its only writer.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ingest/event_log.h"

namespace plenum {

// Consecutive new entries of one partition.
struct LogSlice {
  Partition partition = 0;
  std::span<const LogEntry> entries;
};

enum class WriteProgress : uint8_t {
  kDurable,  // all of it is synced
  kPending,  // not yet: call again with the same slices (only a model of a disk says this)
};

class LogStorage {
 public:
  virtual ~LogStorage() = default;

  // Writes all slices and makes them durable with one sync. One thread.
  // After an error nobody knows what a crash leaves of them, and nothing may be written any more:
  // a failed fsync drops dirty pages, so that a second one would lie.
  virtual std::expected<WriteProgress, LogError> WriteSync(std::span<const LogSlice> slices) = 0;

  // Any thread. The entries that there are of the `max` from `from` on: kCorrupt if one of them is
  // not what was written, or if one is missing between two.
  virtual std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                              size_t max) = 0;

  // The next offset of each partition that has entries, as found when the storage was opened.
  virtual std::map<Partition, uint64_t> Ends() = 0;

  virtual std::string LogId() = 0;

  // Bytes that can still be written to the disk, by whomever. Cheap (one statvfs).
  virtual uint64_t FreeBytes() = 0;
};

}  // namespace plenum
