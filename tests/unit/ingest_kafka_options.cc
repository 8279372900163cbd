// The file with Kafka's security settings.
#include <gmock/gmock.h>

#include <fstream>

#include "ingest/kafka_log.h"
#include "ingest/kafka_options.h"
#include "tests/unit/ingest_temp_folder.h"

namespace plenum {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

std::expected<std::map<std::string, std::string>, std::string> Read(const std::string& text) {
  const TempFolder folder;
  const auto file = folder.path() / "kafka.conf";
  std::ofstream(file) << text;
  return ReadKafkaSecurity(file);
}

TEST(KafkaSecurityFile, HasNamesAndValues) {
  const auto settings = Read(
      "# of the venue\n\n security.protocol = SASL_SSL\r\n"
      "sasl.password=a=b # c\nssl.ca.location=/etc/ca.pem");
  ASSERT_TRUE(settings.has_value()) << settings.error();
  EXPECT_THAT(*settings,
              ElementsAre(Pair("sasl.password", "a=b # c"), Pair("security.protocol", "SASL_SSL"),
                          Pair("ssl.ca.location", "/etc/ca.pem")));
}

TEST(KafkaSecurityFile, RefusesOthersByName) {
  EXPECT_THAT(Read("sasl.username=x\nacks=0\n").error(),
              EndsWith("kafka.conf:2: \"acks\" is none of security.protocol, ssl.* and sasl.*."));
  EXPECT_THAT(Read("plugin.library.paths=/tmp/x.so").error(), HasSubstr("plugin.library.paths"));
  EXPECT_THAT(Read("security.protocols=SSL").error(), HasSubstr("\"security.protocols\""));
  EXPECT_THAT(Read("ssl").error(), EndsWith(":1: This line is not NAME=VALUE."));
  EXPECT_THAT(Read("ssl.ca.location=a\nssl.ca.location=b").error(),
              EndsWith(":2: \"ssl.ca.location\" is set twice."));
}

TEST(KafkaSecurityFile, MustBeThere) {
  const TempFolder folder;
  EXPECT_THAT(ReadKafkaSecurity(folder.path() / "none").error(), EndsWith("none cannot be read."));
  EXPECT_THAT(ReadKafkaSecurity(folder.path()).error(), EndsWith(" cannot be read."));
}

TEST(KafkaSecurityFile, APasswordIsNotQuoted) {
  KafkaOptions options;
  options.brokers = "127.0.0.1:1";
  options.security = {{"security.protocol", "hunter2"}};
  const auto log = KafkaLog::Open(options);
  ASSERT_FALSE(log.has_value());
  EXPECT_THAT(log.error(), HasSubstr("security.protocol"));
  EXPECT_THAT(log.error(), Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace plenum
