// librdkafka's handles as values with an owner, and the settings that all of plenum's clients use.
// For the .cc files of ingest. librdkafka's C API throws nothing; its calls may come from any
// thread.
#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <expected>
#include <memory>
#include <optional>
#include <string>

#include "ingest/kafka_options.h"

namespace plenum {

template <auto kDestroy>
struct KafkaDelete {
  template <class T>
  void operator()(T* handle) const {
    kDestroy(handle);
  }
};
template <class T, auto kDestroy>
using KafkaOwned = std::unique_ptr<T, KafkaDelete<kDestroy>>;

// Destroying a client waits for its threads; destroy its topics and queues before it.
using KafkaClient = KafkaOwned<rd_kafka_t, rd_kafka_destroy>;
using KafkaSettings = KafkaOwned<rd_kafka_conf_t, rd_kafka_conf_destroy>;
using KafkaTopic = KafkaOwned<rd_kafka_topic_t, rd_kafka_topic_destroy>;
using KafkaQueue = KafkaOwned<rd_kafka_queue_t, rd_kafka_queue_destroy>;
using KafkaEvent = KafkaOwned<rd_kafka_event_t, rd_kafka_event_destroy>;
using KafkaMessage = KafkaOwned<rd_kafka_message_t, rd_kafka_message_destroy>;
using KafkaError = KafkaOwned<rd_kafka_error_t, rd_kafka_error_destroy>;
using KafkaMetadata = KafkaOwned<const rd_kafka_metadata_t, rd_kafka_metadata_destroy>;

enum class KafkaUse : uint8_t {
  kWriter,    // a producer: acknowledged by all in-sync replicas, in order, never given up
  kNews,      // a producer of what may be lost
  kReader,    // a consumer of given partitions from given offsets (rd_kafka_consume_start_queue)
  kQuestion,  // for the admin API and metadata
};

// The error is one sentence: a security setting that librdkafka refuses.
std::expected<KafkaSettings, std::string> MakeKafkaSettings(const KafkaOptions& options,
                                                            KafkaUse use);
// May be changed by the caller before. Its main queue brings RD_KAFKA_EVENT_DR of producers and
// RD_KAFKA_EVENT_ERROR; librdkafka's own log lines go nowhere.
std::expected<KafkaClient, std::string> MakeKafkaClient(KafkaSettings settings, KafkaUse use);
std::expected<KafkaClient, std::string> MakeKafkaClient(const KafkaOptions& options, KafkaUse use);

KafkaQueue MainQueue(rd_kafka_t* client);

// What the brokers, or the way to them, have against us: drains the main queue of a client that has
// no thread of its own yet. The last thing that was said, or `otherwise`.
std::string LastComplaint(rd_kafka_t* client, std::string otherwise);

// A topic as its brokers describe it. The error is one sentence: they do not answer, or refuse us.
struct KafkaTopicShape {
  bool exists = false;
  int partitions = 0;
  int least_replicas = 0;  // of the partition that has the fewest
  bool led = false;        // each partition has a leader now
};
std::expected<KafkaTopicShape, std::string> AskShape(rd_kafka_t* client, const std::string& topic,
                                                     std::chrono::milliseconds timeout);
// The offsets at which a partition begins, and at which its next record will stand. Ends in time:
// rd_kafka_query_watermark_offsets of librdkafka 2.0 can wait for ever when the brokers die
// meanwhile.
struct KafkaSpan {
  int64_t low = 0;
  int64_t high = 0;
};
std::expected<KafkaSpan, rd_kafka_resp_err_t> AskSpan(rd_kafka_t* client, const std::string& topic,
                                                      int32_t partition,
                                                      std::chrono::milliseconds timeout);
// The name that the cluster was given when it was made; nullopt: nobody answers. A client remembers
// the first answer for good.
std::optional<std::string> AskCluster(rd_kafka_t* client, std::chrono::milliseconds timeout);
// What kind of sentence to say when nobody answers: "Kafka at HOST:PORT does not answer (…)."
std::string NoAnswer(const KafkaOptions& options, rd_kafka_t* client, rd_kafka_resp_err_t error);

}  // namespace plenum
