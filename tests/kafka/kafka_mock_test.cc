// What a real broker cannot be made to do at will: acknowledgements that get lost, and answers that
// end librdkafka's producer. librdkafka's own mock keeps what it is given twice, so that here a
// repetition is in the log twice; a real broker has it once.
#include <gmock/gmock.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include "ingest/kafka_producer.h"
#include "ingest/kafka_reader.h"
#include "tests/kafka/kafka_place.h"
#include "tests/unit/event_log_contract.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Each;
using testing::HasSubstr;
using testing::SizeIs;

constexpr int16_t kProduce = 0;  // the protocol's number of the request
constexpr int kForever = 60'000;

class KafkaMockNoBroker : public testing::Test {
 protected:
  KafkaMockNoBroker() {
    std::array<char, 200> reason{};
    rd_kafka_conf_t* settings = rd_kafka_conf_new();
    rd_kafka_conf_set(settings, "log_level", "3", nullptr, 0);
    host_.reset(rd_kafka_new(RD_KAFKA_PRODUCER, settings, reason.data(), reason.size()));
    mock_.reset(rd_kafka_mock_cluster_new(host_.get(), 1));
    options_.brokers = rd_kafka_mock_cluster_bootstraps(mock_.get());
    options_.answer_within = seconds(20);
    options_.away_after = seconds(20);
    rd_kafka_mock_topic_create(mock_.get(), options_.DirectoryTopic().c_str(), 1, 1);
    rd_kafka_mock_topic_create(mock_.get(), options_.RoomsTopic().c_str(), 1, 1);
  }
  void Start() {
    state_ = std::make_unique<KafkaState>(options_, "mock", std::vector<uint64_t>{0, 0});
    auto client = MakeKafkaClient(options_, KafkaUse::kReader);
    ASSERT_TRUE(client.has_value()) << client.error();
    reader_ = std::make_unique<KafkaReader>(*state_, *std::move(client));
    auto producer = KafkaProducer::Make(
        *state_,
        [this](Partition partition, uint64_t from, const std::string& bytes) {
          return reader_->Find(partition, from, bytes);
        },
        [](rd_kafka_conf_t* settings) {  // a lost answer is missed after a second
          rd_kafka_conf_set(settings, "socket.timeout.ms", "1000", nullptr, 0);
          rd_kafka_conf_set(settings, "request.timeout.ms", "1000", nullptr, 0);
        });
    ASSERT_TRUE(producer.has_value()) << producer.error();
    producer_ = *std::move(producer);
  }
  // What the broker does with the next batches that are produced; afterwards all is well.
  void Next(rd_kafka_resp_err_t error, int delay_ms = 0) {
    rd_kafka_mock_broker_push_request_error_rtts(mock_.get(), 1, kProduce, 1, error, delay_ms);
  }
  void Append(size_t first, size_t count) {
    for (size_t i = first; i < first + count; ++i) {
      const auto taken =
          producer_->Append(kRoomPartition, Bytes(i), Urgency::kVote, answers_.For(i));
      ASSERT_TRUE(taken.has_value()) << LogErrorText(taken.error());
    }
  }
  bool AllAnswered() {
    return Eventually([this] { return producer_->Pending() == 0; }, seconds(30));
  }
  std::vector<std::string> All() {
    (void)reader_->Find(kRoomPartition, 0, "");  // learns where it ends
    std::vector<std::string> all;
    while (true) {
      const auto piece = reader_->Read(kRoomPartition, all.size(), 100);
      EXPECT_TRUE(piece.has_value());
      if (!piece || piece->empty()) return all;
      for (const LogEntry& entry : *piece) all.push_back(entry.bytes);
    }
  }
  // Each was answered once, with the offset of an entry that holds its bytes.
  void ExpectAllAreThere(size_t count) {
    const auto entries = All();
    const auto answers = answers_.OnePerAppend(count);
    for (size_t i = 0; i < answers.size(); ++i) {
      ASSERT_TRUE(answers[i].has_value()) << i << ": " << LogErrorText(answers[i].error());
      ASSERT_LT(*answers[i], entries.size());
      ASSERT_EQ(entries[*answers[i]], Bytes(i));
      if (i > 0) {
        ASSERT_GT(*answers[i], *answers[i - 1]);
      }
    }
  }

  Answers answers_;
  KafkaOptions options_;
  KafkaClient host_;
  KafkaOwned<rd_kafka_mock_cluster_t, rd_kafka_mock_cluster_destroy> mock_;
  std::unique_ptr<KafkaState> state_;
  std::unique_ptr<KafkaReader> reader_;
  std::unique_ptr<KafkaProducer> producer_;
};

TEST_F(KafkaMockNoBroker, ALostAcknowledgementIsAskedForAgain) {
  Start();
  Append(0, 1);
  ASSERT_TRUE(AllAnswered());
  Next(RD_KAFKA_RESP_ERR_NO_ERROR, kForever);
  Append(1, 20);
  ASSERT_TRUE(AllAnswered());
  ExpectAllAreThere(21);
  EXPECT_GT(All().size(), 21u);  // what was not acknowledged was produced once more
}

TEST_F(KafkaMockNoBroker, WhatKafkaHadAlreadyIsAnsweredWhenItHasBeenRead) {
  Start();
  Append(0, 1);
  ASSERT_TRUE(AllAnswered());
  Next(RD_KAFKA_RESP_ERR_NO_ERROR, kForever);
  Next(RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER);
  Append(1, 1);
  ASSERT_TRUE(AllAnswered());
  Append(2, 20);
  ASSERT_TRUE(AllAnswered());
  EXPECT_THAT(All(), SizeIs(22));
  ExpectAllAreThere(22);
}

TEST_F(KafkaMockNoBroker, WhatCannotBeFoundIsNotAcknowledged) {
  options_.answer_within = seconds(2);
  Start();
  Next(RD_KAFKA_RESP_ERR_DUPLICATE_SEQUENCE_NUMBER);  // which is not true
  Append(0, 1);
  ASSERT_TRUE(AllAnswered());
  EXPECT_THAT(answers_.OnePerAppend(1), Each(Answers::Answer(std::unexpected(LogError::kUnknown))));
}

TEST_F(KafkaMockNoBroker, AProducerThatEndedIsReplaced) {
  Start();
  Append(0, 10);
  ASSERT_TRUE(AllAnswered());
  Next(RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER);
  Append(10, 3000);
  ASSERT_TRUE(AllAnswered());
  ExpectAllAreThere(3010);
  EXPECT_THAT(All(), SizeIs(3010));
  EXPECT_FALSE(state_->Trouble().has_value());
}

TEST_F(KafkaMockNoBroker, ItIsReplacedAgainAndAgain) {
  Start();
  for (size_t i = 0; i < 5; ++i) {
    Next(RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER);
    Append(i * 100, 100);
    ASSERT_TRUE(AllAnswered()) << i;
  }
  ExpectAllAreThere(500);
}

TEST_F(KafkaMockNoBroker, WhatIsRefusedIsSaidToBeNotRecorded) {
  Start();
  Next(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  Append(0, 1);
  ASSERT_TRUE(AllAnswered());
  EXPECT_THAT(answers_.OnePerAppend(1), Each(Answers::Answer(std::unexpected(LogError::kAway))));
  EXPECT_THAT(state_->Trouble().value_or(""), HasSubstr("refuses an entry of plenum.rooms/0"));
  // librdkafka believes it until it has asked again; and so nothing is taken.
  EXPECT_EQ(producer_->Append(kRoomPartition, "more", Urgency::kVote, answers_.For(9)),
            std::unexpected(LogError::kAway));
  ASSERT_TRUE(Eventually([&] {
    return producer_->Append(kRoomPartition, Bytes(1), Urgency::kVote, answers_.For(1)).has_value();
  }));
  ASSERT_TRUE(AllAnswered());
  EXPECT_TRUE(answers_.OnePerAppend(2).back().has_value());
  EXPECT_TRUE(Eventually([&] { return !state_->Trouble().has_value(); }));
}

// A topic that gives an offset which had been given before is not the one that it was.
TEST_F(KafkaMockNoBroker, AnOffsetThatWasGivenBeforeIsTheEnd) {
  Start();
  state_->Grow(kRoomPartition, 10);
  Append(0, 1);
  ASSERT_TRUE(Eventually([&] { return state_->broken(); }));
  EXPECT_THAT(state_->Trouble().value_or(""), HasSubstr("plenum.rooms/0 ended at 10"));
  ASSERT_TRUE(AllAnswered());
  EXPECT_THAT(answers_.OnePerAppend(1), Each(Answers::Answer(std::unexpected(LogError::kUnknown))));
}

}  // namespace
}  // namespace plenum
