#include "projector/planner/rotation.h"

#include <numeric>
#include <vector>

namespace plenum::planner {
namespace {

// By how many tables each of `rows` rows moves on. Two rows that move on by m and n tables bring
// the same people together in rounds r and s where (r - s)(m - n) is a multiple of the number of
// tables; hosts are rows that move on by 0. A row is back at a table where (r - s)m is one.
class Steps {
 public:
  Steps(uint64_t tables, uint64_t rounds, uint64_t rows_of_hosts)
      : tables_(tables), rounds_(rounds), meetings_(tables, 0) {
    for (uint64_t step = 0; step < tables; ++step) {
      meetings_[step] = rows_of_hosts * Meetings(step);
    }
  }

  // The step that meets the fewest of the rows so far again.
  uint64_t Next() {
    uint64_t best = 0;
    for (uint64_t step = 1; step < tables_; ++step) {
      if (Meetings(step) > 0) continue;  // comes back too early
      if (best == 0 || meetings_[step] < meetings_[best]) best = step;
    }
    for (uint64_t step = 0; step < tables_; ++step) {
      meetings_[step] += Meetings(step < best ? best - step : step - best);
    }
    return best;
  }

 private:
  // Pairs of rounds in which two rows whose steps differ by `difference` meet again.
  uint64_t Meetings(uint64_t difference) const {
    const uint64_t period = tables_ / std::gcd(tables_, difference);
    uint64_t pairs = 0;
    for (uint64_t apart = period; apart < rounds_; apart += period) pairs += rounds_ - apart;
    return pairs;
  }

  const uint64_t tables_;
  const uint64_t rounds_;
  std::vector<uint64_t> meetings_;  // by step: with all rows so far
};

}  // namespace

bool CanRotate(const PlanRequest& request, const Schedule& schedule) {
  if (!request.past.empty() || schedule.tables() < 2 || schedule.tables() < request.rounds) {
    return false;
  }
  for (const PlanRequest::Person& person : request.people) {
    if (!person.visited.empty() || !person.wishes.empty()) return false;
  }
  for (const PlanRequest::Table& table : request.tables) {
    if (table.topic != 0) return false;
  }
  if (request.rounds == 0) return false;
  const uint32_t level = (schedule.people() + schedule.tables() - 1) / schedule.tables();
  const uint32_t hosts = schedule.Size(schedule.first(), 0);
  for (uint32_t table = 0; table < schedule.tables(); ++table) {
    if (schedule.Capacity(table) < level) return false;
    if (schedule.Size(schedule.first(), table) != hosts) return false;
  }
  return true;
}

void Rotate(Schedule& schedule, Draw& draw) {
  const uint32_t tables = schedule.tables();
  const size_t rounds = schedule.rounds() - schedule.first();
  std::vector<uint32_t> order;
  for (uint32_t person = 0; person < schedule.people(); ++person) {
    if (!schedule.IsHost(person)) order.push_back(person);
  }
  draw.Shuffle(order);
  Steps steps(tables, rounds, schedule.Size(schedule.first(), 0));
  uint64_t step = 0;
  for (uint64_t i = 0; i < order.size(); ++i) {
    if (i % tables == 0) step = steps.Next();
    for (uint64_t round = 0; round < rounds; ++round) {
      const auto table = static_cast<uint32_t>((i + round * step) % tables);
      schedule.Sit(schedule.first() + round, order[i], table);
    }
  }
}

}  // namespace plenum::planner
