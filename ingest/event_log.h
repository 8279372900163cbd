// EventLog: durable, totally ordered, append-only bytes, in a few partitions.
//
// The contract, kept by every implementation (tests/unit/event_log_contract.cc):
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
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"

namespace plenum {

// The directory has partition 0; rooms are spread over 1 … RoomPartitions().
using Partition = uint32_t;
inline constexpr Partition kDirectoryPartition = 0;
inline constexpr Partition kRoomPartition = 1;  // the only one for rooms in a log with one

// Where a room's entries are in a log with so many partitions for rooms: the first 8 bytes of its
// id, big-endian, modulo their number. Never changes, as the number never does.
Partition PartitionOf(const RoomId& room, uint32_t room_partitions);

struct LogEntry {
  uint64_t offset = 0;
  std::string bytes;
};

enum class LogError : uint8_t {
  kBusy,      // the queue is full: again in a moment, with the same id
  kTooLarge,  // over limits::kEventBytes
  kDiskFull,  // below the floor; staff and nodes may still use the reserve
  kUnknown,   // not known whether the entry is durable: again in a moment, with the same id
  kAway,      // the log's servers do not answer, nothing was recorded: again later, same id
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

  // Any thread. Up to `max` durable entries from `from` on; empty at the end. kAway: not now.
  virtual std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                              size_t max) = 0;

  // Any thread. The offset that the next durable entry will have.
  virtual uint64_t End(Partition partition) = 0;

  // Before the first Append. Runs on the log's thread, before the batch's `done`s.
  virtual void SetTail(Tail tail) = 0;

  // Any thread. At least 1; fixed when the log was made.
  virtual uint32_t RoomPartitions() const { return 1; }

  // All of them, the directory's first.
  std::vector<Partition> Partitions() const;
  Partition PartitionOf(const RoomId& room) const {
    return plenum::PartitionOf(room, RoomPartitions());
  }

  // A random name made when the log was created; a read model remembers which log it was made from.
  virtual std::string LogId() = 0;

  // Why the log is not fit for work, in one sentence; nullopt while it is. For /readyz. Any thread.
  virtual std::optional<std::string> Trouble() const { return std::nullopt; }

  // Appends queued and not yet durable.
  virtual size_t Pending() = 0;

  // Stops intake, makes durable what is queued, answers everything. Idempotent.
  virtual void Stop() = 0;
};

}  // namespace plenum
