#include "ingest/step_thread.h"

#include <utility>

namespace plenum {

StepThread::StepThread(std::function<bool()> step, std::chrono::milliseconds idle)
    : step_(std::move(step)), idle_(idle), thread_([this] { Run(); }) {}

StepThread::~StepThread() { Stop(); }

void StepThread::Wake() {
  if (woken_.exchange(true)) return;
  // Taking the lock orders this with a loop that has looked at `woken_` and is about to sleep.
  {
    std::lock_guard lock(mutex_);
  }
  wake_.notify_one();
}

void StepThread::Stop() {
  std::call_once(stopped_, [this] {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  });
}

void StepThread::Run() {
  bool last_round = false;
  while (true) {
    woken_ = false;  // before stepping, so that what comes meanwhile is seen in the next round
    while (step_()) {
    }
    if (last_round) return;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, idle_, [this] { return woken_ || stopping_; });
    last_round = stopping_;
  }
}

}  // namespace plenum
