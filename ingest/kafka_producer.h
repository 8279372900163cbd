// KafkaProducer: gives entries to Kafka and answers each exactly once. Its thread takes the
// delivery reports, watches the deadlines, and replaces a producer of librdkafka that has ended for
// good
// ("fatal") by a new one, which is given again what has no fate yet, in order.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "ingest/kafka_in_flight.h"
#include "ingest/kafka_settings.h"
#include "ingest/kafka_state.h"

namespace plenum {

class KafkaProducer {
 public:
  // The offset, from `from` on, of an entry with these bytes. May take a second.
  using Find =
      std::function<std::optional<uint64_t>(Partition, uint64_t from, const std::string& bytes)>;
  // Changes the settings of each librdkafka producer before it is made. For tests.
  using Adjust = std::function<void(rd_kafka_conf_t*)>;

  // REQUIRES: `state` outlives the producer.
  static std::expected<std::unique_ptr<KafkaProducer>, std::string> Make(KafkaState& state,
                                                                         Find find,
                                                                         Adjust adjust = {});
  ~KafkaProducer();  // stops

  // As EventLog has them.
  std::expected<void, LogError> Append(Partition partition, std::string bytes, Urgency urgency,
                                       EventLog::Done done);
  size_t Pending() const;
  // Five seconds for what is queued; what then has no fate is kUnknown.
  void Stop();

 private:
  class Link;  // one producer of librdkafka

  KafkaProducer(KafkaState& state, Find find, Adjust adjust);
  void Run();
  void Take(rd_kafka_event_t* event);
  void Settle(const rd_kafka_message_t& message);
  bool Retire();
  void Renew();
  void Refused(std::string why);
  void LookForOne();
  void Answer();
  void TellTrouble();
  void Drop();

  KafkaState& state_;
  const Find find_;
  const Adjust adjust_;
  // Made, used for polling and destroyed by the thread; others give it entries while they hold the
  // mutex, and while it is there.
  std::unique_ptr<Link> link_;
  // What Kafka has against entries, for a while after it has said so; the thread's.
  std::optional<std::string> refusal_;
  std::chrono::steady_clock::time_point refused_;

  mutable std::mutex mutex_;
  std::condition_variable empty_;
  KafkaInFlight in_flight_;
  size_t answering_ = 0;  // taken from in_flight_, their `done` has not returned yet
  bool closed_ = false;
  std::atomic<bool> ending_ = false;
  std::once_flag stopped_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace plenum
