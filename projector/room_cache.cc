#include "projector/room_cache.h"

#include <algorithm>
#include <utility>

#include "projector/store_rows.h"

namespace plenum {
namespace {

std::expected<std::vector<Row>, std::string> ReadRows(Store& store, const RoomId& id) {
  const std::string prefix = rows::OfRoom(rows::kState, id);
  std::vector<Row> all;
  auto scanned = store.Scan(prefix, [&](std::string_view key, std::string_view value) {
    all.push_back({std::string(key.substr(prefix.size())), std::string(value)});
    return true;
  });
  if (!scanned) return std::unexpected(scanned.error());
  return all;
}

}  // namespace

bool AwaitsNode(const RoomState& state) {
  return std::ranges::any_of(state.activities,
                             [](const auto& entry) {
                               const Activity& activity = entry.second;
                               return activity.deadline.at != 0 ||
                                      (activity.seats && activity.seats->plan_asked != 0);
                             }) ||
         std::ranges::any_of(state.results, [](const auto& entry) {
           return entry.second.status == StoredResult::Status::kDue;
         });
}

RoomCache::RoomCache(Store& store) : store_(store) {}

std::expected<Room*, std::string> RoomCache::Find(const RoomId& id) {
  if (auto it = rooms_.find(id); it != rooms_.end()) {
    it->second.used = true;
    return &it->second.room;
  }
  auto all = ReadRows(store_, id);
  if (!all) return std::unexpected(all.error());
  if (all->empty()) return nullptr;
  auto room = Room::Load(id, *all);
  if (!room) {
    return std::unexpected("the read model of room " + id.Hex() +
                           " cannot be read: " + room.error());
  }
  return &rooms_.emplace(id, Loaded{std::move(*room)}).first->second.room;
}

Room& RoomCache::Add(Room room) {
  const RoomId id = room.id();
  return rooms_.insert_or_assign(id, Loaded{std::move(room)}).first->second.room;
}

void RoomCache::TakeChanges(Room& room, std::vector<StoreChange>* changes) {
  const std::string prefix = rows::OfRoom(rows::kState, room.id());
  for (Row& row : room.TakeChanges()) {
    changes->push_back({prefix + row.key, std::move(row.value)});
  }
  const bool pending = AwaitsNode(room.state());
  if (pending == pending_.contains(room.id())) return;
  changes->push_back({rows::OfRoom(rows::kPending, room.id()), pending ? "1" : ""});
  if (pending) {
    pending_.insert(room.id());
  } else {
    pending_.erase(room.id());
  }
}

std::expected<void, std::string> RoomCache::LoadPending() {
  auto scanned = store_.Scan(rows::kPending, [&](std::string_view key, std::string_view) {
    if (auto id = rows::RoomIn(rows::kPending, key)) pending_.insert(*id);
    return true;
  });
  if (!scanned) return scanned;
  for (const RoomId& id : pending_) {
    auto room = Find(id);
    if (!room) return std::unexpected(room.error());
    if (*room == nullptr) {
      return std::unexpected("the read model of room " + id.Hex() + " is missing");
    }
  }
  return {};
}

std::vector<RoomId> RoomCache::Sweep(const std::function<bool(const RoomId&)>& needed) {
  std::vector<RoomId> gone;
  for (auto it = rooms_.begin(); it != rooms_.end();) {
    Loaded& loaded = it->second;
    const bool keep =
        std::exchange(loaded.used, false) || pending_.contains(it->first) || needed(it->first);
    if (keep) {
      ++it;
    } else {
      gone.push_back(it->first);
      it = rooms_.erase(it);
    }
  }
  return gone;
}

}  // namespace plenum
