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
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "ingest/rocksdb_log.h"
#include "schema/limits.h"

namespace plenum {
namespace {

using Clock = std::chrono::steady_clock;

const std::string kBallot(400, 'b');  // about what a ballot's event takes

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

void Report(benchmark::State& state, std::vector<double> latencies_us) {
  state.SetItemsProcessed(static_cast<int64_t>(latencies_us.size()));
  if (latencies_us.empty()) return;
  std::ranges::sort(latencies_us);
  const auto at = [&](double share) {
    return latencies_us[static_cast<size_t>(share * static_cast<double>(latencies_us.size() - 1))];
  };
  state.counters["p50_us"] = at(0.5);
  state.counters["p99_us"] = at(0.99);
}

double MicrosecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

// An answer appends the next one, so that always `clients` are in flight; all on the log's thread.
void Closed(benchmark::State& state) {
  const auto clients = static_cast<size_t>(state.range(0));
  const size_t appends = std::max<size_t>(2000, clients * 50);
  for (auto _ : state) {
    state.PauseTiming();
    auto log = std::make_unique<BenchLog>();
    std::vector<double> latencies;
    latencies.reserve(appends);
    std::atomic<size_t> left = appends;
    size_t to_send = appends;
    std::function<void()> send = [&] {
      if (to_send == 0) return;
      --to_send;
      const auto start = Clock::now();
      const auto taken = (*log)->Append(kRoomPartition, kBallot, Urgency::kVote, [&, start](auto) {
        latencies.push_back(MicrosecondsSince(start));
        send();
        if (--left == 0) left.notify_all();
      });
      if (!taken) std::abort();
    };
    state.ResumeTiming();
    // The first answer sends for all clients, so that `send` runs on one thread only.
    if (!(*log)->Append(kRoomPartition, kBallot, Urgency::kVote, [&](auto) {
          for (size_t i = 0; i < clients; ++i) send();
        })) {
      std::abort();
    }
    for (size_t now = left; now != 0; now = left) left.wait(now);
    state.PauseTiming();
    log.reset();
    Report(state, std::move(latencies));
    state.ResumeTiming();
  }
}
BENCHMARK(Closed)->Arg(1)->Arg(16)->Arg(64)->Arg(256)->Arg(1024)->UseRealTime()->Iterations(1);

void Burst(benchmark::State& state) {
  const auto appends = static_cast<size_t>(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    auto log = std::make_unique<BenchLog>();
    std::vector<double> latencies(appends);
    std::atomic<size_t> left = appends;
    state.ResumeTiming();
    for (size_t i = 0; i < appends; ++i) {
      const auto start = Clock::now();
      const auto taken =
          (*log)->Append(kRoomPartition, kBallot, Urgency::kVote, [&, i, start](auto) {
            latencies[i] = MicrosecondsSince(start);
            if (--left == 0) left.notify_all();
          });
      if (!taken) std::abort();
    }
    for (size_t now = left; now != 0; now = left) left.wait(now);
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
