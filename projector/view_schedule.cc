#include "projector/view_schedule.h"

#include <algorithm>
#include <utility>

#include "schema/hash.h"

namespace plenum {

ViewSchedule::ViewSchedule(Sources sources, int interval_ms)
    : sources_(std::move(sources)), interval_ms_(interval_ms) {}

void ViewSchedule::Watch(const Watcher& watcher, TimeMs now) {
  Unwatch(watcher.connection);
  watchers_[watcher.connection] = watcher;
  Audience& audience = audiences_[watcher.room];
  if (watcher.stage) ++audience.stage.watchers;
  if (watcher.console) ++audience.console.watchers;
  if (!watcher.activity.empty()) ++audience.pinned[watcher.activity].watchers;
  if (watcher.participant) {
    ++audience.persons[*watcher.participant].watchers;
    if (auto id = PersonIn(watcher.room, audience, *watcher.participant)) {
      audience.by_person[*id] = *watcher.participant;
    }
  }
  const Room* room = sources_.find(watcher.room);
  if (room == nullptr) return;
  if (!audience.place) audience.place = PlaceOf(room->state());
  const uint64_t to = watcher.connection;
  if (watcher.stage) Show(*room, audience, {Topic::kStage}, audience.stage, to, now);
  if (watcher.console) Show(*room, audience, {Topic::kConsole}, audience.console, to, now);
  if (!watcher.activity.empty()) {
    Show(*room, audience, {Topic::kActivity, {}, watcher.activity},
         audience.pinned[watcher.activity], to, now);
  }
  if (watcher.participant) {
    Show(*room, audience, {Topic::kPerson, *watcher.participant},
         audience.persons[*watcher.participant], to, now);
  }
}

void ViewSchedule::Unwatch(uint64_t connection) {
  auto it = watchers_.find(connection);
  if (it == watchers_.end()) return;
  const Watcher watcher = std::move(it->second);
  watchers_.erase(it);
  Audience& audience = audiences_[watcher.room];
  // A screen that nobody watches is forgotten, so that the next watcher gets a new view.
  const auto leave = [](Screen& screen) {
    if (--screen.watchers == 0) screen = {};
  };
  if (watcher.stage) leave(audience.stage);
  if (watcher.console) leave(audience.console);
  if (!watcher.activity.empty() && --audience.pinned[watcher.activity].watchers == 0) {
    audience.pinned.erase(watcher.activity);
  }
  if (watcher.participant) {
    auto person = audience.persons.find(*watcher.participant);
    if (--person->second.watchers == 0) {
      audience.persons.erase(person);
      audience.dirty_persons.erase(*watcher.participant);
      if (auto id = PersonIn(watcher.room, audience, *watcher.participant)) {
        audience.by_person.erase(*id);
      }
    }
  }
  if (audience.stage.watchers == 0 && audience.console.watchers == 0 && audience.pinned.empty() &&
      audience.persons.empty()) {
    audiences_.erase(watcher.room);
    dirty_.erase(watcher.room);
  }
}

void ViewSchedule::OnChange(const Room& room, const std::optional<PersonId>& by) {
  auto it = audiences_.find(room.id());
  if (it == audiences_.end()) return;
  Audience& audience = it->second;
  dirty_.insert(room.id());
  ForAllShared(audience, [](Screen& screen) { screen.dirty = true; });
  if (by) {
    std::optional<ParticipantId> participant = WhoIs(room, audience, *by);
    if (!participant) return;
    Screen& own = audience.persons[*participant];
    own.dirty = own.urgent = true;
    audience.dirty_persons.insert(*participant);
    return;
  }
  const bool moved = audience.place != PlaceOf(room.state());
  if (moved) {
    audience.place = PlaceOf(room.state());
    ForAllShared(audience, [](Screen& screen) { screen.urgent = true; });
  }
  for (auto& [participant, screen] : audience.persons) {
    screen.dirty = true;
    screen.urgent |= moved;
    audience.dirty_persons.insert(participant);
  }
}

ViewSchedule::Place ViewSchedule::PlaceOf(const RoomState& state) {
  Place place{.activity = state.current, .blank = state.blank};
  if (const Activity* now = state.Find(state.current)) {
    place.stage = now->stage;
    place.deadline = now->deadline;
    place.told_down_to = now->told_down_to;
  }
  return place;
}

void ViewSchedule::OnCode(const RoomId& room) {
  auto it = audiences_.find(room);
  if (it == audiences_.end()) return;
  dirty_.insert(room);
  ForAllShared(it->second, [](Screen& screen) { screen.dirty = true; });
}

void ViewSchedule::OnText(const RoomId& room) {
  auto it = audiences_.find(room);
  if (it == audiences_.end()) return;
  Soil(room, it->second, [](const Screen& screen) { return screen.lacks_text; });
}

void ViewSchedule::OnNewTexts() {
  for (auto& [room, audience] : audiences_) {
    Soil(room, audience, [](const Screen&) { return true; });
  }
}

template <class Do>
void ViewSchedule::ForAllShared(Audience& audience, const Do& what) {
  if (audience.stage.watchers > 0) what(audience.stage);
  if (audience.console.watchers > 0) what(audience.console);
  for (auto& [activity, screen] : audience.pinned) what(screen);
}

bool ViewSchedule::IsClean(const Audience& audience) {
  return !audience.stage.dirty && !audience.console.dirty && audience.dirty_persons.empty() &&
         std::ranges::none_of(audience.pinned, [](const auto& one) { return one.second.dirty; });
}

// What somebody watches, and `which` says so of, is out of date.
template <class Which>
void ViewSchedule::Soil(const RoomId& room, Audience& audience, const Which& which) {
  dirty_.insert(room);
  ForAllShared(audience, [&which](Screen& screen) { screen.dirty |= which(screen); });
  for (auto& [participant, screen] : audience.persons) {
    if (!which(screen)) continue;
    screen.dirty = true;
    audience.dirty_persons.insert(participant);
  }
}

std::optional<TimeMs> ViewSchedule::Send(TimeMs now) {
  std::optional<TimeMs> due;
  for (auto it = dirty_.begin(); it != dirty_.end();) {
    Audience& audience = audiences_.at(*it);
    const Room* room = sources_.find(*it);
    if (room != nullptr) RefreshAll(*room, audience, now, &due);
    it = room == nullptr || IsClean(audience) ? dirty_.erase(it) : std::next(it);
  }
  return due;
}

// How long it must be still after it was sent. Six hundred phones that are shown a wall of texts
// with each text that comes, or told that nothing of theirs has changed with each that is let in,
// would do nothing else.
int64_t ViewSchedule::RestMs(const Audience& audience, const Screen& screen) const {
  if (screen.urgent) return interval_ms_;
  const auto people = static_cast<int64_t>(audience.persons.size());
  if (screen.data == nullptr) return std::max<int64_t>(interval_ms_, people / kPersonsPerMs);
  const auto bytes = static_cast<int64_t>(screen.data->size());
  return std::max<int64_t>(
      {interval_ms_, bytes * screen.watchers / kBytesPerMs, bytes / kBuiltBytesPerMs});
}

// A clock that was set back must not silence anybody.
bool ViewSchedule::MaySend(const Audience& audience, const Screen& screen, TimeMs now) const {
  return !screen.sent || now < *screen.sent || now - *screen.sent >= RestMs(audience, screen);
}

void ViewSchedule::Build(const Room& room, const Subject& subject, Screen& screen) {
  const std::string code = sources_.directory.CodeOf(room.id()).value_or("");
  const uint64_t missed = sources_.texts.missed();
  const ViewContext context{room.id(), room.state(), code, sources_.texts, sources_.groups(room)};
  std::string data;
  switch (subject.topic) {
    case Topic::kStage:
      data = BuildStageView(context);
      break;
    case Topic::kConsole:
      data = BuildConsoleView(context);
      break;
    case Topic::kPerson:
      data = BuildPersonView(context, subject.participant);
      break;
    case Topic::kActivity:
      data = BuildActivityView(context, subject.activity);
      break;
  }
  screen.data = std::make_shared<const std::string>(std::move(data));
  screen.version = room.size();
  screen.lacks_text = sources_.texts.missed() != missed;
}

void ViewSchedule::Deliver(const RoomId& room, const Subject& subject, const Screen& screen,
                           uint64_t connection) {
  ++sent_;
  sources_.sink.OnView({.room = room,
                        .topic = subject.topic,
                        .participant = subject.participant,
                        .activity = subject.activity,
                        .connection = connection,
                        .version = screen.version,
                        .data = screen.data});
}

// A whole room that reconnects at once gets one build per interval, not one per phone: what was
// built less than an interval ago is good enough until the next is due.
void ViewSchedule::Show(const Room& room, const Audience& audience, const Subject& subject,
                        Screen& screen, uint64_t connection, TimeMs now) {
  std::optional<TimeMs> due;
  if (screen.dirty && MaySend(audience, screen, now)) {
    Refresh(room, audience, subject, screen, now, &due);
    return;
  }
  if (screen.data == nullptr) Build(room, subject, screen);
  Deliver(room.id(), subject, screen, connection);
  if (subject.topic == Topic::kPerson) screen.data.reset();
}

void ViewSchedule::Refresh(const Room& room, const Audience& audience, const Subject& subject,
                           Screen& screen, TimeMs now, std::optional<TimeMs>* due) {
  if (!screen.dirty) return;
  if (!MaySend(audience, screen, now)) {
    const TimeMs at = *screen.sent + RestMs(audience, screen);
    *due = due->has_value() ? std::min(**due, at) : at;
    return;
  }
  Build(room, subject, screen);
  screen.dirty = screen.urgent = false;
  screen.sent = now;
  Deliver(room.id(), subject, screen, 0);
  if (subject.topic == Topic::kPerson) screen.data.reset();
}

void ViewSchedule::RefreshAll(const Room& room, Audience& audience, TimeMs now,
                              std::optional<TimeMs>* due) {
  Refresh(room, audience, {Topic::kStage}, audience.stage, now, due);
  Refresh(room, audience, {Topic::kConsole}, audience.console, now, due);
  for (auto& [activity, screen] : audience.pinned) {
    Refresh(room, audience, {Topic::kActivity, {}, activity}, screen, now, due);
  }
  for (auto it = audience.dirty_persons.begin(); it != audience.dirty_persons.end();) {
    Screen& screen = audience.persons[*it];
    Refresh(room, audience, {Topic::kPerson, *it}, screen, now, due);
    it = screen.dirty ? std::next(it) : audience.dirty_persons.erase(it);
  }
}

std::optional<PersonId> ViewSchedule::PersonIn(const RoomId& room, const Audience& audience,
                                               const ParticipantId& participant) {
  if (audience.series.empty()) return std::nullopt;  // nobody's event was matched yet
  const std::string key = sources_.texts.RoomKey(room);
  if (key.empty()) return std::nullopt;
  return PersonOf(key, participant, audience.series);
}

// Person views are about the current activity, so only its series matters.
std::optional<ParticipantId> ViewSchedule::WhoIs(const Room& room, Audience& audience,
                                                 const PersonId& person) {
  const Activity* now = room.state().Find(room.state().current);
  if (now == nullptr || audience.persons.empty()) return std::nullopt;
  if (audience.series != now->spec.Series()) {
    audience.by_person.clear();
    audience.series = now->spec.Series();
    for (const auto& [participant, screen] : audience.persons) {
      if (auto id = PersonIn(room.id(), audience, participant)) {
        audience.by_person[*id] = participant;
      }
    }
  }
  auto it = audience.by_person.find(person);
  if (it == audience.by_person.end() || !audience.persons.contains(it->second)) return std::nullopt;
  return it->second;
}

}  // namespace plenum
