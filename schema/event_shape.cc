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
    {.type = "org.plenum.activity.changed.v1", .activity = true},
    {.type = "org.plenum.activity.moved.v1", .activity = true},
    {.type = "org.plenum.activity.skipped.v1", .activity = true},
    {.type = "org.plenum.control.taken.v1"},
    {.type = "org.plenum.screens.blanked.v1"},
    {.type = "org.plenum.doors.set.v1"},
    {.type = "org.plenum.participant.joined.v1", .person = true},
    {.type = "org.plenum.link.made.v1"},
    {.type = "org.plenum.link.revoked.v1"},
    {.type = "org.plenum.links.revoked.v1"},
    {.type = "org.plenum.activity.advanced.v1", .activity = true},
    {.type = "org.plenum.activity.restarted.v1", .activity = true},
    {.type = "org.plenum.activity.extended.v1", .activity = true},
    {.type = "org.plenum.result.told.v1", .activity = true},
    {.type = "org.plenum.timer.fired.v1", .activity = true, .generation = true},
    {.type = "org.plenum.item.added.v1", .activity = true, .generation = true, .person = true},
    {.type = "org.plenum.item.reworded.v1", .activity = true},
    {.type = "org.plenum.item.moderated.v1", .activity = true},
    {.type = "org.plenum.author.held.v1", .activity = true},
    {.type = "org.plenum.item.withdrawn.v1", .activity = true, .person = true},
    {.type = "org.plenum.item.erased.v1", .activity = true},
    {.type = "org.plenum.item.marked.v1", .activity = true},
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
    {.type = "org.plenum.tables.set.v1", .activity = true, .generation = true},
    {.type = "org.plenum.seats.planned.v1", .activity = true, .generation = true},
    {.type = "org.plenum.table.visited.v1", .activity = true, .generation = true, .person = true},
    {.type = "org.plenum.table.hosted.v1", .activity = true, .generation = true, .person = true},
    {.type = "org.plenum.group.told.v1", .activity = true, .person = true},
    {.type = "org.plenum.organiser.told.v1", .person = true},
    {.type = "org.plenum.organiser.heard.v1"},
    {.type = "org.plenum.record.redacted.v1", .activity = true},
    {.type = "org.plenum.record.approved.v1"},
    {.type = "org.plenum.record.published.v1"},
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
