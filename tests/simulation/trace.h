// Trace: all that happened, as one hash (two runs of a seed must have the same) and, if wanted, as
// text. Also the run's counts of what it has met, so that a test can see that faults do happen.
#pragma once

#include <cstdint>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include "tests/simulation/timeline.h"

namespace plenum::simulation {

class Trace {
 public:
  explicit Trace(bool print) : print_(print) {}

  void Note(Micros when, std::string_view who, std::string_view what) {
    Mix(std::to_string(when));
    Mix(who);
    Mix(what);
    if (!print_) return;
    std::printf("%10.3f %-12.*s %.*s\n", static_cast<double>(when) / kSecond,
                static_cast<int>(who.size()), who.data(), static_cast<int>(what.size()),
                what.data());
  }
  void Count(std::string_view what) {
    auto it = counts_.find(what);
    if (it == counts_.end()) it = counts_.emplace(what, 0).first;
    ++it->second;
  }

  using Counts = std::map<std::string, uint64_t, std::less<>>;
  const Counts& counts() const { return counts_; }
  uint64_t hash() const { return hash_; }

 private:
  void Mix(std::string_view bytes) {  // FNV-1a
    for (char byte : bytes) hash_ = (hash_ ^ static_cast<uint8_t>(byte)) * 0x100000001b3;
    hash_ = (hash_ ^ 0xff) * 0x100000001b3;
  }

  const bool print_;
  uint64_t hash_ = 0xcbf29ce484222325;
  Counts counts_;
};

}  // namespace plenum::simulation
