// RoomCheck: folds one room again from the log, from nothing, and says whether it gives what this
// node has: when two nodes differ, the one that its own log contradicts is wrong.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include "projector/fold/fold.h"
#include "projector/projector_thread.h"

namespace plenum {

class RoomCheck : public std::enable_shared_from_this<RoomCheck> {
 public:
  // What the log gives at the claimed index; the error says why that cannot be found out.
  using Done = std::move_only_function<void(std::expected<RoomStatus, std::string>)>;

  // Runs a job on a thread of the caller's, never inside the call.
  using Post = std::function<void(std::move_only_function<void()>)>;

  // Folds by jobs, page by page, so that nothing waits for it. `done` is called once, in a job (or
  // at once if the projector takes no questions).
  static void Start(ProjectorThread& projector, Post post, const RoomStatus& claimed, Done done);

 private:
  RoomCheck(ProjectorThread& projector, Post post, const RoomStatus& claimed, Done done);
  void ReadOn();
  void FoldPage(const std::expected<std::vector<std::string>, std::string>& page);

  ProjectorThread& projector_;
  const Post post_;
  const RoomStatus claimed_;
  Done done_;
  Room room_;
};

}  // namespace plenum
