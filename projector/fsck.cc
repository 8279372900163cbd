#include "projector/fsck.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <utility>

#include "projector/read_models.h"
#include "projector/replay.h"
#include "projector/room_cache.h"
#include "projector/store_rows.h"
#include "schema/json.h"

namespace plenum {
namespace {

// Folds the log into `fresh` up to where `kept` stands.
std::expected<uint64_t, std::string> Rebuild(Store& kept, EventLog& log, Store& fresh,
                                             const FsckProgress& progress) {
  NoSink sink;
  NoTexts texts;
  Projector projector(log, fresh, texts, sink);
  if (auto started = projector.Start(); !started) return std::unexpected(started.error());
  std::vector<uint64_t> ends;
  uint64_t all = 0;
  for (Partition partition : log.Partitions()) {
    auto position = rows::ReadPosition(kept, partition);
    if (!position) return std::unexpected(position.error());
    ends.push_back(position->next);
    all += position->next;
  }
  uint64_t folded = 0;
  for (Partition partition : log.Partitions()) {
    while (projector.Next(partition) < ends[partition]) {
      const uint64_t next = projector.Next(partition);
      const uint64_t most = std::min<uint64_t>(limits::kReadEvents, ends[partition] - next);
      auto entries = log.Read(partition, next, most);
      if (!entries) return std::unexpected(std::string(LogErrorText(entries.error())));
      if (entries->empty()) return std::unexpected("the log ends before the read models do");
      if (auto applied = projector.Apply(partition, *entries); !applied) {
        return std::unexpected(applied.error());
      }
      folded += entries->size();
      if (progress) progress(folded, all);
    }
  }
  return folded;
}

std::expected<RoomStatus, std::string> StatusIn(Store& store, const RoomId& id) {
  RoomCache rooms(store);
  auto room = rooms.Find(id);
  if (!room) return std::unexpected(room.error());
  RoomStatus status{.room = id, .index = 0, .root = {}, .state = {}, .rules = 0};
  if (*room == nullptr) return status;
  status.index = (*room)->size();
  status.root = (*room)->Root();
  status.state = (*room)->StateDigest();
  status.rules = (*room)->state().rules;
  return status;
}

// Says which rows with the prefix are not the same in both.
std::expected<void, std::string> CompareRows(Store& kept, Store& fresh, std::string_view prefix,
                                             const std::string& what, FsckReport& report) {
  const auto read = [&](Store& store) {
    std::vector<std::pair<std::string, std::string>> all;
    auto scanned = store.Scan(prefix, [&](std::string_view key, std::string_view value) {
      all.emplace_back(key, value);
      return true;
    });
    return scanned ? std::expected<decltype(all), std::string>(std::move(all))
                   : std::unexpected(scanned.error());
  };
  auto old_rows = read(kept);
  if (!old_rows) return std::unexpected(old_rows.error());
  auto new_rows = read(fresh);
  if (!new_rows) return std::unexpected(new_rows.error());
  if (*old_rows == *new_rows) return {};
  std::set<std::pair<std::string, std::string>> odd;
  std::ranges::set_symmetric_difference(*old_rows, *new_rows, std::inserter(odd, odd.end()));
  report.differences.push_back(what + ": " + std::to_string(odd.size()) +
                               " rows are not what the log gives");
  return {};
}

std::expected<void, std::string> CompareRoom(Store& kept, Store& fresh, const RoomId& id,
                                             FsckReport& report) {
  const std::string name = "room " + id.Hex();
  auto rebuilt = StatusIn(fresh, id);
  if (!rebuilt) return std::unexpected(rebuilt.error());
  auto old = StatusIn(kept, id);
  if (!old) {
    report.differences.push_back(old.error());
    old = RoomStatus{.room = id, .index = 0, .root = {}, .state = {}, .rules = 0};
  }
  report.rooms.push_back({.kept = *old, .rebuilt = *rebuilt});
  if (!report.rooms.back().Agrees()) {
    report.differences.push_back(name + ": kept " + EncodeStatus(*old) + ", the log gives " +
                                 EncodeStatus(*rebuilt));
  }
  for (std::string_view prefix : {rows::kState, rows::kIndex, rows::kPending}) {
    auto compared = CompareRows(kept, fresh, rows::OfRoom(prefix, id), name, report);
    if (!compared) return compared;
  }
  return {};
}

}  // namespace

std::expected<FsckReport, std::string> Fsck(Store& kept, EventLog& log, Store& fresh,
                                            const FsckProgress& progress) {
  FsckReport report;
  if (auto origin = rows::CheckOrigin(kept, log); !origin) {
    if (origin.error().log_away) return std::unexpected(origin.error().what);
    report.differences.push_back(origin.error().what);
    return report;
  }
  auto folded = Rebuild(kept, log, fresh, progress);
  if (!folded) return std::unexpected(folded.error());
  report.entries = *folded;
  std::set<RoomId> all;
  for (Store* store : {&kept, &fresh}) {
    auto rooms = ListRooms(*store);
    if (!rooms) return std::unexpected(rooms.error());
    all.insert(rooms->begin(), rooms->end());
  }
  for (const RoomId& id : all) {
    if (auto compared = CompareRoom(kept, fresh, id, report); !compared) {
      return std::unexpected(compared.error());
    }
  }
  auto directory = CompareRows(kept, fresh, rows::kDirectory, "the directory", report);
  if (!directory) return std::unexpected(directory.error());
  auto positions = CompareRows(kept, fresh, "m/next", "the positions", report);
  if (!positions) return std::unexpected(positions.error());
  return report;
}

std::expected<FsckReport, std::string> FsckFolder(const std::string& path, EventLog& log,
                                                  const FsckProgress& progress) {
  auto kept = RocksDbStore::Open(path);
  if (!kept) return std::unexpected(kept.error());
  const std::string beside = path + ".fsck";
  std::error_code error;
  std::filesystem::remove_all(beside, error);  // of an fsck that was interrupted
  auto fresh = RocksDbStore::Open(beside);
  if (!fresh) return std::unexpected(fresh.error());
  auto report = Fsck(**kept, log, **fresh, progress);
  fresh->reset();
  std::filesystem::remove_all(beside, error);
  return report;
}

std::string DescribeFsck(const FsckReport& report) {
  std::string text;
  for (const FsckRoom& room : report.rooms) {
    text += "room " + room.rebuilt.room.Hex() + ": " + std::to_string(room.rebuilt.index) +
            " entries, root " + room.rebuilt.root.Hex() + ", state " + room.rebuilt.state.Hex() +
            (room.Agrees() ? "\n" : " DIFFERS\n");
  }
  for (const std::string& difference : report.differences) text += "DIFFERS: " + difference + "\n";
  return text + std::to_string(report.entries) + " entries folded again, " +
         std::to_string(report.rooms.size()) +
         " rooms compared: " + (report.Agrees() ? "all agree\n" : "they differ\n");
}

std::string EncodeFsck(const FsckReport& report) {
  json::Writer writer;
  writer.BeginObject().Key("agrees").Bool(report.Agrees());
  writer.Key("entries").Int(static_cast<int64_t>(report.entries));
  writer.Key("rooms").BeginArray();
  for (const FsckRoom& room : report.rooms) {
    writer.BeginObject().Key("kept").Raw(EncodeStatus(room.kept));
    writer.Key("rebuilt").Raw(EncodeStatus(room.rebuilt)).EndObject();
  }
  writer.EndArray().Key("differences").BeginArray();
  for (const std::string& difference : report.differences) writer.String(difference);
  writer.EndArray().EndObject();
  return writer.Take();
}

}  // namespace plenum
