#include "gateway/stop_signals.h"

#include <csignal>

namespace plenum {
namespace {

volatile std::sig_atomic_t asked = 0;

void OnSignal(int signal) {
  asked = 1;
  std::signal(signal, SIG_DFL);  // opening may take a while, and a second one is meant
}

}  // namespace

void CatchStopSignals() {
  std::signal(SIGINT, OnSignal);
  std::signal(SIGTERM, OnSignal);
}

bool StopWasAsked() { return asked != 0; }

}  // namespace plenum
