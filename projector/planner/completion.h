// People without a place in some planned round get one if there is any plan with more places.
#pragma once

#include <cstdint>

#include "projector/planner/schedule.h"
#include "projector/planner/search.h"

namespace plenum::planner {

// Which tables a person visits at all is a flow from people to tables, each of which has capacity
// times rounds places; it is enlarged along augmenting paths. Every such flow can be split into
// rounds, one table a person and no table above its capacity, by Kőnig's alternating chains.
class Completion {
 public:
  explicit Completion(Schedule& schedule);

  void Complete();

 private:
  bool Add(uint32_t person);
  void ReachFromMembers(uint32_t table);
  // Has room in some round.
  bool HasRoom(uint32_t table) const;
  // Seats `person`, who has no place in some round, at `table`, which has room in some round.
  void Seat(uint32_t person, uint32_t table);
  // Brings `table` back to its capacity in `round`, where `person` is one too many, by filling up
  // `other`, where there is room.
  void SwapRounds(uint32_t person, uint32_t table, size_t round, size_t other);
  void TakeOut(uint32_t person, uint32_t table);

  Schedule& schedule_;
  Search search_;
};

}  // namespace plenum::planner
