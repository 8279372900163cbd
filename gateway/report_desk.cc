#include "gateway/report_desk.h"

#include <utility>

namespace plenum {

ReportDesk::ReportDesk(ProjectorThread& projector, TextSource& texts, Vault& vault)
    : maker_(projector, texts, vault, stopping_), thread_([this] { Run(); }) {}

ReportDesk::~ReportDesk() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool ReportDesk::Ask(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || jobs_.size() >= kReportsWaiting) return false;
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

void ReportDesk::Run() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    job(maker_);
  }
}

}  // namespace plenum
