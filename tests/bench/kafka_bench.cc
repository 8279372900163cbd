// The Kafka log against a real Kafka: how fast appends are acknowledged, how long an answer takes,
// and how fast a node that has nothing catches up, beside what librdkafka alone reads.
//
//   python3 tests/kafka/cluster.py --brokers 3 -- build/…/kafka_bench
//
//   Closed/N     N clients, each with one append in flight at a time (voters who wait)
//   Burst/N      N appends at once (a room that votes)
//   ReadLog      KafkaLog::Read from the first entry to the last, in pieces of limits::kReadEvents
//   ReadBare     rd_kafka_consume_batch_queue with the same settings, what it brings thrown away
//
// Closed and Burst: from Append to its answer. Opening the log, which checks the topics, and making
// the bare client are not counted.
#include <benchmark/benchmark.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "ingest/kafka_log.h"
#include "ingest/kafka_settings.h"
#include "ingest/kafka_topics.h"
#include "schema/limits.h"
#include "tests/bench/append_load.h"

namespace plenum {
namespace {

constexpr size_t kEntries = 400'000;  // to be read

[[noreturn]] void Die(const std::string& why) {
  std::cerr << why << "\n";
  std::exit(1);
}

// Topics of its own, with one partition for rooms: one partition's rate is asked for.
KafkaOptions FreshPlace() {
  static int number = 0;
  const char* brokers = getenv("PLENUM_TEST_KAFKA");
  if (brokers == nullptr) Die("Start this with tests/kafka/cluster.py.");
  KafkaOptions options;
  options.brokers = brokers;
  options.prefix = "bench-" + std::to_string(getpid()) + "-" + std::to_string(++number);
  options.answer_within = options.away_after = std::chrono::minutes(5);
  const auto replication = static_cast<uint32_t>(1 + std::ranges::count(options.brokers, ','));
  const auto made = CreateTopics(options, {.room_partitions = 1, .replication = replication});
  if (!made) Die(made.error());
  return options;
}

std::unique_ptr<KafkaLog> Open(const KafkaOptions& options) {
  auto log = KafkaLog::Open(options);
  if (!log) Die(log.error());
  return *std::move(log);
}

void Closed(benchmark::State& state) {
  const auto clients = static_cast<size_t>(state.range(0));
  const auto log = Open(FreshPlace());
  for (auto _ : state)
    Report(state, AppendClosed(*log, clients, std::max<size_t>(2000, clients * 50)));
}
BENCHMARK(Closed)->Arg(1)->Arg(16)->Arg(64)->Arg(256)->Arg(1024)->UseRealTime()->Iterations(1);

void Burst(benchmark::State& state) {
  const auto log = Open(FreshPlace());
  for (auto _ : state) Report(state, AppendBurst(*log, static_cast<size_t>(state.range(0))));
}
BENCHMARK(Burst)->Arg(500)->Arg(5000)->Arg(50'000)->UseRealTime()->Iterations(1);

// A log with many entries, made once.
const KafkaOptions& FullPlace() {
  static const KafkaOptions place = [] {
    KafkaOptions options = FreshPlace();
    const auto log = Open(options);
    for (size_t done = 0; done < kEntries; done += limits::kAppendQueueEvents / 2) {
      AppendBurst(*log, limits::kAppendQueueEvents / 2);
    }
    return options;
  }();
  return place;
}

void ReadLog(benchmark::State& state) {
  const KafkaOptions& options = FullPlace();
  for (auto _ : state) {
    state.PauseTiming();
    const auto log = Open(options);
    state.ResumeTiming();
    for (uint64_t next = 0; next < kEntries;) {
      const auto entries = log->Read(kRoomPartition, next, limits::kReadEvents);
      if (!entries) Die(std::string(LogErrorText(entries.error())));
      benchmark::DoNotOptimize(entries->back().bytes.data());
      next += entries->size();
    }
  }
  state.SetItemsProcessed(static_cast<int64_t>(kEntries) * state.iterations());
}

void ReadBare(benchmark::State& state) {
  const KafkaOptions& options = FullPlace();
  for (auto _ : state) {
    state.PauseTiming();
    const auto client = MakeKafkaClient(options, KafkaUse::kReader);
    if (!client || !AskCluster(client->get(), std::chrono::seconds(10))) Die("no client");
    state.ResumeTiming();
    const KafkaTopic topic(
        rd_kafka_topic_new(client->get(), options.RoomsTopic().c_str(), nullptr));
    const KafkaQueue queue(rd_kafka_queue_new(client->get()));
    rd_kafka_consume_start_queue(topic.get(), 0, 0, queue.get());
    std::array<rd_kafka_message_t*, limits::kReadEvents> messages;
    size_t read = 0;
    while (read < kEntries) {
      const size_t most = std::min(messages.size(), kEntries - read);
      const ssize_t count = rd_kafka_consume_batch_queue(queue.get(), 1000, messages.data(), most);
      for (ssize_t i = 0; i < count; ++i) {
        const KafkaMessage message(messages[static_cast<size_t>(i)]);
        if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++read;
      }
    }
    rd_kafka_consume_stop(topic.get(), 0);
  }
  state.SetItemsProcessed(static_cast<int64_t>(kEntries) * state.iterations());
}
// Alternately, so that both see the same machine.
BENCHMARK(ReadBare)->UseRealTime()->Iterations(1);
BENCHMARK(ReadLog)->UseRealTime()->Iterations(1);
BENCHMARK(ReadBare)->UseRealTime()->Iterations(1);
BENCHMARK(ReadLog)->UseRealTime()->Iterations(1);
BENCHMARK(ReadBare)->UseRealTime()->Iterations(1);
BENCHMARK(ReadLog)->UseRealTime()->Iterations(1);

}  // namespace
}  // namespace plenum
