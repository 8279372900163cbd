// Makes records of the day while the server runs, on a thread of its own: folding a whole log again
// takes a second or two, and nobody who votes must wait for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <expected>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "projector/projector_thread.h"
#include "projector/record/writers.h"
#include "projector/views/view_builder.h"

namespace plenum {

inline constexpr size_t kReportsWaiting = 8;  // beyond it Ask refuses

class ReportDesk {
 public:
  using Report = std::expected<std::string, std::string>;  // the error is one sentence
  using Done = std::move_only_function<void(Report)>;      // on the desk's thread

  // Both must outlive the desk; `texts` is read from its thread.
  ReportDesk(ProjectorThread& projector, TextSource& texts);
  ~ReportDesk();  // what waits is never answered

  // Of the room as it is when its turn comes. False: too many are waiting, and `done` never runs.
  bool Ask(const RoomId& room, RecordFormat format, Done done);

 private:
  struct Question {
    RoomId room;
    RecordFormat format = RecordFormat::kHtml;
    Done done;
  };
  struct Extent {
    uint64_t entries = 0;
    std::string code;
  };

  void Run();
  Report Make(const RoomId& room, RecordFormat format);
  // What the projector's thread said; nullopt when the desk, or that thread, ends before.
  template <class T>
  std::optional<T> Await(std::future<T>& answer) const;
  std::optional<Extent> AskExtent(const RoomId& room);

  ProjectorThread& projector_;
  TextSource& texts_;
  std::mutex mutex_;  // guards questions_
  std::condition_variable wake_;
  std::deque<Question> questions_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;  // last: it uses all of them
};

}  // namespace plenum
