#include "schema/event_shape.h"

#include <algorithm>
#include <array>

namespace plenum {
namespace {

constexpr size_t kTypes = std::variant_size_v<Payload>;

// In the order of Payload.
constexpr std::array<EventShape, kTypes> kShapes = {{
    {.type = "org.plenum.room.created.v1"},
    {.type = "org.plenum.activity.added.v1"},
    {.type = "org.plenum.doors.set.v1"},
    {.type = "org.plenum.participant.joined.v1", .person = true},
    {.type = "org.plenum.link.revoked.v1"},
    {.type = "org.plenum.links.revoked.v1"},
    {.type = "org.plenum.activity.advanced.v1", .activity = true},
    {.type = "org.plenum.activity.restarted.v1", .activity = true},
    {.type = "org.plenum.activity.extended.v1", .activity = true},
    {.type = "org.plenum.timer.fired.v1", .activity = true, .generation = true},
    {.type = "org.plenum.item.added.v1", .activity = true, .generation = true, .person = true},
    {.type = "org.plenum.items.merged.v1", .activity = true},
    {.type = "org.plenum.items.unmerged.v1", .activity = true},
    {.type = "org.plenum.ballot.cast.v1",
     .activity = true,
     .generation = true,
     .person = true,
     .seq = true},
    {.type = "org.plenum.card.passed.v1",
     .activity = true,
     .generation = true,
     .person = true,
     .seq = true},
    {.type = "org.plenum.presence.here.v1", .activity = true, .generation = true, .person = true},
    {.type = "org.plenum.presence.away.v1", .activity = true, .generation = true, .person = true},
    {.type = "org.plenum.result.seen-early.v1", .activity = true},
    {.type = "org.plenum.result.recorded.v1", .activity = true, .generation = true},
    {.type = "org.plenum.room.claimed.v1", .directory = true},
    {.type = "org.plenum.code.pointed.v1", .directory = true},
}};

}  // namespace

const EventShape& ShapeOf(size_t payload_index) { return kShapes[payload_index]; }

std::optional<size_t> FindEventType(std::string_view type) {
  const auto shape = std::ranges::find(kShapes, type, &EventShape::type);
  if (shape == kShapes.end()) return std::nullopt;
  return static_cast<size_t>(shape - kShapes.begin());
}

}  // namespace plenum
