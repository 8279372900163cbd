// The directory: which room a join code opens now. Folded from partition 0 by every node.
// The first claim of a code has it; whoever has a code may point it at another room.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projector/store.h"
#include "schema/event.h"
#include "schema/outcome.h"

namespace plenum {

bool IsJoinCode(std::string_view code);  // six digits

class Directory {
 public:
  struct Owner {
    RoomId claimed_by;  // the room that claimed the code
    RoomId opens;       // the room that it opens now
  };

  Outcome Apply(const Event& event, uint64_t index);
  std::optional<RoomId> RoomOf(std::string_view code) const;
  std::optional<std::string> CodeOf(const RoomId& room) const;
  bool IsFree(std::string_view code) const;
  const std::map<std::string, Owner, std::less<>>& codes() const { return codes_; }

  std::vector<StoreChange> TakeChanges();  // keys without the "d/"
  std::expected<void, std::string> LoadRow(std::string_view key, std::string_view value);

 private:
  std::map<std::string, Owner, std::less<>> codes_;
  std::vector<StoreChange> changes_;
};

}  // namespace plenum
