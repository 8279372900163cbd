// Outbox: what waits to be sent to one client. Bounded: answers are queued, of each view only the
// newest is kept, and everything that waits leaves in one send. I/O thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "schema/limits.h"
#include "schema/message.h"

namespace plenum {

// A whole WebSocket frame (server to client, unmasked), made once and shared by all receivers.
using Frame = std::shared_ptr<const std::string>;
Frame MakeTextFrame(std::string_view text);  // RFC 6455, section 5.2

class Outbox {
 public:
  // False: over limits::kOutboxBytes; the client does not read, and its connection must end.
  bool PushAnswer(const Message& message);
  // Replaces a waiting frame of the same topic; an older version than one given before is dropped.
  bool PushView(Topic topic, uint64_t version, Frame frame);

  bool empty() const { return answers_.empty() && views_.empty(); }
  size_t bytes() const { return bytes_; }
  // Everything that waits, answers first, in order; the outbox is empty after.
  std::vector<Frame> TakeAll();

 private:
  struct Waiting {
    uint64_t version = 0;
    Frame frame;  // null: already taken
  };
  std::deque<Frame> answers_;
  std::map<Topic, Waiting> views_;
  size_t bytes_ = 0;
};

}  // namespace plenum
