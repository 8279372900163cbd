// KafkaLog: the log on Apache Kafka, for more than one node. Partition 0 is the directory's topic,
// partition p > 0 is partition p - 1 of the rooms' topic; a record is one event, its key the room's
// id as 32 hex digits. Acknowledged by all in-sync replicas before `done` has an offset.
//
// Beyond the contract of EventLog: the tail brings what every node has appended, and may come
// before or after this node's `done`s. While the brokers do not answer: Append refuses with kAway,
// what was taken before is answered kUnknown (and may still be delivered), Read says kAway, and all
// goes on by itself once they are back.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "ingest/event_log.h"
#include "ingest/kafka_options.h"

namespace plenum {

class KafkaLog final : public EventLog {
 public:
  // Checks the topics (ingest/kafka_topics.h) and learns where they end. The error is one sentence.
  static std::expected<std::unique_ptr<KafkaLog>, std::string> Open(const KafkaOptions& options);
  ~KafkaLog() override;  // stops

  std::expected<void, LogError> Append(Partition partition, std::string bytes, Urgency urgency,
                                       Done done) override;
  std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                      size_t max) override;
  uint64_t End(Partition partition) override;
  void SetTail(Tail tail) override;
  uint32_t RoomPartitions() const override;
  std::string LogId() override;
  std::optional<std::string> Trouble() const override;
  size_t Pending() override;
  void Stop() override;

 private:
  struct Impl;
  explicit KafkaLog(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum
