#include "ingest/kafka_topics.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <thread>
#include <utility>

#include "ingest/kafka_settings.h"

namespace plenum {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using Settings = std::map<std::string, std::string>;

constexpr milliseconds kAsk{5000};
constexpr milliseconds kForLeaders{20'000};
// A broker can hear of a topic a little later than the one that made it.
constexpr milliseconds kForNews{1000};

using NewTopic = KafkaOwned<rd_kafka_NewTopic_t, rd_kafka_NewTopic_destroy>;
using Resource = KafkaOwned<rd_kafka_ConfigResource_t, rd_kafka_ConfigResource_destroy>;
using AdminOptions = KafkaOwned<rd_kafka_AdminOptions_t, rd_kafka_AdminOptions_destroy>;

// --- What a setting must be ---

enum class Must : uint8_t { kBe, kBeAtLeast, kBeAtMost };
struct Rule {
  const char* setting;
  Must must;
  const char* wanted;
};

// Nothing is deleted by age or size, nobody leads who lacks what was acknowledged, and the brokers'
// clock stamps the entries. The brokers bound a batch, which a backlog must fit into.
constexpr auto kOfLog = std::to_array<Rule>({
    {"cleanup.policy", Must::kBe, "delete"},
    {"retention.ms", Must::kBe, "-1"},
    {"retention.bytes", Must::kBe, "-1"},
    {"unclean.leader.election.enable", Must::kBe, "false"},
    {"message.timestamp.type", Must::kBe, "LogAppendTime"},
    {"max.message.bytes", Must::kBeAtLeast, "1048576"},
});
// What is erased leaves the brokers' disks within an hour and a little; that it was erased is told
// for a week, so that a node that was away for less need not read all anew.
constexpr auto kOfVault = std::to_array<Rule>({
    {"cleanup.policy", Must::kBe, "compact"},
    {"unclean.leader.election.enable", Must::kBe, "false"},
    {"max.message.bytes", Must::kBeAtLeast, "1048576"},
    {"segment.ms", Must::kBeAtMost, "1800000"},
    {"max.compaction.lag.ms", Must::kBeAtMost, "1800000"},
    {"delete.retention.ms", Must::kBeAtLeast, "604800000"},
    {"file.delete.delay.ms", Must::kBeAtMost, "60000"},
});
constexpr auto kOfNodes = std::to_array<Rule>({
    {"cleanup.policy", Must::kBe, "delete"},
    {"retention.ms", Must::kBe, "3600000"},
});
// With these two, an acknowledged entry is on two machines, or on one's disk.
constexpr Rule kOnTwo{"min.insync.replicas", Must::kBeAtLeast, "2"};
constexpr Rule kOnDisk{"flush.messages", Must::kBe, "1"};

struct TopicPlan {
  std::string name;
  std::optional<uint32_t> partitions;  // nullopt: any number
  std::span<const Rule> rules;
  bool critical = true;  // its settings are checked
};

std::vector<TopicPlan> PlansFor(const KafkaOptions& options) {
  return {{options.DirectoryTopic(), 1, kOfLog},
          {options.RoomsTopic(), std::nullopt, kOfLog},
          {options.VaultTopic(), 1, kOfVault},
          {options.NodesTopic(), 1, kOfNodes, false}};
}

std::optional<int64_t> NumberIn(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool Keeps(const Rule& rule, const std::string& is) {
  if (rule.must == Must::kBe) return is == rule.wanted;
  const auto number = NumberIn(is);
  if (!number) return false;
  return rule.must == Must::kBeAtLeast ? *number >= *NumberIn(rule.wanted)
                                       : *number <= *NumberIn(rule.wanted);
}

std::optional<std::string> Finding(const std::string& topic, const Rule& rule,
                                   const Settings& settings) {
  const auto it = settings.find(rule.setting);
  const std::string is = it == settings.end() ? "not set" : it->second;
  if (it != settings.end() && Keeps(rule, is)) return std::nullopt;
  const char* must = rule.must == Must::kBe          ? " but must be "
                     : rule.must == Must::kBeAtLeast ? " but must be at least "
                                                     : " but must be at most ";
  return topic + ": " + rule.setting + " is " + is + must + rule.wanted + ".";
}

// --- Asking ---

// Waits for the answer to a request of the admin API; null: there was none.
KafkaEvent AnswerOn(rd_kafka_queue_t* queue) {
  return KafkaEvent(rd_kafka_queue_poll(queue, static_cast<int>(2 * kAsk.count())));
}

AdminOptions PatientOptions(rd_kafka_t* client, rd_kafka_admin_op_t operation) {
  AdminOptions patient(rd_kafka_AdminOptions_new(client, operation));
  std::array<char, 256> ignored{};
  rd_kafka_AdminOptions_set_request_timeout(patient.get(), static_cast<int>(kAsk.count()),
                                            ignored.data(), ignored.size());
  return patient;
}

// No settings: there is no such topic.
std::expected<Settings, std::string> AskSettings(const KafkaOptions& options, rd_kafka_t* client,
                                                 const std::string& topic) {
  const KafkaQueue queue(rd_kafka_queue_new(client));
  const AdminOptions patient = PatientOptions(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
  const Resource resource(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()));
  rd_kafka_ConfigResource_t* asked = resource.get();
  rd_kafka_DescribeConfigs(client, &asked, 1, patient.get(), queue.get());
  const KafkaEvent event = AnswerOn(queue.get());
  if (event == nullptr || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return std::unexpected(NoAnswer(
        options, client,
        event == nullptr ? RD_KAFKA_RESP_ERR__TIMED_OUT : rd_kafka_event_error(event.get())));
  }
  size_t count = 0;
  const auto* result = rd_kafka_event_DescribeConfigs_result(event.get());
  const auto* resources = rd_kafka_DescribeConfigs_result_resources(result, &count);
  const auto error =
      count == 1 ? rd_kafka_ConfigResource_error(resources[0]) : RD_KAFKA_RESP_ERR_UNKNOWN;
  if (error == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) return Settings{};
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return std::unexpected("The settings of " + topic +
                           " cannot be read: " + rd_kafka_err2str(error) + ".");
  }
  const auto* entries = rd_kafka_ConfigResource_configs(resources[0], &count);
  Settings settings;
  for (size_t i = 0; i < count; ++i) {
    const char* value = rd_kafka_ConfigEntry_value(entries[i]);
    if (value != nullptr) settings[rd_kafka_ConfigEntry_name(entries[i])] = value;
  }
  return settings;
}

struct Found {
  KafkaTopicShape shape;
  Settings settings;  // of a critical topic that exists
};

std::expected<Found, std::string> AskTopic(const KafkaOptions& options, rd_kafka_t* client,
                                           const TopicPlan& plan) {
  const auto shape = AskShape(client, plan.name, kAsk);
  if (!shape) {
    return std::unexpected("Kafka at " + options.brokers + " does not answer (" + shape.error() +
                           ").");
  }
  Found found{*shape, {}};
  if (!found.shape.exists || !plan.critical) return found;
  auto settings = AskSettings(options, client, plan.name);
  if (!settings) return std::unexpected(settings.error());
  found.settings = *std::move(settings);
  found.shape.exists = !found.settings.empty();
  return found;
}

void Judge(const TopicPlan& plan, const Found& found, std::vector<std::string>& findings) {
  const auto& [shape, settings] = found;
  if (!shape.exists) {
    findings.push_back("The topic " + plan.name +
                       " does not exist; `plenum topics --create` makes it.");
    return;
  }
  if (plan.partitions && std::cmp_not_equal(shape.partitions, *plan.partitions)) {
    findings.push_back(plan.name + ": it has " + std::to_string(shape.partitions) +
                       " partitions but must have " + std::to_string(*plan.partitions) + ".");
  }
  if (!plan.critical) return;
  for (const Rule& rule : plan.rules) {
    if (auto finding = Finding(plan.name, rule, settings)) findings.push_back(*finding);
  }
  const bool alone = shape.least_replicas < 2;
  if (auto finding = Finding(plan.name, alone ? kOnDisk : kOnTwo, settings)) {
    findings.push_back(alone ? *finding + " It has one replica only (replication factor 1)."
                             : *finding);
  }
}

// --- Making ---

NewTopic MakePlan(const TopicPlan& plan, const TopicSizes& sizes) {
  std::array<char, 256> ignored{};
  NewTopic topic(rd_kafka_NewTopic_new(
      plan.name.c_str(), static_cast<int>(plan.partitions.value_or(sizes.room_partitions)),
      static_cast<int>(sizes.replication), ignored.data(), ignored.size()));
  if (topic == nullptr) return topic;
  const auto set = [&](const char* name, const char* value) {
    rd_kafka_NewTopic_set_config(topic.get(), name, value);
  };
  for (const Rule& rule : plan.rules) set(rule.setting, rule.wanted);
  if (plan.critical) {
    const Rule& rule = sizes.replication < 2 ? kOnDisk : kOnTwo;
    set(rule.setting, rule.wanted);
  }
  return topic;
}

// Whether it was made; false: it was there.
std::expected<bool, std::string> Create(const KafkaOptions& options, rd_kafka_t* client,
                                        const TopicPlan& plan, const TopicSizes& sizes) {
  const NewTopic topic = MakePlan(plan, sizes);
  if (topic == nullptr) {
    return std::unexpected(plan.name + " cannot be made with " +
                           std::to_string(sizes.room_partitions) + " partitions and " +
                           std::to_string(sizes.replication) + " replicas.");
  }
  const KafkaQueue queue(rd_kafka_queue_new(client));
  const AdminOptions patient = PatientOptions(client, RD_KAFKA_ADMIN_OP_CREATETOPICS);
  rd_kafka_NewTopic_t* asked = topic.get();
  rd_kafka_CreateTopics(client, &asked, 1, patient.get(), queue.get());
  const KafkaEvent event = AnswerOn(queue.get());
  if (event == nullptr || rd_kafka_event_error(event.get()) != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return std::unexpected(NoAnswer(
        options, client,
        event == nullptr ? RD_KAFKA_RESP_ERR__TIMED_OUT : rd_kafka_event_error(event.get())));
  }
  size_t count = 0;
  const auto* results =
      rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
  const auto error =
      count == 1 ? rd_kafka_topic_result_error(results[0]) : RD_KAFKA_RESP_ERR_UNKNOWN;
  if (error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) return false;
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return true;
  const char* why = count == 1 ? rd_kafka_topic_result_error_string(results[0]) : nullptr;
  return std::unexpected(plan.name +
                         " cannot be made: " + (why != nullptr ? why : rd_kafka_err2str(error)));
}

// Each partition of a new topic has a leader only a moment later.
std::expected<void, std::string> AwaitLeaders(rd_kafka_t* client, const std::string& topic) {
  const auto until = Clock::now() + kForLeaders;
  while (Clock::now() < until) {
    const auto shape = AskShape(client, topic, kAsk);
    if (shape && shape->exists && shape->led) return {};
    std::this_thread::sleep_for(milliseconds(50));
  }
  return std::unexpected(topic + " was made, but not all of its partitions have a leader.");
}

}  // namespace

std::expected<std::vector<std::string>, std::string> CheckTopics(const KafkaOptions& options) {
  const auto client = MakeKafkaClient(options, KafkaUse::kQuestion);
  if (!client) return std::unexpected(client.error());
  std::vector<std::string> findings;
  const auto until = Clock::now() + kForNews;
  for (const TopicPlan& plan : PlansFor(options)) {
    auto found = AskTopic(options, client->get(), plan);
    while (found && !found->shape.exists && Clock::now() < until) {
      std::this_thread::sleep_for(milliseconds(100));
      found = AskTopic(options, client->get(), plan);
    }
    if (!found) return std::unexpected(std::move(found.error()));
    Judge(plan, *found, findings);
  }
  return findings;
}

std::expected<std::vector<std::string>, std::string> CreateTopics(const KafkaOptions& options,
                                                                  const TopicSizes& sizes) {
  const auto client = MakeKafkaClient(options, KafkaUse::kQuestion);
  if (!client) return std::unexpected(client.error());
  std::vector<std::string> made;
  for (const TopicPlan& plan : PlansFor(options)) {
    const auto created = Create(options, client->get(), plan, sizes);
    if (!created) return std::unexpected(created.error());
    if (!*created) continue;
    made.push_back(plan.name);
    if (auto led = AwaitLeaders(client->get(), plan.name); !led) {
      return std::unexpected(led.error());
    }
  }
  return made;
}

}  // namespace plenum
