// Outbox: what waits to be sent to one client. Bounded: answers are queued, of each view only the
// newest is kept, and everything that waits leaves in one send. I/O thread only.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/frame.h"
#include "schema/limits.h"
#include "schema/message.h"

namespace plenum {

class Outbox {
 public:
  // False: the answers would pass limits::kOutboxBytes, and this one was not queued. The client
  // does not read, and its connection must end.
  bool PushAnswer(const Message& message);
  // Replaces a waiting frame of the same topic. False: older than one given before, and dropped.
  bool PushView(Topic topic, uint64_t version, Frame frame);

  bool empty() const { return answers_.empty() && waiting_views_ == 0; }
  // Of all that waits: at most limits::kOutboxBytes of answers, and one frame a topic.
  size_t bytes() const { return bytes_; }
  // Everything that waits, answers first, in order; the outbox is empty after.
  std::vector<Frame> TakeAll();

 private:
  static constexpr size_t kTopics = 4;
  struct Waiting {
    uint64_t version = 0;  // of the newest frame given
    Frame frame;           // null: already taken
  };
  std::vector<Frame> answers_;
  std::array<Waiting, kTopics> views_;
  size_t waiting_views_ = 0;
  size_t answer_bytes_ = 0;
  size_t bytes_ = 0;
};

}  // namespace plenum
