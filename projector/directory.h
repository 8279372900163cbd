// The directory: which room a join code opens now. Folded from partition 0 by every node.
// The first claim of a code has it; whoever has a code may point it at another room.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projector/store.h"
#include "schema/event.h"
#include "schema/outcome.h"

namespace plenum {

bool IsJoinCode(std::string_view code);  // six digits

class Directory {
 public:
  struct Owner {
    RoomId claimed_by;   // the room that claimed the code
    RoomId opens;        // the room that it opens now
    uint64_t since = 0;  // index in the directory's log of the event that made it so
  };

  // What was claimed or pointed; `index` is the event's offset in the directory's partition.
  // Refused with number-taken: somebody has the code; with wrong-room: it is not the owner's event.
  Outcome Apply(const Event& event, uint64_t index);
  std::optional<RoomId> RoomOf(std::string_view code) const;
  // If several codes open a room, the one that was pointed at it last.
  std::optional<std::string> CodeOf(const RoomId& room) const;
  bool IsFree(std::string_view code) const;
  const std::map<std::string, Owner, std::less<>>& codes() const { return codes_; }

  std::vector<StoreChange> TakeChanges();  // keys without the "d/"
  // All rows of a store.
  std::expected<void, std::string> Load(Store& store);
  std::expected<void, std::string> LoadRow(std::string_view key, std::string_view value);

 private:
  Outcome Claim(const RoomClaimed& claim, uint64_t index);
  Outcome Point(const CodePointed& point, const RoomId& by, uint64_t index);
  void Open(const std::string& code, const Owner& owner);

  std::map<std::string, Owner, std::less<>> codes_;
  std::map<RoomId, std::set<std::pair<uint64_t, std::string>>> opened_by_;  // (since, code)
  std::vector<StoreChange> changes_;
};

}  // namespace plenum
