// A node's copy of a vault that is shared through a topic: what each record does to its rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/kafka_vault_copy.h"
#include "tests/unit/ingest_temp_folder.h"
#include "tests/unit/vault_contract.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using vault_rows::Record;

Record Stored(const VaultText& text) {
  return {vault_rows::TextKey(text.room, text.event, text.TextDigest()),
          vault_rows::TextValue(text)};
}
Record TombstoneOf(const VaultText& text) { return {Stored(text).key, std::nullopt}; }
Record Erased(const VaultText& text) {
  return {vault_rows::ErasedKey(Stored(text).key), std::string(text.TextDigest().View())};
}

class VaultCopyTest : public testing::Test {
 protected:
  void SetUp() override { Open(); }
  void Open() {
    copy_.reset();
    auto opened = VaultCopy::Open(path_);
    ASSERT_TRUE(opened.has_value()) << opened.error();
    copy_ = *std::move(opened);
  }
  void Apply(const std::vector<Record>& records) {
    ASSERT_TRUE(copy_->Apply(records, copy_->position() + records.size()));
  }
  bool Has(const VaultText& text) {
    const Record record = Stored(text);
    const auto value = copy_->Get(record.key).value();
    const auto read = value ? vault_rows::ReadText(record.key, *value) : std::nullopt;
    return read && read->text == text.text && read->nonce == text.nonce;
  }
  std::vector<std::string> Condemned() { return copy_->Condemned("").value(); }

  TempFolder folder_;
  const fs::path path_ = folder_.path() / "copy";
  std::unique_ptr<VaultCopy> copy_;
  const VaultText text_ = TextOf(1, "one"), other_nonce_ = TextOf(1, "one", 2),
                  other_event_ = TextOf(2, "two");
};

TEST_F(VaultCopyTest, KeepsRowsAndThePositionTogether) {
  EXPECT_EQ(copy_->position(), 0u);
  ASSERT_TRUE(copy_->Apply(std::vector{Stored(text_), Stored(other_nonce_)}, 17));
  Open();
  EXPECT_EQ(copy_->position(), 17u);
  EXPECT_TRUE(Has(text_));
  EXPECT_TRUE(Has(other_nonce_)) << "two nodes, one record each";
  EXPECT_THAT(copy_->WithPrefix(vault_rows::TextsOf(kVaultRoom, kVaultEvent)).value(), SizeIs(2));
}

TEST_F(VaultCopyTest, RemembersWhatItIsACopyOf) {
  EXPECT_EQ(copy_->source(), "");
  ASSERT_TRUE(copy_->SetSource("topic x in the cluster y"));
  Open();
  EXPECT_EQ(copy_->source(), "topic x in the cluster y");
}

TEST_F(VaultCopyTest, AnErasedEventLosesAllItsRecordsAndCondemnsThem) {
  Apply({Stored(text_), Stored(other_nonce_), Stored(other_event_)});
  const uint64_t before = copy_->revision();
  Apply({Erased(text_)});
  EXPECT_FALSE(Has(text_));
  EXPECT_FALSE(Has(other_nonce_));
  EXPECT_TRUE(Has(other_event_));
  EXPECT_GT(copy_->revision(), before);
  EXPECT_THAT(Condemned(), SizeIs(2));
  Apply({TombstoneOf(text_)});
  EXPECT_THAT(Condemned(), ElementsAre(Stored(other_nonce_).key));
  Open();
  EXPECT_THAT(Condemned(), SizeIs(1)) << "until its tombstone comes";
  Apply({TombstoneOf(other_nonce_)});
  EXPECT_THAT(Condemned(), IsEmpty());
}

// Another node had sent it when the event was erased.
TEST_F(VaultCopyTest, ARecordThatComesAfterTheErasureIsCondemned) {
  Apply({Stored(text_), Erased(text_), TombstoneOf(text_)});
  Apply({Stored(other_nonce_)});
  EXPECT_FALSE(Has(other_nonce_));
  EXPECT_THAT(Condemned(), ElementsAre(Stored(other_nonce_).key));
}

TEST_F(VaultCopyTest, RecordsOfOneBatchSeeEachOther) {
  Apply({Stored(text_), Stored(other_event_), Erased(text_), Stored(other_nonce_)});
  EXPECT_FALSE(Has(text_));
  EXPECT_FALSE(Has(other_nonce_));
  EXPECT_TRUE(Has(other_event_));
  EXPECT_THAT(Condemned(), SizeIs(2));
  Apply({Stored(TextOf(3, "three")), TombstoneOf(TextOf(3, "three"))});
  EXPECT_FALSE(Has(TextOf(3, "three")));
}

// Kafka forgets a tombstone after a while; a node that was away for longer still hears of it.
TEST_F(VaultCopyTest, AnErasureIsHeardWithoutItsTombstones) {
  Apply({Stored(text_)});
  Open();
  Apply({Erased(text_)});
  EXPECT_FALSE(Has(text_));
}

TEST_F(VaultCopyTest, WhatIsErasedIsInNoFileOnceItsTracesAreRemoved) {
  for (uint8_t i = 0; i < 100; ++i) Apply({Stored(TextOf(i, Unmistakable(i)))});
  Open();
  const Record key{vault_rows::KeyKey(kVaultRoom, "room"), vault_rows::KeyValue(Unmistakable(300))};
  Apply({key, Stored(TextOf(7, Unmistakable(200), 2))});
  ASSERT_GT(FilesWith(path_, Unmistakable(7)), 0u);
  ASSERT_GT(FilesWith(path_, Unmistakable(300)), 0u);
  Apply({Erased(TextOf(7, Unmistakable(7))),
         TombstoneOf(TextOf(8, Unmistakable(8))),
         {key.key, vault_rows::DestroyedKeyValue()}});
  EXPECT_TRUE(copy_->HasTraces(vault_rows::TextsOf(kVaultRoom, NumberedId<EventId>(7))).value());
  EXPECT_TRUE(copy_->HasTraces(key.key).value());
  Open();  // a node that dies before it has rewritten its files does it later
  ASSERT_TRUE(copy_->RemoveTraces());
  EXPECT_FALSE(copy_->HasTraces("").value());
  for (const uint32_t gone : {7u, 8u, 200u, 300u}) {
    EXPECT_EQ(FilesWith(path_, Unmistakable(gone)), 0u) << gone;
  }
  EXPECT_TRUE(Has(TextOf(9, Unmistakable(9))));
  EXPECT_GT(FilesWith(path_, Unmistakable(9)), 0u);
}

// Rubbish in the topic: nothing that was not meant is erased, and nothing false is shown.
TEST_F(VaultCopyTest, WhatIsNotUnderstoodDoesNoHarm) {
  Apply({Stored(text_)});
  const std::string event = vault_rows::ErasedKey(Stored(text_).key);
  Apply({{"", "x"},
         {"", std::nullopt},
         {"e", "x"},
         {event.substr(0, 17), "all of the room"},
         {"t", std::nullopt},
         {std::string("\0p", 2), "77"},
         {std::string("\0p", 2), std::nullopt},
         {"z of a later version", "x"}});
  EXPECT_TRUE(Has(text_));
  Open();
  EXPECT_EQ(copy_->position(), 9u);
  EXPECT_EQ(copy_->Get("z of a later version").value(), "x");
  const std::string key = Stored(text_).key;
  EXPECT_FALSE(vault_rows::ReadText(key, Stored(other_nonce_).value.value())) << "not that digest";
  EXPECT_FALSE(vault_rows::ReadText(key, "short"));
}

}  // namespace
}  // namespace plenum
