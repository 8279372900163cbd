// A folder that follows a server's: real logs and vaults on disk, the words between them in memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "gateway/copy_feed.h"
#include "gateway/epoch.h"
#include "gateway/follower.h"
#include "tests/unit/ingest_temp_folder.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr TimeMs kNow = 1'790'000'000'000;
constexpr const char* kFrom = "http://127.0.0.1:1";

// A server's side, as far as a copy sees it.
class Original {
 public:
  explicit Original(const fs::path& path, const std::string& feed = "first")
      : log_(RocksDbLog::Open(path / "log").value()),
        vault_(RocksDbVault::Open(path / "vault").value()),
        feed_(*log_, *vault_, feed) {}

  void Add(const std::string& bytes, Partition partition = kRoomPartition) {
    ASSERT_TRUE(log_->Append(partition, bytes, Urgency::kStaff, [](auto) {}));
    while (log_->Pending() > 0) std::this_thread::yield();
  }
  VaultText AddText(uint8_t n, const std::string& text) {
    VaultText record{.room = {}, .event = {}, .nonce = {}, .text = text};
    record.event.bytes.fill(n);
    EXPECT_TRUE(vault_->PutTexts(std::vector{record}));
    return record;
  }
  CopyKeys Keys(uint64_t epoch = 1) {
    CopyKeys keys;
    keys.log = log_->LogId();
    keys.epoch.epoch = epoch;
    keys.keys.master.fill(9);
    keys.keys.token_keys = {{"k1", std::string(32, 's')}};
    keys.organiser = "v1.organiser";
    keys.partitions = 2;
    return keys;
  }
  // Steps the copy until it has all; how many answers it took.
  int Feed(Follower& follower, TimeMs now = kNow) {
    for (int steps = 1; steps < 1000; ++steps) {
      const auto question = ParseNextQuestion(Encode(follower.Question())).value();
      if (!feed_.IsPrefix(question).value()) return -1;
      auto answer = ParseNextAnswer(Encode(feed_.Next(question).value())).value();
      if (answer.compare) {
        auto compared = follower.CompareVault(answer, [this](const VaultPageQuestion& asked) {
          ++pages;
          return ParseVaultPage(Encode(feed_.Page(asked).value()));
        });
        EXPECT_TRUE(compared) << compared.error();
        continue;
      }
      auto taken = follower.Take(answer, now);
      EXPECT_TRUE(taken) << taken.error();
      if (follower.behind() == 0 && !feed_.HasNews(follower.Question())) return steps;
    }
    return 1000;
  }

  std::unique_ptr<RocksDbLog> log_;
  std::unique_ptr<RocksDbVault> vault_;
  CopyFeed feed_;
  int pages = 0;
};

class FollowerTest : public ::testing::Test {
 protected:
  std::unique_ptr<Follower> Open(const CopyKeys& keys) {
    auto follower = Follower::Open(copy_, kFrom, keys);
    EXPECT_TRUE(follower) << follower.error();
    return follower ? *std::move(follower) : nullptr;
  }
  std::string Refusal(const CopyKeys& keys) {
    auto follower = Follower::Open(copy_, kFrom, keys);
    return follower ? "(taken)" : follower.error();
  }
  // What is in the copy is what is in the original.
  void ExpectSame(Original& original) {
    auto log = RocksDbLog::Open(copy_ / "log");
    ASSERT_TRUE(log) << log.error();
    EXPECT_EQ((*log)->LogId(), original.log_->LogId());
    for (Partition partition : original.log_->Partitions()) {
      auto theirs = original.log_->Read(partition, 0, 100'000).value();
      auto ours = (*log)->Read(partition, 0, 100'000).value();
      ASSERT_EQ(ours.size(), theirs.size()) << partition;
      for (size_t i = 0; i < ours.size(); ++i) EXPECT_EQ(ours[i].bytes, theirs[i].bytes);
    }
    auto vault = RocksDbVault::Open(copy_ / "vault").value();
    EXPECT_EQ(*vault->Rows("", "", 100'000), *original.vault_->Rows("", "", 100'000));
  }

  TempFolder folder_;
  fs::path copy_ = folder_.path() / "copy";
};

TEST_F(FollowerTest, BecomesTheSameLogVaultAndKeys) {
  Original original(folder_.path() / "original");
  original.AddText(1, "a text");
  ASSERT_TRUE(original.vault_->PutKey({}, "room", "sealed"));
  original.Add("claimed", kDirectoryPartition);
  for (int i = 0; i < 3000; ++i) original.Add("entry " + std::to_string(i));
  {
    auto follower = Open(original.Keys());
    EXPECT_GT(original.Feed(*follower), 1) << "too much for one answer";
    original.AddText(2, "another text");
    original.Add("one more");
    EXPECT_EQ(original.Feed(*follower), 1);
    EXPECT_EQ(follower->entries(), 3002u);
  }
  ExpectSame(original);
  EXPECT_EQ(ReadFile(copy_ / "organiser.token"), "v1.organiser\n");
  EXPECT_EQ(LoadOrMakeKeys(copy_ / "keys")->master, original.Keys().keys.master);
  EXPECT_EQ(fs::status(copy_ / "keys" / "master.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  const auto marker = ReadCopyMarker(copy_);
  ASSERT_TRUE(marker && *marker);
  EXPECT_EQ((*marker)->in_step, kNow);
}

TEST_F(FollowerTest, GoesOnWhereItWasCutOffAndWhenTheServerWasStartedAgain) {
  const fs::path path = folder_.path() / "original";
  {
    Original original(path);
    original.AddText(1, "a text");
    original.Add("one");
    auto follower = Open(original.Keys());
    original.Feed(*follower);
  }
  Original again(path, "second");
  again.Add("two");
  const VaultText erased = again.AddText(3, "a text that is erased while the copy is away");
  ASSERT_TRUE(again.vault_->EraseText({}, erased.event));
  {
    auto follower = Open(again.Keys());
    EXPECT_EQ(follower->entries(), 1u);
    again.Feed(*follower);
  }
  ExpectSame(again);
}

TEST_F(FollowerTest, WhatIsErasedOnTheServerIsInNoFileOfTheCopy) {
  const std::string secret = "words that must be gone from the copy as well, every one of them";
  const auto holds = [&] {
    for (const auto& file : fs::recursive_directory_iterator(copy_ / "vault")) {
      if (file.is_regular_file() && ReadFile(file.path()).find(secret) != std::string::npos)
        return true;
    }
    return false;
  };
  Original original(folder_.path() / "original");
  const VaultText text = original.AddText(1, secret);
  auto follower = Open(original.Keys());
  original.Feed(*follower);
  EXPECT_TRUE(holds());
  ASSERT_TRUE(original.vault_->EraseText(text.room, text.event));
  original.Feed(*follower);
  EXPECT_FALSE(holds());
  ASSERT_TRUE(original.vault_->PutKey({}, "room", secret));
  original.Feed(*follower);
  EXPECT_TRUE(holds());
  ASSERT_TRUE(original.vault_->EraseKey({}, "room"));
  original.Feed(*follower);
  EXPECT_FALSE(holds());
}

TEST_F(FollowerTest, ABigVaultIsComparedPageByPage) {
  Original original(folder_.path() / "original");
  std::vector<VaultText> texts;
  for (uint32_t n = 0; n < 1700; ++n) {
    VaultText& text = texts.emplace_back();
    std::memcpy(text.event.bytes.data(), &n, sizeof n);
    text.text = "text " + std::to_string(n);
  }
  ASSERT_TRUE(original.vault_->PutTexts(texts));
  {
    auto follower = Open(original.Keys());
    original.Feed(*follower);
  }
  ExpectSame(original);
  original.pages = 0;
  {
    auto follower = Open(original.Keys());
    original.Feed(*follower);
  }
  EXPECT_EQ(original.pages, 4) << "nothing differs: one question a page";
}

TEST_F(FollowerTest, RefusesWhatIsNoCopyOfThisLog) {
  Original original(folder_.path() / "original");
  Original other(folder_.path() / "other");
  copy_ = folder_.path() / "original";
  EXPECT_THAT(Refusal(original.Keys()), HasSubstr("is a server's folder"));
  copy_ = folder_.path() / "notes";
  fs::create_directories(copy_);
  std::ofstream(copy_ / "notes.txt") << "mine";
  EXPECT_THAT(Refusal(original.Keys()), HasSubstr("is not empty"));
  copy_ = folder_.path() / "copy";
  {
    auto follower = Open(original.Keys());
    original.Feed(*follower);
    EXPECT_THAT(Refusal(original.Keys()), HasSubstr("in use"));
  }
  EXPECT_THAT(Refusal(other.Keys()), HasSubstr("another log"));
}

TEST_F(FollowerTest, APromotedFolderIsNoCopyAnyMore) {
  Original original(folder_.path() / "original");
  original.Add("one");
  {
    auto follower = Open(original.Keys());
    original.Feed(*follower);
  }
  {
    auto log = RocksDbLog::Open(copy_ / "log").value();
    auto epoch = Epoch::Open(*log, {.data = copy_,
                                    .keys = original.Keys().keys.token_keys,
                                    .clock = [] { return kNow; },
                                    .serve_anyway = false});
    ASSERT_TRUE(epoch) << epoch.error();
  }
  EXPECT_THAT(Refusal(original.Keys()), HasSubstr("has been served"));
}

TEST_F(FollowerTest, NeverFollowsAnEarlierServerAfterALaterOne) {
  Original original(folder_.path() / "original");
  {
    auto follower = Open(original.Keys(100));
    EXPECT_FALSE(follower->Renew(original.Keys(99)));
    EXPECT_TRUE(follower->Renew(original.Keys(101)));
  }
  EXPECT_THAT(Refusal(original.Keys(100)), HasSubstr("was replaced"));
}

TEST_F(FollowerTest, ACopyWithEntriesThatTheServerNeverHadIsToldSo) {
  Original original(folder_.path() / "original");
  original.Add("one");
  auto follower = Open(original.Keys());
  original.Feed(*follower);
  NextQuestion question = follower->Question();
  EXPECT_TRUE(original.feed_.IsPrefix(question).value());
  question.last[1].bytes[0] ^= 1;
  EXPECT_FALSE(original.feed_.IsPrefix(question).value());
  question = follower->Question();
  question.ends[1] = 2;
  EXPECT_FALSE(original.feed_.IsPrefix(question).value());
  question.ends.pop_back();
  EXPECT_FALSE(original.feed_.IsPrefix(question).value());
}

TEST_F(FollowerTest, EntriesThatDoNotFollowAreRefused) {
  Original original(folder_.path() / "original");
  auto follower = Open(original.Keys());
  NextAnswer answer{.epoch = 1,
                    .ends = {0, 5},
                    .feed = "first",
                    .at = 0,
                    .compare = false,
                    .rows = {},
                    .runs = {{kRoomPartition, {{4, "four"}}}}};
  EXPECT_FALSE(follower->Take(answer, kNow));
  EXPECT_TRUE(follower->broken());
}

}  // namespace
}  // namespace plenum
