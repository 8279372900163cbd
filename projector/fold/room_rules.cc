// The room: its beginning, its run sheet, its doors and its links.
#include <algorithm>

#include "projector/fold/context.h"
#include "schema/limits.h"

namespace plenum {

Outcome FoldRoomCreated(FoldContext& context, const RoomCreated& created) {
  RoomState& state = context.state;
  // Only ever its first entry: a room of other rules does not become one of ours later.
  if (context.index != 0) return Refused(Reason::kRoomExists);
  if (created.rules < kOldestRules || created.rules > kRules) return Refused(Reason::kUnknownRules);
  state.created = true;
  state.rules = created.rules;
  state.title = created.title;
  state.languages = created.languages;
  state.expected_people = created.expected_people;
  state.groups = created.groups;
  state.privacy = created.privacy;
  state.join = created.join;
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

Outcome FoldActivityChanged(FoldContext& context, const ActivityChanged& changed) {
  Activity& activity = context.activity();
  if (changed.spec.id != context.event.activity) return Refused(Reason::kUnknownActivity);
  // Ballots name a series and options; they would mean something else after.
  if (activity.stage.generation != 0) return Refused(Reason::kAlreadyOpened);
  if (changed.spec == activity.spec) return Ignored();
  activity.spec = changed.spec;
  context.rows.Touch(row_key::Spec(changed.spec.id));
  ResetItems(context, activity);
  return Accepted();
}

Outcome FoldActivityMoved(FoldContext& context, const ActivityMoved& moved) {
  std::vector<ActivityId>& order = context.state.order;
  const ActivityId& id = context.event.activity;
  if (!moved.before.empty() && std::ranges::find(order, moved.before) == order.end()) {
    return Refused(Reason::kUnknownActivity);
  }
  const std::vector<ActivityId> before = order;
  if (moved.before != id) {
    std::erase(order, id);
    order.insert(moved.before.empty() ? order.end() : std::ranges::find(order, moved.before), id);
  }
  if (order == before) return Ignored();
  context.rows.Touch(row_key::Order());
  return Accepted();
}

Outcome FoldActivitySkipped(FoldContext& context, const ActivitySkipped& skipped) {
  Activity& activity = context.activity();
  if (activity.skipped == skipped.skipped) return Ignored();
  if (skipped.skipped && activity.stage.phase != Phase::kWaiting) {
    return Refused(Reason::kAlreadyOpened);
  }
  activity.skipped = skipped.skipped;
  context.TouchWhere();
  return Accepted();
}

Outcome FoldControlTaken(FoldContext& context) {
  const TokenId& token = context.event.actor.token;
  if (context.state.control == token) return Ignored();
  context.state.control = token;
  context.state.control_role = context.event.actor.role;
  context.rows.Touch(row_key::Room());
  return Accepted();
}

Outcome FoldScreensBlanked(FoldContext& context, const ScreensBlanked& blanked) {
  if (context.state.blank == blanked.blank) return Ignored();
  context.state.blank = blanked.blank;
  context.rows.Touch(row_key::Room());
  return Accepted();
}

Outcome FoldGroupTold(FoldContext& context, const GroupTold& told) {
  ToldGroup& group = context.state.groups_told[{context.event.series, context.person()}];
  const EventId& id = context.event.id;
  if (group.added_by == id) return Answer(OutcomeCode::kDuplicate, group.index);
  // A resend of what was told before must not bring it back.
  if (std::ranges::find(group.earlier, id) != group.earlier.end()) {
    return Answer(OutcomeCode::kSuperseded, group.index);
  }
  if (group.earlier.size() >= limits::kGroups) return Refused(Reason::kTooManyItems);
  if (!group.added_by.IsZero()) group.earlier.push_back(group.added_by);
  group.index = context.index;
  group.added_by = id;
  group.text = told.text;
  context.rows.Touch(row_key::ToldGroupOf(context.event.series, context.person()));
  return Accepted();
}

Outcome FoldOrganiserTold(FoldContext& context, const OrganiserTold& told) {
  RoomState& state = context.state;
  if (context.event.series != "room") return Refused(Reason::kWrongSeries);
  if (auto it = state.words.find(context.event.id); it != state.words.end()) {
    if (it->second.person != context.person()) return Refused(Reason::kNotPermitted);
    return Answer(OutcomeCode::kDuplicate, it->second.index);
  }
  uint32_t& told_before = state.words_by[context.person()];
  if (told_before >= limits::kWordsEach) return Refused(Reason::kTooManyItems);
  ++told_before;
  state.words[context.event.id] = {context.index, context.event.id, told.text, context.person(),
                                   false};
  context.rows.Touch(row_key::WordOf(context.event.id));
  return Accepted();
}

Outcome FoldOrganiserHeard(FoldContext& context, const OrganiserHeard& heard) {
  auto it = context.state.words.find(heard.told);
  if (it == context.state.words.end()) return Refused(Reason::kUnknownItem);
  if (it->second.heard) return Ignored();
  it->second.heard = true;
  context.rows.Touch(row_key::WordOf(heard.told));
  return Accepted();
}

Outcome FoldDoorsSet(FoldContext& context, const DoorsSet& doors) {
  context.state.doors_locked = doors.locked;
  context.state.expected_people = doors.expected_people;
  context.rows.Touch(row_key::Room());
  return Accepted();
}

namespace {

void AddDevice(FoldContext& context, const TokenId& device) {
  context.state.devices[context.person()].push_back(device);
  context.rows.Touch(row_key::DevicesOf(context.person()));
}

// Who has joined comes again: with the phone that they have, with one that they had, or with a new
// one, which is theirs from now on.
Outcome FoldDevice(FoldContext& context, const ParticipantJoined& joined, uint64_t index) {
  if (!joined.device) return Answer(OutcomeCode::kDuplicate, index);
  const auto known = context.state.devices.find(context.person());
  if (known != context.state.devices.end()) {
    const std::vector<TokenId>& devices = known->second;
    if (devices.back() == *joined.device) return Answer(OutcomeCode::kDuplicate, index);
    if (std::ranges::find(devices, *joined.device) != devices.end()) return Refused(Reason::kMoved);
    if (devices.size() >= limits::kDevices) return Refused(Reason::kTooManyItems);
  }
  AddDevice(context, *joined.device);
  return Accepted();
}

}  // namespace

Outcome FoldJoined(FoldContext& context, const ParticipantJoined& joined) {
  RoomState& state = context.state;
  if (context.event.series != "room") return Refused(Reason::kWrongSeries);
  const auto known = state.joined.find(context.person());
  if (known != state.joined.end()) return FoldDevice(context, joined, known->second);
  if (state.join == JoinBy::kCodes && !joined.device) return Refused(Reason::kCodeNeeded);
  if (state.doors_locked) return Refused(Reason::kDoorsLocked);
  state.joined[context.person()] = context.index;
  context.rows.Touch(row_key::Joined(context.person()));
  if (joined.device) AddDevice(context, *joined.device);
  return Accepted();
}

Outcome FoldLinkMade(FoldContext& context, const LinkMade& made) {
  std::map<TokenId, MadeLink>& links = context.state.links;
  if (links.contains(made.token)) return Ignored();
  if (links.size() >= limits::kLinks) return Refused(Reason::kTooManyItems);
  links[made.token] = {context.index, made.role, context.event.id, made.text};
  context.rows.Touch(row_key::MadeLinkOf(made.token));
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
