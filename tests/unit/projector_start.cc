// What a projector finds at its start: a crash between batches, another log, another fold, damage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "projector/read_models.h"
#include "projector/rocksdb_store.h"
#include "projector/store_rows.h"
#include "tests/unit/ingest_temp_folder.h"
#include "tests/unit/projector_kit.h"

namespace plenum::testing {
namespace {

using ::testing::HasSubstr;

class ProjectorStart : public ::testing::Test {
 protected:
  // A poll with some ballots, folded into the store by a node that is gone after.
  RoomStatus Fill(Store& store) {
    Node node(disk, store);
    EXPECT_TRUE(node.projector.Start());
    node.Do(script.Create());
    node.Do(script.Add(spec));
    node.Advance(script, spec.id, Phase::kVoting);
    for (uint32_t i = 0; i < 20; ++i) node.Do(script.Scale(i, spec, 1 + i % 5));
    return *node.projector.Status(script.room());
  }
  RoomStatus FoldOn(Store& store) {
    Node node(disk, store);
    auto started = node.projector.Start();
    EXPECT_TRUE(started) << started.error();
    node.Fold();
    return *node.projector.Status(script.room());
  }
  // What a start says; an empty sentence when it finds nothing wrong.
  std::string StartError(MemoryStorage& on, Store& store) {
    Node node(on, store);
    auto started = node.projector.Start();
    return started ? "" : started.error();
  }

  // A log on brokers that change their leader: the first `away` reads find nobody.
  struct LogAwayAtFirst final : MemoryLog {
    using MemoryLog::MemoryLog;
    std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                        size_t max) override {
      if (away > 0 && away-- > 0) return std::unexpected(LogError::kAway);
      return MemoryLog::Read(partition, from, max);
    }
    int away = 3;
  };

  MemoryStorage disk{"log-a"};
  Script script{RoomNumber(7)};
  ActivitySpec spec = ScaleSpec("confidence");
};

TEST_F(ProjectorStart, ARestartGoesOnWhereItWas) {
  MemoryStore store;
  const RoomStatus before = Fill(store);
  Node node(disk, store);
  ASSERT_TRUE(node.projector.Start());
  EXPECT_EQ(node.projector.Next(kRoomPartition), 23u);
  EXPECT_TRUE(node.projector.Ready());
  EXPECT_EQ(node.projector.Status(script.room()), before);
  EXPECT_EQ(node.Do(script.Scale(99, spec, 5)).code, OutcomeCode::kCounted);
}

// The store as it was after each batch, as a crash would leave it: position and state agree.
TEST_F(ProjectorStart, ACrashAfterAnyBatchLosesNothing) {
  MemoryStore whole;
  const RoomStatus at_end = Fill(whole);
  MemoryStore growing;
  std::vector<MemoryStore::Rows> crashes = {growing.rows()};
  {
    Node node(disk, growing);
    ASSERT_TRUE(node.projector.Start());
    auto all = *node.log.Read(kRoomPartition, 0, 100);
    for (const LogEntry& entry : all) {
      ASSERT_TRUE(node.projector.Apply(kRoomPartition, std::span(&entry, 1)));
      crashes.push_back(growing.rows());
    }
  }
  for (const MemoryStore::Rows& rows : crashes) {
    MemoryStore store;
    store.rows() = rows;
    EXPECT_EQ(FoldOn(store), at_end);
    EXPECT_EQ(store.rows(), whole.rows());
  }
}

TEST_F(ProjectorStart, WaitsForALogThatIsAwayAndKeepsItsReadModels) {
  TempFolder folder;
  const std::string path = folder.path() / "read-models";
  {
    auto store = RocksDbStore::Open(path);
    ASSERT_TRUE(store) << store.error();
    Fill(**store);
  }
  LogAwayAtFirst log(disk);
  auto models = OpenReadModels(path, log);
  ASSERT_TRUE(models) << models.error();
  EXPECT_EQ(log.away, 0);
  EXPECT_EQ(models->set_aside, "");
  log.away = 3;
  KitTexts texts;
  KitSink sink;
  Projector projector(log, *models->store, texts, sink, {});
  auto started = projector.Start();
  EXPECT_TRUE(started) << started.error();
  EXPECT_EQ(log.away, 0);
}

TEST_F(ProjectorStart, RefusesRowsOfAnotherLog) {
  MemoryStore store;
  Fill(store);
  MemoryStorage other{"log-b"};
  EXPECT_THAT(StartError(other, store), HasSubstr("made from another log"));
}

TEST_F(ProjectorStart, RefusesRowsThatAreAheadOfTheLog) {
  MemoryStore store;
  Fill(store);
  MemoryStorage truncated{"log-a"};
  EXPECT_THAT(StartError(truncated, store),
              HasSubstr("made from 23 entries, but the log's partition 1 has only 0"));
}

TEST_F(ProjectorStart, RefusesALogWithAnotherEntryAtThePosition) {
  MemoryStore store;
  Fill(store);
  MemoryStorage recreated{"log-a"};
  {
    MemoryLog log(recreated);
    for (int i = 0; i < 30; ++i) {
      ASSERT_TRUE(
          log.Append(kRoomPartition, "other " + std::to_string(i), Urgency::kVote, [](auto) {}));
    }
    while (log.Step()) {
    }
  }
  EXPECT_THAT(StartError(recreated, store), HasSubstr("entry 22 of partition 1 is not the one"));
}

TEST_F(ProjectorStart, RefusesRowsOfAnotherFold) {
  MemoryStore store;
  Fill(store);
  store.rows()[std::string(rows::kVersion)][3] = 99;
  EXPECT_THAT(StartError(disk, store), HasSubstr("another version of the fold"));
}

TEST_F(ProjectorStart, RefusesADamagedPosition) {
  MemoryStore store;
  Fill(store);
  store.rows()[rows::Next(kRoomPartition)] = "short";
  EXPECT_THAT(StartError(disk, store), HasSubstr("m/next cannot be read"));
}

TEST_F(ProjectorStart, ADamagedRowIsFoundWhenItIsReadAndRememberedAfter) {
  MemoryStore store;
  const RoomStatus before = Fill(store);
  const std::string prefix = rows::OfRoom(rows::kState, script.room());
  auto row = store.rows().lower_bound(prefix);
  ASSERT_TRUE(row->first.starts_with(prefix));
  row->second = "\xff";
  {
    Node node(disk, store);
    ASSERT_TRUE(node.projector.Start()) << "rooms are loaded lazily";
    EXPECT_EQ(node.projector.Find(script.room()), nullptr);
    EXPECT_THAT(node.projector.error(), HasSubstr(script.room().Hex()));
    EXPECT_FALSE(node.projector.Ready());
    EXPECT_FALSE(node.projector.CatchUp(kRoomPartition)) << "nothing may be folded onto it";
  }
  EXPECT_THAT(StartError(disk, store), HasSubstr("cannot be read"));
  MemoryStore rebuilt;
  EXPECT_EQ(FoldOn(rebuilt), before);
}

TEST_F(ProjectorStart, RebuildingFromNothingGivesTheSameRows) {
  MemoryStore store;
  const RoomStatus before = Fill(store);
  MemoryStore rebuilt;
  EXPECT_EQ(FoldOn(rebuilt), before);
  EXPECT_EQ(rebuilt.rows(), store.rows());
}

TEST_F(ProjectorStart, OnRocksDbARestartGoesOnWhereItWas) {
  TempFolder folder;
  const std::string path = folder.path() / "read-models";
  RoomStatus before;
  {
    auto store = RocksDbStore::Open(path);
    ASSERT_TRUE(store) << store.error();
    before = Fill(**store);
  }
  auto store = RocksDbStore::Open(path);
  ASSERT_TRUE(store) << store.error();
  EXPECT_EQ(rows::ReadPosition(**store, kRoomPartition)->next, 23u);
  EXPECT_EQ(FoldOn(**store), before);
}

TEST_F(ProjectorStart, ACheckpointGivesTheSameDigestAndRoot) {
  TempFolder folder;
  auto store = RocksDbStore::Open(folder.path() / "read-models");
  ASSERT_TRUE(store) << store.error();
  const RoomStatus before = Fill(**store);
  ASSERT_TRUE((*store)->Checkpoint(folder.path() / "copy"));
  // The first goes on; the copy catches up with it.
  Node first(disk, **store);
  ASSERT_TRUE(first.projector.Start());
  first.Do(script.Scale(50, spec, 2));
  auto copy = RocksDbStore::Open(folder.path() / "copy");
  ASSERT_TRUE(copy) << copy.error();
  Node second(disk, **copy);
  ASSERT_TRUE(second.projector.Start());
  EXPECT_EQ(second.projector.Status(script.room()), before);
  second.Fold();
  EXPECT_EQ(second.projector.Status(script.room()), first.projector.Status(script.room()));
  EXPECT_NE(second.projector.Status(script.room()), before);
}

TEST_F(ProjectorStart, OnlyOneProcessHasTheReadModels) {
  TempFolder folder;
  auto store = RocksDbStore::Open(folder.path() / "read-models");
  ASSERT_TRUE(store) << store.error();
  auto again = RocksDbStore::Open(folder.path() / "read-models");
  ASSERT_FALSE(again);
  EXPECT_THAT(again.error(), HasSubstr("in use"));
}

TEST_F(ProjectorStart, AFolderThatCannotBeMadeIsSaid) {
  auto store = RocksDbStore::Open("/proc/nowhere/read-models");
  ASSERT_FALSE(store);
  EXPECT_THAT(store.error(), HasSubstr("cannot make the folder /proc/nowhere/read-models"));
}

TEST_F(ProjectorStart, ReadModelsThatDoNotFitAreSetAsideAndRebuilt) {
  TempFolder folder;
  const std::string path = folder.path() / "read-models";
  RoomStatus before;
  {
    auto store = RocksDbStore::Open(path);
    ASSERT_TRUE(store) << store.error();
    before = Fill(**store);
    // Claims entries that this log does not have.
    ASSERT_TRUE((*store)->Commit({rows::PutPosition(kRoomPartition, {.next = 999, .before = {}})}));
  }
  MemoryLog log(disk);
  auto models = OpenReadModels(path, log);
  ASSERT_TRUE(models) << models.error();
  EXPECT_THAT(models->set_aside, HasSubstr("made from 999 entries"));
  EXPECT_THAT(models->set_aside, HasSubstr(path + ".set-aside-1"));
  EXPECT_TRUE(std::filesystem::exists(path + ".set-aside-1"));
  EXPECT_EQ(FoldOn(*models->store), before);
  models->store.reset();
  auto again = OpenReadModels(path, log);
  ASSERT_TRUE(again) << again.error();
  EXPECT_EQ(again->set_aside, "");
}

TEST_F(ProjectorStart, RefusesRowsOfUnknownOrigin) {
  MemoryStore store;
  Fill(store);
  store.rows().erase(std::string(rows::kVersion));
  EXPECT_THAT(StartError(disk, store), HasSubstr("not what they were made from"));
}

// Whichever file of the read models is damaged: nothing is lost, since the log has it all.
TEST_F(ProjectorStart, DamagedFilesAreSetAsideAndRebuilt) {
  MemoryStore undamaged;
  const RoomStatus before = Fill(undamaged);
  for (const std::string prefix : {"MANIFEST", "CURRENT"}) {
    TempFolder folder;
    const std::string path = folder.path() / "read-models";
    {
      auto store = RocksDbStore::Open(path);
      ASSERT_TRUE(store) << store.error();
      FoldOn(**store);
    }
    for (const auto& file : std::filesystem::directory_iterator(path)) {
      if (!file.path().filename().string().starts_with(prefix)) continue;
      std::ofstream(file.path(), std::ios::binary) << "damaged beyond reading\n";
    }
    MemoryLog log(disk);
    auto models = OpenReadModels(path, log);
    ASSERT_TRUE(models) << prefix << ": " << models.error();
    EXPECT_THAT(models->set_aside, HasSubstr(path + ".set-aside-1"));
    EXPECT_EQ(FoldOn(*models->store), before);
  }
}

TEST_F(ProjectorStart, ADamagedRowOfARoomThatAwaitsATimerIsFoundAtOnce) {
  TempFolder folder;
  const std::string path = folder.path() / "read-models";
  spec.time.vote_ms = 60'000;
  RoomStatus before;
  {
    auto store = RocksDbStore::Open(path);
    ASSERT_TRUE(store) << store.error();
    before = Fill(**store);
    std::string key;
    ASSERT_TRUE((*store)->Scan(rows::OfRoom(rows::kState, script.room()),
                               [&](std::string_view first, std::string_view) {
                                 key = first;
                                 return false;
                               }));
    ASSERT_TRUE((*store)->Commit({{key, "\xff"}}));
  }
  MemoryLog log(disk);
  auto models = OpenReadModels(path, log);
  ASSERT_TRUE(models) << models.error();
  EXPECT_THAT(models->set_aside, HasSubstr(script.room().Hex()));
  EXPECT_EQ(FoldOn(*models->store), before);
}

}  // namespace
}  // namespace plenum::testing
