#include "ingest/kafka_settings.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>
#include <utility>

namespace plenum {

namespace {

struct Setting {
  const char* name;
  const char* value;
};

constexpr auto kForAll = std::to_array<Setting>({
    {"client.id", "plenum"},
    {"allow.auto.create.topics", "false"},
    {"socket.nagle.disable", "true"},
    {"socket.timeout.ms", "10000"},
    {"reconnect.backoff.ms", "50"},
    {"reconnect.backoff.max.ms", "1000"},
    {"log_level", "3"},
});

constexpr auto kForWriter = std::to_array<Setting>({
    {"enable.idempotence", "true"},
    {"acks", "all"},
    // With more, one lost acknowledgement is fatal to this version (librdkafka issue 4438).
    {"max.in.flight", "1"},
    {"linger.ms", "0.5"},
    // Never: each entry that is given up costs an epoch of the producer. We answer long before.
    {"message.timeout.ms", "0"},
    {"request.timeout.ms", "10000"},
    // Above our own bounds (limits::kAppendQueue…), which are the ones that refuse.
    {"queue.buffering.max.messages", "60000"},
    {"queue.buffering.max.kbytes", "98304"},
    // The brokers bound a batch (max.message.bytes): a backlog must not grow beyond it.
    {"batch.size", "524288"},
    {"compression.type", "none"},
});

constexpr auto kForNews = std::to_array<Setting>({
    {"acks", "1"},
    {"linger.ms", "5"},
    {"message.timeout.ms", "2000"},
    {"queue.buffering.max.messages", "1000"},
    {"compression.type", "none"},
});

constexpr auto kForReader = std::to_array<Setting>({
    {"auto.offset.reset", "error"},
    {"enable.partition.eof", "true"},
    {"enable.auto.commit", "false"},
    {"enable.auto.offset.store", "false"},
    {"auto.commit.enable", "false"},
    {"check.crcs", "true"},
    {"fetch.wait.max.ms", "100"},
    {"fetch.min.bytes", "1"},
    {"fetch.error.backoff.ms", "50"},
    {"queued.min.messages", "1000000"},
    {"queued.max.messages.kbytes", "65536"},
});

std::span<const Setting> SettingsFor(KafkaUse use) {
  switch (use) {
    case KafkaUse::kWriter:
      return kForWriter;
    case KafkaUse::kNews:
      return kForNews;
    case KafkaUse::kReader:
      return kForReader;
    case KafkaUse::kQuestion:
      return {};
  }
  return {};
}

void SayNothing(const rd_kafka_t*, int, const char*, const char*) {}

}  // namespace

std::expected<KafkaSettings, std::string> MakeKafkaSettings(const KafkaOptions& options,
                                                            KafkaUse use) {
  KafkaSettings settings(rd_kafka_conf_new());
  std::array<char, 512> reason{};
  const auto set = [&](const char* name, const char* value) {
    return rd_kafka_conf_set(settings.get(), name, value, reason.data(), reason.size()) ==
           RD_KAFKA_CONF_OK;
  };
  const std::string refused = "Kafka's setting ";
  if (!set("bootstrap.servers", options.brokers.c_str())) {
    return std::unexpected("\"" + options.brokers + "\" are no brokers: " + reason.data());
  }
  for (const std::span<const Setting> some :
       {std::span<const Setting>(kForAll), SettingsFor(use)}) {
    for (const auto& [name, value] : some) {
      if (!set(name, value)) return std::unexpected(refused + name + ": " + reason.data());
    }
  }
  for (const auto& [name, value] : options.security) {
    // The reason may quote the value, and a password must not get into a log.
    if (!set(name.c_str(), value.c_str())) {
      return std::unexpected(refused + name + " is not known or its value is not possible.");
    }
  }
  rd_kafka_conf_set_events(settings.get(), RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR);
  rd_kafka_conf_set_log_cb(settings.get(), SayNothing);
  return settings;
}

std::expected<KafkaClient, std::string> MakeKafkaClient(KafkaSettings settings, KafkaUse use) {
  std::array<char, 512> reason{};
  const auto type = use == KafkaUse::kReader ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER;
  KafkaClient client(rd_kafka_new(type, settings.get(), reason.data(), reason.size()));
  if (client == nullptr) {
    return std::unexpected(std::string("No client of Kafka can be made: ") + reason.data() + ".");
  }
  (void)settings.release();  // the client's now
  return client;
}

std::expected<KafkaClient, std::string> MakeKafkaClient(const KafkaOptions& options, KafkaUse use) {
  auto settings = MakeKafkaSettings(options, use);
  if (!settings) return std::unexpected(std::move(settings.error()));
  return MakeKafkaClient(*std::move(settings), use);
}

KafkaQueue MainQueue(rd_kafka_t* client) { return KafkaQueue(rd_kafka_queue_get_main(client)); }

std::string LastComplaint(rd_kafka_t* client, std::string otherwise) {
  const KafkaQueue queue = MainQueue(client);
  while (true) {
    const KafkaEvent event(rd_kafka_queue_poll(queue.get(), 0));
    if (event == nullptr) return otherwise;
    if (rd_kafka_event_type(event.get()) != RD_KAFKA_EVENT_ERROR) continue;
    // That all are down follows what is the matter with the last of them, and says less.
    if (rd_kafka_event_error(event.get()) == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) continue;
    otherwise = rd_kafka_event_error_string(event.get());
  }
}

std::string NoAnswer(const KafkaOptions& options, rd_kafka_t* client, rd_kafka_resp_err_t error) {
  return "Kafka at " + options.brokers + " does not answer (" +
         LastComplaint(client, rd_kafka_err2str(error)) + ").";
}

std::optional<std::string> AskCluster(rd_kafka_t* client, std::chrono::milliseconds timeout) {
  const KafkaOwned<char, std::free> id(
      rd_kafka_clusterid(client, static_cast<int>(timeout.count())));
  if (id == nullptr) return std::nullopt;
  return std::string(id.get());
}

namespace {

// The offset for a time that is none: before all, or after all (RD_KAFKA_OFFSET_BEGINNING, _END).
std::expected<int64_t, rd_kafka_resp_err_t> AskOffset(rd_kafka_t* client, const std::string& topic,
                                                      int32_t partition, int64_t time,
                                                      std::chrono::milliseconds timeout) {
  const KafkaOwned<rd_kafka_topic_partition_list_t, rd_kafka_topic_partition_list_destroy> list(
      rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_t* asked =
      rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), partition);
  asked->offset = time;
  const auto error =
      rd_kafka_offsets_for_times(client, list.get(), static_cast<int>(timeout.count()));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(error);
  if (asked->err != RD_KAFKA_RESP_ERR_NO_ERROR) return std::unexpected(asked->err);
  if (asked->offset < 0) return std::unexpected(RD_KAFKA_RESP_ERR__TIMED_OUT);
  return asked->offset;
}

}  // namespace

std::expected<KafkaSpan, rd_kafka_resp_err_t> AskSpan(rd_kafka_t* client, const std::string& topic,
                                                      int32_t partition,
                                                      std::chrono::milliseconds timeout) {
  const auto low = AskOffset(client, topic, partition, RD_KAFKA_OFFSET_BEGINNING, timeout);
  if (!low) return std::unexpected(low.error());
  const auto high = AskOffset(client, topic, partition, RD_KAFKA_OFFSET_END, timeout);
  if (!high) return std::unexpected(high.error());
  return KafkaSpan{*low, *high};
}

std::expected<KafkaTopicShape, std::string> AskShape(rd_kafka_t* client, const std::string& topic,
                                                     std::chrono::milliseconds timeout) {
  const KafkaTopic handle(rd_kafka_topic_new(client, topic.c_str(), nullptr));
  const rd_kafka_metadata_t* answer = nullptr;
  const auto error =
      rd_kafka_metadata(client, 0, handle.get(), &answer, static_cast<int>(timeout.count()));
  const KafkaMetadata metadata(answer);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return std::unexpected(LastComplaint(client, rd_kafka_err2str(error)));
  }
  KafkaTopicShape shape;
  if (metadata->topic_cnt != 1) return shape;
  const rd_kafka_metadata_topic_t& found = metadata->topics[0];
  if (found.err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return shape;
  if (found.err != RD_KAFKA_RESP_ERR_NO_ERROR &&
      found.err != RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE) {
    return std::unexpected(topic + ": " + rd_kafka_err2str(found.err));
  }
  const std::span partitions(found.partitions, static_cast<size_t>(found.partition_cnt));
  shape.exists = !partitions.empty();
  shape.partitions = found.partition_cnt;
  shape.led = std::ranges::all_of(partitions, [](const auto& part) { return part.leader >= 0; });
  if (shape.exists) {
    shape.least_replicas =
        std::ranges::min(partitions, {}, &rd_kafka_metadata_partition::replica_cnt).replica_cnt;
  }
  return shape;
}

}  // namespace plenum
