// What others ask a projector: where a room stands, what it knows of it, its entries.
#include <span>
#include <utility>

#include "projector/projector_impl.h"
#include "schema/json.h"

namespace plenum {
namespace {

template <class T>
bool ReadHex(const json::Value& value, std::string_view key, T* out) {
  const json::Value* member = value.Find(key);
  const std::string* hex = member == nullptr ? nullptr : member->AsString();
  std::optional<T> id = hex == nullptr ? std::nullopt : T::FromHex(*hex);
  if (id) *out = *id;
  return id.has_value();
}

template <class T>
bool ReadNumber(const json::Value& value, std::string_view key, T* out) {
  const json::Value* member = value.Find(key);
  const int64_t* number = member == nullptr ? nullptr : member->AsInt();
  if (number == nullptr || !std::in_range<T>(*number)) return false;
  *out = static_cast<T>(*number);
  return true;
}

// Offsets of the room's entries from index `from` on, as far as there are any.
std::expected<std::vector<uint64_t>, std::string> ReadOffsets(Store& store, const RoomId& room,
                                                              uint64_t from, size_t max) {
  std::vector<uint64_t> offsets;
  while (offsets.size() < max) {
    auto row = store.Get(rows::IndexOf(room, from + offsets.size()));
    if (!row) return std::unexpected(row.error());
    if (!row->has_value()) break;
    std::optional<uint64_t> offset = rows::ReadU64(**row);
    if (!offset) return std::unexpected("an offset of room " + room.Hex() + " cannot be read");
    offsets.push_back(*offset);
  }
  return offsets;
}

// How many entries of the log to read at once for the first of these offsets and those near it:
// looking for an entry costs more than passing over some.
size_t StretchOf(std::span<const uint64_t> offsets) {
  constexpr uint64_t kPassedOver = 64;
  uint64_t last = offsets.front();
  for (uint64_t offset : offsets.subspan(1)) {
    if (offset > last + kPassedOver || offset - offsets.front() >= limits::kReadEvents) break;
    last = offset;
  }
  return last - offsets.front() + 1;
}

}  // namespace

std::string EncodeStatus(const RoomStatus& status) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("room").String(status.room.Hex());
  writer.Key("index").Int(static_cast<int64_t>(status.index));
  writer.Key("root").String(status.root.Hex());
  writer.Key("state").String(status.state.Hex());
  writer.Key("rules").Int(status.rules);
  writer.EndObject();
  return writer.Take();
}

std::expected<RoomStatus, std::string> ParseStatus(std::string_view text) {
  auto value = json::Parse(text);
  if (!value) return std::unexpected(value.error().what);
  RoomStatus status;
  if (!ReadHex(*value, "room", &status.room) || !ReadNumber(*value, "index", &status.index) ||
      !ReadHex(*value, "root", &status.root) || !ReadHex(*value, "state", &status.state) ||
      !ReadNumber(*value, "rules", &status.rules)) {
    return std::unexpected("it must have room, index, root, state and rules");
  }
  return status;
}

// As it stands now: a facilitator may have added, changed and moved activities.
static RunSheet SheetOf(const RoomState& state) {
  RunSheet sheet;
  sheet.title = state.title;
  sheet.languages = state.languages;
  sheet.groups = state.groups;
  sheet.privacy = state.privacy;
  for (const ActivityId& id : state.order) {
    if (const Activity* activity = state.Find(id)) sheet.activities.push_back(activity->spec);
  }
  return sheet;
}

std::shared_ptr<const RoomInfo> MakeRoomInfo(Room& room) {
  const RoomState& state = room.state();
  auto info = std::make_shared<RoomInfo>();
  info->room = room.id();
  info->version = room.size();
  info->title = state.title;
  info->languages = state.languages;
  info->notice = std::make_shared<const PrivacyNotice>(MakeNotice(SheetOf(state)));
  for (const auto& [id, activity] : state.activities) {
    info->series[id] = activity.spec.Series();
    if (activity.spec.collect) info->collects[id] = *activity.spec.collect;
  }
  for (const Option& group : state.groups) info->groups.insert(group.id);
  info->epoch = state.epoch;
  info->revoked = state.revoked;
  info->doors_locked = state.doors_locked;
  info->root = room.Root();
  return info;
}

void Projector::Distrust(std::string why) { (void)impl_->Break(std::move(why)); }

RoomStatus StatusOf(Room& room) {
  return {.room = room.id(),
          .index = room.size(),
          .root = room.Root(),
          .state = room.StateDigest(),
          .rules = room.state().rules};
}

std::optional<RoomStatus> Projector::Status(const RoomId& room) {
  Room* found = impl_->Find(room);
  impl_->TellLoaded();
  if (found == nullptr) return std::nullopt;
  return StatusOf(*found);
}

std::expected<std::vector<std::string>, std::string> Projector::ReadRoom(const RoomId& room,
                                                                         uint64_t from,
                                                                         size_t max) {
  auto offsets = ReadOffsets(impl_->store, room, from, max);
  if (!offsets) return std::unexpected(offsets.error());
  std::vector<std::string> entries;
  entries.reserve(offsets->size());
  const Partition partition = impl_->log.PartitionOf(room);
  while (entries.size() < offsets->size()) {
    const std::span<const uint64_t> rest = std::span(*offsets).subspan(entries.size());
    auto read = impl_->log.Read(partition, rest.front(), StretchOf(rest));
    if (!read) return std::unexpected(std::string(LogErrorText(read.error())));
    const size_t before = entries.size();
    for (LogEntry& entry : *read) {
      if (entries.size() == offsets->size()) break;
      if (entry.offset == (*offsets)[entries.size()]) entries.push_back(std::move(entry.bytes));
    }
    if (entries.size() == before)
      return std::unexpected("the log ends before the room's last entry");
  }
  return entries;
}

}  // namespace plenum
