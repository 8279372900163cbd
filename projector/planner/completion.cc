#include "projector/planner/completion.h"

namespace plenum::planner {

Completion::Completion(Schedule& schedule) : schedule_(schedule), search_(schedule) {}

void Completion::Complete() {
  for (uint32_t person = 0; person < schedule_.people(); ++person) {
    if (schedule_.IsHost(person)) continue;
    uint32_t missing = 0;
    for (size_t round = schedule_.first(); round < schedule_.rounds(); ++round) {
      if (schedule_.TableOf(round, person) == kNone) ++missing;
    }
    while (missing > 0 && Add(person)) --missing;
  }
}

// As Seating::SeatByMoving, but over all rounds at once.
bool Completion::Add(uint32_t person) {
  search_.Begin();
  search_.Reach(person, kNone);
  for (size_t next = 0; next < search_.reached().size(); ++next) {
    uint32_t table = search_.reached()[next];
    if (!HasRoom(table)) {
      ReachFromMembers(table);
      continue;
    }
    for (; search_.FromWhere(table) != kNone; table = search_.FromWhere(table)) {
      TakeOut(search_.WhoCameTo(table), search_.FromWhere(table));
      Seat(search_.WhoCameTo(table), table);
    }
    Seat(person, table);
    search_.Succeed();
    return true;
  }
  return false;
}

void Completion::ReachFromMembers(uint32_t table) {
  for (size_t round = schedule_.first(); round < schedule_.rounds(); ++round) {
    for (const uint32_t member : schedule_.Members(round, table)) {
      if (!schedule_.IsHost(member)) search_.Reach(member, table);
    }
  }
}

bool Completion::HasRoom(uint32_t table) const {
  for (size_t round = schedule_.first(); round < schedule_.rounds(); ++round) {
    if (schedule_.HasRoom(round, table)) return true;
  }
  return false;
}

void Completion::TakeOut(uint32_t person, uint32_t table) {
  for (size_t round = schedule_.first(); round < schedule_.rounds(); ++round) {
    if (schedule_.TableOf(round, person) == table) schedule_.Rise(round, person);
  }
}

void Completion::Seat(uint32_t person, uint32_t table) {
  size_t free = schedule_.rounds();  // a round in which they have no place
  size_t room = schedule_.rounds();  // a round in which the table has room
  for (size_t round = schedule_.first(); round < schedule_.rounds(); ++round) {
    const bool is_free = schedule_.TableOf(round, person) == kNone;
    const bool has_room = schedule_.HasRoom(round, table);
    if (is_free && has_room) {
      schedule_.Sit(round, person, table);
      return;
    }
    if (is_free) free = round;
    if (has_room) room = round;
  }
  schedule_.Sit(free, person, table);
  SwapRounds(person, table, free, room);
}

// One person after the other changes the tables of the two rounds with each other, until no table
// is above its capacity. Each leaves a place in `other` for whoever must leave their new table in
// `round`; it ends where there is room, or with somebody who has a place in `round` only. A table
// that is come to again has somebody left who has not swapped yet: no more people come than it had
// in `other`, and `person`.
void Completion::SwapRounds(uint32_t person, uint32_t table, size_t round, size_t other) {
  std::vector<bool> stays(schedule_.people());
  stays[person] = true;
  while (schedule_.Size(round, table) > schedule_.Capacity(table)) {
    uint32_t mover = kNone;
    for (const uint32_t member : schedule_.Members(round, table)) {
      if (!stays[member] && !schedule_.IsHost(member)) mover = member;
    }
    stays[mover] = true;
    const uint32_t next = schedule_.TableOf(other, mover);
    schedule_.Rise(round, mover);
    if (next != kNone) schedule_.Rise(other, mover);
    schedule_.Sit(other, mover, table);
    if (next == kNone) return;
    schedule_.Sit(round, mover, next);
    table = next;
  }
}

}  // namespace plenum::planner
