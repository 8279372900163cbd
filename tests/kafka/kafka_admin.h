// What an operator could do to the topics, well or badly, for tests. Each fails the test if it does
// not work.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "ingest/kafka_options.h"

namespace plenum {

// Returns once no broker knows the topic any more.
void DeleteTopic(const KafkaOptions& options, const std::string& topic);
void DeleteRecords(const KafkaOptions& options, const std::string& topic, int32_t partition,
                   int64_t before);
void Produce(const KafkaOptions& options, const std::string& topic, int32_t partition,
             const std::vector<std::string>& values);
// Until it has so many.
void AddPartitions(const KafkaOptions& options, const std::string& topic, size_t partitions);
// With these settings, and the brokers' own otherwise.
void CreateRaw(const KafkaOptions& options, const std::string& topic, int partitions,
               const std::map<std::string, std::string>& settings);
// Replaces all settings of a topic.
void AlterSettings(const KafkaOptions& options, const std::string& topic,
                   const std::map<std::string, std::string>& settings);
// Gives the only broker's cluster, which must be down, another name.
void RenameCluster(const std::string& name);

}  // namespace plenum
