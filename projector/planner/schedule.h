// Who sits where in every round, past and planned, and who may sit where. Past rounds come first;
// tables of planned rounds are numbered from 0 in the order of their numbers.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "projector/planner/planner.h"

namespace plenum::planner {

inline constexpr uint32_t kNone = UINT32_MAX;

// One bit a table.
using TableSet = std::vector<uint64_t>;
inline bool Has(const TableSet& set, uint32_t table) { return set[table / 64] >> table % 64 & 1; }
inline void Insert(TableSet& set, uint32_t table) { set[table / 64] |= uint64_t{1} << table % 64; }

class Schedule {
 public:
  explicit Schedule(const PlanRequest& request);

  uint32_t people() const { return people_; }
  uint32_t tables() const { return static_cast<uint32_t>(tables_.size()); }
  size_t first() const { return first_; }  // the first planned round
  size_t rounds() const { return rounds_.size(); }

  // Of any round; the tables of past rounds have numbers of their own.
  uint32_t TableOf(size_t round, uint32_t person) const { return rounds_[round].table_of[person]; }
  const std::vector<uint32_t>& Members(size_t round, uint32_t table) const {
    return rounds_[round].members[table];
  }
  uint32_t Size(size_t round, uint32_t table) const {
    return static_cast<uint32_t>(Members(round, table).size());
  }
  uint32_t Capacity(uint32_t table) const { return tables_[table].capacity; }  // at most all people
  bool HasRoom(size_t round, uint32_t table) const { return Size(round, table) < Capacity(table); }
  uint32_t Number(uint32_t table) const { return tables_[table].number; }
  uint32_t IndexOf(uint32_t number) const;  // kNone if there is none

  // Hosts sit where they belong from the start, as far as there is room, and nowhere else.
  bool IsHost(uint32_t person) const { return host_[person]; }

  // Whether `person`, who now sits at `from` in some planned round (kNone: nowhere), may sit at
  // `to` instead, whatever room there is.
  bool MayMove(uint32_t person, uint32_t from, uint32_t to) const {
    return !Has(barred_[person], to) || (from != kNone && tables_[from].topic == tables_[to].topic);
  }
  // Calls f for each table of `among` to which they may move.
  template <class F>
  void ForEachOpen(uint32_t person, uint32_t from, const TableSet& among, F f) const;

  void Sit(size_t round, uint32_t person, uint32_t table);
  void Rise(size_t round, uint32_t person);
  void Move(size_t round, uint32_t person, uint32_t table) {
    Rise(round, person);
    Sit(round, person, table);
  }

 private:
  struct Table {
    uint32_t number;
    uint32_t capacity;
    uint32_t topic;  // index of the topic
  };
  struct Round {
    std::vector<uint32_t> table_of;
    std::vector<uint32_t> place;  // in members
    std::vector<std::vector<uint32_t>> members;
  };

  void TakeTables(const std::vector<PlanRequest::Table>& tables);
  void TakePast(const std::vector<uint32_t>& tables);
  void Bar(uint32_t person, uint32_t table);

  uint32_t people_;
  std::vector<Table> tables_;
  std::vector<TableSet> of_topic_;  // the tables of each topic
  size_t first_;
  std::vector<Round> rounds_;
  std::vector<bool> host_;
  std::vector<TableSet> barred_;  // by person: tables of topics that they have been at, or will be
};

template <class F>
void Schedule::ForEachOpen(uint32_t person, uint32_t from, const TableSet& among, F f) const {
  const TableSet& barred = barred_[person];
  const TableSet* own = from == kNone ? nullptr : &of_topic_[tables_[from].topic];
  for (uint32_t word = 0; word < among.size(); ++word) {
    const uint64_t open = ~barred[word] | (own != nullptr ? (*own)[word] : 0);
    for (uint64_t left = open & among[word]; left != 0; left &= left - 1) {
      f(word * 64 + static_cast<uint32_t>(std::countr_zero(left)));
    }
  }
}

}  // namespace plenum::planner
