#include "projector/read_models.h"

#include <filesystem>
#include <utility>

#include "projector/directory.h"
#include "projector/room_cache.h"
#include "projector/store_rows.h"

namespace plenum {
namespace {

constexpr int kMostSetAside = 1000;

std::expected<std::string, std::string> SetAside(const std::string& path) {
  for (int n = 1; n <= kMostSetAside; ++n) {
    std::string to = path + ".set-aside-" + std::to_string(n);
    std::error_code error;
    if (std::filesystem::exists(to, error)) continue;
    std::filesystem::rename(path, to, error);
    if (!error) return to;
    return std::unexpected("cannot rename " + path + " to " + to + ": " + error.message());
  }
  return std::unexpected("too many old read models beside " + path + ": remove some");
}

// Whether the rows fit this log, and those that a projector reads at its start can be read.
std::expected<void, rows::OriginError> Check(Store& store, EventLog& log) {
  if (auto origin = rows::CheckOrigin(store, log); !origin) return origin;
  Directory directory;
  auto loaded = directory.Load(store);
  if (loaded) loaded = RoomCache(store).LoadPending();
  if (!loaded) return std::unexpected(rows::OriginError{.what = loaded.error()});
  return {};
}

}  // namespace

std::expected<ReadModels, std::string> OpenReadModels(const std::string& path, EventLog& log) {
  bool damaged = false;
  auto store = RocksDbStore::Open(path, &damaged);
  if (!store && !damaged) return std::unexpected(store.error());
  const std::expected<void, rows::OriginError> checked =
      store ? Check(**store, log) : std::unexpected(rows::OriginError{.what = store.error()});
  if (checked) return ReadModels{.store = std::move(*store), .set_aside = {}};
  if (checked.error().log_away) return std::unexpected(checked.error().what);
  if (store) store->reset();
  auto aside = SetAside(path);
  if (!aside) return std::unexpected(aside.error());
  store = RocksDbStore::Open(path);
  if (!store) return std::unexpected(store.error());
  return ReadModels{.store = std::move(*store),
                    .set_aside = checked.error().what + "; they are now in " + *aside};
}

std::expected<std::vector<RoomId>, std::string> ListRooms(Store& store) {
  std::vector<RoomId> rooms;
  auto scanned = store.Scan(rows::kState, [&](std::string_view key, std::string_view) {
    std::optional<RoomId> room = rows::RoomIn(rows::kState, key);
    if (room && (rooms.empty() || rooms.back() != *room)) rooms.push_back(*room);
    return true;
  });
  if (!scanned) return std::unexpected(scanned.error());
  return rooms;
}

}  // namespace plenum
