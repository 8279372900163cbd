#include "ingest/event_log.h"

#include <numeric>

namespace plenum {

Partition PartitionOf(const RoomId& room, uint32_t room_partitions) {
  constexpr size_t kHashed = 8;
  uint64_t number = 0;
  for (size_t i = 0; i < kHashed; ++i) number = number << 8 | room.bytes[i];
  return static_cast<Partition>(1 + number % room_partitions);
}

std::vector<Partition> EventLog::Partitions() const {
  std::vector<Partition> all(1 + RoomPartitions());
  std::iota(all.begin(), all.end(), kDirectoryPartition);
  return all;
}

std::string_view LogErrorText(LogError error) {
  switch (error) {
    case LogError::kBusy:
      return "The log is busy; send it again in a moment.";
    case LogError::kTooLarge:
      return "This is too large for the log.";
    case LogError::kDiskFull:
      return "The server's disk is full.";
    case LogError::kUnknown:
      return "It is not known whether this was recorded; send it again.";
    case LogError::kAway:
      return "The log does not answer, so nothing is recorded yet; send it again.";
    case LogError::kFailed:
      return "The log has failed, and the server must be started again.";
    case LogError::kCorrupt:
      return "The log on the server's disk is damaged.";
  }
  return "The log said something that it cannot say.";
}

}  // namespace plenum
