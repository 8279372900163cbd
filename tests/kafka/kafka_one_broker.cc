// What the Kafka log does when its only broker dies, freezes, forgets or becomes another one.
#include <gmock/gmock.h>

#include <thread>

#include "schema/limits.h"
#include "tests/kafka/kafka_admin.h"
#include "tests/kafka/kafka_place.h"
#include "tests/unit/event_log_contract.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Answers::Answer kUnknownAnswer = std::unexpected(LogError::kUnknown);

class KafkaOneBroker : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(Brokers(), 1);
    options_ = FreshPlace();
    MakeTopics(options_);
  }
  void TearDown() override {
    if (!up_) Start();
  }
  void Kill() {
    Control("kill 1");
    up_ = false;
  }
  void Start() {
    Control("start 1");
    up_ = true;
  }

  Answers answers_;  // outlives the log
  KafkaOptions options_;
  bool up_ = true;
};

bool AllAnswered(EventLog& log) {
  return Eventually([&] { return log.Pending() == 0; }, seconds(60));
}

TEST_F(KafkaOneBroker, WhatWasTakenBeforeADeathArrivesOnceAfterIt) {
  const auto log = OpenLog(options_);
  ASSERT_NE(log, nullptr);
  AppendMany(*log, answers_, 0, 100);
  ASSERT_TRUE(AllAnswered(*log));
  Kill();
  AppendMany(*log, answers_, 100, 300);

  // Nothing is said before the deadline, and all by a little after it.
  std::this_thread::sleep_for(options_.answer_within - milliseconds(700));
  EXPECT_EQ(answers_.Count(), 100u);
  EXPECT_TRUE(Eventually([&] { return answers_.Count() == 400; }, seconds(2)));
  EXPECT_EQ(log->Append(kRoomPartition, "late", Urgency::kStaff, answers_.For(999)),
            std::unexpected(LogError::kAway));
  EXPECT_EQ(log->Pending(), 300u);
  EXPECT_TRUE(Eventually([&] { return log->Trouble().has_value(); }));
  EXPECT_EQ(log->Read(kRoomPartition, 0, 10), std::unexpected(LogError::kAway));
  EXPECT_EQ(log->End(kRoomPartition), 100u);

  Start();
  ASSERT_TRUE(AllAnswered(*log));
  EXPECT_TRUE(Eventually([&] { return !log->Trouble().has_value(); })) << *log->Trouble();
  EXPECT_EQ(BytesOf(ReadAll(*log, kRoomPartition)), ManyBytes(400));
  AppendMany(*log, answers_, 400, 1);
  ASSERT_TRUE(AllAnswered(*log));
  const auto all = answers_.OnePerAppend(401);
  ASSERT_THAT(all, SizeIs(401));
  EXPECT_EQ(all[99], 99u);
  EXPECT_THAT(std::vector(all.begin() + 100, all.end() - 1), Each(kUnknownAnswer));
  EXPECT_EQ(all[400], 400u);
}

TEST_F(KafkaOneBroker, ABacklogOfManyBatchesArrivesWithPatience) {
  options_.answer_within = seconds(60);
  options_.away_after = seconds(60);
  const auto log = OpenLog(options_);
  ASSERT_NE(log, nullptr);
  Control("pause 1");
  // Ten times what the brokers take at once (max.message.bytes).
  const std::string large(limits::kEventBytes - 100, 'x');
  constexpr size_t kEntries = 10 * 1024 * 1024 / limits::kEventBytes;
  for (size_t i = 0; i < kEntries; ++i) {
    ASSERT_TRUE(log->Append(kRoomPartition, large + Bytes(i), Urgency::kVote, answers_.For(i)));
  }
  for (size_t i = 0; i < 5000; ++i) {
    ASSERT_TRUE(log->Append(kRoomPartition, Bytes(kEntries + i), Urgency::kVote,
                            answers_.For(kEntries + i)));
  }
  Control("resume 1");
  ASSERT_TRUE(AllAnswered(*log));
  const auto all = answers_.OnePerAppend(kEntries + 5000);
  for (size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], Answers::Answer(i));
  const auto entries = ReadAll(*log, kRoomPartition);
  ASSERT_THAT(entries, SizeIs(kEntries + 5000));
  for (size_t i = 0; i < entries.size(); ++i) {
    ASSERT_TRUE(entries[i].bytes.ends_with(Bytes(i))) << i;
  }
}

TEST_F(KafkaOneBroker, AnOutageDoesNotFillTheQueue) {
  options_.answer_within = milliseconds(300);
  options_.away_after = milliseconds(200);
  const auto log = OpenLog(options_);
  ASSERT_NE(log, nullptr);
  Control("pause 1");
  size_t taken = 0;
  bool refused_with_away_only = true;
  const auto until = std::chrono::steady_clock::now() + seconds(1);
  while (std::chrono::steady_clock::now() < until) {
    const auto appended =
        log->Append(kRoomPartition, Bytes(taken), Urgency::kVote, answers_.For(taken));
    if (appended) {
      ++taken;
    } else if (appended.error() != LogError::kAway) {
      refused_with_away_only = false;
    }
    std::this_thread::sleep_for(milliseconds(1));
  }
  Control("resume 1");
  EXPECT_TRUE(refused_with_away_only);
  EXPECT_GT(taken, 10u);
  EXPECT_LE(taken, 210u);  // what came before an entry was too old
  // A partition with nothing in it does not know that anything is wrong; it is asked for itself.
  ASSERT_TRUE(AllAnswered(*log));
  EXPECT_THAT(answers_.OnePerAppend(taken), SizeIs(taken));
  EXPECT_EQ(BytesOf(ReadAll(*log, kRoomPartition)), ManyBytes(taken));
}

TEST_F(KafkaOneBroker, StopAnswersAllEvenIfNobodyDoes) {
  const auto log = OpenLog(options_);
  ASSERT_NE(log, nullptr);
  Control("pause 1");
  AppendMany(*log, answers_, 0, 50);
  const auto begun = std::chrono::steady_clock::now();
  log->Stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, seconds(10));
  EXPECT_EQ(log->Pending(), 0u);
  EXPECT_THAT(answers_.OnePerAppend(50), Each(kUnknownAnswer));
  Control("resume 1");
}

TEST_F(KafkaOneBroker, TwoNodesSeeOneOrder) {
  const auto one = OpenLog(options_);
  const auto two = OpenLog(options_);
  ASSERT_NE(one, nullptr);
  ASSERT_NE(two, nullptr);
  EXPECT_EQ(one->LogId(), two->LogId());
  std::vector<LogEntry> tail_of_one, tail_of_two;  // tails' threads only, until they have ended
  const auto collect = [](std::vector<LogEntry>& tail) {
    return [&tail](Partition partition, std::span<const LogEntry> entries) {
      if (partition == kRoomPartition) tail.insert(tail.end(), entries.begin(), entries.end());
    };
  };
  one->SetTail(collect(tail_of_one));
  two->SetTail(collect(tail_of_two));

  constexpr size_t kEach = 1000;
  const auto append = [&](EventLog& log, size_t first) {
    for (size_t i = first; i < first + kEach; ++i) {
      ASSERT_TRUE(log.Append(kRoomPartition, Bytes(i), Urgency::kVote, answers_.For(i)));
    }
  };
  std::thread other([&] { append(*two, kEach); });
  append(*one, 0);
  other.join();
  ASSERT_TRUE(AllAnswered(*one));
  ASSERT_TRUE(AllAnswered(*two));
  const auto both_end = [&] {
    return one->End(kRoomPartition) == 2 * kEach && two->End(kRoomPartition) == 2 * kEach;
  };
  ASSERT_TRUE(Eventually(both_end));
  const auto entries = BytesOf(ReadAll(*one, kRoomPartition));
  EXPECT_EQ(BytesOf(ReadAll(*two, kRoomPartition)), entries);
  one->Stop();
  two->Stop();
  EXPECT_EQ(BytesOf(tail_of_one), entries);
  EXPECT_EQ(BytesOf(tail_of_two), entries);
  const auto offsets = answers_.OnePerAppend(2 * kEach);
  for (size_t i = 0; i < offsets.size(); ++i) ASSERT_EQ(entries.at(offsets[i].value()), Bytes(i));
}

TEST_F(KafkaOneBroker, TheTailMissesNothingThatCameBeforeItWasSet) {
  const auto one = OpenLog(options_);
  const auto two = OpenLog(options_);
  ASSERT_NE(one, nullptr);
  ASSERT_NE(two, nullptr);
  AppendMany(*two, answers_, 0, 300);
  ASSERT_TRUE(AllAnswered(*two));
  std::vector<LogEntry> tail;
  one->SetTail([&](Partition, std::span<const LogEntry> entries) {
    tail.insert(tail.end(), entries.begin(), entries.end());
  });
  ASSERT_TRUE(Eventually([&] { return one->End(kRoomPartition) == 300; }));
  one->Stop();
  EXPECT_EQ(BytesOf(tail), ManyBytes(300));
}

// --- A log that is not the one that it was ---

bool IsBroken(KafkaLog& log) {
  return log.Read(kRoomPartition, log.End(kRoomPartition) - 1, 1) ==
         std::unexpected(LogError::kCorrupt);
}

// Not at once: what brokers say for a moment is not believed.
void ExpectBroken(KafkaLog& log, const std::string& why) {
  ASSERT_TRUE(Eventually([&] { return IsBroken(log); })) << log.Trouble().value_or("no trouble");
  EXPECT_THAT(log.Trouble().value_or("no trouble"), HasSubstr(why));
  EXPECT_EQ(log.Append(kRoomPartition, "more", Urgency::kStaff, [](auto) {}),
            std::unexpected(LogError::kFailed));
  EXPECT_TRUE(Eventually([&] { return log.Pending() == 0; }));
}

TEST_F(KafkaOneBroker, ATopicThatIsGoneOrAnotherIsTheEnd) {
  const auto prepare = [&](const KafkaOptions& options) {
    if (options.prefix != options_.prefix) MakeTopics(options);
    auto log = OpenLog(options);
    for (size_t i = 0; i < 10; ++i) {
      EXPECT_TRUE(log->Append(kRoomPartition, Bytes(i), Urgency::kVote, [](auto) {}));
    }
    EXPECT_TRUE(AllAnswered(*log));
    return log;
  };
  const KafkaOptions anew_options = FreshPlace(), grown_options = FreshPlace();
  const auto gone = prepare(options_), anew = prepare(anew_options), grown = prepare(grown_options);
  DeleteTopic(options_, options_.RoomsTopic());
  DeleteTopic(anew_options, anew_options.RoomsTopic());
  const auto made = CreateTopics(anew_options, {.room_partitions = 2, .replication = 1});
  ASSERT_TRUE(made.has_value()) << made.error();
  EXPECT_THAT(*made, SizeIs(1));
  AddPartitions(grown_options, grown_options.RoomsTopic(), 3);
  ExpectBroken(*gone, "is gone");
  ExpectBroken(*anew, "truncated or made anew");
  ExpectBroken(*grown, "has 3 partitions, and had 2");
}

// As many entries as before and more, so that only their bytes tell.
TEST_F(KafkaOneBroker, ATopicMadeAnewAndFilledIsTheEnd) {
  const auto log = OpenLog(options_);
  ASSERT_NE(log, nullptr);
  AppendMany(*log, answers_, 0, 10);
  ASSERT_TRUE(AllAnswered(*log));
  DeleteTopic(options_, options_.RoomsTopic());
  ASSERT_TRUE(Eventually([&] { return log->Trouble().has_value(); }));  // that it was gone
  ASSERT_TRUE(CreateTopics(options_, {.room_partitions = 2, .replication = 1}).has_value());
  Produce(options_, options_.RoomsTopic(), 0, std::vector<std::string>(20, "foreign"));
  ExpectBroken(*log, "at offset 9 has another entry than it had");
}

TEST_F(KafkaOneBroker, ALostBeginningIsRefused) {
  const auto log = OpenLog(options_);
  ASSERT_NE(log, nullptr);
  AppendMany(*log, answers_, 0, 10);
  ASSERT_TRUE(AllAnswered(*log));
  DeleteRecords(options_, options_.RoomsTopic(), 0, 4);
  const auto again = KafkaLog::Open(options_);
  ASSERT_FALSE(again.has_value());
  EXPECT_THAT(again.error(), HasSubstr("has lost what was before offset 4"));
  EXPECT_EQ(log->Read(kRoomPartition, 0, 10), std::unexpected(LogError::kCorrupt));
  ExpectBroken(*log, "has lost what was before offset 4");
}

// The same address, the same topics, the same entries; but another cluster.
TEST_F(KafkaOneBroker, AnotherClusterIsTheEnd) {
  const auto log = OpenLog(options_);
  ASSERT_NE(log, nullptr);
  AppendMany(*log, answers_, 0, 10);
  ASSERT_TRUE(AllAnswered(*log));
  const std::string id = log->LogId();
  Kill();
  RenameCluster("another-cluster-of-ours");
  Start();
  ExpectBroken(*log, "is the cluster another-cluster-of-ours");
  const auto again = OpenLog(options_);
  ASSERT_NE(again, nullptr);
  EXPECT_NE(again->LogId(), id);  // which is how a read model finds out
}

}  // namespace
}  // namespace plenum
