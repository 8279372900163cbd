#include "projector/planner/schedule.h"

#include <algorithm>
#include <map>

namespace plenum::planner {

Schedule::Schedule(const PlanRequest& request)
    : people_(static_cast<uint32_t>(request.people.size())),
      first_(request.past.size()),
      host_(request.people.size()) {
  TakeTables(request.tables);
  barred_.assign(people_, TableSet(tables_.size() / 64 + 1));
  for (const std::vector<uint32_t>& tables : request.past) TakePast(tables);
  Round empty{.table_of = std::vector<uint32_t>(people_, kNone),
              .place = std::vector<uint32_t>(people_),
              .members = std::vector<std::vector<uint32_t>>(tables_.size())};
  rounds_.resize(first_ + request.rounds, empty);
  for (uint32_t person = 0; person < people_; ++person) {
    for (const uint32_t number : request.people[person].visited) Bar(person, IndexOf(number));
    const uint32_t own = IndexOf(request.people[person].host_of);
    if (own == kNone) continue;
    host_[person] = true;
    for (size_t round = first_; round < rounds(); ++round) {
      if (HasRoom(round, own)) Sit(round, person, own);
    }
  }
}

void Schedule::TakeTables(const std::vector<PlanRequest::Table>& tables) {
  std::map<uint32_t, PlanRequest::Table> by_number;
  for (const PlanRequest::Table& table : tables) {
    if (table.number != 0) by_number.emplace(table.number, table);
  }
  std::map<uint32_t, uint32_t> topics;
  uint32_t count = 0;
  for (const auto& [number, table] : by_number) {
    uint32_t topic = count;
    if (table.topic != 0) topic = topics.emplace(table.topic, count).first->second;
    if (topic == count) ++count;
    tables_.push_back({number, std::min(table.capacity, people_), topic});
  }
  of_topic_.assign(count, TableSet(tables_.size() / 64 + 1));
  for (uint32_t table = 0; table < tables_.size(); ++table) {
    Insert(of_topic_[tables_[table].topic], table);
  }
}

void Schedule::TakePast(const std::vector<uint32_t>& tables) {
  Round round{.table_of = std::vector<uint32_t>(people_, kNone),
              .place = std::vector<uint32_t>(people_),
              .members = {}};
  std::map<uint32_t, uint32_t> index;
  for (uint32_t person = 0; person < std::min<size_t>(people_, tables.size()); ++person) {
    if (tables[person] == 0) continue;
    const auto [it, is_new] =
        index.emplace(tables[person], static_cast<uint32_t>(round.members.size()));
    if (is_new) round.members.emplace_back();
    round.table_of[person] = it->second;
    round.members[it->second].push_back(person);
    Bar(person, IndexOf(tables[person]));
  }
  rounds_.push_back(std::move(round));
}

uint32_t Schedule::IndexOf(uint32_t number) const {
  const auto it = std::ranges::lower_bound(tables_, number, {}, &Table::number);
  if (it == tables_.end() || it->number != number) return kNone;
  return static_cast<uint32_t>(it - tables_.begin());
}

void Schedule::Bar(uint32_t person, uint32_t table) {
  if (table == kNone) return;
  const TableSet& topic = of_topic_[tables_[table].topic];
  for (size_t word = 0; word < topic.size(); ++word) barred_[person][word] |= topic[word];
}

void Schedule::Sit(size_t round, uint32_t person, uint32_t table) {
  Round& in = rounds_[round];
  in.table_of[person] = table;
  in.place[person] = static_cast<uint32_t>(in.members[table].size());
  in.members[table].push_back(person);
  Bar(person, table);
}

void Schedule::Rise(size_t round, uint32_t person) {
  Round& in = rounds_[round];
  const uint32_t table = in.table_of[person];
  std::vector<uint32_t>& members = in.members[table];
  const uint32_t last = members.back();
  members[in.place[person]] = last;
  in.place[last] = in.place[person];
  members.pop_back();
  in.table_of[person] = kNone;
  // Nobody but a host is at a topic twice, and a host never rises.
  const TableSet& topic = of_topic_[tables_[table].topic];
  for (size_t word = 0; word < topic.size(); ++word) barred_[person][word] &= ~topic[word];
}

}  // namespace plenum::planner
