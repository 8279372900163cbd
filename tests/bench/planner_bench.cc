// How long a table plan takes: Plan/tables/people/capacity/rounds/hosts. `repeated` is how often
// two people meet again.
#include <benchmark/benchmark.h>

#include "projector/planner/planner.h"

namespace plenum {
namespace {

void Plan(benchmark::State& state) {
  PlanRequest request;
  const auto tables = static_cast<uint32_t>(state.range(0));
  for (uint32_t number = 1; number <= tables; ++number) {
    request.tables.push_back({number, static_cast<uint32_t>(state.range(2))});
  }
  request.people.resize(static_cast<size_t>(state.range(1)));
  request.rounds = static_cast<uint32_t>(state.range(3));
  for (uint32_t host = 0; host < state.range(4); ++host) request.people[host].host_of = host + 1;
  uint64_t repeated = 0;
  for (auto _ : state) {
    Draw draw(Digest{}, "cafe", "seats", 1);
    repeated = 0;
    for (const TablePlan::Round& round : PlanTables(request, draw).rounds) {
      repeated += round.repeated;
    }
  }
  state.counters["repeated"] = static_cast<double>(repeated);
}
// The day; with hosts at some of the tables, there is no rotation.
BENCHMARK(Plan)->Args({20, 180, 10, 3, 0})->Args({20, 180, 10, 3, 7});
BENCHMARK(Plan)->Args({200, 2000, 10, 3, 0})->Args({200, 2000, 11, 3, 17});
BENCHMARK(Plan)->Args({500, 5000, 10, 6, 0})->Args({500, 5000, 11, 6, 17});
// People must meet again.
BENCHMARK(Plan)->Args({6, 180, 40, 3, 0})->Args({20, 2000, 100, 3, 0})->Args({10, 5000, 600, 6, 0});
BENCHMARK(Plan)->Unit(benchmark::kMillisecond)->Args({2, 5000, 5000, 2, 0});

}  // namespace
}  // namespace plenum
