#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/commands/node_options.h"
#include "gateway/commands/settings.h"
#include "ingest/kafka_topics.h"
#include "schema/json.h"

namespace plenum {
namespace {

struct Topics {
  StorageFlags storage;
  TopicSizes sizes;
  bool create = false;
  bool json = false;
};

using Sentences = std::vector<std::string>;

void PrintJson(const Sentences& made, const Sentences& findings) {
  json::Writer writer;
  writer.BeginObject().Key("made").BeginArray();
  for (const std::string& topic : made) writer.String(topic);
  writer.EndArray().Key("findings").BeginArray();
  for (const std::string& finding : findings) writer.String(finding);
  writer.EndArray().EndObject();
  std::cout << writer.Take() << "\n";
}

int RunTopics(const Topics& topics) {
  if (topics.storage.kafka.empty()) return Fail("topics takes --kafka HOST:PORT,…", kExitUsage);
  auto options = ToStorageOptions(topics.storage);
  if (!options) return Fail(options.error(), kExitUsage);
  Sentences made;
  if (topics.create) {
    auto created = CreateTopics(options->kafka, topics.sizes);
    if (!created) return Fail(created.error());
    made = *std::move(created);
  }
  auto findings = CheckTopics(options->kafka);
  if (!findings) return Fail(findings.error());
  if (topics.json) {
    PrintJson(made, *findings);
  } else {
    for (const std::string& topic : made) std::cout << "made " << topic << "\n";
    for (const std::string& finding : *findings) std::cerr << "plenum: " << finding << "\n";
    if (findings->empty()) std::cout << "The topics are as they must be.\n";
  }
  return findings->empty() ? kExitOk : kExitFailed;
}

}  // namespace

Subcommand AddTopics(CLI::App& app) {
  auto topics = std::make_shared<Topics>();
  CLI::App* command = app.add_subcommand(
      "topics", "Check the Kafka topics, or create them; refuses what could lose a vote");
  AddKafkaFlags(*command, topics->storage);
  command->add_flag("--create", topics->create, "Create those that are missing");
  command
      ->add_option("--partitions", topics->sizes.room_partitions,
                   "Of the topic of rooms, when it is created; never changes after that")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  command
      ->add_option("--replication", topics->sizes.replication,
                   "Of the topics, when they are created; 1: one broker alone")
      ->check(CLI::Range(1, 7))
      ->capture_default_str();
  command->add_flag("--json", topics->json, "Print one JSON object");
  return {command, [topics] { return RunTopics(*topics); }};
}

}  // namespace plenum
