// What only the RocksDB vault has: files that an erased text must be gone from, disks that fill and
// fail, copies together with the log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "ingest/backup.h"
#include "ingest/text_intake.h"
#include "schema/limits.h"
#include "tests/unit/event_log_contract.h"
#include "tests/unit/ingest_faulty_env.h"
#include "tests/unit/ingest_temp_folder.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const RoomId kRoom = {};

EventId Numbered(uint32_t n) {
  EventId id;
  std::memcpy(id.bytes.data(), &n, sizeof n);
  return id;
}

VaultText TextOf(uint32_t event, const std::string& text) {
  return {.room = kRoom, .event = Numbered(event), .nonce = {}, .text = text};
}

class RocksDbVaultTest : public testing::Test {
 protected:
  void Open(const RocksDbOptions& options = {}) {
    vault_.reset();
    auto opened = RocksDbVault::Open(path_, options);
    ASSERT_TRUE(opened.has_value()) << opened.error();
    vault_ = *std::move(opened);
  }
  std::expected<std::vector<Digest>, LogError> Put(uint32_t event, const std::string& text) {
    const VaultText made = TextOf(event, text);
    return vault_->PutTexts({&made, 1});
  }
  std::expected<std::optional<VaultText>, LogError> Get(uint32_t event, const std::string& text) {
    return vault_->GetText(kRoom, Numbered(event), TextOf(event, text).TextDigest());
  }

  TempFolder folder_;
  const fs::path path_ = folder_.path() / "vault";
  FaultyEnv env_;
  std::unique_ptr<RocksDbVault> vault_;
};

TEST_F(RocksDbVaultTest, AnErasedTextIsInNoFile) {
  Open();
  for (uint32_t i = 0; i < 300; ++i) ASSERT_TRUE(Put(i, Unmistakable(i)));
  ASSERT_GT(FilesWith(path_, Unmistakable(7)), 0u);  // so that the search can find it
  ASSERT_TRUE(vault_->EraseText(kRoom, Numbered(7)));
  EXPECT_EQ(FilesWith(path_, Unmistakable(7)), 0u);
  EXPECT_GT(FilesWith(path_, Unmistakable(8)), 0u);

  Open();  // all is in tables now, several levels of them
  for (uint32_t i = 300; i < 600; ++i) ASSERT_TRUE(Put(i, Unmistakable(i)));
  Open();
  ASSERT_GT(FilesWith(path_, Unmistakable(8)), 0u);
  for (const uint32_t event : {8u, 400u}) {
    ASSERT_TRUE(vault_->EraseText(kRoom, Numbered(event)));
    EXPECT_EQ(FilesWith(path_, Unmistakable(event)), 0u);
  }
  for (uint32_t i = 0; i < 600; ++i) {
    const auto text = Get(i, Unmistakable(i));
    ASSERT_TRUE(text.has_value());
    ASSERT_EQ(text->has_value(), i != 7 && i != 8 && i != 400) << i;
  }
}

TEST_F(RocksDbVaultTest, AnErasedKeyIsInNoFile) {
  Open();
  for (uint32_t i = 0; i < 50; ++i) {
    ASSERT_TRUE(vault_->PutKey(kRoom, "key " + std::to_string(i), Unmistakable(i)));
  }
  Open();
  ASSERT_TRUE(vault_->PutKey(kRoom, "key 7", Unmistakable(1007)));  // two values, in two files
  ASSERT_GT(FilesWith(path_, Unmistakable(7)), 0u);
  ASSERT_TRUE(vault_->EraseKey(kRoom, "key 7"));
  EXPECT_EQ(FilesWith(path_, Unmistakable(7)), 0u);
  EXPECT_EQ(FilesWith(path_, Unmistakable(1007)), 0u);
  EXPECT_EQ(vault_->GetKey(kRoom, "key 8").value(), Unmistakable(8));
}

TEST_F(RocksDbVaultTest, ErasesWhileItIsWrittenAndRead) {
  Open();
  for (uint32_t i = 0; i < 50; ++i) ASSERT_TRUE(Put(i, Unmistakable(i)));
  std::jthread writer([&](std::stop_token stop) {
    for (uint32_t i = 1000; !stop.stop_requested(); ++i) {
      EXPECT_TRUE(Put(i, Unmistakable(i)));
      EXPECT_TRUE(Get(i % 50, Unmistakable(i % 50)).has_value());
    }
  });
  for (uint32_t i = 0; i < 10; ++i) ASSERT_TRUE(vault_->EraseText(kRoom, Numbered(i)));
  writer.request_stop();
  writer.join();
  for (uint32_t i = 0; i < 10; ++i) EXPECT_EQ(FilesWith(path_, Unmistakable(i)), 0u) << i;
}

TEST_F(RocksDbVaultTest, SyncsOnceForAllTexts) {
  Open({.env = env_.env()});
  std::vector<VaultText> texts;
  for (uint32_t i = 0; i < 100; ++i) {
    texts.push_back(TextOf(i, "text"));
  }
  const int before = env_.syncs();
  ASSERT_TRUE(vault_->PutTexts(texts));
  EXPECT_EQ(env_.syncs() - before, 1);
  ASSERT_TRUE(vault_->PutTexts(texts));  // all are there, and durable
  EXPECT_EQ(env_.syncs() - before, 1);
}

TEST_F(RocksDbVaultTest, AFailedSyncIsTheEnd) {
  Open({.env = env_.env()});
  ASSERT_TRUE(Put(1, "before"));
  EXPECT_EQ(vault_->Trouble(), std::nullopt);
  env_.FailSyncs(true);
  EXPECT_EQ(Put(2, "during"), std::unexpected(LogError::kUnknown));
  env_.FailSyncs(false);
  EXPECT_EQ(Put(3, "after"), std::unexpected(LogError::kFailed));
  EXPECT_EQ(vault_->PutKey(kRoom, "key", "sealed"), std::unexpected(LogError::kFailed));
  EXPECT_NE(vault_->Trouble(), std::nullopt);
  EXPECT_EQ(Get(1, "before").value()->text, "before");
  Open();
  EXPECT_EQ(Get(1, "before").value()->text, "before");
  EXPECT_EQ(Get(3, "after").value(), std::nullopt);
}

TEST_F(RocksDbVaultTest, AFullDiskRefusesTextsBeforeKeys) {
  uint64_t free = limits::kDiskFloorBytes;
  Open({.env = nullptr, .free_bytes = [&] { return free; }});
  EXPECT_TRUE(Put(1, "fits"));
  free = limits::kDiskFloorBytes - 1;
  EXPECT_EQ(Put(2, "does not"), std::unexpected(LogError::kDiskFull));
  EXPECT_TRUE(vault_->PutKey(kRoom, "key", "sealed"));
  free = limits::kDiskFloorBytes - limits::kDiskReserveBytes - 1;
  EXPECT_EQ(vault_->PutKey(kRoom, "key", "sealed"), std::unexpected(LogError::kDiskFull));
}

TEST_F(RocksDbVaultTest, ACopyHasTheTextsOfAllItsEvents) {
  Open();
  auto log = RocksDbLog::Open(folder_.path() / "log");
  ASSERT_TRUE(log.has_value()) << log.error();
  TextIntakeThread intake(*vault_, **log);
  std::atomic<int> recorded = 0;
  std::jthread submitter([&](std::stop_token stop) {
    for (uint32_t i = 0; !stop.stop_requested(); ++i) {
      const EventId id = Numbered(i);
      // A refusal is a full queue: that event is then missing, which changes nothing here.
      (void)intake.Submit(
          {.room = kRoom, .event = id, .nonce = {}, .text = id.Hex()}, Urgency::kVote,
          [id](const Digest&) { return id.Hex(); }, kRoomPartition, [&](auto) { ++recorded; });
      if (i % 8 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  });
  while (recorded < 300) std::this_thread::yield();
  const fs::path to = folder_.path() / "backups" / "copy";
  const auto copied = CopyLogAndVault(**log, *vault_, to);
  submitter.request_stop();
  submitter.join();
  intake.Stop();
  (*log)->Stop();
  ASSERT_TRUE(copied.has_value()) << copied.error();

  const auto log_copy = RocksDbLog::Open(to / kLogFolder);
  const auto vault_copy = RocksDbVault::Open(to / kVaultFolder);
  ASSERT_TRUE(log_copy.has_value() && vault_copy.has_value());
  EXPECT_EQ((*log_copy)->LogId(), (*log)->LogId());
  const auto entries = BytesOf(ReadAll(**log_copy, kRoomPartition));
  EXPECT_GE(entries.size(), 300u);
  for (const std::string& entry : entries) {
    const EventId id = *EventId::FromHex(entry);
    const VaultText made{.room = kRoom, .event = id, .nonce = {}, .text = entry};
    const auto text = (*vault_copy)->GetText(kRoom, id, made.TextDigest());
    ASSERT_TRUE(text.has_value() && text->has_value()) << entry;
  }
  const auto again = CopyLogAndVault(**log, *vault_, to);
  ASSERT_FALSE(again.has_value());
  EXPECT_THAT(again.error(), HasSubstr("is there already"));
}

}  // namespace
}  // namespace plenum
