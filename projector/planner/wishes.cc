#include "projector/planner/wishes.h"

#include <algorithm>

namespace plenum::planner {

Wishes::Wishes(const PlanRequest& request, const Schedule& schedule)
    : of_(request.people.size()), by_rank_(request.people.size()), owed_(request.people.size(), 0) {
  for (uint32_t person = 0; person < of_.size(); ++person) {
    if (schedule.IsHost(person)) continue;
    auto& wishes = of_[person];
    const auto& ranks = request.people[person].wishes;
    for (uint32_t rank = 0; rank < ranks.size(); ++rank) {
      for (const uint32_t number : ranks[rank]) {
        const uint32_t table = schedule.IndexOf(number);
        if (table != kNone) wishes.emplace_back(table, rank);
      }
    }
    // A table that is wished twice has its earlier rank.
    std::ranges::sort(wishes);
    const auto [first, last] =
        std::ranges::unique(wishes, {}, &std::pair<uint32_t, uint32_t>::first);
    wishes.erase(first, last);
    for (const auto& [table, rank] : wishes) by_rank_[person].emplace_back(rank, table);
    std::ranges::sort(by_rank_[person]);
    if (!wishes.empty()) most_ = std::max(most_, by_rank_[person].back().first + 1);
  }
  for (const std::vector<uint32_t>& tables : request.past) {
    for (uint32_t person = 0; person < of_.size(); ++person) {
      if (Any(person)) owed_[person] += RankInPast(tables, person, schedule);
    }
  }
}

uint32_t Wishes::RankInPast(const std::vector<uint32_t>& tables, uint32_t person,
                            const Schedule& schedule) const {
  const uint32_t table = person < tables.size() ? schedule.IndexOf(tables[person]) : kNone;
  return table == kNone ? most_ : Rank(person, table);
}

uint32_t Wishes::Rank(uint32_t person, uint32_t table) const {
  const auto& wishes = of_[person];
  const auto it =
      std::ranges::lower_bound(wishes, table, {}, &std::pair<uint32_t, uint32_t>::first);
  return it == wishes.end() || it->first != table ? most_ : it->second;
}

void Wishes::Count(const Schedule& schedule, size_t round) {
  for (uint32_t person = 0; person < of_.size(); ++person) {
    if (!Any(person)) continue;
    const uint32_t table = schedule.TableOf(round, person);
    owed_[person] += table == kNone ? most_ : Rank(person, table);
  }
}

}  // namespace plenum::planner
