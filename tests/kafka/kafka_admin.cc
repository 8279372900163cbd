#include "tests/kafka/kafka_admin.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

#include "ingest/kafka_settings.h"
#include "tests/kafka/kafka_place.h"

namespace plenum {

namespace {

constexpr int kAsk = 20'000;

using Topics = std::unique_ptr<rd_kafka_topic_partition_list_t,
                               KafkaDelete<rd_kafka_topic_partition_list_destroy>>;

KafkaClient Client(const KafkaOptions& options, KafkaUse use = KafkaUse::kQuestion) {
  auto client = MakeKafkaClient(options, use);
  EXPECT_TRUE(client.has_value()) << client.error();
  return client ? *std::move(client) : nullptr;
}

void ExpectFine(const KafkaEvent& event, const std::string& what) {
  ASSERT_NE(event, nullptr) << what << ": no answer";
  ASSERT_EQ(rd_kafka_event_error(event.get()), RD_KAFKA_RESP_ERR_NO_ERROR)
      << what << ": " << rd_kafka_event_error_string(event.get());
}

void ExpectFine(const rd_kafka_topic_result_t* const* results, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    EXPECT_EQ(rd_kafka_topic_result_error(results[i]), RD_KAFKA_RESP_ERR_NO_ERROR)
        << rd_kafka_topic_result_error_string(results[i]);
  }
}

}  // namespace

void DeleteTopic(const KafkaOptions& options, const std::string& topic) {
  const KafkaClient client = Client(options);
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  rd_kafka_DeleteTopic_t* asked = rd_kafka_DeleteTopic_new(topic.c_str());
  rd_kafka_DeleteTopics(client.get(), &asked, 1, nullptr, queue.get());
  rd_kafka_DeleteTopic_destroy(asked);
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), kAsk));
  ExpectFine(event, "deleting " + topic);
  size_t count = 0;
  const auto* result = rd_kafka_event_DeleteTopics_result(event.get());
  ExpectFine(rd_kafka_DeleteTopics_result_topics(result, &count), count);
  EXPECT_TRUE(Eventually([&] {
    const auto shape = AskShape(Client(options).get(), topic, std::chrono::seconds(10));
    return shape && !shape->exists;
  }));
}

void DeleteRecords(const KafkaOptions& options, const std::string& topic, int32_t partition,
                   int64_t before) {
  const KafkaClient client = Client(options);
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  const Topics list(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition)->offset = before;
  rd_kafka_DeleteRecords_t* asked = rd_kafka_DeleteRecords_new(list.get());
  rd_kafka_DeleteRecords(client.get(), &asked, 1, nullptr, queue.get());
  rd_kafka_DeleteRecords_destroy(asked);
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), kAsk));
  ExpectFine(event, "deleting records of " + topic);
  const auto* offsets =
      rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event.get()));
  EXPECT_EQ(offsets->elems[0].err, RD_KAFKA_RESP_ERR_NO_ERROR);
}

void Produce(const KafkaOptions& options, const std::string& topic, int32_t partition,
             const std::vector<std::string>& values) {
  const KafkaClient client = Client(options, KafkaUse::kWriter);
  const KafkaTopic handle(rd_kafka_topic_new(client.get(), topic.c_str(), nullptr));
  for (std::string value : values) {
    EXPECT_EQ(rd_kafka_produce(handle.get(), partition, RD_KAFKA_MSG_F_COPY, value.data(),
                               value.size(), nullptr, 0, nullptr),
              0);
  }
  const KafkaQueue queue = MainQueue(client.get());
  EXPECT_TRUE(Eventually([&] {
    const KafkaEvent event(rd_kafka_queue_poll(queue.get(), 10));
    return rd_kafka_outq_len(client.get()) == 0;
  }));
}

void AddPartitions(const KafkaOptions& options, const std::string& topic, size_t partitions) {
  const KafkaClient client = Client(options);
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  std::array<char, 200> reason{};
  rd_kafka_NewPartitions_t* asked =
      rd_kafka_NewPartitions_new(topic.c_str(), partitions, reason.data(), reason.size());
  ASSERT_NE(asked, nullptr) << reason.data();
  rd_kafka_CreatePartitions(client.get(), &asked, 1, nullptr, queue.get());
  rd_kafka_NewPartitions_destroy(asked);
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), kAsk));
  ExpectFine(event, "adding partitions to " + topic);
  size_t count = 0;
  const auto* result = rd_kafka_event_CreatePartitions_result(event.get());
  ExpectFine(rd_kafka_CreatePartitions_result_topics(result, &count), count);
}

void CreateRaw(const KafkaOptions& options, const std::string& topic, int partitions,
               const std::map<std::string, std::string>& settings) {
  const KafkaClient client = Client(options);
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  std::array<char, 200> reason{};
  rd_kafka_NewTopic_t* asked =
      rd_kafka_NewTopic_new(topic.c_str(), partitions, Brokers(), reason.data(), reason.size());
  ASSERT_NE(asked, nullptr) << reason.data();
  for (const auto& [name, value] : settings) {
    rd_kafka_NewTopic_set_config(asked, name.c_str(), value.c_str());
  }
  rd_kafka_CreateTopics(client.get(), &asked, 1, nullptr, queue.get());
  rd_kafka_NewTopic_destroy(asked);
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), kAsk));
  ExpectFine(event, "making " + topic);
  size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(event.get());
  ExpectFine(rd_kafka_CreateTopics_result_topics(result, &count), count);
  EXPECT_TRUE(Eventually([&] {
    const auto shape = AskShape(client.get(), topic, std::chrono::seconds(10));
    return shape && shape->led;
  }));
}

void AlterSettings(const KafkaOptions& options, const std::string& topic,
                   const std::map<std::string, std::string>& settings) {
  const KafkaClient client = Client(options);
  const KafkaQueue queue(rd_kafka_queue_new(client.get()));
  rd_kafka_ConfigResource_t* asked =
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str());
  for (const auto& [name, value] : settings) {
    rd_kafka_ConfigResource_set_config(asked, name.c_str(), value.c_str());
  }
  rd_kafka_AlterConfigs(client.get(), &asked, 1, nullptr, queue.get());
  rd_kafka_ConfigResource_destroy(asked);
  const KafkaEvent event(rd_kafka_queue_poll(queue.get(), kAsk));
  ExpectFine(event, "altering " + topic);
  size_t count = 0;
  const auto* resources = rd_kafka_AlterConfigs_result_resources(
      rd_kafka_event_AlterConfigs_result(event.get()), &count);
  ASSERT_EQ(count, 1u);
  EXPECT_EQ(rd_kafka_ConfigResource_error(resources[0]), RD_KAFKA_RESP_ERR_NO_ERROR)
      << rd_kafka_ConfigResource_error_string(resources[0]);
}

// Each folder of a broker names its cluster, and a broker alone believes it.
void RenameCluster(const std::string& name) {
  const char* control = getenv("PLENUM_TEST_KAFKA_CONTROL");
  ASSERT_NE(control, nullptr);
  const auto folder = std::filesystem::path(control).parent_path() / "broker-1" / "data";
  const auto file = folder / "meta.properties";
  std::ostringstream text;
  std::ifstream in(file);
  ASSERT_TRUE(in.is_open()) << file;
  for (std::string line; std::getline(in, line);) {
    text << (line.starts_with("cluster.id=") ? "cluster.id=" + name : line) << "\n";
  }
  in.close();
  std::ofstream(file) << text.str();
}

}  // namespace plenum
