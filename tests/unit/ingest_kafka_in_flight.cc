// Who is answered what and when, of what was given to Kafka.
#include <gmock/gmock.h>

#include "ingest/kafka_in_flight.h"
#include "schema/limits.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using Fate = KafkaEntry::Fate;
using Answer = std::expected<uint64_t, LogError>;

const Answer kUnknown = std::unexpected(LogError::kUnknown);
const Answer kAway = std::unexpected(LogError::kAway);

class KafkaInFlightTest : public testing::Test {
 protected:
  std::expected<KafkaEntry*, LogError> Push(Partition partition, Urgency urgency = Urgency::kVote,
                                            size_t bytes = 1) {
    KafkaEntry entry;
    entry.partition = partition;
    entry.bytes.assign(bytes, 'x');
    entry.since = now_;
    const int number = pushed_++;
    entry.done = [this, number](Answer answer) { answered_.emplace_back(number, answer); };
    return in_flight_.Push(std::move(entry), urgency);
  }
  static void Durable(KafkaEntry* entry, uint64_t offset) {
    entry->fate = Fate::kDurable;
    entry->offset = offset;
  }
  // Who is answered by now, since the last time: number and answer.
  std::vector<std::pair<int, Answer>> Answered() {
    answered_.clear();
    for (auto& [done, what] : in_flight_.TakeAnswers(now_)) done(what);
    return answered_;
  }

  KafkaInFlight::Now now_{std::chrono::hours(1)};
  int pushed_ = 0;
  std::vector<std::pair<int, Answer>> answered_;
  KafkaInFlight in_flight_{
      3, {milliseconds(2500), milliseconds(1500)}, {.items = 10, .bytes = 100}};
};

TEST_F(KafkaInFlightTest, AnswersInOrderWithinAPartition) {
  KafkaEntry* first = *Push(1);
  KafkaEntry* second = *Push(1);
  KafkaEntry* other = *Push(2);
  Durable(second, 8);
  EXPECT_THAT(Answered(), IsEmpty());
  Durable(other, 3);
  EXPECT_THAT(Answered(), ElementsAre(std::pair(2, Answer(3))));
  Durable(first, 7);
  EXPECT_THAT(Answered(), ElementsAre(std::pair(0, Answer(7)), std::pair(1, Answer(8))));
  EXPECT_TRUE(in_flight_.empty());
  EXPECT_EQ(in_flight_.bytes(), 0u);
}

TEST_F(KafkaInFlightTest, IsUnknownAtTheDeadlineAndStays) {
  KafkaEntry* first = *Push(1);
  now_ += milliseconds(1000);
  KafkaEntry* second = *Push(1);
  now_ += milliseconds(1499);
  EXPECT_THAT(Answered(), IsEmpty());
  now_ += milliseconds(1);
  EXPECT_THAT(Answered(), ElementsAre(std::pair(0, kUnknown)));
  EXPECT_EQ(in_flight_.size(), 2u);
  Durable(first, 0);  // its late fate is not told
  EXPECT_THAT(Answered(), IsEmpty());
  EXPECT_EQ(in_flight_.size(), 1u);
  Durable(second, 1);
  EXPECT_THAT(Answered(), ElementsAre(std::pair(1, Answer(1))));
}

TEST_F(KafkaInFlightTest, IsAwayBehindAnOldEntryInThatPartitionOnly) {
  KafkaEntry* old = *Push(1);
  now_ += milliseconds(1499);
  EXPECT_TRUE(Push(1).has_value());
  EXPECT_EQ(in_flight_.Away(now_), std::nullopt);
  now_ += milliseconds(1);
  EXPECT_EQ(Push(1, Urgency::kStaff), std::unexpected(LogError::kAway));
  EXPECT_EQ(in_flight_.Away(now_), 1u);
  EXPECT_TRUE(Push(2).has_value());
  Durable(old, 0);
  EXPECT_EQ(Answered().size(), 1u);
  EXPECT_TRUE(Push(1).has_value());
}

TEST_F(KafkaInFlightTest, TheLastFifthIsForStaff) {
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(Push(1).has_value());
  EXPECT_EQ(Push(2), std::unexpected(LogError::kBusy));
  EXPECT_TRUE(Push(2, Urgency::kStaff).has_value());
  EXPECT_TRUE(Push(0, Urgency::kStaff).has_value());
  EXPECT_EQ(Push(0, Urgency::kStaff), std::unexpected(LogError::kBusy));
}

TEST_F(KafkaInFlightTest, BytesAreBoundedToo) {
  EXPECT_EQ(Push(1, Urgency::kVote, 81), std::unexpected(LogError::kBusy));
  EXPECT_TRUE(Push(1, Urgency::kVote, 80).has_value());
  EXPECT_EQ(Push(1, Urgency::kVote, 1), std::unexpected(LogError::kBusy));
  EXPECT_TRUE(Push(1, Urgency::kStaff, 20).has_value());
  EXPECT_EQ(Push(1, Urgency::kStaff, 1), std::unexpected(LogError::kBusy));
  in_flight_.PopLast(1);
  EXPECT_TRUE(Push(1, Urgency::kStaff, 20).has_value());
}

TEST_F(KafkaInFlightTest, WhatIsSomewhereHoldsUpThoseBehindUntilItIsFound) {
  KafkaEntry* first = *Push(1);
  KafkaEntry* second = *Push(1);
  EXPECT_EQ(in_flight_.FirstSomewhere(), nullptr);
  first->fate = Fate::kSomewhere;
  Durable(second, 5);
  EXPECT_THAT(Answered(), IsEmpty());
  EXPECT_EQ(in_flight_.FirstSomewhere(), first);
  Durable(first, 4);
  EXPECT_THAT(Answered(), ElementsAre(std::pair(0, Answer(4)), std::pair(1, Answer(5))));
}

TEST_F(KafkaInFlightTest, WhatIsNotFoundInTimeIsUnknownAndLeaves) {
  KafkaEntry* entry = *Push(1);
  entry->fate = Fate::kSomewhere;
  now_ += milliseconds(2500);
  EXPECT_THAT(Answered(), ElementsAre(std::pair(0, kUnknown)));
  EXPECT_EQ(in_flight_.FirstSomewhere(), nullptr);
  EXPECT_THAT(Answered(), IsEmpty());
  EXPECT_TRUE(in_flight_.empty());
}

TEST_F(KafkaInFlightTest, RefusedIsNotRecorded) {
  (*Push(1))->fate = Fate::kRefused;
  EXPECT_THAT(Answered(), ElementsAre(std::pair(0, kAway)));
}

TEST_F(KafkaInFlightTest, GivingUpAnswersWhatWaitsAndKeepsWhatIsKnown) {
  Durable(*Push(1), 0);
  (void)Push(1);
  (*Push(2))->fate = Fate::kSomewhere;
  int waiting = 0;
  in_flight_.ForEachWaiting([&](KafkaEntry&) { ++waiting; });
  EXPECT_EQ(waiting, 1);
  in_flight_.GiveUp();
  EXPECT_THAT(Answered(),
              ElementsAre(std::pair(0, Answer(0)), std::pair(1, kUnknown), std::pair(2, kUnknown)));
  EXPECT_TRUE(in_flight_.empty());
}

}  // namespace
}  // namespace plenum
