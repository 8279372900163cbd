// KafkaWatch: finds out whether the brokers answer, and whether the log is still the one that it
// was when it was opened: the same cluster, the same partitions, nothing lost at either end. Asks
// every second, on a thread and with connections of its own, for librdkafka says nothing of a topic
// that is gone to those who only wait for its next entry.
#pragma once

#include <chrono>
#include <condition_variable>
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

class KafkaWatch {
 public:
  // Starts its thread, which calls `each_time` after it has asked.
  // REQUIRES: `state` outlives the watch.
  KafkaWatch(KafkaState& state, KafkaClient client, std::function<void()> each_time);
  ~KafkaWatch();  // stops
  void Stop();    // idempotent

 private:
  using Clock = std::chrono::steady_clock;
  void Run();
  // What is the matter; nullopt: nothing. Breaks the log if what was acknowledged is not there.
  std::optional<std::string> Look();
  std::optional<std::string> LookAtCluster();
  std::optional<std::string> LookAtTopic(const std::string& topic, int partitions);
  std::optional<std::string> LookAtEnds(Partition partition);
  // Whether the log still has what was read or acknowledged last.
  std::optional<std::string> Compare();
  std::optional<std::string> Compare(rd_kafka_t* reader, Partition partition);
  // Once the brokers have contradicted what was read for a while it is believed.
  std::string Contradicted(std::string sentence);

  KafkaState& state_;
  const std::function<void()> each_time_;
  KafkaClient client_;
  Clock::time_point compared_ = Clock::now();
  std::optional<Clock::time_point> contradicted_since_;
  bool contradicted_ = false;  // this time

  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::once_flag stopped_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace plenum
