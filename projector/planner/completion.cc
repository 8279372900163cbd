#include "projector/planner/completion.h"

namespace plenum::planner {

Completion::Completion(Schedule& schedule)
    : schedule_(schedule),
      unreached_(schedule.tables() / 64 + 1),
      who_(schedule.tables()),
      from_(schedule.tables()) {}

void Completion::Complete() {
  for (uint32_t table = 0; table < schedule_.tables(); ++table) Insert(unreached_, table);
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
  reached_.clear();
  Reach(person, kNone);
  for (size_t next = 0; next < reached_.size(); ++next) {
    uint32_t table = reached_[next];
    if (!HasRoom(table)) {
      ReachFromMembers(table);
      continue;
    }
    for (; from_[table] != kNone; table = from_[table]) {
      TakeOut(who_[table], from_[table]);
      Seat(who_[table], table);
    }
    Seat(person, table);
    for (const uint32_t back : reached_) Insert(unreached_, back);
    return true;
  }
  return false;
}

void Completion::Reach(uint32_t person, uint32_t from) {
  const size_t before = reached_.size();
  schedule_.ForEachOpen(person, from, unreached_, [&](uint32_t table) {
    who_[table] = person;
    from_[table] = from;
    reached_.push_back(table);
  });
  for (size_t i = before; i < reached_.size(); ++i) {
    unreached_[reached_[i] / 64] &= ~(uint64_t{1} << reached_[i] % 64);
  }
}

void Completion::ReachFromMembers(uint32_t table) {
  for (size_t round = schedule_.first(); round < schedule_.rounds(); ++round) {
    for (const uint32_t member : schedule_.Members(round, table)) {
      if (!schedule_.IsHost(member)) Reach(member, table);
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
  size_t free = 0;  // a round in which they have no place
  size_t room = 0;  // a round in which the table has room
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
  SwapRounds(table, free, room);
  schedule_.Sit(free, person, table);
}

// One person after the other changes the tables of the two rounds with each other. Each leaves room
// in `other` where they were, for whoever must leave that table in `round`; so it ends where there
// is room, or at somebody who has a place in one of the two only. Nobody is met twice on the way,
// and not whoever has no place in `round`: the chain enters people by their table of that round.
void Completion::SwapRounds(uint32_t table, size_t round, size_t other) {
  std::vector<bool> swapped(schedule_.people());
  for (;;) {
    uint32_t person = kNone;
    for (const uint32_t member : schedule_.Members(round, table)) {
      if (!swapped[member] && !schedule_.IsHost(member)) person = member;
    }
    swapped[person] = true;
    const uint32_t next = schedule_.TableOf(other, person);
    schedule_.Rise(round, person);
    if (next != kNone) schedule_.Rise(other, person);
    schedule_.Sit(other, person, table);
    if (next == kNone) return;
    schedule_.Sit(round, person, next);
    if (schedule_.Size(round, next) <= schedule_.Capacity(next)) return;
    table = next;
  }
}

}  // namespace plenum::planner
