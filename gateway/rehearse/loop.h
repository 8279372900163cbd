// Loop: the clock and the timers of a rehearsal, and how fast its day goes. One thread.
#pragma once

#include <chrono>
#include <functional>

#include "gateway/rehearse/history.h"

namespace plenum::rehearse {

using Duration = std::chrono::steady_clock::duration;

class Loop {
 public:
  virtual ~Loop() = default;
  virtual TimePoint Now() const = 0;
  // Calls `then` after `wait`, on the loop's thread, unless the loop ends before.
  virtual void After(Duration wait, std::function<void()> then) = 0;
};

// How long people take. At speed 1 as in the room; at 0 only as long as is needed for some order.
class Pace {
 public:
  Pace(double speed, uint32_t people) : speed_(speed), people_(people) {}

  // What takes `in_the_room`, at this speed.
  Duration Of(std::chrono::milliseconds in_the_room) const;
  // A time limit of the run sheet. 0 (none) at full speed, where the presenter waits for people.
  uint32_t LimitMs(uint32_t in_the_room_ms) const;
  bool full_speed() const { return speed_ <= 0; }

 private:
  double speed_;
  uint32_t people_;
};

}  // namespace plenum::rehearse
