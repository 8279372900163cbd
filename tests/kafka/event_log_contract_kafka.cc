// The contract on the Kafka log, on real brokers.
#include "tests/kafka/kafka_place.h"
#include "tests/unit/event_log_contract.h"

namespace plenum {
namespace {

class KafkaLogUnderTest final : public LogUnderTest {
 public:
  KafkaLogUnderTest() : options_(FreshPlace()) {
    // Nothing is away here, however slow the machine is.
    options_.answer_within = std::chrono::minutes(2);
    options_.away_after = std::chrono::minutes(1);
    MakeTopics(options_);
    log_ = OpenLog(options_);
    if (log_ == nullptr) std::abort();
  }
  ~KafkaLogUnderTest() override { Release(); }

  EventLog& log() override { return *log_; }
  void Reopen() override {
    log_.reset();
    log_ = OpenLog(options_);
    if (log_ == nullptr) std::abort();
  }
  void Settle() override {
    EXPECT_TRUE(Eventually([&] { return log_->Pending() == 0; }, std::chrono::minutes(1)));
  }
  void Hold() override {
    Control("pause all");
    held_ = true;
  }
  void Release() override {
    if (held_) Control("resume all");
    held_ = false;
  }

 private:
  KafkaOptions options_;
  bool held_ = false;
  std::unique_ptr<KafkaLog> log_;
};

INSTANTIATE_TEST_SUITE_P(Kafka, EventLogContract,
                         testing::Values(LogKind{
                             "kafka", [] { return std::make_unique<KafkaLogUnderTest>(); }}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace plenum
