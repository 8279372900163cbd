// TLS and SASL, against a broker that asks for both.
#include <gmock/gmock.h>

#include "tests/kafka/kafka_place.h"
#include "tests/unit/event_log_contract.h"

namespace plenum {
namespace {

using testing::HasSubstr;
using testing::Not;

class KafkaSecureBroker : public testing::Test {
 protected:
  void SetUp() override {
    options_ = FreshPlace();
    ASSERT_TRUE(options_.security.contains("sasl.password"));
    ASSERT_TRUE(options_.security.contains("ssl.ca.location"));
  }
  // The sentence with which it is refused.
  std::string Refusal() {
    const auto log = KafkaLog::Open(options_);
    EXPECT_FALSE(log.has_value());
    return log ? "opened" : log.error();
  }
  KafkaOptions options_;
};

TEST_F(KafkaSecureBroker, LetsInWhoIsKnown) {
  MakeTopics(options_);
  Answers answers;
  const auto log = OpenLog(options_);
  ASSERT_NE(log, nullptr);
  AppendMany(*log, answers, 0, 500);
  ASSERT_TRUE(Eventually([&] { return log->Pending() == 0; }));
  EXPECT_EQ(BytesOf(ReadAll(*log, kRoomPartition)), ManyBytes(500));
  EXPECT_FALSE(log->Trouble().has_value());
}

TEST_F(KafkaSecureBroker, RefusesAnotherPassword) {
  options_.security["sasl.password"] = "not-the-password";
  const std::string refusal = Refusal();
  EXPECT_THAT(refusal, HasSubstr("Authentication failed"));
  EXPECT_THAT(refusal, Not(HasSubstr("not-the-password")));
}

TEST_F(KafkaSecureBroker, RefusesPlainText) {
  options_.security.clear();
  EXPECT_THAT(Refusal(), HasSubstr("Kafka at " + options_.brokers + " does not answer"));
}

TEST_F(KafkaSecureBroker, IsRefusedItselfIfItsCertificateIsNotKnown) {
  options_.security.erase("ssl.ca.location");
  EXPECT_THAT(Refusal(), HasSubstr("certificate verify failed"));
}

}  // namespace
}  // namespace plenum
