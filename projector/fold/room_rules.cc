// The room: its beginning, its run sheet, its doors and its links.
#include <algorithm>

#include "projector/fold/context.h"
#include "schema/limits.h"

namespace plenum {

Outcome FoldRoomCreated(FoldContext& context, const RoomCreated& created) {
  RoomState& state = context.state;
  // Only ever its first entry: a room of other rules does not become one of ours later.
  if (context.index != 0) return Refused(Reason::kRoomExists);
  if (created.rules != kRules) return Refused(Reason::kUnknownRules);
  state.created = true;
  state.rules = created.rules;
  state.title = created.title;
  state.languages = created.languages;
  state.expected_people = created.expected_people;
  context.rows.Touch(row_key::Room());
  return Accepted();
}

Outcome FoldActivityAdded(FoldContext& context, const ActivityAdded& added) {
  RoomState& state = context.state;
  const ActivityId& id = added.spec.id;
  if (state.activities.contains(id)) return Refused(Reason::kActivityExists);
  if (state.order.size() >= limits::kActivities) return Refused(Reason::kTooManyItems);
  auto place = state.order.end();
  if (!added.before.empty()) {
    place = std::ranges::find(state.order, added.before);
    if (place == state.order.end()) return Refused(Reason::kUnknownActivity);
  }
  state.order.insert(place, id);
  Activity& activity = state.activities[id];
  activity.spec = added.spec;
  context.rows.Touch(row_key::Order());
  context.rows.Touch(row_key::Spec(id));
  ResetItems(context, activity);
  return Accepted();
}

Outcome FoldDoorsSet(FoldContext& context, const DoorsSet& doors) {
  context.state.doors_locked = doors.locked;
  context.state.expected_people = doors.expected_people;
  context.rows.Touch(row_key::Room());
  return Accepted();
}

Outcome FoldJoined(FoldContext& context) {
  RoomState& state = context.state;
  if (context.event.series != "room") return Refused(Reason::kWrongSeries);
  if (auto it = state.joined.find(context.person()); it != state.joined.end()) {
    return Answer(OutcomeCode::kDuplicate, it->second);
  }
  if (state.doors_locked) return Refused(Reason::kDoorsLocked);
  state.joined[context.person()] = context.index;
  context.rows.Touch(row_key::Joined(context.person()));
  return Accepted();
}

Outcome FoldLinkRevoked(FoldContext& context, const LinkRevoked& revoked) {
  if (!context.state.revoked.insert(revoked.token).second) return Ignored();
  context.rows.Touch(row_key::Revoked(revoked.token));
  return Accepted();
}

Outcome FoldLinksRevoked(FoldContext& context) {
  ++context.state.epoch;
  context.rows.Touch(row_key::Room());
  return Accepted();
}

}  // namespace plenum
