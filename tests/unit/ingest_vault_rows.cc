// The rows of a vault, as a copy of it is kept by them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ingest/rocksdb_log.h"
#include "ingest/rocksdb_vault.h"
#include "tests/unit/ingest_temp_folder.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

RoomId RoomOf(uint8_t n) {
  RoomId room;
  room.bytes.fill(n);
  return room;
}

EventId EventOf(uint8_t n) {
  EventId event;
  event.bytes.fill(n);
  return event;
}

std::unique_ptr<RocksDbVault> OpenVault(const fs::path& path) {
  auto opened = RocksDbVault::Open(path);
  if (!opened) throw std::runtime_error(opened.error());
  return *std::move(opened);
}

bool AnyFileHolds(const fs::path& folder, const std::string& words) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && ReadFile(entry.path()).find(words) != std::string::npos)
      return true;
  }
  return false;
}

TEST(VaultChanges, RemembersSoManyAndSaysWhenItDoesNot) {
  VaultChanges changes(3);
  for (const char* key : {"a", "b", "a", "c"}) changes.Add(key);
  EXPECT_EQ(changes.end(), 4u);
  EXPECT_FALSE(changes.Since(0, 10));
  EXPECT_FALSE(changes.Since(5, 10));
  const auto all = changes.Since(1, 10);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->keys, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(all->next, 4u);
  const auto some = changes.Since(2, 1);
  ASSERT_TRUE(some);
  EXPECT_EQ(some->keys, std::vector<std::string>{"a"});
  EXPECT_EQ(some->next, 3u);
  EXPECT_TRUE(changes.Since(4, 10)->keys.empty());
}

TEST(VaultRows, ACopyMadeOfChangesHasTheSameRowsAndNoErasedText) {
  const TempFolder folder;
  auto vault = OpenVault(folder.path() / "vault");
  auto copy = OpenVault(folder.path() / "copy");
  const std::string secret = "sixty-four letters that nobody else has written down anywhere";
  const VaultText text{RoomOf(1), EventOf(2), {}, secret};
  const VaultText other{RoomOf(1), EventOf(3), {}, "stays"};
  ASSERT_TRUE(vault->PutTexts(std::vector{text, other}));
  ASSERT_TRUE(vault->PutKey(RoomOf(1), "room", "sealed"));

  uint64_t position = 0;
  const auto follow = [&] {
    const auto piece = vault->ChangesSince(position, 1000);
    ASSERT_TRUE(piece);
    position = piece->next;
    std::vector<VaultRow> rows;
    for (const std::string& key : piece->keys) rows.push_back(*vault->Row(key));
    ASSERT_TRUE(copy->PutRows(rows));
  };
  follow();
  EXPECT_EQ(*vault->Rows("", "", 100), *copy->Rows("", "", 100));
  EXPECT_EQ(copy->Rows("", "", 100)->size(), 3u);
  EXPECT_TRUE(AnyFileHolds(folder.path() / "copy", secret));

  ASSERT_TRUE(vault->EraseText(text.room, text.event));
  follow();
  EXPECT_EQ(*vault->Rows("", "", 100), *copy->Rows("", "", 100));
  EXPECT_FALSE(AnyFileHolds(folder.path() / "copy", secret));
  EXPECT_EQ((*copy->GetText(other.room, other.event, other.TextDigest()))->text, "stays");
  EXPECT_EQ(*copy->GetKey(RoomOf(1), "room"), "sealed");
}

TEST(VaultRows, ARowThatIsGoneGoes) {
  const TempFolder folder;
  auto vault = OpenVault(folder.path() / "vault");
  ASSERT_TRUE(vault->PutKey(RoomOf(1), "room", "a sealed key that must not stay in any file"));
  const VaultRow row = vault->Rows("", "", 1)->front();
  ASSERT_TRUE(vault->PutRows(std::vector{VaultRow{row.key, std::nullopt}}));
  EXPECT_TRUE(vault->Rows("", "", 10)->empty());
  EXPECT_FALSE(AnyFileHolds(folder.path() / "vault", "a sealed key that must not stay"));
  EXPECT_EQ(*vault->Row(row.key), (VaultRow{row.key, std::nullopt}));
}

TEST(VaultRows, PagesAreBoundedByCountAndByKey) {
  const TempFolder folder;
  auto vault = OpenVault(folder.path() / "vault");
  for (uint8_t n = 1; n <= 5; ++n) ASSERT_TRUE(vault->PutKey(RoomOf(n), "room", "sealed"));
  const auto all = *vault->Rows("", "", 100);
  ASSERT_EQ(all.size(), 5u);
  EXPECT_EQ(vault->Rows("", "", 2)->size(), 2u);
  EXPECT_EQ(*vault->Rows(all[1].key, all[3].key, 100), (std::vector{all[1], all[2]}));
  EXPECT_NE(DigestOf(all), DigestOf(std::span(all).first(4)));
  EXPECT_TRUE(vault->RewriteAll());
  EXPECT_EQ(*vault->Rows("", "", 100), all);
}

TEST(CopiedLog, HasTheIdOfItsOriginalOrIsRefused) {
  const TempFolder folder;
  const std::string id(32, 'a');
  {
    auto log = RocksDbLog::Open(folder.path() / "log", {.id = id});
    ASSERT_TRUE(log) << log.error();
    EXPECT_EQ((*log)->LogId(), id);
  }
  auto other = RocksDbLog::Open(folder.path() / "log", {.id = std::string(32, 'b')});
  ASSERT_FALSE(other);
  EXPECT_NE(other.error().find("another one"), std::string::npos);
  auto again = RocksDbLog::Open(folder.path() / "log");
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->LogId(), id);
}

}  // namespace
}  // namespace plenum
