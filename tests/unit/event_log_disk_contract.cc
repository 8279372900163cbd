#include "tests/unit/event_log_disk_contract.h"

#include <gmock/gmock.h>

#include <atomic>

#include "schema/limits.h"

namespace plenum {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST_P(EventLogDiskContract, TailHasEachBatchBeforeItIsAnswered) {
  std::vector<LogEntry> tail;  // log's thread only, until it has ended
  std::vector<bool> was_in_tail(500);
  log().SetTail([&](Partition partition, std::span<const LogEntry> entries) {
    if (partition == kFencePartition) return;
    EXPECT_EQ(partition, kRoomPartition);
    EXPECT_EQ(log().End(partition), entries.back().offset + 1);
    tail.insert(tail.end(), entries.begin(), entries.end());
  });
  for (size_t i = 0; i < was_in_tail.size(); ++i) {
    ASSERT_TRUE(log().Append(kRoomPartition, Bytes(i), Urgency::kVote, [&, i](auto offset) {
      was_in_tail[i] = tail.size() > offset.value() && tail[offset.value()].bytes == Bytes(i);
    }));
  }
  under_test().Settle();
  log().Stop();
  ASSERT_THAT(tail, SizeIs(500));
  for (size_t i = 0; i < tail.size(); ++i) {
    ASSERT_EQ(tail[i].offset, i);
    ASSERT_TRUE(was_in_tail[i]) << i;
  }
}

TEST_P(EventLogDiskContract, AFailedSyncIsTheEnd) {
  Answers answers;
  AppendMany(log(), answers, 0, 10);
  under_test().Settle();

  constexpr size_t kBatch = limits::kBatchEvents;
  const size_t many = 10 + 2 * kBatch;
  under_test().Hold();
  AppendMany(log(), answers, 10, 2 * kBatch);
  under_test().FailSyncs();
  under_test().Release();
  under_test().Settle();
  const auto all = answers.OnePerAppend(many);
  for (size_t i = 0; i < many; ++i) {
    const Answers::Answer expected =
        i < 10            ? Answers::Answer(i)
        : i < 10 + kBatch ? std::unexpected(LogError::kUnknown)  // it was being written
                          : std::unexpected(LogError::kFailed);
    ASSERT_EQ(all[i], expected) << i;
  }
  // It is not tried again: for good.
  EXPECT_EQ(log().Append(kRoomPartition, "more", Urgency::kStaff, answers.For(many)),
            std::unexpected(LogError::kFailed));
  EXPECT_EQ(log().End(kRoomPartition), 10u);
  EXPECT_THAT(ReadAll(log(), kRoomPartition), SizeIs(10));

  // What was acknowledged is there; what is unknown may be; nothing else is.
  under_test().Reopen();
  const auto entries = BytesOf(ReadAll(log(), kRoomPartition));
  EXPECT_GE(entries.size(), 10u);
  EXPECT_LE(entries.size(), 10 + kBatch);
  EXPECT_EQ(entries, ManyBytes(entries.size()));
}

TEST_P(EventLogDiskContract, AFullDiskRefusesVotesFirst) {
  Answers answers;
  AppendMany(log(), answers, 0, 1);
  under_test().Settle();

  under_test().SetFreeBytes(limits::kDiskFloorBytes - 1);
  under_test().AwaitLookAtDisk();
  EXPECT_EQ(log().Append(kRoomPartition, "vote", Urgency::kVote, answers.For(1)),
            std::unexpected(LogError::kDiskFull));
  AppendMany(log(), answers, 1, 1, Urgency::kStaff);
  under_test().Settle();

  under_test().SetFreeBytes(limits::kDiskFloorBytes - limits::kDiskReserveBytes - 1);
  under_test().AwaitLookAtDisk();
  EXPECT_EQ(log().Append(kRoomPartition, "staff", Urgency::kStaff, answers.For(2)),
            std::unexpected(LogError::kDiskFull));
  EXPECT_THAT(ReadAll(log(), kRoomPartition), SizeIs(2));

  under_test().SetFreeBytes(limits::kDiskFloorBytes);
  under_test().AwaitLookAtDisk();
  AppendMany(log(), answers, 2, 1);
  under_test().Settle();
  EXPECT_THAT(answers.OnePerAppend(3), ElementsAre(0u, 1u, 2u));
}

TEST_P(EventLogDiskContract, AVoteThatWaitedWhileTheDiskFilledIsRefused) {
  Answers answers;
  under_test().Hold();
  AppendMany(log(), answers, 0, 1, Urgency::kVote);
  AppendMany(log(), answers, 1, 1, Urgency::kStaff);
  AppendMany(log(), answers, 2, 1, Urgency::kVote);
  under_test().SetFreeBytes(limits::kDiskFloorBytes - 1);
  under_test().Release();
  under_test().Settle();
  const auto full = Answers::Answer(std::unexpected(LogError::kDiskFull));
  EXPECT_THAT(answers.OnePerAppend(3), ElementsAre(full, Answers::Answer(0u), full));
  EXPECT_THAT(BytesOf(ReadAll(log(), kRoomPartition)), ElementsAre(Bytes(1)));
}

TEST_P(EventLogDiskContract, SaysSoWhenAnEntryIsDamaged) {
  Answers answers;
  AppendMany(log(), answers, 0, 5000);
  under_test().Settle();
  const uint64_t damaged = under_test().Damage(kRoomPartition);
  const auto entries = log().Read(kRoomPartition, damaged, 1);
  ASSERT_FALSE(entries.has_value());
  EXPECT_EQ(entries.error(), LogError::kCorrupt);
  EXPECT_EQ(log().Read(kRoomPartition, 0, 1).value().front().bytes, Bytes(0));
  EXPECT_EQ(log().Read(kRoomPartition, 4999, 1).value().front().bytes, Bytes(4999));
}

}  // namespace
}  // namespace plenum
