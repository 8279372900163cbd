// The rooms in memory: loaded from their rows when first needed, evicted when nobody needs them.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "projector/fold/fold.h"
#include "projector/store.h"
#include "schema/ids.h"

namespace plenum {

// Whether a node still has something to say in a room: a deadline, or a result.
bool AwaitsNode(const RoomState& state);

class RoomCache {
 public:
  explicit RoomCache(Store& store);

  // Null if there is no such room; an error if its rows cannot be read.
  std::expected<Room*, std::string> Find(const RoomId& id);
  // A room that has just been created.
  Room& Add(Room room);
  size_t size() const { return rooms_.size(); }

  // The rows of what changed in a room since the last call, for the store.
  void TakeChanges(Room& room, std::vector<StoreChange>* changes);

  // Rooms where a node has something to say; all of them are in memory after LoadPending.
  std::expected<void, std::string> LoadPending();
  const std::set<RoomId>& pending() const { return pending_; }

  // Evicts what was not used since the last sweep, is not pending, and not `needed`.
  // Returns what went.
  std::vector<RoomId> Sweep(const std::function<bool(const RoomId&)>& needed);

 private:
  struct Loaded {
    Room room;
    bool used = true;  // since the last sweep
  };

  Store& store_;
  std::map<RoomId, Loaded> rooms_;
  std::set<RoomId> pending_;
};

}  // namespace plenum
