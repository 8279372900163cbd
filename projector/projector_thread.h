// ProjectorThread: the thin loop around a Projector. Takes durable batches from the log's tail,
// runs what other threads ask for between batches, and sleeps until something is due.
//
// The sink, every task and every reply run on this thread; they must be quick and must not throw.
// Order of life: log, store, projector, this; Stop() (or the destructor) comes after EventLog::Stop
// and before any of them goes.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "ingest/event_log.h"
#include "projector/projector.h"

namespace plenum {

// Tasks that wait; beyond it Post refuses. Unwatch is always taken: one a connection at most.
inline constexpr size_t kProjectorTasks = 40'000;

struct ProjectorThreadOptions {
  std::function<TimeMs()> clock;                   // default: NodeNow
  std::function<void(std::string_view)> on_fatal;  // one sentence, once; the process must stop
  // Whether the node may say something by itself now; looked at often. Default: always.
  std::function<bool()> may_speak = {};
  bool silent = false;  // says nothing in the log (timers, results): others do
};

class ProjectorThread {
 public:
  using Task = std::move_only_function<void(Projector&, TimeMs now)>;

  // Sets the log's tail, so: before the first Append. REQUIRES: projector.Start() has succeeded.
  ProjectorThread(EventLog& log, Projector& projector, ProjectorThreadOptions options);
  ~ProjectorThread();

  void Start();
  // Folds what was handed over, then ends. Idempotent; not from the projector's thread.
  void Stop();

  // Any thread, from here on. False: refused, kProjectorTasks are waiting or it has stopped, and
  // the task (or reply) will never run.
  bool Post(Task task);
  bool Watch(Watcher watcher);
  void Unwatch(uint64_t connection);
  // OnRoom, then true; or false if there is no such room.
  bool Announce(const RoomId& room, std::move_only_function<void(bool exists)> reply);
  bool Status(const RoomId& room, std::move_only_function<void(std::optional<RoomStatus>)> reply);
  bool RoomOfCode(std::string code, std::move_only_function<void(std::optional<RoomId>)> reply);
  // The next entries of an export; empty at the end.
  bool ReadRoom(
      const RoomId& room, uint64_t from, size_t max,
      std::move_only_function<void(std::expected<std::vector<std::string>, std::string>)> reply);
  bool ReportAway(const RoomId& room, const ParticipantId& participant);

  // All that the log held at Start is folded, and nothing fatal has happened.
  bool Ready() const { return ready_.load(std::memory_order_relaxed); }
  // Durable entries that are not folded yet.
  uint64_t Lag() const;
  uint64_t Next(Partition partition) const;
  // For metrics.
  struct Counters {
    uint64_t folded = 0, malformed = 0, homeless = 0, said = 0, views = 0, rooms = 0;
    uint64_t batches = 0;  // handed over and folded
    uint64_t dropped = 0;  // batches that found the queue full, read from the log later
  };
  Counters ReadCounters() const;

 private:
  struct Batch {
    Partition partition = 0;
    std::vector<LogEntry> entries;
  };
  struct Work {
    std::deque<Batch> batches = {};
    std::deque<Task> tasks = {};
    std::set<Partition> behind = {};  // a batch was dropped
    bool stop = false;
  };

  void HandOver(Partition partition, std::span<const LogEntry> entries);
  bool Push(Task task, bool always);
  void Run();
  Work WaitForWork(std::optional<TimeMs> due);
  // False after a fatal error.
  bool Fold(Work& work);
  bool FoldBatch(const Batch& batch);
  bool CatchUp(Partition partition);
  void Fail(std::string_view what);
  std::optional<TimeMs> Speak(TimeMs now);
  void Say(const RoomId& room, std::string bytes);
  void Publish();

  EventLog& log_;
  Projector& projector_;
  ProjectorThreadOptions options_;
  std::thread thread_;

  std::mutex mutex_;  // guards what follows, up to the blank line
  std::condition_variable wake_;
  Work work_;
  size_t handed_over_ = 0;  // events in work_.batches
  bool stopped_ = false;

  const std::vector<Partition> partitions_;
  std::set<Partition> behind_;  // read the log before believing the queue
  bool failed_ = false;
  std::atomic<bool> ready_ = false;
  std::vector<std::atomic<uint64_t>> next_;  // by partition
  std::atomic<uint64_t> folded_ = 0, malformed_ = 0, homeless_ = 0, said_ = 0, views_ = 0;
  std::atomic<uint64_t> rooms_ = 0, batches_ = 0, dropped_ = 0;
};

}  // namespace plenum
