// What people wish, and how they have fared so far.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "projector/planner/schedule.h"

namespace plenum::planner {

class Wishes {
 public:
  Wishes(const PlanRequest& request, const Schedule& schedule);

  // Whether they wish a table that is there; hosts do not.
  bool Any(uint32_t person) const { return !of_[person].empty(); }
  // How many wishes, at most, anybody has.
  uint32_t Most() const { return most_; }
  // 0 for a first wish …; Most() for a table that they do not wish.
  uint32_t Rank(uint32_t person, uint32_t table) const;
  // Calls f for each table that they wish as their `rank`-th.
  template <class F>
  void ForEach(uint32_t person, uint32_t rank, F f) const {
    const auto& ranks = by_rank_[person];
    auto it = std::ranges::lower_bound(ranks, std::pair{rank, 0u});
    for (; it != ranks.end() && it->first == rank; ++it) f(it->second);
  }

  // The ranks of what they got, added up: who has more has fared worse.
  uint64_t Owed(uint32_t person) const { return owed_[person]; }
  // Adds what they got in a round that is seated.
  void Count(const Schedule& schedule, size_t round);

 private:
  uint32_t RankInPast(const std::vector<uint32_t>& tables, uint32_t person,
                      const Schedule& schedule) const;

  using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

  std::vector<Pairs> of_;       // table, rank
  std::vector<Pairs> by_rank_;  // rank, table
  std::vector<uint64_t> owed_;
  uint32_t most_ = 0;
};

}  // namespace plenum::planner
