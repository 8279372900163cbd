// KafkaTail: brings what any node appends to a Kafka log, from where the log ended when it was
// opened. Also finds out whether the brokers are there, and whether the log is still the one that
// it was: after anything unusual each partition is read again from the last entry that was read,
// and that must be the same one.
#pragma once

#include <atomic>
#include <chrono>
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
  // Starts its thread.
  // REQUIRES: `state` outlives the tail, and the client is a reader's.
  KafkaTail(KafkaState& state, KafkaClient client);
  ~KafkaTail();  // stops

  // Begins again where the log ended when it was opened, so that nothing is missed. Any thread.
  void SetTail(EventLog::Tail tail);
  // First hands over what is known to be durable, if it comes within a second. Not from the tail
  // itself; idempotent.
  void Stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Spot {
    KafkaTopic topic;
    uint64_t opened_at = 0;
    uint64_t next = 0;
    bool running = false;
    std::optional<Clock::time_point> failed;  // when, unless it can be read
    std::vector<LogEntry> batch;              // gathered, not handed over yet
  };

  void Run();
  void Begin();
  bool IsBehind() const;
  void Restart(Partition partition);
  void Gather();
  void Accept(Partition partition, const rd_kafka_message_t& message);
  void HandOver();
  void Fail(Partition partition, const std::string& why);
  void TryAgain();
  void WakeUp();
  Partition PartitionOf(const rd_kafka_message_t& message) const;

  KafkaState& state_;
  KafkaClient client_;
  KafkaQueue events_;
  KafkaQueue queue_;
  std::vector<Spot> spots_;                        // by partition; the thread's
  EventLog::Tail tail_;                            // the thread's
  std::optional<Clock::time_point> behind_since_;  // and nothing comes

  std::mutex mutex_;
  std::optional<EventLog::Tail> new_tail_;
  std::atomic<bool> has_new_tail_ = false;
  Clock::time_point until_;  // set before ending_
  std::atomic<bool> ending_ = false;
  std::once_flag stopped_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace plenum
