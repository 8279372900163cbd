#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>

#include "ingest/memory_log.h"
#include "ingest/memory_vault.h"
#include "ingest/text_intake.h"
#include "schema/limits.h"
#include "tests/unit/event_log_contract.h"

namespace plenum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

EventId Numbered(uint32_t n) {
  EventId id;
  std::memcpy(id.bytes.data(), &n, sizeof n);
  return id;
}

VaultText Text(uint32_t event, std::string text) {
  return {.room = {}, .event = Numbered(event), .nonce = {}, .text = std::move(text)};
}

std::string Event(const Digest& digest) { return "event with " + digest.Hex(); }

class TextIntakeTest : public testing::Test {
 protected:
  std::expected<void, LogError> Submit(const VaultText& text, Urgency urgency = Urgency::kVote) {
    auto taken = intake_.Submit(text, urgency, Event, kRoomPartition, answers_.For(submitted_));
    submitted_ += taken.has_value();
    return taken;
  }
  std::vector<std::string> Entries() { return BytesOf(ReadAll(log_, kRoomPartition)); }

  MemoryStorage storage_{"log"};
  MemoryLog log_{storage_};
  MemoryVault vault_;
  TextIntake intake_{vault_, log_, {.items = 10, .bytes = 10'000, .batch_items = 4}};
  Answers answers_;
  size_t submitted_ = 0;
};

TEST_F(TextIntakeTest, TheTextIsInTheVaultBeforeItsEventIsInTheLog) {
  const VaultText text = Text(1, "plant trees");
  ASSERT_TRUE(Submit(text));
  EXPECT_EQ(intake_.Pending(), 1u);
  EXPECT_TRUE(intake_.Step());
  EXPECT_EQ(vault_.GetText({}, text.event, text.TextDigest()).value()->text, "plant trees");
  EXPECT_THAT(Entries(), IsEmpty());
  EXPECT_EQ(answers_.Count(), 0u);
  EXPECT_EQ(intake_.Pending(), 0u);
  EXPECT_EQ(log_.Pending(), 1u);
  log_.Step();
  EXPECT_THAT(Entries(), ElementsAre(Event(text.TextDigest())));
  EXPECT_THAT(answers_.OnePerAppend(1), ElementsAre(0u));
  EXPECT_FALSE(intake_.Step());
}

TEST_F(TextIntakeTest, AResendIsTheSameEvent) {
  const VaultText first = Text(1, "plant trees");
  VaultText again = first;
  again.nonce.fill(9);
  ASSERT_TRUE(Submit(first));
  intake_.Step();
  ASSERT_TRUE(Submit(again));
  ASSERT_TRUE(Submit(again));
  intake_.Step();
  log_.Step();
  EXPECT_THAT(Entries(), ElementsAre(Event(first.TextDigest()), Event(first.TextDigest()),
                                     Event(first.TextDigest())));
}

TEST_F(TextIntakeTest, IsBoundedAndGoesInBatches) {
  for (uint32_t i = 0; i < 10; ++i) ASSERT_TRUE(Submit(Text(i, "text")));
  EXPECT_EQ(Submit(Text(10, "text")), std::unexpected(LogError::kBusy));
  EXPECT_TRUE(intake_.Step());
  EXPECT_EQ(intake_.Pending(), 6u);
  EXPECT_EQ(log_.Pending(), 4u);
  EXPECT_TRUE(Submit(Text(10, "text")));
  while (intake_.Step()) {
  }
  while (log_.Step()) {
  }
  EXPECT_THAT(answers_.OnePerAppend(11), SizeIs(11));
  EXPECT_THAT(Entries(), SizeIs(11));
}

TEST_F(TextIntakeTest, RefusesATextThatIsTooLong) {
  EXPECT_EQ(Submit(Text(1, std::string(limits::kTextBytes + 1, 'x'))),
            std::unexpected(LogError::kTooLarge));
  EXPECT_TRUE(Submit(Text(1, std::string(limits::kTextBytes, 'x'))));
}

TEST_F(TextIntakeTest, SaysWhatTheVaultSays) {
  vault_.FailWrites(LogError::kDiskFull);
  ASSERT_TRUE(Submit(Text(1, "text")));
  ASSERT_TRUE(Submit(Text(2, "text")));
  EXPECT_TRUE(intake_.Step());
  EXPECT_THAT(answers_.OnePerAppend(2),
              testing::Each(Answers::Answer(std::unexpected(LogError::kDiskFull))));
  EXPECT_EQ(log_.Pending(), 0u);
}

TEST_F(TextIntakeTest, SaysWhatTheLogSays) {
  storage_.SetFreeBytes(limits::kDiskFloorBytes - 1);
  log_.Step();
  ASSERT_TRUE(Submit(Text(1, "vote")));
  ASSERT_TRUE(Submit(Text(2, "staff"), Urgency::kStaff));
  intake_.Step();
  log_.Step();
  EXPECT_THAT(answers_.OnePerAppend(2),
              ElementsAre(Answers::Answer(std::unexpected(LogError::kDiskFull)), 0u));
}

TEST_F(TextIntakeTest, PassesOnWhatWaitsOnceClosed) {
  ASSERT_TRUE(Submit(Text(1, "text")));
  intake_.Close();
  EXPECT_EQ(Submit(Text(2, "text")), std::unexpected(LogError::kBusy));
  EXPECT_TRUE(intake_.Step());
  log_.Stop();
  EXPECT_THAT(answers_.OnePerAppend(1), ElementsAre(0u));
}

TEST_F(TextIntakeTest, ACrashLeavesATextWithoutItsEventAtMost) {
  ASSERT_TRUE(Submit(Text(1, "in the vault")));
  intake_.Step();
  ASSERT_TRUE(Submit(Text(2, "nowhere")));
  intake_.Forget();
  log_.Crash(0);
  EXPECT_FALSE(intake_.Step());
  EXPECT_EQ(answers_.Count(), 0u);
  EXPECT_TRUE(
      vault_.GetText({}, Numbered(1), Text(1, "in the vault").TextDigest()).value().has_value());
  EXPECT_FALSE(
      vault_.GetText({}, Numbered(2), Text(2, "nowhere").TextDigest()).value().has_value());
}

TEST(TextIntakeThread, PassesOnFromManyThreadsAndStops) {
  MemoryStorage storage("log");
  MemoryLog log(storage);
  MemoryVault vault;
  Answers answers;
  constexpr uint32_t kThreads = 4, kEach = 200;
  {
    TextIntakeThread intake(vault, log);
    std::vector<std::thread> threads;
    for (uint32_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (uint32_t i = t * kEach; i < (t + 1) * kEach; ++i) {
          EXPECT_TRUE(intake.Submit(Text(i, std::to_string(i)), Urgency::kVote, Event,
                                    kRoomPartition, answers.For(i)));
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    intake.Stop();
    EXPECT_EQ(intake.Pending(), 0u);
    EXPECT_EQ(intake.Submit(Text(0, "late"), Urgency::kVote, Event, kRoomPartition, [](auto) {}),
              std::unexpected(LogError::kBusy));
  }
  log.Stop();
  for (const auto& answer : answers.OnePerAppend(kThreads * kEach)) EXPECT_TRUE(answer.has_value());
  EXPECT_EQ(log.End(kRoomPartition), kThreads * kEach);
}

}  // namespace
}  // namespace plenum
