#include "gateway/service_notify.h"

#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <utility>

namespace plenum {
namespace {

// For so long a start may then take without a word. A ping is answered between two pieces of the
// log, well within it.
constexpr std::string_view kExtend = "EXTEND_TIMEOUT_USEC=30000000\n";

// A manager that does not listen is no reason to stop serving.
void Say(const std::string& lines) { ::sd_notify(0, lines.c_str()); }

}  // namespace

ServiceNotify::ServiceNotify(Ping ping)
    : ping_(std::move(ping)), asked_for_(std::getenv("NOTIFY_SOCKET") != nullptr) {}

void ServiceNotify::Tick(bool ready, std::string_view status) {
  if (!asked_for_) return;
  std::string lines;
  if (waiting_ && answered_->exchange(false)) {
    lines += said_ready_ ? "WATCHDOG=1\n" : kExtend;
    waiting_ = false;
  }
  if (!waiting_) waiting_ = ping_([answered = answered_] { answered->store(true); });
  if (ready && !std::exchange(said_ready_, true)) lines += "READY=1\n";
  if (status != status_) {
    status_ = status;
    lines += "STATUS=" + status_ + "\n";
  }
  if (!lines.empty()) Say(lines);
}

void ServiceNotify::Stopping() {
  if (asked_for_) Say("STOPPING=1\nSTATUS=Stopping: answers what was taken.\n");
}

}  // namespace plenum
