#include "ingest/committer.h"

#include <algorithm>
#include <utility>

namespace plenum {

Committer::Committer(LogStorage& storage, QueueBounds bounds)
    : storage_(storage), queue_(bounds), ends_(storage.Ends()) {}

std::expected<void, LogError> Committer::Append(Partition partition, std::string bytes,
                                                Urgency urgency, EventLog::Done done) {
  if (bytes.size() > limits::kEventBytes) return std::unexpected(LogError::kTooLarge);
  const size_t size = bytes.size();
  std::lock_guard lock(mutex_);
  if (failed_) return std::unexpected(LogError::kFailed);
  if (closed_) return std::unexpected(LogError::kBusy);
  if (!HasRoomFor(urgency, disk_)) return std::unexpected(LogError::kDiskFull);
  QueuedAppend append{partition, std::move(bytes), urgency, std::move(done)};
  if (!queue_.Push(std::move(append), size)) return std::unexpected(LogError::kBusy);
  return {};
}

std::expected<std::vector<LogEntry>, LogError> Committer::Read(Partition partition, uint64_t from,
                                                               size_t max) {
  // What is in the storage beyond the end is not known to be durable yet.
  const uint64_t end = End(partition);
  if (from >= end) return std::vector<LogEntry>{};
  const size_t count = std::min<uint64_t>(max, end - from);
  auto entries = storage_.Read(partition, from, count);
  if (entries && entries->size() != count) return std::unexpected(LogError::kCorrupt);
  return entries;
}

uint64_t Committer::End(Partition partition) const {
  std::lock_guard lock(mutex_);
  const auto it = ends_.find(partition);
  return it == ends_.end() ? 0 : it->second;
}

size_t Committer::Pending() const {
  std::lock_guard lock(mutex_);
  return queue_.size() + in_flight_count_;
}

bool Committer::failed() const {
  std::lock_guard lock(mutex_);
  return failed_;
}

void Committer::SetTail(EventLog::Tail tail) { tail_ = std::move(tail); }

bool Committer::Step() {
  const Disk disk = LookAtDisk();
  if (in_flight_.empty() && !TakeBatch(disk)) return false;
  if (in_flight_.empty()) return true;  // all of it was refused

  std::vector<LogSlice> slices;
  for (const Group& group : in_flight_) slices.push_back({group.partition, group.entries});
  const auto written = storage_.WriteSync(slices);
  if (!written) {
    Fail();
  } else if (*written == WriteProgress::kPending) {
    return false;
  } else {
    Publish();
  }
  return true;
}

bool Committer::HasRoomFor(Urgency urgency, Disk disk) {
  return disk == Disk::kForAll || (disk == Disk::kForStaff && urgency == Urgency::kStaff);
}

// Below the floor votes are refused; staff and nodes may go on for the length of the reserve. What
// is below that is for the database itself, which must be able to tidy up.
Committer::Disk Committer::LookAtDisk() {
  const uint64_t free = storage_.FreeBytes();
  Disk disk = Disk::kForAll;
  if (free < limits::kDiskFloorBytes) disk = Disk::kForStaff;
  if (free < limits::kDiskFloorBytes - limits::kDiskReserveBytes) disk = Disk::kForNobody;
  std::lock_guard lock(mutex_);
  disk_ = disk;
  return disk;
}

bool Committer::TakeBatch(Disk disk) {
  std::vector<QueuedAppend> batch;
  std::vector<EventLog::Done> refused;
  {
    std::lock_guard lock(mutex_);
    batch = queue_.TakeBatch();
    for (QueuedAppend& append : batch) {
      if (!HasRoomFor(append.urgency, disk)) {
        refused.push_back(std::move(append.done));
        continue;
      }
      Group& group = GroupOf(append.partition);
      const auto end = ends_.find(append.partition);
      const uint64_t first = end == ends_.end() ? 0 : end->second;
      group.entries.push_back({first + group.entries.size(), std::move(append.bytes)});
      group.dones.push_back(std::move(append.done));
    }
    in_flight_count_ = batch.size() - refused.size();
  }
  for (EventLog::Done& done : refused) done(std::unexpected(LogError::kDiskFull));
  return !batch.empty();
}

Committer::Group& Committer::GroupOf(Partition partition) {
  const auto it = std::ranges::find(in_flight_, partition, &Group::partition);
  if (it != in_flight_.end()) return *it;
  return in_flight_.emplace_back(Group{.partition = partition, .entries = {}, .dones = {}});
}

// The batch is durable: first it can be read, then the tail has it, then everybody is answered.
void Committer::Publish() {
  std::vector<Group> groups = std::exchange(in_flight_, {});
  {
    std::lock_guard lock(mutex_);
    for (const Group& group : groups) ends_[group.partition] = group.entries.back().offset + 1;
    in_flight_count_ = 0;
  }
  if (tail_) {
    for (const Group& group : groups) tail_(group.partition, group.entries);
  }
  for (Group& group : groups) {
    for (size_t i = 0; i < group.dones.size(); ++i) group.dones[i](group.entries[i].offset);
  }
}

void Committer::Fail() {
  {
    std::lock_guard lock(mutex_);
    failed_ = true;
  }
  AnswerAll(LogError::kFailed);
}

void Committer::Close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
}

void Committer::AnswerAll(LogError rest) {
  std::vector<Group> groups = std::exchange(in_flight_, {});
  std::vector<QueuedAppend> queued = TakeQueue();
  for (Group& group : groups) {
    for (EventLog::Done& done : group.dones) done(std::unexpected(LogError::kUnknown));
  }
  for (QueuedAppend& append : queued) append.done(std::unexpected(rest));
}

void Committer::Forget() {
  in_flight_.clear();
  TakeQueue();
}

std::vector<QueuedAppend> Committer::TakeQueue() {
  std::lock_guard lock(mutex_);
  in_flight_count_ = 0;
  std::vector<QueuedAppend> all;
  while (!queue_.empty()) {
    std::ranges::move(queue_.TakeBatch(), std::back_inserter(all));
  }
  return all;
}

}  // namespace plenum
