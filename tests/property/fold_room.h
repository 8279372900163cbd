// A room with its log, for tests of the fold: makes events as a gateway would, encodes them, and
// folds the bytes. Everything in it is determined by what is called.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "projector/fold/fold.h"
#include "schema/event.h"
#include "schema/hash.h"

namespace plenum::fold_test {

template <class T>
T IdOf(std::string_view name) {
  const Digest digest = HashOf(name);
  T id;
  std::memcpy(id.bytes.data(), digest.bytes.data(), id.bytes.size());
  return id;
}

inline Text English(std::string_view text) { return {{{"en", std::string(text)}}}; }

// Small, fast and the same everywhere (splitmix64).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  uint64_t Below(uint64_t n) { return Next() % n; }
  bool Chance(uint64_t percent) { return Below(100) < percent; }
  template <class T>
  void Shuffle(std::vector<T>& list) {
    for (size_t i = list.size(); i-- > 1;) std::swap(list[i], list[Below(i + 1)]);
  }

 private:
  uint64_t state_;
};

class TestRoom {
 public:
  explicit TestRoom(std::string_view name = "room") : name_(name), room_(IdOf<RoomId>(name)) {}

  // An event with a fresh id and the room's time; the caller fills in the rest.
  Event Make(Role role, Payload payload, const ActivityId& activity = {}) {
    Event event;
    event.id = IdOf<EventId>(name_ + "/event/" + std::to_string(++made_));
    event.room = room_.id();
    event.time = time_;
    event.actor.role = role;
    event.activity = activity;
    event.payload = std::move(payload);
    return event;
  }

  // A person's event in an activity, in its current generation.
  Event MakeFor(const PersonId& person, const ActivityId& activity, Payload payload,
                uint32_t seq = 0) {
    Event event = Make(Role::kAttendee, std::move(payload), activity);
    event.person = person;
    if (const Activity* found = room_.state().Find(activity)) {
      event.series = found->spec.Series();
      event.generation = found->stage.generation;
    }
    if (event.series.empty()) event.series = "room";
    event.seq = seq;
    return event;
  }

  Outcome Send(const Event& event) { return SendBytes(EncodeEvent(event)); }
  Outcome SendBytes(std::string bytes) {
    log_.push_back(std::move(bytes));
    return room_.Apply(log_.back()).outcome;
  }

  // --- the usual staff ---
  void Create() {
    ASSERT_EQ(Send(Make(Role::kProducer, RoomCreated{kRules, English("A room"), {"en"}, 100})).code,
              OutcomeCode::kAccepted);
  }
  Outcome Add(const ActivitySpec& spec) {
    return Send(Make(Role::kProducer, ActivityAdded{spec, {}}));
  }
  const Activity& At(const ActivityId& activity) const { return *room_.state().Find(activity); }
  Outcome Advance(const ActivityId& activity, Phase to) {
    return Send(Make(Role::kPresenter, ActivityAdvanced{At(activity).stage, to}, activity));
  }
  // What a node says about a result that is due.
  Event ResultEvent(const DueResult& due) {
    Event event =
        Make(Role::kNode, ResultRecorded{kRules, due.index, due.state, due.totals}, due.activity);
    event.generation = due.generation;
    event.id = NodeEventId(event.room, EventType(event.payload), event.activity, event.generation,
                           due.index);
    return event;
  }

  Room& room() { return room_; }
  const Room& room() const { return room_; }
  const RoomState& state() const { return room_.state(); }
  const std::vector<std::string>& log() const { return log_; }
  TimeMs time() const { return time_; }
  void Pass(TimeMs ms) { time_ += ms; }

 private:
  std::string name_;
  Room room_;
  std::vector<std::string> log_;
  TimeMs time_ = 1'790'000'000'000;
  uint64_t made_ = 0;
};

// The state as rows, all of them, in key order: what a store holds after TakeChanges.
class RowStore {
 public:
  void Take(Room& room) {
    for (Row& row : room.TakeChanges()) {
      if (row.value.empty()) {
        rows_.erase(row.key);
      } else {
        rows_[row.key] = std::move(row.value);
      }
    }
  }
  std::vector<Row> All() const {
    std::vector<Row> rows;
    for (const auto& [key, value] : rows_) rows.push_back({key, value});
    return rows;
  }
  const std::map<std::string, std::string>& rows() const { return rows_; }

 private:
  std::map<std::string, std::string> rows_;
};

}  // namespace plenum::fold_test
