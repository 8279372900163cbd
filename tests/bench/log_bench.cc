// How fast the RocksDB log makes appends durable, and how long an answer takes.
//
//   Closed/N     N clients, each with one append in flight at a time (voters who wait)
//   Burst/N      N appends at once (a room that votes), as fast as they are answered
//   Read         catching up, in pieces of limits::kReadEvents
//
// p50_us and p99_us are from Append to its answer. The folder is made in TMPDIR: mind what disk it
// is on.
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "ingest/rocksdb_log.h"
#include "schema/limits.h"
#include "tests/bench/append_load.h"

namespace plenum {
namespace {

class BenchLog {
 public:
  BenchLog() {
    std::string name = (std::filesystem::temp_directory_path() / "plenum-bench-XXXXXX").string();
    folder_ = mkdtemp(name.data()) != nullptr ? name : "";
    auto log = RocksDbLog::Open(folder_ / "log");
    if (!log) {
      std::cerr << log.error() << "\n";
      std::exit(1);
    }
    log_ = *std::move(log);
  }
  ~BenchLog() {
    log_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  EventLog& operator*() { return *log_; }
  EventLog* operator->() { return log_.get(); }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<RocksDbLog> log_;
};

void Closed(benchmark::State& state) {
  const auto clients = static_cast<size_t>(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    auto log = std::make_unique<BenchLog>();
    state.ResumeTiming();
    auto latencies = AppendClosed(**log, clients, std::max<size_t>(2000, clients * 50));
    state.PauseTiming();
    log.reset();
    Report(state, std::move(latencies));
    state.ResumeTiming();
  }
}
BENCHMARK(Closed)->Arg(1)->Arg(16)->Arg(64)->Arg(256)->Arg(1024)->UseRealTime()->Iterations(1);

void Burst(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    auto log = std::make_unique<BenchLog>();
    state.ResumeTiming();
    auto latencies = AppendBurst(**log, static_cast<size_t>(state.range(0)));
    state.PauseTiming();
    log.reset();
    Report(state, std::move(latencies));
    state.ResumeTiming();
  }
}
BENCHMARK(Burst)->Arg(500)->Arg(5000)->Arg(50'000)->UseRealTime()->Iterations(1);

void Read(benchmark::State& state) {
  constexpr size_t kEntries = 50'000;
  BenchLog log;
  for (size_t i = 0; i < kEntries; ++i) {
    if (!log->Append(kRoomPartition, kBallot, Urgency::kVote, [](auto) {})) std::abort();
  }
  log->Stop();
  for (auto _ : state) {
    for (uint64_t next = 0; next < kEntries;) {
      next += log->Read(kRoomPartition, next, limits::kReadEvents).value().size();
    }
  }
  state.SetItemsProcessed(static_cast<int64_t>(kEntries) * state.iterations());
}
BENCHMARK(Read)->UseRealTime();

}  // namespace
}  // namespace plenum
