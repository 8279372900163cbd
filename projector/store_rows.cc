#include "projector/store_rows.h"

#include <cstring>
#include <thread>

#include "projector/projector.h"
#include "schema/hash.h"

namespace plenum::rows {
namespace {

constexpr size_t kRoomBytes = 16;
constexpr std::chrono::milliseconds kAskAgain{100};

std::string U32(uint32_t n) {
  std::string bytes(4, '\0');
  for (int i = 3; i >= 0; --i, n >>= 8) bytes[i] = static_cast<char>(n & 0xff);
  return bytes;
}

std::unexpected<std::string> Unreadable(std::string_view row) {
  return std::unexpected("the read models' row " + std::string(row) + " cannot be read");
}

std::expected<void, std::string> CheckVersion(Store& store, EventLog& log) {
  auto stored = store.Get(kVersion);
  if (!stored) return std::unexpected(stored.error());
  const std::string mine = U32(kFoldVersion) + log.LogId();
  if (!stored->has_value()) {
    bool empty = true;
    auto scanned =
        store.Scan("", [&](std::string_view, std::string_view) { return empty = false; });
    if (!scanned) return scanned;
    if (!empty) return std::unexpected("there are rows, but not what they were made from");
    return store.Commit({{std::string(kVersion), mine}});
  }
  const std::string& theirs = **stored;
  if (theirs == mine) return {};
  if (theirs.size() < 4) return Unreadable(kVersion);
  if (theirs.substr(0, 4) != mine.substr(0, 4)) {
    return std::unexpected("the read models were made by another version of the fold");
  }
  return std::unexpected("the read models were made from another log");
}

// A node that starts while the log's servers change their leader must not give up, nor doubt its
// rows.
std::expected<std::vector<LogEntry>, LogError> ReadWaiting(EventLog& log, Partition partition,
                                                           uint64_t offset) {
  const auto until = std::chrono::steady_clock::now() + kOriginWait;
  while (true) {
    auto entries = log.Read(partition, offset, 1);
    if (entries || entries.error() != LogError::kAway) return entries;
    if (std::chrono::steady_clock::now() >= until) return entries;
    std::this_thread::sleep_for(kAskAgain);
  }
}

std::unexpected<OriginError> Wrong(std::string what) {
  return std::unexpected(OriginError{.what = std::move(what)});
}

std::expected<void, OriginError> CheckPosition(Store& store, EventLog& log, Partition partition) {
  auto position = ReadPosition(store, partition);
  if (!position) return Wrong(position.error());
  if (position->next == 0) return {};
  const uint64_t end = log.End(partition);
  if (position->next > end) {
    return Wrong("the read models were made from " + std::to_string(position->next) +
                 " entries, but the log's partition " + std::to_string(partition) + " has only " +
                 std::to_string(end));
  }
  auto before = ReadWaiting(log, partition, position->next - 1);
  if (!before) {
    return std::unexpected(
        OriginError{.what = "the log cannot be read: " + std::string(LogErrorText(before.error())),
                    .log_away = before.error() == LogError::kAway});
  }
  if (before->empty() || HashOf(before->front().bytes) != position->before) {
    return Wrong("the log's entry " + std::to_string(position->next - 1) + " of partition " +
                 std::to_string(partition) + " is not the one that the read models were made from");
  }
  return {};
}

}  // namespace

std::string U64(uint64_t n) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, n >>= 8) bytes[i] = static_cast<char>(n & 0xff);
  return bytes;
}

std::optional<uint64_t> ReadU64(std::string_view bytes) {
  if (bytes.size() != 8) return std::nullopt;
  uint64_t n = 0;
  for (char c : bytes) n = n << 8 | static_cast<uint8_t>(c);
  return n;
}

std::string Next(Partition partition) { return "m/next" + U32(partition); }

std::string OfRoom(std::string_view prefix, const RoomId& room) {
  std::string key(prefix);
  key += room.View();
  return key;
}

std::string IndexOf(const RoomId& room, uint64_t index) {
  return OfRoom(kIndex, room) + U64(index);
}

std::optional<RoomId> RoomIn(std::string_view prefix, std::string_view key) {
  if (!key.starts_with(prefix) || key.size() < prefix.size() + kRoomBytes) return std::nullopt;
  RoomId room;
  std::memcpy(room.bytes.data(), key.data() + prefix.size(), kRoomBytes);
  return room;
}

StoreChange PutPosition(Partition partition, const Position& position) {
  return {Next(partition), U64(position.next) + std::string(position.before.View())};
}

std::expected<Position, std::string> ReadPosition(Store& store, Partition partition) {
  auto row = store.Get(Next(partition));
  if (!row) return std::unexpected(row.error());
  Position position;
  if (!row->has_value()) return position;
  const std::string_view value = **row;
  std::optional<uint64_t> next = ReadU64(value.substr(0, 8));
  if (!next || value.size() != 8 + position.before.bytes.size()) return Unreadable("m/next");
  position.next = *next;
  std::memcpy(position.before.bytes.data(), value.data() + 8, position.before.bytes.size());
  return position;
}

std::expected<void, OriginError> CheckOrigin(Store& store, EventLog& log) {
  auto broken = store.Get(kBroken);
  if (!broken) return Wrong(broken.error());
  if (broken->has_value()) return Wrong(**broken);
  if (auto version = CheckVersion(store, log); !version) return Wrong(version.error());
  for (Partition partition : log.Partitions()) {
    if (auto position = CheckPosition(store, log, partition); !position) return position;
  }
  return {};
}

}  // namespace plenum::rows
