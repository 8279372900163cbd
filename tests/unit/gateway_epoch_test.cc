// Which server of a copied log a folder belongs to: who takes over, and who must not serve again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/epoch.h"
#include "ingest/memory_log.h"
#include "ingest/memory_storage.h"
#include "tests/unit/ingest_temp_folder.h"
#include "tests/unit/projector_kit.h"

namespace plenum {
namespace {

using ::testing::HasSubstr;

constexpr TimeMs kNow = 1'790'000'000'000;

class EpochTest : public ::testing::Test {
 protected:
  std::expected<std::unique_ptr<Epoch>, std::string> Open(bool anyway = false) {
    return Epoch::Open(log_, {.data = folder_.path(),
                              .keys = {{"k1", std::string(32, 's')}},
                              .clock = [this] { return now_; },
                              .serve_anyway = anyway});
  }
  // The folder is a copy of a server of this epoch.
  void MakeCopy(EpochRecord of, TimeMs in_step = kNow - 5000) {
    ASSERT_TRUE(WriteCopyMarker(folder_.path(), {.from = "http://localhost:1",
                                                 .log = log_.LogId(),
                                                 .name = "c",
                                                 .epoch = std::move(of),
                                                 .in_step = in_step}));
  }
  void Append(const Event& event) {
    ASSERT_TRUE(log_.Append(kRoomPartition, EncodeEvent(event), Urgency::kStaff, [](auto) {}));
    while (log_.Step()) {
    }
  }

  TempFolder folder_;
  MemoryStorage disk_{"a log"};
  MemoryLog log_{disk_};
  TimeMs now_ = kNow;
};

TEST_F(EpochTest, AFolderThatWasNeverCopiedHasEpochOne) {
  auto epoch = Open();
  ASSERT_TRUE(epoch) << epoch.error();
  EXPECT_EQ((*epoch)->Number(), 1u);
  EXPECT_EQ((*epoch)->took_over_at(), 0);
  EXPECT_EQ((*epoch)->Kept(RoomId{}, 1), std::nullopt);
  EXPECT_EQ(Open().value()->Number(), 1u) << "started again";
}

TEST_F(EpochTest, ACopyThatIsServedTakesOverOnce) {
  MakeCopy({});
  testing::Script script(testing::RoomNumber(1));
  Append(script.Create());
  Append(script.Add(testing::ScaleSpec("start")));
  auto epoch = Open();
  ASSERT_TRUE(epoch) << epoch.error();
  EXPECT_EQ((*epoch)->Number(), static_cast<uint64_t>(kNow / 1000));
  EXPECT_EQ((*epoch)->took_over_at(), kNow);
  EXPECT_EQ((*epoch)->Kept(script.room(), 1), 2u) << "the room's events that it had then";
  EXPECT_EQ((*epoch)->Kept(testing::RoomNumber(2), 1), 0u) << "a room that it never heard of";
  EXPECT_EQ((*epoch)->Kept(script.room(), (*epoch)->Number()), std::nullopt);
  now_ += 60'000;
  EXPECT_EQ(Open().value()->Number(), (*epoch)->Number()) << "a restart is no take-over";
}

TEST_F(EpochTest, ACopyOfACopyKnowsWhatEachOfThemLacked) {
  const RoomId room = testing::RoomNumber(1);
  EpochRecord earlier{.epoch = 100, .take_overs = {{.epoch = 100, .at = 1, .rooms = {{room, 1}}}}};
  MakeCopy(earlier);
  testing::Script script(room);
  Append(script.Create());
  Append(script.Add(testing::ScaleSpec("start")));
  auto epoch = Open();
  ASSERT_TRUE(epoch) << epoch.error();
  EXPECT_EQ((*epoch)->Kept(room, 100), 2u);
  EXPECT_EQ((*epoch)->Kept(room, 1), 1u) << "what both of them kept";
}

TEST_F(EpochTest, AClockThatIsBehindDoesNotTurnTheEpochBack) {
  MakeCopy({.epoch = 2'000'000'000, .take_overs = {}});
  EXPECT_EQ(Open().value()->Number(), 2'000'000'001u);
}

TEST_F(EpochTest, WhoHearsOfALaterOneIsReplacedForGood) {
  auto old = Open();
  ASSERT_TRUE(old);
  // The same keys and log, in another folder: its copy.
  TempFolder other;
  ASSERT_TRUE(WriteCopyMarker(
      other.path(), {.from = "x", .log = log_.LogId(), .name = "c", .epoch = {}, .in_step = kNow}));
  auto taken = Epoch::Open(log_, {.data = other.path(),
                                  .keys = {{"k1", std::string(32, 's')}},
                                  .clock = [] { return kNow; },
                                  .serve_anyway = false});
  ASSERT_TRUE(taken) << taken.error();
  const uint64_t later = (*taken)->Number();
  (*old)->Hear(later, "");
  (*old)->Hear(later, std::string((*taken)->Proof().size(), 'A'));
  (*old)->Hear(later + 1, (*taken)->Proof());
  EXPECT_FALSE((*old)->Replaced()) << "anybody can say a number";
  (*taken)->Hear((*old)->Number(), (*old)->Proof());
  EXPECT_FALSE((*taken)->Replaced()) << "an earlier one replaces nobody";
  (*old)->Hear(later, (*taken)->Proof());
  EXPECT_TRUE((*old)->Replaced());

  auto again = Open();
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error(), HasSubstr("has taken over"));
  EXPECT_THAT(again.error(), HasSubstr("--serve-anyway"));
  auto anyway = Open(true);
  ASSERT_TRUE(anyway) << anyway.error();
  EXPECT_GT((*anyway)->Number(), later);
  EXPECT_EQ((*anyway)->Kept(RoomId{}, later), 0u) << "nobody knows what it has of that one";
  EXPECT_TRUE(Open()) << "and then it is an ordinary server";
}

TEST_F(EpochTest, ACopyThatNeverWasWholeIsNotServedByAccident) {
  MakeCopy({}, 0);
  auto refused = Open();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error(), HasSubstr("never had all"));
  EXPECT_TRUE(Open(true));
}

TEST_F(EpochTest, AnotherLogsProofSaysNothing) {
  auto epoch = Open();
  MemoryStorage other_disk("another log");
  MemoryLog other_log(other_disk);
  TempFolder other;
  ASSERT_TRUE(WriteCopyMarker(
      other.path(), {.from = "x", .log = "l", .name = "c", .epoch = {}, .in_step = kNow}));
  auto foreign = Epoch::Open(other_log, {.data = other.path(),
                                         .keys = {{"k1", std::string(32, 's')}},
                                         .clock = [] { return kNow; },
                                         .serve_anyway = false});
  ASSERT_TRUE(foreign);
  (*epoch)->Hear((*foreign)->Number(), (*foreign)->Proof());
  EXPECT_FALSE((*epoch)->Replaced());
}

TEST_F(EpochTest, ADamagedFileIsSaid) {
  ASSERT_TRUE(WriteEpoch(folder_.path(), {}));
  std::filesystem::resize_file(folder_.path() / "epoch", 5);
  auto epoch = Open();
  ASSERT_FALSE(epoch);
  EXPECT_THAT(epoch.error(), HasSubstr("damaged"));
}

}  // namespace
}  // namespace plenum
