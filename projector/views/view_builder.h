// Views: what the screens of a room show, as JSON, from its state and the texts of the vault.
// The server's blindness is here: before the reveal no view holds a total, a ranking or a
// distribution. Shapes: schema/json-schema/view.json.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "projector/fold/state.h"
#include "schema/ids.h"

namespace plenum {

// Texts and keys that are not in the log.
class TextSource {
 public:
  virtual ~TextSource() = default;
  // The text of a contribution; nullopt when it was erased, or has not come from another node yet.
  virtual std::optional<std::string> TextOf(const RoomId& room, const Item& item) = 0;
  // The room's key, by which participants become persons; empty when it was destroyed.
  virtual std::string RoomKey(const RoomId& room) = 0;
  // As Vault::Revision.
  virtual uint64_t Revision() const { return 0; }
};

class RoomGroups;

struct ViewContext {
  const RoomId& room;
  const RoomState& state;
  std::string_view code;  // the join code; empty for none
  TextSource& texts;
  const RoomGroups* groups = nullptr;  // null: no result is shown by group
};

std::string BuildStageView(const ViewContext& context);
// The stage as it would be if this activity were the current one: in the phase that it is in, and
// as blind.
std::string BuildActivityView(const ViewContext& context, const ActivityId& activity);
std::string BuildConsoleView(const ViewContext& context);
std::string BuildPersonView(const ViewContext& context, const ParticipantId& participant);

// The totals of one activity with titles, for an early look.
std::string BuildResult(const ViewContext& context, const Activity& activity);

}  // namespace plenum
