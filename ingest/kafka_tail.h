// KafkaTail: brings what any node appends to a Kafka log, from where the log ended when it was
// opened. Also finds out whether the brokers are there, and whether the log is still the one that
// it was: after anything unusual each partition is read again from the last entry that was read,
// and that must be the same one.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ingest/kafka_settings.h"
#include "ingest/kafka_state.h"

namespace plenum {

class KafkaTail {
 public:
  // Starts its thread. `each_second` is called on it.
  // REQUIRES: `state` outlives the tail, and the client is a reader's.
  KafkaTail(KafkaState& state, KafkaClient client, std::function<void()> each_second);
  ~KafkaTail();  // stops

  // Begins again where the log ended when it was opened, so that nothing is missed. Any thread.
  void SetTail(EventLog::Tail tail);
  // First hands over what is known to be durable, if it comes within a second. Not from the tail
  // itself; idempotent.
  void Stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Anchor {  // an entry that was read
    int64_t timestamp = 0;
    size_t hash = 0;
    bool operator==(const Anchor&) const = default;
  };
  struct Spot {
    KafkaTopic topic;
    uint64_t opened_at = 0;
    uint64_t next = 0;
    std::optional<Anchor> anchor;  // of entry next - 1
    bool running = false;
    std::optional<Clock::time_point> suspect_since;
    Clock::time_point asked;
    std::vector<LogEntry> batch;  // gathered, not handed over yet
  };

  static Anchor AnchorOf(const rd_kafka_message_t& message);
  void Run();
  void Begin();
  bool IsBehind() const;
  void Restart(Partition partition);
  void Gather();
  void Accept(Partition partition, const rd_kafka_message_t& message);
  void HandOver();
  void LookAtEvents();
  void LookAtBrokers();
  void LookAtSuspects();
  void Investigate(Partition partition);
  void Suspect(Spot& spot, const std::string& why);
  Partition PartitionOf(const rd_kafka_message_t& message) const;

  KafkaState& state_;
  const std::function<void()> each_second_;
  KafkaClient client_;
  KafkaQueue events_;
  KafkaQueue queue_;
  std::vector<Spot> spots_;  // by partition; the thread's
  EventLog::Tail tail_;      // the thread's
  bool away_ = false;        // no broker answers
  std::string why_;          // what is the matter with the brokers, or with a partition
  Clock::time_point asked_;  // the brokers, last

  std::mutex mutex_;
  std::optional<EventLog::Tail> new_tail_;
  std::atomic<bool> has_new_tail_ = false;
  Clock::time_point until_;  // set before ending_
  std::atomic<bool> ending_ = false;
  std::once_flag stopped_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace plenum
