#include "projector/projector_thread.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "schema/clock.h"

namespace plenum {
namespace {

constexpr auto kLongestSleep = std::chrono::seconds(1);
constexpr TimeMs kLookAgainMs = 250;  // whether it may speak

}  // namespace

ProjectorThread::ProjectorThread(EventLog& log, Projector& projector,
                                 ProjectorThreadOptions options)
    : log_(log),
      projector_(projector),
      options_(std::move(options)),
      partitions_(log.Partitions()),
      behind_(partitions_.begin(), partitions_.end()),
      next_(partitions_.size()) {
  if (!options_.clock) options_.clock = NodeNow;
  Publish();
  log_.SetTail([this](Partition partition, std::span<const LogEntry> entries) {
    HandOver(partition, entries);
  });
}

ProjectorThread::~ProjectorThread() { Stop(); }

void ProjectorThread::Start() {
  thread_ = std::thread([this] { Run(); });
}

void ProjectorThread::Stop() {
  {
    std::lock_guard lock(mutex_);
    work_.stop = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void ProjectorThread::HandOver(Partition partition, std::span<const LogEntry> entries) {
  {
    std::lock_guard lock(mutex_);
    if (stopped_ || entries.empty()) return;
    if (work_.behind.contains(partition) ||
        handed_over_ + entries.size() > limits::kHandoverEvents) {
      dropped_.fetch_add(1, std::memory_order_relaxed);
      work_.behind.insert(partition);  // it, and what follows, will be read from the log
    } else {
      handed_over_ += entries.size();
      work_.batches.push_back({partition, {entries.begin(), entries.end()}});
    }
  }
  wake_.notify_one();
}

bool ProjectorThread::Push(Task task, bool always) {
  {
    std::lock_guard lock(mutex_);
    if (stopped_ || (!always && work_.tasks.size() >= kProjectorTasks)) return false;
    work_.tasks.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

bool ProjectorThread::Post(Task task) { return Push(std::move(task), false); }

bool ProjectorThread::Watch(Watcher watcher) {
  return Post([watcher = std::move(watcher)](Projector& projector, TimeMs now) {
    projector.Watch(watcher, now);
  });
}

void ProjectorThread::Unwatch(uint64_t connection) {
  Push([connection](Projector& projector, TimeMs) { projector.Unwatch(connection); }, true);
}

bool ProjectorThread::Announce(const RoomId& room, std::move_only_function<void(bool)> reply) {
  return Post([room, reply = std::move(reply)](Projector& projector, TimeMs) mutable {
    reply(projector.Announce(room));
  });
}

bool ProjectorThread::Status(const RoomId& room,
                             std::move_only_function<void(std::optional<RoomStatus>)> reply) {
  return Post([room, reply = std::move(reply)](Projector& projector, TimeMs) mutable {
    reply(projector.Status(room));
  });
}

bool ProjectorThread::RoomOfCode(std::string code,
                                 std::move_only_function<void(std::optional<RoomId>)> reply) {
  return Post(
      [code = std::move(code), reply = std::move(reply)](Projector& projector, TimeMs) mutable {
        reply(projector.directory().RoomOf(code));
      });
}

bool ProjectorThread::ReadRoom(
    const RoomId& room, uint64_t from, size_t max,
    std::move_only_function<void(std::expected<std::vector<std::string>, std::string>)> reply) {
  return Post([room, from, max, reply = std::move(reply)](Projector& projector, TimeMs) mutable {
    reply(projector.ReadRoom(room, from, std::min(max, limits::kReadEvents)));
  });
}

bool ProjectorThread::ReportAway(const RoomId& room, const ParticipantId& participant) {
  return Post([room, participant](Projector& projector, TimeMs) {
    projector.ReportAway(room, participant);
  });
}

uint64_t ProjectorThread::Lag() const {
  uint64_t lag = 0;
  for (Partition partition : partitions_) {
    const uint64_t next = Next(partition);
    lag += std::max(log_.End(partition), next) - next;
  }
  return lag;
}

uint64_t ProjectorThread::Next(Partition partition) const {
  return next_[partition].load(std::memory_order_acquire);
}

ProjectorThread::Counters ProjectorThread::ReadCounters() const {
  return {.folded = folded_.load(std::memory_order_relaxed),
          .malformed = malformed_.load(std::memory_order_relaxed),
          .homeless = homeless_.load(std::memory_order_relaxed),
          .said = said_.load(std::memory_order_relaxed),
          .views = views_.load(std::memory_order_relaxed),
          .rooms = rooms_.load(std::memory_order_relaxed),
          .batches = batches_.load(std::memory_order_relaxed),
          .dropped = dropped_.load(std::memory_order_relaxed)};
}

void ProjectorThread::Run() {
  std::optional<TimeMs> due = options_.clock();  // at once: there is a log to catch up with
  while (!failed_) {
    Work work = WaitForWork(due);
    if (!Fold(work)) break;
    for (Task& task : work.tasks) task(projector_, options_.clock());
    const TimeMs now = options_.clock();
    due = projector_.SendViews(now);
    const std::optional<TimeMs> speech = Speak(now);
    if (speech) due = due ? std::min(*due, *speech) : *speech;
    if (!projector_.error().empty()) Fail(projector_.error());
    // Behind the log, the next piece of it is read at once, with tasks in between.
    if (!behind_.empty()) due = now;
    Publish();
    if (work.stop) break;
  }
  std::lock_guard lock(mutex_);
  stopped_ = true;
  work_ = {};
}

ProjectorThread::Work ProjectorThread::WaitForWork(std::optional<TimeMs> due) {
  auto sleep = std::chrono::milliseconds(kLongestSleep);
  if (due) {
    const TimeMs wait = std::max<TimeMs>(*due - options_.clock(), 0);
    sleep = std::min(sleep, std::chrono::milliseconds(wait));
  }
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, sleep, [this] {
    return work_.stop || !work_.batches.empty() || !work_.tasks.empty() || !work_.behind.empty();
  });
  handed_over_ = 0;
  return std::exchange(work_, {.stop = work_.stop});
}

bool ProjectorThread::Fold(Work& work) {
  for (const Batch& batch : work.batches) {
    if (!FoldBatch(batch)) return false;
  }
  behind_.merge(work.behind);
  for (Partition partition : std::vector(behind_.begin(), behind_.end())) {
    if (!CatchUp(partition)) return false;
  }
  return true;
}

bool ProjectorThread::FoldBatch(const Batch& batch) {
  if (behind_.contains(batch.partition)) return true;  // it is in the log, and will be read there
  if (batch.entries.front().offset > projector_.Next(batch.partition)) {
    behind_.insert(batch.partition);
    return true;
  }
  if (auto applied = projector_.Apply(batch.partition, batch.entries); !applied) {
    Fail(applied.error());
    return false;
  }
  batches_.fetch_add(1, std::memory_order_relaxed);
  Publish();
  return true;
}

bool ProjectorThread::CatchUp(Partition partition) {
  auto reached = projector_.CatchUp(partition);
  if (!reached) {
    Fail(reached.error());
    return false;
  }
  if (*reached) behind_.erase(partition);
  Publish();
  return true;
}

void ProjectorThread::Fail(std::string_view what) {
  if (std::exchange(failed_, true)) return;
  ready_.store(false, std::memory_order_relaxed);
  if (options_.on_fatal) options_.on_fatal(what);
}

std::optional<TimeMs> ProjectorThread::Speak(TimeMs now) {
  if (options_.silent) return std::nullopt;
  if (options_.may_speak && !options_.may_speak()) return now + kLookAgainMs;
  return projector_.SpeakForNode(
      now, [this](const RoomId& room, std::string bytes) { Say(room, std::move(bytes)); });
}

// What cannot be queued now is said again later, under the same id.
void ProjectorThread::Say(const RoomId& room, std::string bytes) {
  (void)log_.Append(log_.PartitionOf(room), std::move(bytes), Urgency::kStaff,
                    [](std::expected<uint64_t, LogError>) {});
}

void ProjectorThread::Publish() {
  const ProjectorCounters& counters = projector_.counters();
  folded_.store(counters.folded, std::memory_order_relaxed);
  malformed_.store(counters.malformed, std::memory_order_relaxed);
  homeless_.store(counters.homeless, std::memory_order_relaxed);
  said_.store(counters.said, std::memory_order_relaxed);
  views_.store(counters.views, std::memory_order_relaxed);
  rooms_.store(counters.rooms, std::memory_order_relaxed);
  for (Partition partition : partitions_) {
    next_[partition].store(projector_.Next(partition), std::memory_order_release);
  }
  ready_.store(!failed_ && projector_.Ready(), std::memory_order_relaxed);
}

}  // namespace plenum
