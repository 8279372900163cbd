// ServiceNotify: tells the service manager that started this process (systemd, `Type=notify`) when
// it is ready, what it is doing, and that it is alive. Does nothing where none asked for that by
// NOTIFY_SOCKET in the environment. sd_notify(3) describes the protocol.
//
// Alive means that two threads turn: the one that calls Tick, and the one that the ping goes to. A
// manager that hears nothing for its WatchdogSec starts the process anew.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace plenum {

class ServiceNotify {
 public:
  // Has `answer` called on the thread in question, soon; false if it takes nothing now.
  using Ping = std::function<bool(std::function<void()> answer)>;

  explicit ServiceNotify(Ping ping);

  // Every second. Ready is said once; until then the time to start is extended as long as both
  // threads turn. `status`: a sentence for whoever looks.
  void Tick(bool ready, std::string_view status);
  void Stopping();

 private:
  Ping ping_;
  bool asked_for_;
  bool said_ready_ = false;
  std::string status_;
  bool waiting_ = false;  // for the answer to a ping: one at a time
  // Shared: an answer may come after this has gone.
  std::shared_ptr<std::atomic<bool>> answered_ = std::make_shared<std::atomic<bool>>(false);
};

}  // namespace plenum
