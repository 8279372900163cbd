#include "projector/planner/mixing.h"

#include <algorithm>

namespace plenum::planner {

Mixing::Mixing(Schedule& schedule, const Wishes& wishes, Acquaintances& met, size_t round)
    : schedule_(schedule),
      wishes_(wishes),
      met_(met),
      round_(round),
      refused_at_(schedule.tables() / 64 + 1),
      together_(schedule.people()),
      free_at_(schedule.people()),
      best_(schedule.people()),
      knows_(schedule.people()),
      known_at_(schedule.tables()),
      knows_here_(schedule.people()) {}

uint64_t Mixing::Mix(uint32_t patience, Draw& draw, Looks& looks) {
  CountAll(looks);
  Keep();
  uint64_t fewest = pairs_;
  for (uint32_t idle = 0; pairs_ > 0 && idle < patience && looks.left > 0; ++idle) {
    ++step_;
    const uint32_t person = PickPerson(draw);
    looks.Spend(schedule_.people());
    if (person == kNone) continue;
    Look(person, looks);
    const auto start = static_cast<uint32_t>(draw.Below(schedule_.people()));
    const Step step = BestStep(person, start, fewest);
    if (step.table == kNone) continue;
    Do(person, step, looks);
    free_at_[person] = step_ + 3 + draw.Below(8);
    if (step.other != kNone) free_at_[step.other] = step_ + 3 + draw.Below(8);
    if (pairs_ >= fewest) continue;
    fewest = pairs_;
    Keep();
    idle = 0;
  }
  Restore();
  return fewest;
}

void Mixing::CountAll(Looks& looks) {
  uint64_t both = 0;
  for (uint32_t person = 0; person < schedule_.people(); ++person) {
    const uint32_t table = schedule_.TableOf(round_, person);
    together_[person] = 0;
    if (table == kNone) continue;
    looks.Spend(met_.ForEach(person, round_, [&](uint32_t other) {
      if (schedule_.TableOf(round_, other) == table) ++together_[person];
    }));
    both += together_[person];
  }
  pairs_ = both / 2;
}

bool Mixing::Movable(uint32_t person) const {
  return !schedule_.IsHost(person) && schedule_.TableOf(round_, person) != kNone &&
         !(pinned_ && wishes_.Any(person));
}

// Somebody who sits with people whom they know: the first from a place that is drawn.
uint32_t Mixing::PickPerson(Draw& draw) const {
  const auto start = static_cast<uint32_t>(draw.Below(schedule_.people()));
  for (uint32_t i = 0; i < schedule_.people(); ++i) {
    const uint32_t person = (start + i) % schedule_.people();
    if (together_[person] > 0 && free_at_[person] <= step_ && Movable(person)) return person;
  }
  return kNone;
}

void Mixing::Look(uint32_t person, Looks& looks) {
  std::ranges::fill(knows_, uint8_t{0});
  std::ranges::fill(known_at_, 0);
  std::ranges::fill(knows_here_, 0);
  uint64_t seen = met_.ForEach(person, round_, [&](uint32_t other) {
    knows_[other] = 1;
    const uint32_t table = schedule_.TableOf(round_, other);
    if (table != kNone) ++known_at_[table];
  });
  for (const uint32_t here : schedule_.Members(round_, schedule_.TableOf(round_, person))) {
    if (here == person) continue;
    seen += met_.ForEach(here, round_, [&](uint32_t other) { ++knows_here_[other]; });
  }
  looks.Spend(seen + schedule_.people());
}

// The best swap or seat; someone who has just moved moves again only if there were never fewer
// pairs.
Mixing::Step Mixing::BestStep(uint32_t person, uint32_t start, uint64_t fewest) const {
  const uint32_t from = schedule_.TableOf(round_, person);
  Step best = BestSeat(person);
  const auto enough = static_cast<int64_t>(pairs_) - static_cast<int64_t>(fewest);
  for (uint32_t i = 0; i < schedule_.people(); ++i) {
    const uint32_t other =
        start + i < schedule_.people() ? start + i : start + i - schedule_.people();
    const uint32_t table = schedule_.TableOf(round_, other);
    if (table == from || table == kNone) continue;
    const int64_t before = int64_t{together_[person]} + together_[other];
    const int64_t after = int64_t{known_at_[table]} + knows_here_[other] - knows_[other];
    const int64_t gain = before - after;
    if (gain <= best.gain) continue;
    if (free_at_[other] > step_ && gain <= enough) continue;
    if (Movable(other) && MaySwap(person, other)) best = {table, other, gain};
  }
  return best;
}

Mixing::Step Mixing::BestSeat(uint32_t person) const {
  const uint32_t from = schedule_.TableOf(round_, person);
  Step best;
  if (Has(refused_at_, from)) return best;
  for (uint32_t table = 0; table < schedule_.tables(); ++table) {
    if (!schedule_.HasRoom(round_, table)) continue;
    if (schedule_.Size(round_, table) >= schedule_.Size(round_, from)) continue;
    const int64_t gain = int64_t{together_[person]} - known_at_[table];
    if (gain > best.gain && MayChange(person, from, table, kNone)) best = {table, kNone, gain};
  }
  return best;
}

bool Mixing::MaySwap(uint32_t person, uint32_t other) const {
  const uint32_t from = schedule_.TableOf(round_, person);
  const uint32_t to = schedule_.TableOf(round_, other);
  return MayChange(person, from, to, other) && MayChange(other, to, from, person);
}

// Nobody gets a table that they wish more or less; and where a wish was refused, only somebody
// whose claim is as good takes a place.
bool Mixing::MayChange(uint32_t person, uint32_t from, uint32_t to, uint32_t instead_of) const {
  if (!schedule_.MayMove(person, from, to)) return false;
  if (wishes_.Most() == 0) return true;
  const uint32_t rank = wishes_.Rank(person, to);
  if (rank != wishes_.Rank(person, from)) return false;
  if (instead_of == kNone || !Has(refused_at_, to)) return true;
  const uint32_t held = wishes_.Rank(instead_of, to);
  return rank < held || (rank == held && wishes_.Owed(person) >= wishes_.Owed(instead_of));
}

void Mixing::Do(uint32_t person, const Step& step, Looks& looks) {
  const uint32_t from = schedule_.TableOf(round_, person);
  Leave(person, from, looks);
  if (step.other != kNone) Leave(step.other, step.table, looks);
  schedule_.Rise(round_, person);
  if (step.other != kNone) schedule_.Rise(round_, step.other);
  const auto arrive = [&](uint32_t who, uint32_t table) {
    schedule_.Sit(round_, who, table);
    together_[who] = 0;
    looks.Spend(met_.ForEach(who, round_, [&](uint32_t other) {
      if (schedule_.TableOf(round_, other) != table) return;
      ++together_[other];
      ++together_[who];
    }));
    pairs_ += together_[who];
  };
  arrive(person, step.table);
  if (step.other != kNone) arrive(step.other, from);
}

void Mixing::Leave(uint32_t person, uint32_t table, Looks& looks) {
  pairs_ -= together_[person];
  looks.Spend(met_.ForEach(person, round_, [&](uint32_t other) {
    if (schedule_.TableOf(round_, other) == table) --together_[other];
  }));
}

void Mixing::Keep() {
  for (uint32_t person = 0; person < schedule_.people(); ++person) {
    best_[person] = schedule_.TableOf(round_, person);
  }
}

void Mixing::Restore() {
  for (uint32_t person = 0; person < schedule_.people(); ++person) {
    const uint32_t table = schedule_.TableOf(round_, person);
    if (table != best_[person]) schedule_.Rise(round_, person);
  }
  for (uint32_t person = 0; person < schedule_.people(); ++person) {
    if (schedule_.TableOf(round_, person) != best_[person]) {
      schedule_.Sit(round_, person, best_[person]);
    }
  }
}

}  // namespace plenum::planner
