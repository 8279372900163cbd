// One round: who gets a place at which table. Wishes first, then everybody else, as evenly as can
// be and to tables where they know few people.
#pragma once

#include <cstdint>
#include <vector>

#include "projector/fold/draw.h"
#include "projector/planner/acquaintances.h"
#include "projector/planner/schedule.h"
#include "projector/planner/search.h"
#include "projector/planner/wishes.h"

namespace plenum::planner {

class Seating {
 public:
  Seating(Schedule& schedule, const Wishes& wishes, Acquaintances& met, size_t round);

  // Seats as many as can have a place in this round. Once nothing is left of `looks`, it no longer
  // asks who knows whom.
  void SeatAll(Draw& draw, Looks& looks);
  // Tables at which a wish was refused.
  const TableSet& refused_at() const { return refused_at_; }

 private:
  void GrantWishes(const std::vector<uint32_t>& order, Looks& looks);
  // Returns whether `person` got one of their wishes of this rank.
  bool Grant(uint32_t person, uint32_t rank, Looks& looks);
  size_t Missed(uint32_t person) const;
  // Seats those who wait as evenly as can be.
  void Fill(Looks& looks);
  // Fills tables up to `level` people, or to what they are filled already.
  void FillTo(uint32_t level, Looks& looks);
  uint32_t EvenLevel() const;
  bool AllFilled() const;

  // The table with room where they know the fewest, of these the smallest.
  uint32_t BestOf(uint32_t person, const std::vector<uint32_t>& tables, Looks& looks);
  bool HasRoom(uint32_t table) const { return schedule_.Size(round_, table) < limit_[table]; }
  void SetLimits(uint32_t level);

  // Moves people along, from table to table, until there is room for one more.
  bool SeatByMoving(uint32_t person);
  void Shift(uint32_t person, uint32_t to);

  Schedule& schedule_;
  const Wishes& wishes_;
  Acquaintances& met_;
  const size_t round_;
  std::vector<uint32_t> waiting_;
  std::vector<bool> stays_;      // by person: got a wish
  std::vector<uint32_t> known_;  // by table: how many BestOf has found there
  std::vector<uint32_t> limit_;  // by table: to how many it may be filled now
  TableSet refused_at_;
  Search search_;  // of SeatByMoving
};

}  // namespace plenum::planner
