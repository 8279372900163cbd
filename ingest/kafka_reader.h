// KafkaReader: reads a Kafka log from any offset. Each partition has a stream, which librdkafka
// fills ahead of whoever reads on in order; a jump costs a round trip, reading on does not.
#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ingest/kafka_settings.h"
#include "ingest/kafka_state.h"

namespace plenum {

class KafkaReader {
 public:
  // REQUIRES: `state` outlives the reader, and the client is a reader's.
  KafkaReader(KafkaState& state, KafkaClient client);
  ~KafkaReader();

  // As EventLog has it. Waits for a second at most; then kAway. Any thread.
  std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                      size_t max);
  // The offset of the first entry with these bytes from `from` on.
  std::optional<uint64_t> Find(Partition partition, uint64_t from, const std::string& bytes);
  // Ends the streams that nobody has read from for a while, so that they do not fill up for
  // nothing.
  void CloseIdle();

 private:
  using Clock = std::chrono::steady_clock;
  struct Stream {
    std::timed_mutex mutex;
    KafkaTopic topic;
    KafkaQueue queue;  // while it runs
    uint64_t next = 0;
    Clock::time_point used;
  };
  struct Wanted {
    Partition partition;
    uint64_t from;
    size_t count;
    Clock::time_point until;
  };

  std::optional<LogError> GoTo(Stream& stream, Partition partition, uint64_t from);
  void Close(Stream& stream, Partition partition);
  std::optional<LogError> Gather(Stream& stream, const Wanted& wanted,
                                 std::vector<LogEntry>& entries);
  std::optional<LogError> Accept(Stream& stream, const Wanted& wanted,
                                 const rd_kafka_message_t& message, std::vector<LogEntry>& entries);
  LogError Judge(Stream& stream, const Wanted& wanted, const rd_kafka_message_t& message);

  KafkaState& state_;
  KafkaClient client_;
  std::vector<std::unique_ptr<Stream>> streams_;  // by partition
};

}  // namespace plenum
