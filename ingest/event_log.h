// EventLog: durable, totally ordered, append-only bytes, in a few partitions.
//
// The contract, kept by every implementation (tests/integration/event_log_contract):
//  1. `done` is called exactly once for each Append that returned no error, in offset order within
//     a partition: with an offset only once the entry is durable and readable.
//  2. Entries are never changed, reordered or lost once `done` had an offset; offsets start at 0,
//     and grow by one.
//  3. An error in `done` that is kUnknown means that the entry may or may not be in the log.
//  4. Append never blocks. What cannot be queued is refused at once with kBusy.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"

namespace plenum {

using Partition = uint32_t;
inline constexpr Partition kDirectoryPartition = 0;
inline constexpr Partition kRoomPartition = 1;  // the built-in log has one for rooms

struct LogEntry {
  uint64_t offset = 0;
  std::string bytes;
};

enum class LogError : uint8_t {
  kBusy,      // the queue is full: again in a moment, with the same id
  kTooLarge,  // over limits::kEventBytes
  kDiskFull,  // below the floor; staff and nodes may still use the reserve
  kUnknown,   // stopped before it was known whether the entry is durable
  kFailed,    // the log is broken; this process must stop
  kCorrupt,   // what was read is not what was written
};
std::string_view LogErrorText(LogError error);

// Staff and nodes may use the disk's reserve, so that a presenter can always close.
enum class Urgency : uint8_t { kVote, kStaff };

class EventLog {
 public:
  using Done = std::move_only_function<void(std::expected<uint64_t, LogError>)>;
  // A durable batch, right after the sync, in offset order.
  using Tail = std::function<void(Partition, std::span<const LogEntry>)>;

  virtual ~EventLog() = default;

  // Any thread. `done` runs on the log's own thread (or inside Step, for the stepped logs).
  virtual std::expected<void, LogError> Append(Partition partition, std::string bytes,
                                               Urgency urgency, Done done) = 0;

  // Any thread. Up to `max` durable entries from `from` on; empty at the end.
  virtual std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                              size_t max) = 0;

  // Any thread. The offset that the next durable entry will have.
  virtual uint64_t End(Partition partition) = 0;

  // Before the first Append. Runs on the log's thread, before the batch's `done`s.
  virtual void SetTail(Tail tail) = 0;

  // A random name made when the log was created; a read model remembers which log it was made from.
  virtual std::string LogId() = 0;

  // Appends queued and not yet durable.
  virtual size_t Pending() = 0;

  // Stops intake, makes durable what is queued, answers everything. Idempotent.
  virtual void Stop() = 0;
};

}  // namespace plenum
