// Makes records of the day while the server runs, on a thread of its own: folding a whole log again
// takes a second or two, and nobody who votes must wait for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "gateway/record_maker.h"

namespace plenum {

inline constexpr size_t kReportsWaiting = 8;  // beyond it Ask refuses

class ReportDesk {
 public:
  using Job = std::move_only_function<void(RecordMaker&)>;  // on the desk's thread

  // All must outlive the desk; `texts` and `vault` are used from its thread.
  ReportDesk(ProjectorThread& projector, TextSource& texts, Vault& vault);
  ~ReportDesk();  // what waits is never done

  // When its turn comes. False: too many are waiting, and `job` never runs.
  bool Ask(Job job);

 private:
  void Run();

  std::mutex mutex_;  // guards jobs_
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  std::atomic<bool> stopping_ = false;
  RecordMaker maker_;
  std::thread thread_;  // last: it uses all of them
};

}  // namespace plenum
