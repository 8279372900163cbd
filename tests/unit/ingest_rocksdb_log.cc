// What only the RocksDB log has: a folder, group commit, a write-ahead log, copies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "ingest/backup.h"
#include "ingest/rocksdb_log.h"
#include "ingest/rocksdb_vault.h"
#include "schema/limits.h"
#include "tests/unit/event_log_contract.h"
#include "tests/unit/ingest_child_folder.h"
#include "tests/unit/ingest_faulty_env.h"
#include "tests/unit/ingest_temp_folder.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

std::unique_ptr<RocksDbLog> MustOpen(const fs::path& path, const RocksDbOptions& options = {}) {
  auto log = RocksDbLog::Open(path, options);
  if (log) return *std::move(log);
  ADD_FAILURE() << log.error();
  std::abort();  // what follows cannot be tested
}

// Appends one entry and waits until it is durable.
void AppendAndWait(EventLog& log, const std::string& bytes) {
  std::atomic<bool> answered = false;
  ASSERT_TRUE(log.Append(kRoomPartition, bytes, Urgency::kVote, [&](auto offset) {
    EXPECT_TRUE(offset.has_value());
    answered = true;
    answered.notify_all();
  }));
  answered.wait(false);
}

// One sentence that names the folder.
void ExpectRefused(const fs::path& path, const std::string& words) {
  const auto opened = RocksDbLog::Open(path);
  ASSERT_FALSE(opened.has_value());
  EXPECT_THAT(opened.error(), AllOf(HasSubstr(words), HasSubstr(path.string())));
  EXPECT_EQ(opened.error().back(), '.');
  EXPECT_EQ(opened.error().find('\n'), std::string::npos);
}

std::map<std::string, std::string> FilesOf(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files[entry.path().string()] = ReadFile(entry.path());
  }
  return files;
}

class RocksDbLogTest : public testing::Test {
 protected:
  TempFolder folder_;
  const fs::path path_ = folder_.path() / "data" / "log";
};

TEST_F(RocksDbLogTest, EachLogHasItsOwnId) {
  const auto one = MustOpen(path_), other = MustOpen(folder_.path() / "other");
  EXPECT_NE(one->LogId(), other->LogId());
  EXPECT_THAT(one->LogId(), SizeIs(32));
}

TEST_F(RocksDbLogTest, AnEmptyFolderBecomesALogThatOnlyItsOwnerCanRead) {
  fs::create_directories(path_);
  const auto log = MustOpen(path_);
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_all);
}

TEST_F(RocksDbLogTest, WhatAnInterruptedStartLeftBehindDoesNotMatter) {
  const fs::path staging = path_.string() + ".new";
  fs::create_directories(staging);
  std::ofstream(staging / "CURRENT") << "half";
  AppendAndWait(*MustOpen(path_), "entry");
  EXPECT_FALSE(fs::exists(staging));
}

TEST_F(RocksDbLogTest, RefusesAFolderWithOtherFilesAndLeavesItAlone) {
  fs::create_directories(path_);
  std::ofstream(path_ / "thesis.txt") << "years of work";
  const auto before = FilesOf(path_);
  ExpectRefused(path_, "holds something other than a plenum log");
  EXPECT_EQ(FilesOf(path_), before);
}

TEST_F(RocksDbLogTest, RefusesAForeignDatabaseAndLeavesItAlone) {
  fs::create_directories(path_);
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* raw = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, path_.string(), &raw).ok());
  ASSERT_TRUE(raw->Put({}, "their", "row").ok());
  delete raw;
  const auto before = FilesOf(path_);
  ExpectRefused(path_, "holds something other than a plenum log");
  EXPECT_EQ(FilesOf(path_), before);
}

TEST_F(RocksDbLogTest, RefusesAVault) {
  ASSERT_TRUE(RocksDbVault::Open(path_).has_value());
  ExpectRefused(path_, "holds something other than a plenum log");
}

TEST_F(RocksDbLogTest, RefusesALogOfAnotherVersion) {
  fs::create_directories(path_);
  rocksdb::Options options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* raw = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, path_.string(), {{"default", {}}, {"plenum.log.v2", {}}},
                                &handles, &raw)
                  .ok());
  for (auto* handle : handles) raw->DestroyColumnFamilyHandle(handle);
  delete raw;
  ExpectRefused(path_, "was made by another version of plenum");
}

TEST_F(RocksDbLogTest, RefusesAFile) {
  std::ofstream(folder_.path() / "file") << "text";
  ExpectRefused(folder_.path() / "file", "is not a folder");
  ExpectRefused(folder_.path() / "file" / "log", "cannot be made");
}

TEST_F(RocksDbLogTest, RefusesADamagedFolder) {
  MustOpen(path_).reset();
  std::ofstream(path_ / "CURRENT") << "garbage";
  ExpectRefused(path_, "is damaged");
}

TEST(RocksDbLogDeathTest, ASecondProcessIsRefused) {
  const ChildFolder folder;
  const fs::path path = folder.path() / "log";
  const auto log = folder.in_child() ? nullptr : MustOpen(path);
  EXPECT_EXIT(
      {
        const auto second = RocksDbLog::Open(path);
        fputs(second ? "it opened" : second.error().c_str(), stderr);
        _exit(0);
      },
      testing::ExitedWithCode(0), "The log in .*/log is in use by another process\\.$");
}

// Damage in the middle of a write-ahead log is not the end of it: what follows was acknowledged.
TEST_F(RocksDbLogTest, RefusesADamagedWriteAheadLog) {
  {
    const auto log = MustOpen(path_);
    for (size_t i = 0; i < 20; ++i) AppendAndWait(*log, Bytes(i));
  }
  const fs::path file = LargestFile(path_, ".log");
  FlipBit(file, fs::file_size(file) / 2);
  ExpectRefused(path_, "is damaged");
}

TEST_F(RocksDbLogTest, DropsATornTail) {
  {
    const auto log = MustOpen(path_);
    for (size_t i = 0; i < 20; ++i) AppendAndWait(*log, Bytes(i));
  }
  const fs::path file = LargestFile(path_, ".log");
  fs::resize_file(file, fs::file_size(file) - 3);
  const auto log = MustOpen(path_);
  EXPECT_EQ(log->End(kRoomPartition), 19u);
  AppendAndWait(*log, "another");
  EXPECT_EQ(log->Read(kRoomPartition, 19, 1).value().front().bytes, "another");
}

TEST_F(RocksDbLogTest, SyncsOnceABatch) {
  FaultyEnv env;
  const auto log = MustOpen(path_, {.env = env.env()});
  std::atomic<bool> held = false, hold = true;
  ASSERT_TRUE(log->Append(kRoomPartition, "first", Urgency::kVote, [&](auto) {
    held = true;
    held.notify_all();
    hold.wait(true);
  }));
  held.wait(false);
  const int before = env.syncs();
  for (size_t i = 0; i < 3 * limits::kBatchEvents; ++i) {
    ASSERT_TRUE(log->Append(kRoomPartition, Bytes(i), Urgency::kVote, [](auto) {}));
  }
  hold = false;
  hold.notify_all();
  log->Stop();
  EXPECT_EQ(env.syncs() - before, 3);
}

TEST_F(RocksDbLogTest, NeverRepeatsAFailedSync) {
  FaultyEnv env;
  const auto log = MustOpen(path_, {.env = env.env()});
  AppendAndWait(*log, "first");
  EXPECT_EQ(log->Trouble(), std::nullopt);
  env.FailSyncs(true);
  const int before = env.syncs();
  std::atomic<bool> answered = false;
  ASSERT_TRUE(log->Append(kRoomPartition, "second", Urgency::kVote, [&](auto answer) {
    EXPECT_EQ(answer, std::unexpected(LogError::kUnknown));
    answered = true;
    answered.notify_all();
  }));
  answered.wait(false);
  env.FailSyncs(false);
  EXPECT_NE(log->Trouble(), std::nullopt);
  EXPECT_EQ(log->Append(kRoomPartition, "third", Urgency::kStaff, [](auto) {}),
            std::unexpected(LogError::kFailed));
  log->Stop();
  EXPECT_EQ(env.syncs() - before, 1);
  EXPECT_EQ(log->End(kRoomPartition), 1u);
}

TEST_F(RocksDbLogTest, CanBeCopiedWhileItIsAppendedTo) {
  const auto log = MustOpen(path_);
  for (size_t i = 0; i < 100; ++i) AppendAndWait(*log, Bytes(i));
  std::jthread appender([&](std::stop_token stop) {
    for (size_t i = 100; !stop.stop_requested(); ++i) AppendAndWait(*log, Bytes(i));
  });
  const fs::path to = folder_.path() / "copy";
  const auto copied = log->CopyTo(to);
  ASSERT_TRUE(copied.has_value()) << copied.error();
  appender.request_stop();
  appender.join();

  const auto copy = MustOpen(to);
  EXPECT_EQ(copy->LogId(), log->LogId());
  const auto entries = BytesOf(ReadAll(*copy, kRoomPartition));
  EXPECT_GE(entries.size(), 100u);
  for (size_t i = 0; i < entries.size(); ++i) ASSERT_EQ(entries[i], Bytes(i));
  EXPECT_EQ(copy->End(kRoomPartition), entries.size());
  AppendAndWait(*copy, "on its own from here");
  EXPECT_FALSE(log->CopyTo(to).has_value());
}

}  // namespace
}  // namespace plenum
