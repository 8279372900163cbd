#include "projector/node_speech.h"

#include <algorithm>
#include <utility>

#include "projector/seat_plan.h"
#include "schema/hash.h"

namespace plenum {
namespace {

Event MakeEvent(const RoomId& room, const ActivityId& activity, uint32_t generation,
                uint64_t armed_at, Payload payload, TimeMs now) {
  Event event;
  event.id = NodeEventId(room, EventType(payload), activity, generation, armed_at);
  event.room = room;
  event.time = now;
  event.actor.role = Role::kNode;
  event.activity = activity;
  event.generation = generation;
  event.payload = std::move(payload);
  return event;
}

void Earliest(std::optional<TimeMs>* due, TimeMs at) {
  *due = due->has_value() ? std::min(**due, at) : at;
}

}  // namespace

void NodeSpeech::ReportAway(const RoomId& room, const ParticipantId& participant) {
  aways_.emplace_back(room, participant);
}

std::optional<TimeMs> NodeSpeech::Speak(TimeMs now, RoomCache& rooms, TextSource& texts,
                                        const Say& say) {
  Round round{.now = now, .say = say, .said = {}, .due = {}};
  for (const RoomId& id : rooms.pending()) {
    auto room = rooms.Find(id);
    if (room && *room != nullptr) SpeakIn(**room, round);
  }
  SayAways(rooms, texts, round);
  said_at_ = std::move(round.said);  // what is no longer due is forgotten
  return round.due;
}

void NodeSpeech::SpeakIn(Room& room, Round& round) {
  for (const auto& [id, activity] : room.state().activities) {
    const Deadline& deadline = activity.deadline;
    if (deadline.at == 0) continue;
    if (round.now < deadline.at) {
      Earliest(&round.due, deadline.at);
      continue;
    }
    SayOnce(MakeEvent(room.id(), id, activity.stage.generation, deadline.armed_at,
                      TimerFired{deadline.armed_at}, round.now),
            round);
  }
  SayPlans(room, round);
  for (DueResult& due : room.DueResults()) {
    ResultRecorded result{.rules = room.state().rules,
                          .index = due.index,
                          .state = due.state,
                          .totals = std::move(due.totals)};
    SayOnce(
        MakeEvent(room.id(), due.activity, due.generation, due.index, std::move(result), round.now),
        round);
  }
}

void NodeSpeech::SayPlans(Room& room, Round& round) {
  for (const auto& [id, activity] : room.state().activities) {
    if (!activity.seats || activity.seats->plan_asked == 0) continue;
    Event event = MakeEvent(room.id(), id, activity.stage.generation, activity.seats->plan_asked,
                            SeatsPlanned{}, round.now);
    // A plan takes a while: it is made only to be said.
    if (!SaidLately(event.id, round.now)) event.payload = PlanSeats(room.id(), activity);
    SayOnce(event, round);
  }
}

// Said at most once: whoever is still away after that is found by their missing score.
void NodeSpeech::SayAways(RoomCache& rooms, TextSource& texts, Round& round) {
  for (const auto& [id, participant] : std::exchange(aways_, {})) {
    auto room = rooms.Find(id);
    if (!room || *room == nullptr) continue;
    const RoomState& state = (*room)->state();
    const Activity* activity = state.Find(state.current);
    if (activity == nullptr || !activity->deck) continue;
    const std::string key = texts.RoomKey(id);
    if (key.empty()) continue;
    const PersonId person = PersonOf(key, participant, activity->spec.Series());
    auto found = activity->deck->people.find(person);
    if (found == activity->deck->people.end() || !found->second.present) continue;
    const uint64_t since = found->second.here_index;
    Event event = MakeEvent(id, activity->spec.id, activity->stage.generation, since,
                            PresenceAway{since}, round.now);
    event.person = person;
    event.series = activity->spec.Series();
    SayOnce(event, round);
  }
}

bool NodeSpeech::SaidLately(const EventId& id, TimeMs now) const {
  const auto before = said_at_.find(id);
  return before != said_at_.end() && now >= before->second && now - before->second < say_again_ms_;
}

void NodeSpeech::SayOnce(const Event& event, Round& round) {
  const bool lately = SaidLately(event.id, round.now);
  const TimeMs at = lately ? said_at_.at(event.id) : round.now;
  round.said[event.id] = at;
  Earliest(&round.due, at + say_again_ms_);
  if (lately) return;
  ++said_;
  round.say(event.room, EncodeEvent(event));
}

}  // namespace plenum
