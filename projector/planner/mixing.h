// Fewer repeated meetings in one round, by tabu search: step by step, somebody who sits with people
// whom they know changes places with whoever makes that best, or takes a free seat at a smaller
// table, even if it gets worse for a while; who has moved stays for some steps. The best that was
// seen is kept. Places, wishes and the evenness of tables are as good afterwards as before.
#pragma once

#include <cstdint>
#include <vector>

#include "projector/fold/draw.h"
#include "projector/planner/acquaintances.h"
#include "projector/planner/schedule.h"
#include "projector/planner/wishes.h"

namespace plenum::planner {

class Mixing {
 public:
  Mixing(Schedule& schedule, const Wishes& wishes, Acquaintances& met, size_t round);

  // Only whoever wishes nothing moves; for when later rounds depend on who got what.
  void PinWishes() { pinned_ = true; }
  void KeepRefusals(const TableSet& tables) { refused_at_ = tables; }

  // Until nobody meets anybody again, or for so many steps without anything gained. Returns the
  // pairs at a table who meet elsewhere too.
  uint64_t Mix(uint32_t patience, Draw& draw, Looks& looks);

 private:
  // What `person` may do; `other` is kNone for a free seat.
  struct Step {
    uint32_t table = kNone;
    uint32_t other = kNone;
    int64_t gain = INT64_MIN;  // pairs fewer
  };

  void CountAll(Looks& looks);
  bool Movable(uint32_t person) const;
  uint32_t PickPerson(Draw& draw) const;
  void Look(uint32_t person, Looks& looks);
  Step BestStep(uint32_t person, uint32_t start, uint64_t fewest) const;
  Step BestSeat(uint32_t person) const;
  bool MaySwap(uint32_t person, uint32_t other) const;
  bool MayChange(uint32_t person, uint32_t from, uint32_t to, uint32_t instead_of) const;
  void Do(uint32_t person, const Step& step, Looks& looks);
  void Leave(uint32_t person, uint32_t table, Looks& looks);
  void Keep();
  void Restore();

  Schedule& schedule_;
  const Wishes& wishes_;
  Acquaintances& met_;
  const size_t round_;
  bool pinned_ = false;
  TableSet refused_at_;

  uint64_t pairs_ = 0;              // who sit together and meet elsewhere too
  std::vector<uint32_t> together_;  // by person: how many of these pairs are theirs
  std::vector<uint64_t> free_at_;   // by person: the step from which they may move again
  uint64_t step_ = 0;
  std::vector<uint32_t> best_;  // by person: the table
  // What Look has seen: of the person, whom they know, and how many at each table; of everybody,
  // how many at the person's table they know, without the person.
  std::vector<uint8_t> knows_;
  std::vector<uint32_t> known_at_;
  std::vector<uint32_t> knows_here_;
};

}  // namespace plenum::planner
