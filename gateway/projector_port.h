// What the hub asks of the projector, wherever that runs: on its own thread in the server, stepped
// in the simulation. Its answers come back through the mailbox.
#pragma once

#include <cstdint>

#include "projector/projector.h"

namespace plenum {

// Any thread; never blocks.
class ProjectorPort {
 public:
  virtual ~ProjectorPort() = default;

  // REQUIRES (of the implementation): the sink's OnRoom comes before the watched views.
  virtual bool Watch(const Watcher& watcher) = 0;  // false: not now, again in a while
  // Loads the room: the sink's OnRoom, or Mailbox::PutMissing, follows.
  virtual void Announce(const RoomId& room) = 0;
  virtual void Unwatch(uint64_t connection) = 0;
  // A participant of 25/10 was gone for longer than the hub's patience.
  virtual void ReportAway(const RoomId& room, const ParticipantId& participant) = 0;
  // Durable entries that are not folded yet.
  virtual uint64_t FoldLag() = 0;
};

}  // namespace plenum
