// Timeline: the simulated clock, and what will happen when. Everything that runs in the simulation
// runs inside an action of the timeline, one after the other; equal times run in the order in which
// they were planned.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "schema/ids.h"

namespace plenum::simulation {

using Micros = int64_t;
inline constexpr Micros kMs = 1000;
inline constexpr Micros kSecond = 1000 * kMs;

class Timeline {
 public:
  using Action = std::function<void()>;

  Micros micros() const { return micros_; }
  TimeMs now() const { return kStart + micros_ / kMs; }

  void After(Micros delay, Action action) { At(micros_ + delay, std::move(action)); }
  void At(Micros when, Action action) {
    planned_.push({when < micros_ ? micros_ : when, next_++, std::move(action)});
  }
  // Runs what comes next; false if nothing is planned.
  bool Step() {
    if (planned_.empty()) return false;
    Action action = std::move(const_cast<Planned&>(planned_.top()).action);
    micros_ = planned_.top().when;
    planned_.pop();
    action();
    return true;
  }

 private:
  static constexpr TimeMs kStart = 1'790'000'000'000;
  struct Planned {
    Micros when;
    uint64_t order;
    Action action;
    bool operator<(const Planned& other) const {
      return std::pair(when, order) > std::pair(other.when, other.order);
    }
  };
  Micros micros_ = 0;
  uint64_t next_ = 0;
  std::priority_queue<Planned> planned_;
};

}  // namespace plenum::simulation
