#include "gateway/rehearse/loop.h"

#include <algorithm>

namespace plenum::rehearse {
namespace {

using std::chrono::milliseconds;

// At full speed a minute in the room takes a third of a second, and no wait is longer than it takes
// a server to get through that many people.
constexpr int kFullSpeed = 200;
constexpr auto kFullSpeedWait = milliseconds(60);
constexpr auto kFullSpeedWaitPerPerson = std::chrono::microseconds(400);
constexpr uint32_t kShortestLimitMs = 3000;

}  // namespace

Duration Pace::Of(milliseconds in_the_room) const {
  if (full_speed()) {
    return std::min<Duration>(in_the_room / kFullSpeed,
                              kFullSpeedWait + kFullSpeedWaitPerPerson * people_);
  }
  return std::chrono::duration_cast<Duration>(in_the_room / speed_);
}

uint32_t Pace::LimitMs(uint32_t in_the_room_ms) const {
  if (in_the_room_ms == 0 || full_speed()) return 0;
  return std::max(kShortestLimitMs, static_cast<uint32_t>(in_the_room_ms / speed_));
}

}  // namespace plenum::rehearse
