// The two ways in which the benchmarks load a log: voters who wait, and a room that votes at once.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "ingest/event_log.h"

namespace plenum {

inline const std::string kBallot(400, 'b');  // about what a ballot's event takes

inline double MicrosecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start)
      .count();
}

// `clients` clients, each with one append in flight at a time: an answer appends the next one, all
// on the log's thread. From Append to its answer, each in microseconds.
inline std::vector<double> AppendClosed(EventLog& log, size_t clients, size_t appends) {
  std::vector<double> latencies;
  latencies.reserve(appends);
  std::atomic<size_t> left = appends;
  size_t to_send = appends;
  std::function<void()> send = [&] {
    if (to_send == 0) return;
    --to_send;
    const auto start = std::chrono::steady_clock::now();
    const auto taken = log.Append(kRoomPartition, kBallot, Urgency::kVote, [&, start](auto) {
      latencies.push_back(MicrosecondsSince(start));
      send();
      if (--left == 0) left.notify_all();
    });
    if (!taken) std::abort();
  };
  // The first answer sends for all clients, so that `send` runs on one thread only.
  const auto first = log.Append(kRoomPartition, kBallot, Urgency::kVote, [&](auto) {
    for (size_t i = 0; i < clients; ++i) send();
  });
  if (!first) std::abort();
  for (size_t now = left; now != 0; now = left) left.wait(now);
  return latencies;
}

// All at once, as fast as they are answered.
inline std::vector<double> AppendBurst(EventLog& log, size_t appends) {
  std::vector<double> latencies(appends);
  std::atomic<size_t> left = appends;
  for (size_t i = 0; i < appends; ++i) {
    const auto start = std::chrono::steady_clock::now();
    const auto taken = log.Append(kRoomPartition, kBallot, Urgency::kStaff, [&, i, start](auto) {
      latencies[i] = MicrosecondsSince(start);
      if (--left == 0) left.notify_all();
    });
    if (!taken) std::abort();
  }
  for (size_t now = left; now != 0; now = left) left.wait(now);
  return latencies;
}

// p50_us and p99_us, and how many a second.
inline void Report(benchmark::State& state, std::vector<double> latencies_us) {
  state.SetItemsProcessed(static_cast<int64_t>(latencies_us.size()));
  if (latencies_us.empty()) return;
  std::ranges::sort(latencies_us);
  const auto at = [&](double share) {
    return latencies_us[static_cast<size_t>(share * static_cast<double>(latencies_us.size() - 1))];
  };
  state.counters["p50_us"] = at(0.5);
  state.counters["p99_us"] = at(0.99);
}

}  // namespace plenum
