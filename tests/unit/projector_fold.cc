// The projector on the memory log: exactly once, in any batches, whatever stands in the log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projector/store_rows.h"
#include "schema/hash.h"
#include "tests/unit/projector_kit.h"

namespace plenum::testing {
namespace {

class ProjectorFold : public ::testing::Test {
 protected:
  ProjectorFold() { EXPECT_TRUE(node.projector.Start()); }

  // A room with one poll that is open, and `people` who have answered.
  void Poll(uint32_t people) {
    node.Do(script.Create());
    node.Do(script.Add(spec));
    node.Advance(script, spec.id, Phase::kVoting);
    for (uint32_t i = 0; i < people; ++i) node.Do(script.Scale(i, spec, 1 + i % 5));
  }
  RoomStatus Status() { return *node.projector.Status(script.room()); }

  MemoryStorage disk{"log-a"};
  MemoryStore store;
  Node node{disk, store};
  Script script{RoomNumber(7)};
  ActivitySpec spec = ScaleSpec("confidence");
};

TEST_F(ProjectorFold, SaysWhatBecameOfEachEvent) {
  EXPECT_EQ(node.Do(script.Create()).code, OutcomeCode::kAccepted);
  EXPECT_EQ(node.Do(script.Add(spec)).code, OutcomeCode::kAccepted);
  const Event early = script.Scale(1, spec, 3);
  EXPECT_NE(node.Do(early).code, OutcomeCode::kCounted);
  node.Advance(script, spec.id, Phase::kVoting);
  const Event vote = script.Scale(1, spec, 4);
  EXPECT_EQ(node.Do(vote).code, OutcomeCode::kCounted);
  EXPECT_EQ(node.Do(vote).code, OutcomeCode::kDuplicate);
  EXPECT_EQ(node.At(script.room(), spec.id).ballots.size(), 1u);
  EXPECT_EQ(Status().index, 6u);
}

TEST_F(ProjectorFold, EntriesThatWereFoldedAreSkipped) {
  Poll(5);
  const RoomStatus before = Status();
  const uint64_t folded = node.projector.counters().folded;
  auto all = node.log.Read(kRoomPartition, 0, 100);
  ASSERT_TRUE(all);
  EXPECT_TRUE(node.projector.Apply(kRoomPartition, *all));
  EXPECT_EQ(Status(), before);
  EXPECT_EQ(node.projector.counters().folded, folded);
}

TEST_F(ProjectorFold, BatchesThatOverlapCountOnce) {
  Poll(5);
  auto all = *node.log.Read(kRoomPartition, 0, 100);
  MemoryStore other_store;
  Node other(disk, other_store);
  ASSERT_TRUE(other.projector.Start());
  const std::span<const LogEntry> entries(all);
  ASSERT_TRUE(other.projector.Apply(kRoomPartition, entries.subspan(0, 5)));
  ASSERT_TRUE(other.projector.Apply(kRoomPartition, entries.subspan(2)));
  EXPECT_EQ(other.projector.Status(script.room()), Status());
}

TEST_F(ProjectorFold, AGapIsAnErrorAndNothingIsFolded) {
  Poll(5);
  auto all = *node.log.Read(kRoomPartition, 0, 100);
  MemoryStore other_store;
  Node other(disk, other_store);
  ASSERT_TRUE(other.projector.Start());
  const std::span<const LogEntry> entries(all);
  ASSERT_TRUE(other.projector.Apply(kRoomPartition, entries.subspan(0, 3)));
  auto gap = other.projector.Apply(kRoomPartition, entries.subspan(4));
  ASSERT_FALSE(gap);
  EXPECT_THAT(gap.error(), ::testing::HasSubstr("entry 3 of partition 1 is missing"));
  EXPECT_EQ(other.projector.Next(kRoomPartition), 3u);
  other.Fold();  // through Read
  EXPECT_EQ(other.projector.Status(script.room()), Status());
}

TEST_F(ProjectorFold, EverySplitIntoBatchesGivesTheSameRows) {
  Poll(9);
  auto all = *node.log.Read(kRoomPartition, 0, 100);
  for (size_t size = 1; size <= all.size(); ++size) {
    MemoryStore other_store;
    Node other(disk, other_store);
    ASSERT_TRUE(other.projector.Start());
    std::span<const LogEntry> rest(all);
    while (!rest.empty()) {
      const auto batch = rest.first(std::min(size, rest.size()));
      ASSERT_TRUE(other.projector.Apply(kRoomPartition, batch));
      rest = rest.subspan(batch.size());
    }
    EXPECT_EQ(other_store.rows(), store.rows()) << "batches of " << size;
  }
}

TEST_F(ProjectorFold, GarbageBelongsToNoRoom) {
  Poll(1);
  const RoomStatus before = Status();
  node.Append(kRoomPartition, "not JSON at all \xff");
  node.Append(kRoomPartition, "{}");
  node.Append(kRoomPartition, R"({"partitionkey":"short"})");
  node.Fold();
  EXPECT_EQ(Status(), before);
  EXPECT_EQ(node.projector.counters().malformed, 3u);
  EXPECT_EQ(node.projector.counters().homeless, 3u);
}

TEST_F(ProjectorFold, AMalformedEntryOfARoomIsALeafOfIt) {
  Poll(1);
  const RoomStatus before = Status();
  const std::string bytes = R"({"partitionkey":")" + script.room().Hex() +
                            R"(","id":"0123456789abcdef0123456789abcdef","type":"x"})";
  node.Append(kRoomPartition, bytes);
  node.Fold();
  EXPECT_EQ(Status().index, before.index + 1);
  EXPECT_NE(Status().root, before.root);
  const EventId id = *EventId::FromHex("0123456789abcdef0123456789abcdef");
  ASSERT_TRUE(node.sink.outcomes.contains(id));
  EXPECT_EQ(node.sink.outcomes[id].code, OutcomeCode::kMalformed);
  auto entries = node.projector.ReadRoom(script.room(), before.index, 10);
  ASSERT_TRUE(entries);
  EXPECT_THAT(*entries, ::testing::ElementsAre(bytes));
}

TEST_F(ProjectorFold, EventsOfARoomThatDoesNotExistAreRefused) {
  const Event event = script.Join(1);
  const Outcome outcome = node.Do(event);
  EXPECT_EQ(outcome.code, OutcomeCode::kRefused);
  EXPECT_EQ(outcome.reason, Reason::kNoRoom);
  EXPECT_FALSE(node.projector.Status(script.room()));
  // And leave nothing behind: the room begins with its creation.
  node.Do(script.Create());
  EXPECT_EQ(Status().index, 1u);
}

TEST_F(ProjectorFold, ARoomOfUnknownRulesIsRefusedAndTheOthersAreServed) {
  Script later(RoomNumber(9));
  EXPECT_EQ(node.Do(later.Create(kRules + 1)).reason, Reason::kUnknownRules);
  EXPECT_EQ(node.Do(later.Join(1)).code, OutcomeCode::kRefused);
  Poll(3);
  EXPECT_EQ(Status().index, 6u);
  // Its entries are kept in order, so that a newer program can fold and export them.
  ASSERT_TRUE(node.projector.Status(later.room()));
  EXPECT_EQ(node.projector.Status(later.room())->index, 2u);
  EXPECT_FALSE(node.projector.Announce(later.room()));
}

TEST_F(ProjectorFold, RoomsAreReadWithoutTheirNeighbours) {
  Script other(RoomNumber(8));
  std::vector<std::string> mine;
  const auto put = [&](Script& who, const Event& event) {
    node.Do(event);
    if (&who == &script) mine.push_back(EncodeEvent(event));
  };
  put(script, script.Create());
  put(other, other.Create());
  put(script, script.Join(1));
  put(script, script.Join(2));
  put(other, other.Join(1));
  put(script, script.Join(3));
  EXPECT_EQ(*node.projector.ReadRoom(script.room(), 0, 100), mine);
  EXPECT_EQ(*node.projector.ReadRoom(script.room(), 2, 1), std::vector{mine[2]});
  EXPECT_TRUE(node.projector.ReadRoom(script.room(), 4, 100)->empty());
}

TEST_F(ProjectorFold, TellsTheRoomAgainWhenWhatIsKnownOfItChanges) {
  node.Do(script.Create());
  ASSERT_EQ(node.sink.rooms.size(), 1u);
  node.Do(script.Add(spec));
  ASSERT_EQ(node.sink.rooms.size(), 2u);
  EXPECT_EQ(node.sink.rooms.back()->series.at("confidence"), "confidence");
  node.Advance(script, spec.id, Phase::kVoting);
  node.Do(script.Scale(1, spec, 3));
  EXPECT_EQ(node.sink.rooms.size(), 2u) << "nothing that RoomInfo holds has changed";
  node.Do(script.Make(Role::kProducer, LinksRevoked{}));
  ASSERT_EQ(node.sink.rooms.size(), 3u);
  EXPECT_EQ(node.sink.rooms.back()->epoch, 1u);
}

TEST_F(ProjectorFold, IdleRoomsLeaveMemoryAndComeBackTheSame) {
  Poll(4);
  const RoomStatus before = Status();
  node.projector.SendViews(kMorning);
  node.projector.SendViews(kMorning + 5 * 60'000);  // used since the last sweep
  EXPECT_TRUE(node.sink.evicted.empty());
  node.projector.SendViews(kMorning + 10 * 60'000);  // idle since
  EXPECT_THAT(node.sink.evicted, ::testing::ElementsAre(script.room()));
  EXPECT_EQ(node.projector.counters().rooms, 0u);
  EXPECT_EQ(Status(), before);
  EXPECT_EQ(node.Do(script.Scale(9, spec, 2)).code, OutcomeCode::kCounted);
}

TEST_F(ProjectorFold, MemoryIsBoundedWhileManyRoomsAreFolded) {
  MemoryStore other_store;
  Node other(disk, other_store, {.rooms = 10});
  ASSERT_TRUE(other.projector.Start());
  for (uint8_t n = 1; n <= 100; ++n) {
    Script room(RoomNumber(n));
    other.Do(room.Create());
    other.Do(room.Join(1));
  }
  EXPECT_LE(other.projector.counters().rooms, 20u);
  for (uint8_t n = 1; n <= 100; ++n) {
    EXPECT_EQ(other.projector.Status(RoomNumber(n))->index, 2u);
  }
}

}  // namespace
}  // namespace plenum::testing
