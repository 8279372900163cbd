// The topics that plenum needs: making them, and refusing those that could lose a vote.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "ingest/kafka_options.h"

namespace plenum {

struct TopicSizes {
  uint32_t room_partitions = 8;  // never changes
  uint32_t replication = 3;      // 1: one broker alone, which then syncs every message
};

// What is wrong with the topics, one sentence each, naming topic, setting, what it is and what it
// must be; empty: nothing. The error: the brokers do not answer, or refuse us.
std::expected<std::vector<std::string>, std::string> CheckTopics(const KafkaOptions& options);

// Makes those that are missing; what exists is left as it is. Idempotent. Returns what was made.
std::expected<std::vector<std::string>, std::string> CreateTopics(const KafkaOptions& options,
                                                                  const TopicSizes& sizes);

}  // namespace plenum
