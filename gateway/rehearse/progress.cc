#include "gateway/rehearse/progress.h"

#include <unistd.h>

#include <iostream>

namespace plenum::rehearse {

Progress::Progress() : terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() { Clear(); }

void Progress::Say(const std::string& line) {
  Clear();
  std::cerr << line << std::endl;
}

void Progress::Status(const std::string& line) {
  if (!terminal_ || line == status_) return;
  status_ = line;
  std::cerr << "\r\x1b[K" << line << std::flush;
}

void Progress::Clear() {
  if (!status_.empty()) std::cerr << "\r\x1b[K" << std::flush;
  status_.clear();
}

}  // namespace plenum::rehearse
