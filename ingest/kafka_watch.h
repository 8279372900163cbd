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
  struct Calls {
    std::function<void()> each_time;  // it was asked
    std::function<void()> doubt;      // something unusual is over: what was read is to be compared
  };

  // Starts its thread.
  // REQUIRES: `state` outlives the watch.
  KafkaWatch(KafkaState& state, KafkaClient client, Calls calls);
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
  // Once the brokers have contradicted what was read for a while it is believed.
  std::string Contradicted(std::string sentence);

  KafkaState& state_;
  const Calls calls_;
  KafkaClient client_;
  bool unusual_ = false;  // the last time
  std::optional<Clock::time_point> contradicted_since_;
  bool contradicted_ = false;  // this time

  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::once_flag stopped_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace plenum
