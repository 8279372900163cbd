// What only the memory log can do: crash with a torn tail, stall, lose and double.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/memory_log.h"
#include "schema/limits.h"
#include "tests/unit/event_log_contract.h"

namespace plenum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Names(size_t count) {
  std::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) names.push_back(Bytes(i));
  return names;
}

void AppendMany(EventLog& log, Answers& answers, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    ASSERT_TRUE(log.Append(kRoomPartition, Bytes(i), Urgency::kVote, answers.For(i)));
  }
}

class TornTail : public testing::TestWithParam<size_t> {};

// A crash while a batch is being synced: some of it survives, in order, and nobody was answered.
TEST_P(TornTail, ACrashKeepsTheFirstOfWhatWasNotSynced) {
  const size_t keep = GetParam();
  MemoryStorage storage("log");
  Answers answers;
  {
    MemoryLog log(storage);
    AppendMany(log, answers, 5);
    storage.Stall(true);
    EXPECT_FALSE(log.Step());
    EXPECT_FALSE(log.Step());  // still the same batch
    EXPECT_EQ(storage.Unsynced(), 5u);
    EXPECT_EQ(log.End(kRoomPartition), 0u);
    EXPECT_THAT(ReadAll(log, kRoomPartition), IsEmpty());
    EXPECT_EQ(log.Pending(), 5u);
    log.Crash(keep);
  }
  EXPECT_EQ(answers.Count(), 0u);
  MemoryLog log(storage);
  const size_t kept = std::min<size_t>(keep, 5);
  EXPECT_EQ(log.End(kRoomPartition), kept);
  EXPECT_EQ(BytesOf(ReadAll(log, kRoomPartition)), Names(kept));
  Answers later;
  ASSERT_TRUE(log.Append(kRoomPartition, "later", Urgency::kVote, later.For(0)));
  EXPECT_TRUE(log.Step());
  EXPECT_THAT(later.OnePerAppend(1), ElementsAre(kept));
}
INSTANTIATE_TEST_SUITE_P(Keep, TornTail, testing::Values(0, 1, 4, 5, 99));

TEST(MemoryLog, ACrashForgetsWhatWasNotWritten) {
  MemoryStorage storage("log");
  Answers answers;
  {
    MemoryLog log(storage);
    AppendMany(log, answers, 3);
    log.Crash(99);
  }
  EXPECT_EQ(answers.Count(), 0u);
  EXPECT_THAT(storage.Ends(), IsEmpty());
}

TEST(MemoryLog, GoesOnAfterAStall) {
  MemoryStorage storage("log");
  MemoryLog log(storage);
  Answers answers;
  AppendMany(log, answers, 3);
  storage.Stall(true);
  EXPECT_FALSE(log.Step());
  storage.Stall(false);
  EXPECT_TRUE(log.Step());
  EXPECT_THAT(answers.OnePerAppend(3), ElementsAre(0u, 1u, 2u));
  EXPECT_EQ(BytesOf(ReadAll(log, kRoomPartition)), Names(3));
}

TEST(MemoryLog, StoppingWhileStalledIsHonestAboutWhatIsUnknown) {
  MemoryStorage storage("log");
  Answers answers;
  constexpr size_t kCount = limits::kBatchEvents + 1;
  {
    MemoryLog log(storage);
    AppendMany(log, answers, kCount);
    storage.Stall(true);
  }
  const auto all = answers.OnePerAppend(kCount);
  EXPECT_EQ(all.front(), std::unexpected(LogError::kUnknown));
  EXPECT_EQ(all.back(), std::unexpected(LogError::kBusy));
}

// A log whose appends meet these faults, one after the other.
struct FaultyLog {
  explicit FaultyLog(std::vector<AppendFault> list)
      : faults(std::move(list)),
        log(storage, {.bounds = {}, .fault = [this] { return faults.at(next++); }}) {}

  std::vector<AppendFault> faults;
  size_t next = 0;
  MemoryStorage storage{"log"};
  MemoryLog log;
};

TEST(MemoryLog, CanCommitTwice) {
  FaultyLog faulty({AppendFault::kTwice, AppendFault::kNone});
  Answers answers;
  AppendMany(faulty.log, answers, 2);
  faulty.log.Step();
  EXPECT_THAT(answers.OnePerAppend(2), ElementsAre(0u, 2u));
  EXPECT_THAT(BytesOf(ReadAll(faulty.log, kRoomPartition)),
              ElementsAre(Bytes(0), Bytes(0), Bytes(1)));
}

TEST(MemoryLog, CanLoseAnAnswer) {
  FaultyLog faulty({AppendFault::kAnswerLost});
  Answers answers;
  AppendMany(faulty.log, answers, 1);
  faulty.log.Step();
  EXPECT_EQ(answers.OnePerAppend(1).front(), std::unexpected(LogError::kUnknown));
  EXPECT_THAT(BytesOf(ReadAll(faulty.log, kRoomPartition)), ElementsAre(Bytes(0)));
}

TEST(MemoryLog, CanLoseAnAppend) {
  FaultyLog faulty({AppendFault::kLost, AppendFault::kNone});
  Answers answers;
  AppendMany(faulty.log, answers, 2);
  EXPECT_EQ(faulty.log.Pending(), 2u);
  faulty.log.Step();
  const auto all = answers.OnePerAppend(2);
  EXPECT_EQ(all[0], std::unexpected(LogError::kUnknown));
  EXPECT_EQ(all[1], 0u);
  EXPECT_THAT(BytesOf(ReadAll(faulty.log, kRoomPartition)), ElementsAre(Bytes(1)));
}

}  // namespace
}  // namespace plenum
