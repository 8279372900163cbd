// TLS and SASL, against a broker that asks for both.
#include <gmock/gmock.h>

#include <future>

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

// All at once, for each waits until nothing can come any more.
TEST_F(KafkaSecureBroker, RefusesOthersAndIsRefused) {
  const auto refusal = [](const KafkaOptions& options) {
    return std::async(std::launch::async, [options] {
      const auto log = KafkaLog::Open(options);
      return log ? "opened" : log.error();
    });
  };
  KafkaOptions with_another_password = options_, in_plain_text = options_,
               trusting_nobody = options_;
  with_another_password.security["sasl.password"] = "not-the-password";
  in_plain_text.security.clear();
  trusting_nobody.security.erase("ssl.ca.location");
  auto password = refusal(with_another_password);
  auto plain = refusal(in_plain_text);
  auto trust = refusal(trusting_nobody);
  const std::string why = password.get();
  EXPECT_THAT(why, HasSubstr("Authentication failed"));
  EXPECT_THAT(why, Not(HasSubstr("not-the-password")));
  EXPECT_THAT(plain.get(), HasSubstr("Kafka at " + options_.brokers + " does not answer"));
  EXPECT_THAT(trust.get(), HasSubstr("certificate verify failed"));
}

}  // namespace
}  // namespace plenum
