// What a node says by itself: that a time limit is over, what an activity added up to, who sits
// where, that somebody has gone. All nodes say the same under the same ids, and the fold counts
// one.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "projector/room_cache.h"
#include "projector/views/view_builder.h"
#include "schema/event.h"

namespace plenum {

class NodeSpeech {
 public:
  using Say = std::function<void(const RoomId&, std::string)>;

  explicit NodeSpeech(int say_again_ms) : say_again_ms_(say_again_ms) {}

  void ReportAway(const RoomId& room, const ParticipantId& participant);
  // Returns when to call again at the latest.
  std::optional<TimeMs> Speak(TimeMs now, RoomCache& rooms, TextSource& texts, const Say& say);
  uint64_t said() const { return said_; }

 private:
  struct Round {  // of one call
    TimeMs now = 0;
    const Say& say;
    std::map<EventId, TimeMs> said;  // what is still to be seen folded, and when it was said
    std::optional<TimeMs> due;
  };

  void SpeakIn(Room& room, Round& round);
  void SayPlans(Room& room, Round& round);
  void SayAways(RoomCache& rooms, TextSource& texts, Round& round);
  bool SaidLately(const EventId& id, TimeMs now) const;
  // Says the event unless it was said lately.
  void SayOnce(const Event& event, Round& round);

  const int say_again_ms_;
  std::vector<std::pair<RoomId, ParticipantId>> aways_;
  std::map<EventId, TimeMs> said_at_;
  uint64_t said_ = 0;
};

}  // namespace plenum
