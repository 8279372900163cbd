// Table plans for tests: how they are asked for, what is wrong with one, and how good one can be at
// best. Everything here is counted anew, by plain loops over the request and the plan.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "projector/planner/planner.h"

namespace plenum::planner_test {

using Table = PlanRequest::Table;
using Person = PlanRequest::Person;
using Tables = std::vector<uint32_t>;  // the table of each person

inline TablePlan PlanOf(const PlanRequest& request, uint64_t seed = 1) {
  Digest root;
  for (int i = 0; i < 8; ++i) root.bytes[i] = static_cast<uint8_t>(seed >> 8 * i);
  Draw draw(root, "cafe", "seats", 1);
  return PlanTables(request, draw);
}

// Tables 1, 2, …
inline PlanRequest Cafe(uint32_t tables, uint32_t capacity, uint32_t people, uint32_t rounds) {
  PlanRequest request;
  for (uint32_t number = 1; number <= tables; ++number) {
    request.tables.push_back({number, capacity});
  }
  request.people.resize(people);
  request.rounds = rounds;
  return request;
}

inline std::vector<Tables> TablesOf(const TablePlan& plan) {
  std::vector<Tables> rounds;
  for (const TablePlan::Round& round : plan.rounds) rounds.push_back(round.table_of);
  return rounds;
}

inline uint64_t Repeated(const TablePlan& plan) {
  uint64_t repeated = 0;
  for (const TablePlan::Round& round : plan.rounds) repeated += round.repeated;
  return repeated;
}

inline uint32_t WithoutPlace(const TablePlan& plan) {
  uint32_t without = 0;
  for (const TablePlan::Round& round : plan.rounds) without += round.without_place;
  return without;
}

inline std::map<uint32_t, uint32_t> Sizes(const Tables& table_of) {
  std::map<uint32_t, uint32_t> sizes;
  for (const uint32_t table : table_of) ++sizes[table];
  return sizes;
}

// The table of this number, of several the first; nullptr if there is none.
inline const Table* Find(const PlanRequest& request, uint32_t number) {
  const auto it = std::ranges::find(request.tables, number, &Table::number);
  return number == 0 || it == request.tables.end() ? nullptr : &*it;
}

inline bool IsHost(const PlanRequest& request, size_t person) {
  return Find(request, request.people[person].host_of) != nullptr;
}

// Where nobody may be twice: a topic, or a table without one.
inline std::pair<uint32_t, uint32_t> PlaceOf(const Table& table) {
  return table.topic == 0 ? std::pair(0u, table.number) : std::pair(table.topic, 0u);
}

// Where they have been before the plan.
inline std::set<std::pair<uint32_t, uint32_t>> Been(const PlanRequest& request, size_t person) {
  std::set<std::pair<uint32_t, uint32_t>> been;
  const auto add = [&](uint32_t number) {
    if (const Table* table = Find(request, number)) been.insert(PlaceOf(*table));
  };
  for (const uint32_t number : request.people[person].visited) add(number);
  for (const Tables& round : request.past) {
    if (person < round.size()) add(round[person]);
  }
  return been;
}

inline std::string WrongWithPerson(const PlanRequest& request, const TablePlan& plan,
                                   size_t person) {
  const std::string who = "person " + std::to_string(person);
  auto been = Been(request, person);
  for (const TablePlan::Round& round : plan.rounds) {
    const uint32_t number = round.table_of[person];
    if (number == 0) continue;
    const Table* table = Find(request, number);
    if (table == nullptr) return who + " at a table that is not there";
    if (IsHost(request, person)) {
      if (number != request.people[person].host_of) return who + ", a host, at another table";
    } else if (!been.insert(PlaceOf(*table)).second) {
      return who + " twice at table " + std::to_string(number);
    }
  }
  return "";
}

// Pairs who sit together and have met before; hosts of the same table are none.
inline uint64_t CountRepeated(const PlanRequest& request, const TablePlan& plan, size_t round) {
  std::vector<Tables> before = request.past;
  for (size_t i = 0; i < round; ++i) before.push_back(plan.rounds[i].table_of);
  const Tables& now = plan.rounds[round].table_of;
  uint64_t repeated = 0;
  for (size_t a = 0; a < now.size(); ++a) {
    for (size_t b = 0; b < a; ++b) {
      if (now[a] == 0 || now[a] != now[b]) continue;
      if (IsHost(request, a) && IsHost(request, b)) continue;
      if (std::ranges::any_of(before, [&](const Tables& tables) {
            return a < tables.size() && tables[a] != 0 && tables[a] == tables[b];
          })) {
        ++repeated;
      }
    }
  }
  return repeated;
}

// What breaks a rule that holds for every plan; empty if nothing does.
inline std::string WrongWith(const PlanRequest& request, const TablePlan& plan) {
  if (plan.rounds.size() != request.rounds) return "not as many rounds as were asked for";
  for (size_t i = 0; i < plan.rounds.size(); ++i) {
    const TablePlan::Round& round = plan.rounds[i];
    const std::string in = "round " + std::to_string(i + 1) + ": ";
    if (round.table_of.size() != request.people.size()) return in + "not everybody is named";
    for (const auto& [number, size] : Sizes(round.table_of)) {
      const Table* table = Find(request, number);
      if (table != nullptr && size > table->capacity) return in + "above capacity";
    }
    if (round.without_place != std::ranges::count(round.table_of, 0u)) return in + "wrong report";
    if (round.repeated != CountRepeated(request, plan, i)) return in + "wrong count of pairs";
  }
  for (size_t person = 0; person < request.people.size(); ++person) {
    if (std::string wrong = WrongWithPerson(request, plan, person); !wrong.empty()) return wrong;
  }
  return "";
}

// At least so many repeated meetings has any plan that seats all these people, in all rounds, at
// tables of which none is visited twice. For look at a later round together with the one before it
// alone: the s people of a table come from at most t = tables - 1 tables, so by the pigeonhole
// principle at least so many pairs of them come from the same one as if they were spread over these
// t as evenly as can be; and all of those pairs have met. That is convex in s, so the sum over the
// tables is least for even sizes. Each round counts its own pairs, so the rounds add up.
inline uint64_t FewestRepeated(uint64_t tables, uint64_t people, uint64_t rounds) {
  const auto pairs_spread = [](uint64_t count, uint64_t places) {
    const uint64_t each = count / places;
    const uint64_t more = count % places;  // places with one more
    return more * (each + 1) * each / 2 + (places - more) * each * (each - 1) / 2;
  };
  const uint64_t size = people / tables;
  const uint64_t larger = people % tables;
  return (rounds - 1) * (larger * pairs_spread(size + 1, tables - 1) +
                         (tables - larger) * pairs_spread(size, tables - 1));
}

}  // namespace plenum::planner_test
