// StepThread: a thin loop around a state machine: steps it until there is nothing to do, then
// sleeps until it is woken or `idle` has passed.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace plenum {

class StepThread {
 public:
  // `step` returns whether there may be more to do. Runs on the new thread only.
  StepThread(std::function<bool()> step, std::chrono::milliseconds idle);
  ~StepThread();  // stops

  void Wake();  // any thread; cheap while the loop is awake
  // Steps until there is nothing to do, and ends the thread. Any thread but its own; idempotent.
  void Stop();

 private:
  void Run();

  const std::function<bool()> step_;
  const std::chrono::milliseconds idle_;
  std::atomic<bool> woken_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::once_flag stopped_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace plenum
