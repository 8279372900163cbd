#include "ingest/memory_storage.h"

#include <algorithm>

namespace plenum {

std::expected<WriteProgress, LogError> MemoryStorage::WriteSync(std::span<const LogSlice> slices) {
  std::lock_guard lock(mutex_);
  if (unsynced_.empty()) {
    for (const LogSlice& slice : slices) {
      for (const LogEntry& entry : slice.entries) {
        unsynced_.emplace_back(slice.partition, entry.bytes);
      }
    }
  }
  if (stalled_) return WriteProgress::kPending;
  if (std::exchange(fail_next_, false)) return std::unexpected(LogError::kFailed);
  KeepUnsynced(unsynced_.size());
  return WriteProgress::kDurable;
}

std::expected<std::vector<LogEntry>, LogError> MemoryStorage::Read(Partition partition,
                                                                   uint64_t from, size_t max) {
  std::lock_guard lock(mutex_);
  const std::vector<std::string>& entries = synced_[partition];
  std::vector<LogEntry> found;
  for (uint64_t offset = from; offset < entries.size() && found.size() < max; ++offset) {
    if (rotten_.contains({partition, offset})) return std::unexpected(LogError::kCorrupt);
    found.push_back({offset, entries[offset]});
  }
  return found;
}

std::map<Partition, uint64_t> MemoryStorage::Ends() {
  std::lock_guard lock(mutex_);
  std::map<Partition, uint64_t> ends;
  for (const auto& [partition, entries] : synced_) ends[partition] = entries.size();
  return ends;
}

uint64_t MemoryStorage::FreeBytes() {
  std::lock_guard lock(mutex_);
  return free_bytes_;
}

void MemoryStorage::Stall(bool stalled) {
  std::lock_guard lock(mutex_);
  stalled_ = stalled;
}

void MemoryStorage::FailNextSync() {
  std::lock_guard lock(mutex_);
  fail_next_ = true;
}

void MemoryStorage::SetFreeBytes(uint64_t bytes) {
  std::lock_guard lock(mutex_);
  free_bytes_ = bytes;
}

void MemoryStorage::Rot(Partition partition, uint64_t offset) {
  std::lock_guard lock(mutex_);
  rotten_.emplace(partition, offset);
}

size_t MemoryStorage::Unsynced() {
  std::lock_guard lock(mutex_);
  return unsynced_.size();
}

void MemoryStorage::Crash(size_t keep) {
  std::lock_guard lock(mutex_);
  KeepUnsynced(std::min(keep, unsynced_.size()));
  stalled_ = false;
  fail_next_ = false;
}

void MemoryStorage::KeepUnsynced(size_t count) {
  for (size_t i = 0; i < count; ++i) {
    auto& [partition, bytes] = unsynced_[i];
    synced_[partition].push_back(std::move(bytes));
  }
  unsynced_.clear();
}

}  // namespace plenum
