// One search, breadth first, for a table with room: who could move where, and who after them.
#pragma once

#include <cstdint>
#include <vector>

#include "projector/planner/schedule.h"

namespace plenum::planner {

class Search {
 public:
  explicit Search(const Schedule& schedule)
      : schedule_(schedule), who_(schedule.tables()), from_(schedule.tables()) {
    OpenAll();
  }

  // Every table may be reached again.
  void OpenAll() {
    unreached_.assign(schedule_.tables() / 64 + 1, 0);
    for (uint32_t table = 0; table < schedule_.tables(); ++table) Insert(unreached_, table);
  }
  // A new search. The tables that the one before has reached stay out of it, unless Succeed was
  // said: from those of a search that failed there is no way out for anybody.
  void Begin() { reached_.clear(); }
  void Succeed() {
    for (const uint32_t table : reached_) Insert(unreached_, table);
  }
  // Notes the tables to which `person` may move from `from` (kNone: from nowhere).
  void Reach(uint32_t person, uint32_t from) {
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

  const std::vector<uint32_t>& reached() const { return reached_; }  // in order; grows by Reach
  const TableSet& unreached() const { return unreached_; }
  uint32_t WhoCameTo(uint32_t table) const { return who_[table]; }
  uint32_t FromWhere(uint32_t table) const { return from_[table]; }

 private:
  const Schedule& schedule_;
  TableSet unreached_;
  std::vector<uint32_t> reached_;
  std::vector<uint32_t> who_;
  std::vector<uint32_t> from_;
};

}  // namespace plenum::planner
