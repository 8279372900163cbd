#include "projector/directory.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "projector/store_rows.h"

namespace plenum {
namespace {

constexpr size_t kCodeDigits = 6;
constexpr size_t kRoomBytes = 16;

Outcome Refused(Reason reason, uint64_t index) {
  return {.code = OutcomeCode::kRefused, .reason = reason, .index = index};
}

RoomId RoomAt(std::string_view bytes, size_t at) {
  RoomId room;
  std::memcpy(room.bytes.data(), bytes.data() + at, kRoomBytes);
  return room;
}

}  // namespace

bool IsJoinCode(std::string_view code) {
  return code.size() == kCodeDigits &&
         std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

Outcome Directory::Apply(const Event& event, uint64_t index) {
  if (const auto* claim = std::get_if<RoomClaimed>(&event.payload)) {
    return Claim(*claim, index);
  }
  if (const auto* point = std::get_if<CodePointed>(&event.payload)) {
    return Point(*point, event.room, index);
  }
  return Refused(Reason::kWrongRoom, index);
}

Outcome Directory::Claim(const RoomClaimed& claim, uint64_t index) {
  if (!IsJoinCode(claim.code)) return {.code = OutcomeCode::kMalformed, .index = index};
  auto [it, is_new] = codes_.try_emplace(claim.code);
  if (!is_new) {
    if (it->second.claimed_by != claim.room) return Refused(Reason::kNumberTaken, index);
    return {.code = OutcomeCode::kIgnored, .index = index};
  }
  it->second = {.claimed_by = claim.room, .opens = claim.room, .since = index};
  Open(it->first, it->second);
  return {.code = OutcomeCode::kAccepted, .index = index};
}

Outcome Directory::Point(const CodePointed& point, const RoomId& by, uint64_t index) {
  auto it = codes_.find(point.code);
  if (it == codes_.end()) return Refused(Reason::kNoRoom, index);
  Owner& owner = it->second;
  if (owner.claimed_by != by) return Refused(Reason::kWrongRoom, index);
  if (owner.opens == point.room) return {.code = OutcomeCode::kIgnored, .index = index};
  opened_by_[owner.opens].erase({owner.since, it->first});
  owner.opens = point.room;
  owner.since = index;
  Open(it->first, owner);
  return {.code = OutcomeCode::kAccepted, .index = index};
}

void Directory::Open(const std::string& code, const Owner& owner) {
  opened_by_[owner.opens].insert({owner.since, code});
  std::string value(owner.claimed_by.View());
  value += owner.opens.View();
  value += rows::U64(owner.since);
  changes_.push_back({code, std::move(value)});
}

std::optional<RoomId> Directory::RoomOf(std::string_view code) const {
  auto it = codes_.find(code);
  if (it == codes_.end()) return std::nullopt;
  return it->second.opens;
}

std::optional<std::string> Directory::CodeOf(const RoomId& room) const {
  auto it = opened_by_.find(room);
  if (it == opened_by_.end() || it->second.empty()) return std::nullopt;
  return it->second.rbegin()->second;
}

bool Directory::IsFree(std::string_view code) const {
  return IsJoinCode(code) && !codes_.contains(code);
}

std::vector<StoreChange> Directory::TakeChanges() { return std::exchange(changes_, {}); }

std::expected<void, std::string> Directory::Load(Store& store) {
  std::expected<void, std::string> row;
  auto scanned = store.Scan(rows::kDirectory, [&](std::string_view key, std::string_view value) {
    row = LoadRow(key.substr(rows::kDirectory.size()), value);
    return row.has_value();
  });
  return scanned ? row : scanned;
}

std::expected<void, std::string> Directory::LoadRow(std::string_view key, std::string_view value) {
  std::optional<uint64_t> since;
  if (value.size() == 2 * kRoomBytes + 8) since = rows::ReadU64(value.substr(2 * kRoomBytes));
  if (!since || !IsJoinCode(key)) {
    return std::unexpected("a row of the directory cannot be read");
  }
  Owner owner{.claimed_by = RoomAt(value, 0), .opens = RoomAt(value, kRoomBytes), .since = *since};
  opened_by_[owner.opens].insert({owner.since, std::string(key)});
  codes_.insert_or_assign(std::string(key), owner);
  return {};
}

}  // namespace plenum
