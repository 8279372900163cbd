// Committer: takes batches from the queue, makes each durable with one sync, and answers. A state
// machine: the RocksDB log steps it from its own thread, the memory log when it is told to.
//
// Once a write has failed the log has failed for good: what was being written is kUnknown, all else
// kFailed. Opening the storage again, in a new process, is the only way on.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

#include "ingest/append_queue.h"
#include "ingest/log_storage.h"

namespace plenum {

class Committer {
 public:
  // REQUIRES: `storage` outlives the committer and has no other writer.
  explicit Committer(LogStorage& storage, QueueBounds bounds = {});

  // As EventLog has them. Any thread.
  std::expected<void, LogError> Append(Partition partition, std::string bytes, Urgency urgency,
                                       EventLog::Done done);
  std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                      size_t max);
  uint64_t End(Partition partition) const;
  size_t Pending() const;
  bool failed() const;
  void SetTail(EventLog::Tail tail);  // before the first Append

  // Commits one batch: writes it, calls the tail, then each `done`. One thread at a time; true if
  // something was answered, so that there may be more to do.
  bool Step();

  // No more intake: Append says kBusy from here on. Any thread.
  void Close();
  // Answers all that waits, without writing: what is being written is kUnknown, the rest is `rest`.
  // Same thread as Step.
  void AnswerAll(LogError rest);
  // Forgets all that waits, unanswered: the process is dead. For models of a crash.
  void Forget();

 private:
  // The part of a batch that goes to one partition.
  struct Group {
    Partition partition = 0;
    std::vector<LogEntry> entries;
    std::vector<EventLog::Done> dones;
  };
  enum class Disk : uint8_t { kForAll, kForStaff, kForNobody };

  static bool HasRoomFor(Urgency urgency, Disk disk);
  Disk LookAtDisk();
  bool TakeBatch(Disk disk);  // false: nothing waits
  Group& GroupOf(Partition partition);
  void Publish();
  void Fail();
  std::vector<QueuedAppend> TakeQueue();

  LogStorage& storage_;
  EventLog::Tail tail_;
  std::vector<Group> in_flight_;  // taken, with offsets; touched by the stepping thread only

  mutable std::mutex mutex_;
  AppendQueue queue_;
  std::map<Partition, uint64_t> ends_;
  size_t in_flight_count_ = 0;
  Disk disk_ = Disk::kForAll;  // as last seen
  bool closed_ = false;
  bool failed_ = false;
};

}  // namespace plenum
