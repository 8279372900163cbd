// Making the topics, and refusing those that could lose a vote.
#include "ingest/kafka_topics.h"

#include <gmock/gmock.h>

#include "tests/kafka/kafka_admin.h"
#include "tests/kafka/kafka_place.h"

namespace plenum {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Settings = std::map<std::string, std::string>;

const Settings kGoodLog{{"cleanup.policy", "delete"},
                        {"retention.ms", "-1"},
                        {"retention.bytes", "-1"},
                        {"unclean.leader.election.enable", "false"},
                        {"message.timestamp.type", "LogAppendTime"},
                        {"max.message.bytes", "1048576"},
                        {"flush.messages", "1"}};
const Settings kGoodVault{
    {"cleanup.policy", "compact"},        {"unclean.leader.election.enable", "false"},
    {"max.message.bytes", "1048576"},     {"segment.ms", "1800000"},
    {"max.compaction.lag.ms", "1800000"}, {"delete.retention.ms", "604800000"},
    {"file.delete.delay.ms", "60000"},    {"flush.messages", "1"}};

struct Wrong {
  std::string setting, is, wanted;
};

std::vector<std::string> Findings(const KafkaOptions& options) {
  const auto findings = CheckTopics(options);
  EXPECT_TRUE(findings.has_value()) << findings.error();
  return findings.value_or(std::vector<std::string>{"no answer"});
}

// Each wrong setting alone is found, and named with what it is and what it must be.
void ExpectEachFound(const KafkaOptions& options, const std::string& topic, const Settings& good,
                     const std::vector<Wrong>& all) {
  for (const Wrong& wrong : all) {
    Settings settings = good;
    settings[wrong.setting] = wrong.is;
    AlterSettings(options, topic, settings);
    const std::string expected =
        topic + ": " + wrong.setting + " is " + wrong.is + " but must be " + wrong.wanted + ".";
    ASSERT_TRUE(Eventually([&] { return Findings(options).size() == 1; })) << expected;
    EXPECT_THAT(Findings(options), ElementsAre(testing::StartsWith(expected)));
    const auto log = KafkaLog::Open(options);
    ASSERT_FALSE(log.has_value());
    EXPECT_THAT(log.error(), HasSubstr(expected));
  }
  AlterSettings(options, topic, good);
  EXPECT_TRUE(Eventually([&] { return Findings(options).empty(); }));
}

class KafkaTopicsOneBroker : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(Brokers(), 1);
    options_ = FreshPlace();
  }
  KafkaOptions options_;
};

TEST_F(KafkaTopicsOneBroker, AreMadeOnceAndAreGood) {
  EXPECT_THAT(Findings(options_), SizeIs(4));
  EXPECT_THAT(Findings(options_).front(),
              "The topic " + options_.DirectoryTopic() +
                  " does not exist; `plenum topics --create` makes it.");
  const TopicSizes sizes{.room_partitions = 5, .replication = 1};
  const auto made = CreateTopics(options_, sizes);
  ASSERT_TRUE(made.has_value()) << made.error();
  EXPECT_THAT(*made, ElementsAre(options_.DirectoryTopic(), options_.RoomsTopic(),
                                 options_.VaultTopic(), options_.NodesTopic()));
  EXPECT_THAT(Findings(options_), IsEmpty());
  EXPECT_THAT(CreateTopics(options_, {.room_partitions = 7, .replication = 1}).value(), IsEmpty());
  const auto log = OpenLog(options_);
  ASSERT_NE(log, nullptr);
  EXPECT_EQ(log->RoomPartitions(), 5u);  // what exists is taken as it is
}

TEST_F(KafkaTopicsOneBroker, TheLogsSettingsThatCouldLoseAVote) {
  MakeTopics(options_);
  ExpectEachFound(options_, options_.DirectoryTopic(), kGoodLog,
                  {{"cleanup.policy", "compact", "delete"},
                   {"retention.ms", "604800000", "-1"},
                   {"retention.bytes", "1000000000", "-1"},
                   {"unclean.leader.election.enable", "true", "false"},
                   {"message.timestamp.type", "CreateTime", "LogAppendTime"},
                   {"max.message.bytes", "65536", "at least 1048576"},
                   {"flush.messages", "100", "1"}});
  ExpectEachFound(options_, options_.RoomsTopic(), kGoodLog, {{"retention.ms", "1000", "-1"}});
}

TEST_F(KafkaTopicsOneBroker, TheVaultsSettings) {
  MakeTopics(options_);
  ExpectEachFound(options_, options_.VaultTopic(), kGoodVault,
                  {{"cleanup.policy", "delete", "compact"},
                   {"unclean.leader.election.enable", "true", "false"},
                   {"segment.ms", "604800000", "at most 1800000"},
                   {"max.compaction.lag.ms", "9223372036854775807", "at most 1800000"},
                   {"delete.retention.ms", "1000", "at least 604800000"},
                   {"file.delete.delay.ms", "600000", "at most 60000"},
                   {"max.message.bytes", "65536", "at least 1048576"},
                   {"flush.messages", "9223372036854775807", "1"}});
}

TEST_F(KafkaTopicsOneBroker, TheNumberOfPartitions) {
  CreateRaw(options_, options_.DirectoryTopic(), 2, kGoodLog);
  CreateRaw(options_, options_.RoomsTopic(), 3, kGoodLog);
  CreateRaw(options_, options_.VaultTopic(), 2, kGoodVault);
  CreateRaw(options_, options_.NodesTopic(), 2, {});
  EXPECT_THAT(Findings(options_),
              ElementsAre(options_.DirectoryTopic() + ": it has 2 partitions but must have 1.",
                          options_.VaultTopic() + ": it has 2 partitions but must have 1.",
                          options_.NodesTopic() + ": it has 2 partitions but must have 1."));
}

TEST_F(KafkaTopicsOneBroker, MoreReplicasThanBrokersAreRefused) {
  const auto made = CreateTopics(options_, {.room_partitions = 2, .replication = 3});
  ASSERT_FALSE(made.has_value());
  EXPECT_THAT(made.error(), HasSubstr(options_.DirectoryTopic() + " cannot be made"));
  EXPECT_THAT(made.error(), HasSubstr("replication factor"));
}

TEST(KafkaTopicsThreeBrokers, AcknowledgedMeansOnTwo) {
  ASSERT_EQ(Brokers(), 3);
  const KafkaOptions options = FreshPlace();
  MakeTopics(options);
  Settings good = kGoodLog;
  good.erase("flush.messages");
  good["min.insync.replicas"] = "2";
  ExpectEachFound(options, options.RoomsTopic(), good,
                  {{"min.insync.replicas", "1", "at least 2"}});
}

// Where nobody is.
TEST(KafkaTopicsNoBroker, ALogDoesNotOpenAndSaysWhoDoesNotAnswer) {
  KafkaOptions options;
  options.brokers = "127.0.0.1:1";
  const auto log = KafkaLog::Open(options);
  ASSERT_FALSE(log.has_value());
  EXPECT_THAT(log.error(), HasSubstr("Kafka at 127.0.0.1:1 does not answer"));
  EXPECT_THAT(log.error(), HasSubstr("Connection refused"));
}

}  // namespace
}  // namespace plenum
