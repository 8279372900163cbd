// KafkaState: what the threads of one Kafka log know together: where its partitions are in Kafka,
// where they end, and what is the matter. Any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/event_log.h"
#include "ingest/kafka_options.h"

namespace plenum {

class KafkaState {
 public:
  enum class Who : uint8_t { kWatch, kTail, kProducer };  // the first that says something counts

  // `ends`: of the directory and of each partition for rooms.
  KafkaState(KafkaOptions options, std::string cluster, const std::vector<uint64_t>& ends);

  const KafkaOptions& options() const { return options_; }
  const std::string& cluster() const { return cluster_; }
  size_t partitions() const { return ends_.size(); }
  bool Has(Partition partition) const { return partition < ends_.size(); }

  // Where it is in Kafka.
  std::string TopicOf(Partition partition) const;
  static int32_t NumberOf(Partition partition);   // within its topic
  std::string NameOf(Partition partition) const;  // "plenum.rooms/3", for sentences
  uint64_t End(Partition partition) const;        // of what is known to be durable
  void Grow(Partition partition, uint64_t end);   // never shrinks

  // An entry that was acknowledged or read, by which the log can be recognised: the newest one.
  struct Witness {
    uint64_t offset = 0;
    size_t hash = 0;
  };
  void Remember(Partition partition, uint64_t offset, std::string_view bytes);
  std::optional<Witness> WitnessOf(Partition partition) const;
  static size_t HashOf(std::string_view bytes) { return std::hash<std::string_view>{}(bytes); }

  // Something was unusual: the watch is to see whether it is still the same log. Until it has,
  // nothing new is remembered, for it could be another one's.
  void Doubt() { ++doubts_; }
  uint64_t doubts() const { return doubts_; }
  void Settle(uint64_t doubts) { settled_ = doubts; }  // those so far
  bool InDoubt() const { return doubts_ != settled_; }
  // The log is not the one that it was: for good. The first sentence stays.
  void Break(std::string sentence);
  bool broken() const { return broken_; }
  // What is the matter, as one of them sees it; nullopt: nothing.
  void Say(Who who, std::optional<std::string> sentence);
  std::optional<std::string> Trouble() const;

 private:
  const KafkaOptions options_;
  const std::string cluster_;
  std::vector<std::atomic<uint64_t>> ends_;
  std::atomic<bool> broken_ = false;
  std::atomic<uint64_t> doubts_ = 0, settled_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::optional<Witness>> witnesses_;
  std::optional<std::string> why_broken_;
  std::array<std::optional<std::string>, 3> said_;
};

}  // namespace plenum
