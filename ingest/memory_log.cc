#include "ingest/memory_log.h"

#include <utility>

namespace plenum {

MemoryLog::MemoryLog(MemoryStorage& storage, MemoryLogOptions options)
    : storage_(storage), fault_(std::move(options.fault)), committer_(storage, options.bounds) {}

MemoryLog::~MemoryLog() { Stop(); }

std::expected<void, LogError> MemoryLog::Append(Partition partition, std::string bytes,
                                                Urgency urgency, Done done) {
  const AppendFault fault = fault_ ? fault_() : AppendFault::kNone;
  switch (fault) {
    case AppendFault::kNone:
      return committer_.Append(partition, std::move(bytes), urgency, std::move(done));
    case AppendFault::kTwice: {
      std::string copy = bytes;
      auto queued = committer_.Append(partition, std::move(bytes), urgency, std::move(done));
      // The second one may be refused, as the queue may be full by now; then once is enough.
      if (queued) (void)committer_.Append(partition, std::move(copy), urgency, [](auto) {});
      return queued;
    }
    case AppendFault::kAnswerLost:
      return committer_.Append(partition, std::move(bytes), urgency,
                               [lost = std::move(done)](std::expected<uint64_t, LogError>) mutable {
                                 lost(std::unexpected(LogError::kUnknown));
                               });
    case AppendFault::kLost: {
      std::lock_guard lock(lost_mutex_);
      lost_.push_back(std::move(done));
      return {};
    }
  }
  return std::unexpected(LogError::kFailed);
}

std::expected<std::vector<LogEntry>, LogError> MemoryLog::Read(Partition partition, uint64_t from,
                                                               size_t max) {
  return committer_.Read(partition, from, max);
}

uint64_t MemoryLog::End(Partition partition) { return committer_.End(partition); }

void MemoryLog::SetTail(Tail tail) { committer_.SetTail(std::move(tail)); }

std::string MemoryLog::LogId() { return storage_.LogId(); }

size_t MemoryLog::Pending() {
  std::lock_guard lock(lost_mutex_);
  return committer_.Pending() + lost_.size();
}

void MemoryLog::Stop() {
  std::call_once(stopped_, [this] {
    if (crashed_) return;
    committer_.Close();
    while (Step()) {
    }
    committer_.AnswerAll(LogError::kBusy);  // what a stalled storage holds up
  });
}

bool MemoryLog::Step() {
  const bool answered = AnswerLost();
  return committer_.Step() || answered;
}

void MemoryLog::Crash(size_t keep) {
  crashed_ = true;
  committer_.Close();
  committer_.Forget();
  {
    std::lock_guard lock(lost_mutex_);
    lost_.clear();
  }
  storage_.Crash(keep);
}

bool MemoryLog::AnswerLost() {
  std::vector<Done> lost;
  {
    std::lock_guard lock(lost_mutex_);
    lost.swap(lost_);
  }
  for (Done& done : lost) done(std::unexpected(LogError::kUnknown));
  return !lost.empty();
}

}  // namespace plenum
