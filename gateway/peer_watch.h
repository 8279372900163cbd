// PeerWatch: what the nodes of one log tell each other, and whether they agree. At each milestone
// of a room (Projector) a node tells the digest that it has there; equal index must be equal
// digest. A node also tells whom it has just let in, so that another does not report them as gone.
//
// What is told (JSON, over ingest/peers.h):
//   {"node":HEX,"fold":N,"room":HEX,"index":N,"root":HEX,"state":HEX,"rules":N}
//   {"node":HEX,"here":[HEX,…]}    ids of participant.joined events
//   {"node":HEX}                   it lives
//   {"node":HEX,"again":true}      it has just begun to hear some node, and missed what was told
//                                  before: all tell the newest place of their rooms again
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/peers.h"
#include "projector/projector.h"
#include "schema/ids.h"

namespace plenum {

using NodeId = Id<struct NodeTag, 16>;  // drawn at each start

// Any thread.
class PeerWatch {
 public:
  struct Dissent {
    NodeId other;
    RoomStatus mine;
    RoomStatus theirs;
    uint32_t their_fold = 0;  // version of their fold; another one may decide otherwise
  };
  struct Counters {
    size_t nodes = 0;  // others that were heard within the last five seconds
    uint64_t compared = 0, differing = 0;
  };

  // `on_dissent` and `on_here` are called on the thread that hears.
  PeerWatch(Peers& peers, const NodeId& me, std::function<void(const Dissent&)> on_dissent,
            std::function<void(std::vector<EventId>)> on_here);
  ~PeerWatch();

  void Start();
  void Stop();

  void OnMilestone(const RoomStatus& mine);
  void TellHere(const EventId& joined);
  // Every second or so.
  void Tick();
  Counters counters() const;

 private:
  using Place = std::pair<RoomId, uint64_t>;
  struct Told {
    NodeId node;
    uint32_t fold = 0;
    RoomStatus status;
  };

  struct Mine {
    RoomStatus status;
    std::vector<NodeId> compared;  // with these nodes' statuses
  };

  void Hear(std::string_view bytes);
  void HearStatus(Told told);
  void Compare(Mine& mine, const Told& told, std::vector<Dissent>* found);
  std::vector<RoomStatus> NewestOfRooms() const;

  Peers& peers_;
  const NodeId me_;
  const std::function<void(const Dissent&)> on_dissent_;
  const std::function<void(std::vector<EventId>)> on_here_;

  mutable std::mutex mutex_;  // guards what follows
  std::map<Place, Mine> mine_;
  std::deque<Place> mine_order_;              // oldest first; both are bounded
  std::map<Place, std::vector<Told>> ahead_;  // told of places where this node has not been yet
  std::deque<Place> ahead_order_;
  std::map<NodeId, int64_t> heard_ms_;
  std::vector<EventId> here_;  // to be told at the next tick
  bool again_ = false;         // somebody asked; answered at the next tick
  uint64_t compared_ = 0, differing_ = 0;
};

}  // namespace plenum
