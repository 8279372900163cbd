#include "tests/unit/vault_contract.h"

#include <gmock/gmock.h>

#include <thread>

#include "schema/limits.h"

namespace plenum {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

}  // namespace

VaultText TextOf(uint8_t event, std::string text, uint8_t nonce, uint8_t room) {
  VaultText made{.room = NumberedId<RoomId>(room),
                 .event = NumberedId<EventId>(event),
                 .nonce = {},
                 .text = std::move(text)};
  made.nonce.fill(nonce);
  return made;
}

std::vector<Digest> VaultContract::PutAll(const std::vector<VaultText>& texts) {
  std::vector<Digest> digests = vault().PutTexts(texts).value();
  std::lock_guard lock(mutex_);
  for (size_t i = 0; i < texts.size(); ++i) {
    standing_[{texts[i].room, texts[i].event}] = digests.at(i);
  }
  return digests;
}

std::optional<VaultText> VaultContract::Get(const RoomId& room, const EventId& event) {
  return vault().GetText(room, event, standing_[{room, event}]).value();
}

TEST_P(VaultContract, KeepsTexts) {
  const std::vector<VaultText> texts = {TextOf(1, "one"), TextOf(2, ""),
                                        TextOf(1, "other room", 1, 2)};
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
  EXPECT_EQ(Get(kOtherVaultRoom, NumberedId<EventId>(2)), std::nullopt);
  EXPECT_THAT(vault().PutTexts({}).value(), IsEmpty());
}

TEST_P(VaultContract, TheFirstRecordStands) {
  const VaultText first = TextOf(1, "first"), second = TextOf(1, "second"),
                  again = TextOf(1, "first", 9);
  EXPECT_EQ(Put(first), first.TextDigest());
  EXPECT_EQ(Put(second), first.TextDigest());
  EXPECT_EQ(Put(again), first.TextDigest());
  EXPECT_EQ(Get(kVaultRoom, kVaultEvent)->text, "first");
}

TEST_P(VaultContract, TheFirstRecordStandsWithinABatchToo) {
  const std::vector<VaultText> texts = {TextOf(1, "first"), TextOf(1, "second"),
                                        TextOf(2, "third")};
  EXPECT_THAT(PutAll(texts),
              ElementsAre(texts[0].TextDigest(), texts[0].TextDigest(), texts[2].TextDigest()));
  EXPECT_EQ(Get(kVaultRoom, kVaultEvent)->text, "first");
}

TEST_P(VaultContract, AnotherDigestFindsNothing) {
  const VaultText kept = TextOf(1, "kept");
  Put(kept);
  EXPECT_EQ(vault().GetText(kVaultRoom, kVaultEvent, TextOf(1, "claimed").TextDigest()).value(),
            std::nullopt);
}

TEST_P(VaultContract, TheFirstRecordStandsAmongThreads) {
  std::vector<Digest> digests(8);
  std::vector<std::thread> threads;
  for (uint8_t i = 0; i < digests.size(); ++i) {
    threads.emplace_back([&, i] { digests[i] = Put(TextOf(1, "text " + std::to_string(i))); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(digests, testing::Each(Get(kVaultRoom, kVaultEvent)->TextDigest()));
}

// A phone that resends what was erased must not bring it back, and gets the digest in the log.
TEST_P(VaultContract, AnErasedTextStaysErased) {
  const VaultText text = TextOf(1, "my neighbour's name");
  Put(text);
  Put(TextOf(2, "another"));
  ASSERT_TRUE(vault().EraseText(kVaultRoom, kVaultEvent));
  EXPECT_EQ(Get(kVaultRoom, kVaultEvent), std::nullopt);
  EXPECT_EQ(Put(text), text.TextDigest());
  EXPECT_EQ(Put(TextOf(1, "my neighbour's name", 2)), text.TextDigest());
  EXPECT_EQ(Get(kVaultRoom, kVaultEvent), std::nullopt);
  EXPECT_TRUE(vault().EraseText(kVaultRoom, kVaultEvent));
  EXPECT_TRUE(vault().EraseText(kVaultRoom, NumberedId<EventId>(77)));
  Reopen();
  EXPECT_EQ(Get(kVaultRoom, kVaultEvent), std::nullopt);
  EXPECT_EQ(Get(kVaultRoom, NumberedId<EventId>(2))->text, "another");
}

// So that whoever remembers what GetText said asks again.
TEST_P(VaultContract, AnErasureIsANewRevision) {
  Put(TextOf(1, "one"));
  const uint64_t before = vault().Revision();
  Put(TextOf(2, "two"));
  EXPECT_EQ(vault().Revision(), before);
  ASSERT_TRUE(vault().EraseText(kVaultRoom, kVaultEvent));
  EXPECT_GT(vault().Revision(), before);
}

TEST_P(VaultContract, RefusesATextThatIsTooLong) {
  const std::string longest(limits::kTextBytes, 'x');
  const std::vector<VaultText> texts = {TextOf(2, "short"), TextOf(1, longest + "x")};
  EXPECT_EQ(vault().PutTexts(texts), std::unexpected(LogError::kTooLarge));
  EXPECT_EQ(Get(kVaultRoom, NumberedId<EventId>(2)), std::nullopt);  // all or nothing
  Put(TextOf(1, longest));
  EXPECT_EQ(Get(kVaultRoom, kVaultEvent)->text, longest);
}

TEST_P(VaultContract, KeepsKeys) {
  ASSERT_TRUE(vault().PutKey(kVaultRoom, "room", std::string("\0sealed", 7)));
  ASSERT_TRUE(vault().PutKey(kVaultRoom, "sign", "other"));
  ASSERT_TRUE(vault().PutKey(kOtherVaultRoom, "room", "of another room"));
  Reopen();
  EXPECT_EQ(vault().GetKey(kVaultRoom, "room").value(), std::string("\0sealed", 7));
  EXPECT_EQ(vault().GetKey(kVaultRoom, "sign").value(), "other");
  EXPECT_EQ(vault().GetKey(kOtherVaultRoom, "room").value(), "of another room");
  EXPECT_EQ(vault().GetKey(kOtherVaultRoom, "sign").value(), std::nullopt);
  ASSERT_TRUE(vault().PutKey(kVaultRoom, "sign", "newer"));
  EXPECT_EQ(vault().GetKey(kVaultRoom, "sign").value(), "newer");
}

TEST_P(VaultContract, AnErasedKeyIsGone) {
  ASSERT_TRUE(vault().PutKey(kVaultRoom, "room", "sealed"));
  ASSERT_TRUE(vault().PutKey(kVaultRoom, "sign", "other"));
  ASSERT_TRUE(vault().PutKey(kOtherVaultRoom, "room", "of another room"));
  ASSERT_TRUE(vault().EraseKey(kVaultRoom, "room"));
  EXPECT_EQ(vault().GetKey(kVaultRoom, "room").value(), std::nullopt);
  EXPECT_TRUE(vault().EraseKey(kVaultRoom, "room"));
  EXPECT_TRUE(vault().EraseKey(kVaultRoom, "never there"));
  Reopen();
  EXPECT_EQ(vault().GetKey(kVaultRoom, "room").value(), std::nullopt);
  EXPECT_EQ(vault().GetKey(kVaultRoom, "sign").value(), "other");
  EXPECT_EQ(vault().GetKey(kOtherVaultRoom, "room").value(), "of another room");
  ASSERT_TRUE(vault().PutKey(kVaultRoom, "room", "a new one"));
  EXPECT_EQ(vault().GetKey(kVaultRoom, "room").value(), "a new one");
  Reopen();
  EXPECT_EQ(vault().GetKey(kVaultRoom, "room").value(), "a new one");
}

}  // namespace plenum
