// The contract of ingest/vault.h, on both vaults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <mutex>
#include <ostream>
#include <thread>

#include "ingest/memory_vault.h"
#include "ingest/rocksdb_vault.h"
#include "schema/hash.h"
#include "schema/limits.h"
#include "tests/unit/ingest_temp_folder.h"

namespace plenum {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

template <class AnId>
AnId Numbered(uint8_t n) {
  AnId id;
  id.bytes.fill(n);
  return id;
}

VaultText Text(uint8_t event, std::string text, uint8_t nonce = 1, uint8_t room = 1) {
  VaultText made{.room = Numbered<RoomId>(room),
                 .event = Numbered<EventId>(event),
                 .nonce = {},
                 .text = std::move(text)};
  made.nonce.fill(nonce);
  return made;
}

const RoomId kRoom = Numbered<RoomId>(1);
const RoomId kOtherRoom = Numbered<RoomId>(2);
const EventId kEvent = Numbered<EventId>(1);

TEST(VaultText, DigestIsOfNonceAndText) {
  const VaultText text = Text(1, "plant trees", 0xab);
  EXPECT_EQ(text.TextDigest(), HashOf(std::string(32, '\xab') + "plant trees"));
}

// A vault that can be closed and opened again.
class VaultUnderTest {
 public:
  virtual ~VaultUnderTest() = default;
  virtual Vault& vault() = 0;
  virtual void Reopen() = 0;
};

class MemoryVaultUnderTest final : public VaultUnderTest {
 public:
  Vault& vault() override { return vault_; }
  void Reopen() override {}

 private:
  MemoryVault vault_;
};

class RocksDbVaultUnderTest final : public VaultUnderTest {
 public:
  RocksDbVaultUnderTest() { Reopen(); }
  Vault& vault() override { return *vault_; }
  void Reopen() override {
    vault_.reset();
    auto opened = RocksDbVault::Open(folder_.path() / "vault");
    ASSERT_TRUE(opened.has_value()) << opened.error();
    vault_ = *std::move(opened);
  }

 private:
  TempFolder folder_;
  std::unique_ptr<RocksDbVault> vault_;
};

struct VaultKind {
  std::string name;
  std::function<std::unique_ptr<VaultUnderTest>()> make;
  friend void PrintTo(const VaultKind& kind, std::ostream* out) { *out << kind.name; }
};

class VaultContract : public testing::TestWithParam<VaultKind> {
 protected:
  VaultContract() : under_test_(GetParam().make()) {}
  Vault& vault() { return under_test_->vault(); }
  void Reopen() { under_test_->Reopen(); }
  // Puts texts, and returns the digests that stand.
  std::vector<Digest> PutAll(const std::vector<VaultText>& texts) {
    std::vector<Digest> digests = vault().PutTexts(texts).value();
    std::lock_guard lock(mutex_);
    for (size_t i = 0; i < texts.size(); ++i) {
      standing_[{texts[i].room, texts[i].event}] = digests.at(i);
    }
    return digests;
  }
  Digest Put(const VaultText& text) { return PutAll({text}).at(0); }
  // By the digest that stands.
  std::optional<VaultText> Get(const RoomId& room, const EventId& event) {
    return vault().GetText(room, event, standing_[{room, event}]).value();
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<RoomId, EventId>, Digest> standing_;
  std::unique_ptr<VaultUnderTest> under_test_;
};

TEST_P(VaultContract, KeepsTexts) {
  const std::vector<VaultText> texts = {Text(1, "one"), Text(2, ""), Text(1, "other room", 1, 2)};
  EXPECT_THAT(PutAll(texts),
              ElementsAre(texts[0].TextDigest(), texts[1].TextDigest(), texts[2].TextDigest()));
  Reopen();
  for (const VaultText& text : texts) {
    const auto found = Get(text.room, text.event);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->room, text.room);
    EXPECT_EQ(found->event, text.event);
    EXPECT_EQ(found->nonce, text.nonce);
    EXPECT_EQ(found->text, text.text);
  }
  EXPECT_EQ(Get(kOtherRoom, Numbered<EventId>(2)), std::nullopt);
  EXPECT_THAT(vault().PutTexts({}).value(), IsEmpty());
}

TEST_P(VaultContract, TheFirstRecordStands) {
  const VaultText first = Text(1, "first"), second = Text(1, "second"), again = Text(1, "first", 9);
  EXPECT_EQ(Put(first), first.TextDigest());
  EXPECT_EQ(Put(second), first.TextDigest());
  EXPECT_EQ(Put(again), first.TextDigest());
  EXPECT_EQ(Get(kRoom, kEvent)->text, "first");
}

TEST_P(VaultContract, TheFirstRecordStandsWithinABatchToo) {
  const std::vector<VaultText> texts = {Text(1, "first"), Text(1, "second"), Text(2, "third")};
  EXPECT_THAT(PutAll(texts),
              ElementsAre(texts[0].TextDigest(), texts[0].TextDigest(), texts[2].TextDigest()));
  EXPECT_EQ(Get(kRoom, kEvent)->text, "first");
}

TEST_P(VaultContract, AnotherDigestFindsNothing) {
  const VaultText kept = Text(1, "kept");
  Put(kept);
  EXPECT_EQ(vault().GetText(kRoom, kEvent, Text(1, "claimed").TextDigest()).value(), std::nullopt);
}

TEST_P(VaultContract, TheFirstRecordStandsAmongThreads) {
  std::vector<Digest> digests(8);
  std::vector<std::thread> threads;
  for (uint8_t i = 0; i < digests.size(); ++i) {
    threads.emplace_back([&, i] { digests[i] = Put(Text(1, "text " + std::to_string(i))); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(digests, testing::Each(Get(kRoom, kEvent)->TextDigest()));
}

// A phone that resends what was erased must not bring it back, and gets the digest in the log.
TEST_P(VaultContract, AnErasedTextStaysErased) {
  const VaultText text = Text(1, "my neighbour's name");
  Put(text);
  Put(Text(2, "another"));
  ASSERT_TRUE(vault().EraseText(kRoom, kEvent));
  EXPECT_EQ(Get(kRoom, kEvent), std::nullopt);
  EXPECT_EQ(Put(text), text.TextDigest());
  EXPECT_EQ(Put(Text(1, "my neighbour's name", 2)), text.TextDigest());
  EXPECT_EQ(Get(kRoom, kEvent), std::nullopt);
  EXPECT_TRUE(vault().EraseText(kRoom, kEvent));
  EXPECT_TRUE(vault().EraseText(kRoom, Numbered<EventId>(77)));
  Reopen();
  EXPECT_EQ(Get(kRoom, kEvent), std::nullopt);
  EXPECT_EQ(Get(kRoom, Numbered<EventId>(2))->text, "another");
}

TEST_P(VaultContract, RefusesATextThatIsTooLong) {
  const std::string longest(limits::kTextBytes, 'x');
  const std::vector<VaultText> texts = {Text(2, "short"), Text(1, longest + "x")};
  EXPECT_EQ(vault().PutTexts(texts), std::unexpected(LogError::kTooLarge));
  EXPECT_EQ(Get(kRoom, Numbered<EventId>(2)), std::nullopt);  // all or nothing
  Put(Text(1, longest));
  EXPECT_EQ(Get(kRoom, kEvent)->text, longest);
}

TEST_P(VaultContract, KeepsKeys) {
  ASSERT_TRUE(vault().PutKey(kRoom, "room", std::string("\0sealed", 7)));
  ASSERT_TRUE(vault().PutKey(kRoom, "sign", "other"));
  ASSERT_TRUE(vault().PutKey(kOtherRoom, "room", "of another room"));
  Reopen();
  EXPECT_EQ(vault().GetKey(kRoom, "room").value(), std::string("\0sealed", 7));
  EXPECT_EQ(vault().GetKey(kRoom, "sign").value(), "other");
  EXPECT_EQ(vault().GetKey(kOtherRoom, "room").value(), "of another room");
  EXPECT_EQ(vault().GetKey(kOtherRoom, "sign").value(), std::nullopt);
  ASSERT_TRUE(vault().PutKey(kRoom, "sign", "newer"));
  EXPECT_EQ(vault().GetKey(kRoom, "sign").value(), "newer");
}

INSTANTIATE_TEST_SUITE_P(
    Vaults, VaultContract,
    testing::Values(VaultKind{"memory", [] { return std::make_unique<MemoryVaultUnderTest>(); }},
                    VaultKind{"rocksdb", [] { return std::make_unique<RocksDbVaultUnderTest>(); }}),
    [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace plenum
