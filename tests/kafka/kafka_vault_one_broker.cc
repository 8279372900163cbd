// Two nodes share a vault on one real broker: what one puts the other finds, what one erases is
// gone from both and from the broker; what happens while the broker is away; and which topics are
// refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "ingest/kafka_vault_copy.h"
#include "tests/kafka/kafka_admin.h"
#include "tests/kafka/kafka_place.h"
#include "tests/kafka/kafka_vault_place.h"
#include "tests/unit/ingest_temp_folder.h"
#include "tests/unit/vault_contract.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;

class KafkaVaultOneBroker : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(Brokers(), 1);
    options_ = FreshPlace();
    MakeTopics(options_);
  }
  void TearDown() override {
    if (!down_.empty()) Control(down_);
  }
  void OpenBoth(const KafkaVaultOptions& more = {}) {
    one_ = OpenVault(options_, folder_.path() / "one", more);
    two_ = OpenVault(options_, folder_.path() / "two", more);
    ASSERT_TRUE(one_ && two_);
  }
  static std::expected<Digest, LogError> Put(Vault& vault, const VaultText& text) {
    const auto digests = vault.PutTexts({&text, 1});
    if (!digests) return std::unexpected(digests.error());
    return digests->at(0);
  }
  static bool Has(Vault& vault, const VaultText& text) {
    const auto found = vault.GetText(text.room, text.event, text.TextDigest());
    EXPECT_TRUE(found.has_value());
    return found && *found && (*found)->text == text.text;
  }
  // The broker dies or freezes, and `back` undoes it.
  void Take(const std::string& away, const std::string& back) {
    Control(away);
    down_ = back;
  }
  void GiveBack() { Control(std::exchange(down_, "")); }
  void AnswersAndGoesOn(const std::string& away, const std::string& back);

  TempFolder folder_;
  KafkaOptions options_;
  std::string down_;
  std::unique_ptr<KafkaVault> one_, two_;
};

TEST_F(KafkaVaultOneBroker, WhatOneNodePutsTheOtherFinds) {
  OpenBoth();
  const VaultText text = TextOf(1, "plant trees");
  ASSERT_TRUE(Put(*one_, text));
  ASSERT_TRUE(one_->PutKey(kVaultRoom, "room", "sealed"));
  EXPECT_TRUE(Eventually([&] { return Has(*two_, text); }));
  EXPECT_TRUE(Eventually([&] { return two_->GetKey(kVaultRoom, "room").value() == "sealed"; }));
  EXPECT_EQ(Put(*two_, TextOf(1, "plant trees", 2)), text.TextDigest()) << "the first stands";

  // One that comes later has all; one that comes back has what it missed.
  two_.reset();
  const VaultText later = TextOf(2, "more trees");
  ASSERT_TRUE(Put(*one_, later));
  two_ = OpenVault(options_, folder_.path() / "two");
  const auto three = OpenVault(options_, folder_.path() / "three");
  ASSERT_TRUE(two_ && three);
  for (KafkaVault* vault : {two_.get(), three.get()}) {
    EXPECT_TRUE(Has(*vault, text));
    EXPECT_TRUE(Has(*vault, later));
  }
}

// A phone that sends again to another node, which has not heard of the first record.
TEST_F(KafkaVaultOneBroker, TwoNodesRecordsOfOneEventAreFoundEachByItsDigestAndErasedTogether) {
  OpenBoth();
  std::optional<uint8_t> twice;
  for (uint8_t event = 1; event < 100 && !twice; ++event) {
    const VaultText first = TextOf(event, "one", 1), second = TextOf(event, "one", 2);
    std::barrier start(2);
    std::expected<Digest, LogError> kept;
    std::thread other([&] {
      start.arrive_and_wait();
      kept = Put(*two_, second);
    });
    start.arrive_and_wait();
    const auto stands = Put(*one_, first);
    other.join();
    ASSERT_TRUE(stands && kept);
    if (*stands != *kept) twice = event;
  }
  ASSERT_TRUE(twice) << "99 times one node had heard of the other's record in time";
  const VaultText first = TextOf(*twice, "one", 1), second = TextOf(*twice, "one", 2);
  for (KafkaVault* vault : {one_.get(), two_.get()}) {
    EXPECT_TRUE(Eventually([&] { return Has(*vault, first) && Has(*vault, second); }));
  }
  ASSERT_TRUE(one_->EraseText(first.room, first.event));
  EXPECT_FALSE(Has(*one_, first) || Has(*one_, second));
  EXPECT_TRUE(Eventually([&] { return !Has(*two_, first) && !Has(*two_, second); }));
  EXPECT_THAT(Put(*two_, TextOf(*twice, "one", 3)).value(),
              AnyOf(first.TextDigest(), second.TextDigest()));
  EXPECT_FALSE(Has(*two_, TextOf(*twice, "one", 3)));
}

void KafkaVaultOneBroker::AnswersAndGoesOn(const std::string& away, const std::string& back) {
  OpenBoth();
  const VaultText before = TextOf(1, "before"), during = TextOf(2, "during");
  ASSERT_TRUE(Put(*one_, before));
  const uint64_t revision = one_->Revision();
  Take(away, back);
  const auto began = steady_clock::now();
  const auto first = Put(*one_, during);
  ASSERT_FALSE(first);
  EXPECT_THAT(first.error(), AnyOf(LogError::kAway, LogError::kUnknown));
  EXPECT_LT(steady_clock::now() - began, options_.answer_within + seconds(1));
  EXPECT_TRUE(Eventually([&] {
    const auto asked = steady_clock::now();
    const auto answer = Put(*one_, TextOf(3, "refused"));
    EXPECT_FALSE(answer);
    return answer == std::unexpected(LogError::kAway) &&
           steady_clock::now() - asked < milliseconds(500);
  }));
  for (KafkaVault* vault : {one_.get(), two_.get()}) {
    EXPECT_TRUE(Eventually([&] { return vault->Trouble().value_or("").contains("not answer"); }));
  }
  EXPECT_EQ(one_->EraseText(kVaultRoom, kVaultEvent), std::unexpected(LogError::kAway));
  EXPECT_TRUE(Has(*one_, before)) << "what is here can be shown";

  GiveBack();
  EXPECT_TRUE(Eventually([&] { return Put(*one_, during).has_value(); }, seconds(60)));
  EXPECT_TRUE(Eventually([&] { return Has(*one_, during) && Has(*two_, during); }));
  for (KafkaVault* vault : {one_.get(), two_.get()}) {
    EXPECT_TRUE(Eventually([&] { return !vault->Trouble(); })) << vault->Trouble().value_or("");
  }
  EXPECT_TRUE(Eventually([&] { return one_->Revision() > revision; }))
      << "whoever looked in vain meanwhile looks again";
  EXPECT_EQ(one_->GetText(kVaultRoom, NumberedId<EventId>(3), TextOf(3, "refused").TextDigest()),
            std::nullopt);
}

TEST_F(KafkaVaultOneBroker, ADeadBrokerIsAnsweredInTimeAndAllGoesOn) {
  AnswersAndGoesOn("kill 1", "start 1");
}

TEST_F(KafkaVaultOneBroker, AFrozenBrokerIsAnsweredInTimeAndAllGoesOn) {
  AnswersAndGoesOn("pause 1", "resume 1");
}

TEST_F(KafkaVaultOneBroker, WhatIsErasedLeavesTheFilesOfAllNodesAndOfTheBroker) {
  OpenBoth({.stir_after = seconds(1)});
  const VaultText erased = TextOf(1, Unmistakable(1)), kept = TextOf(2, Unmistakable(2));
  ASSERT_TRUE(Put(*one_, erased));
  ASSERT_TRUE(Put(*one_, kept));
  ASSERT_TRUE(one_->PutKey(kVaultRoom, "room", Unmistakable(3)));
  ASSERT_TRUE(Eventually([&] { return two_->GetKey(kVaultRoom, "room").value().has_value(); }));
  // Two nodes' copies, and the broker.
  for (const uint32_t each : {1u, 2u, 3u}) {
    EXPECT_GT(FilesWith(folder_.path() / "one", Unmistakable(each)), 0u);
    EXPECT_GT(FilesWith(folder_.path() / "two", Unmistakable(each)), 0u);
    EXPECT_GT(BrokersFilesWith(Unmistakable(each)), 0u);
  }
  ASSERT_TRUE(one_->EraseText(kVaultRoom, erased.event));
  ASSERT_TRUE(one_->EraseKey(kVaultRoom, "room"));
  for (const uint32_t each : {1u, 3u}) {
    EXPECT_EQ(FilesWith(folder_.path() / "one", Unmistakable(each)), 0u);
    EXPECT_TRUE(
        Eventually([&] { return FilesWith(folder_.path() / "two", Unmistakable(each)) == 0; }));
  }
  // With the hour that the settings allow made short. Nobody puts anything any more.
  AlterSettings(options_, options_.VaultTopic(),
                {{"cleanup.policy", "compact"},
                 {"segment.ms", "2000"},
                 {"max.compaction.lag.ms", "2000"},
                 {"file.delete.delay.ms", "1000"},
                 {"delete.retention.ms", "604800000"},
                 {"flush.messages", "1"}});
  for (const uint32_t each : {1u, 3u}) {
    EXPECT_TRUE(Eventually([&] { return BrokersFilesWith(Unmistakable(each)) == 0; }, seconds(90)))
        << each;
  }
  EXPECT_GT(BrokersFilesWith(Unmistakable(2)), 0u);
  EXPECT_TRUE(Has(*one_, kept));

  // The topic has gaps now.
  one_.reset();
  two_.reset();
  one_ = OpenVault(options_, folder_.path() / "one");
  const auto anew = OpenVault(options_, folder_.path() / "anew");
  ASSERT_TRUE(one_ && anew);
  for (KafkaVault* vault : {one_.get(), anew.get()}) {
    EXPECT_TRUE(Has(*vault, kept));
    EXPECT_FALSE(Has(*vault, erased));
    EXPECT_EQ(vault->GetKey(kVaultRoom, "room").value(), std::nullopt);
    EXPECT_EQ(Put(*vault, TextOf(1, "again")), erased.TextDigest());
  }
}

TEST_F(KafkaVaultOneBroker, ANodeThatWasAwayHearsOfAnErasure) {
  OpenBoth();
  const VaultText erased = TextOf(1, Unmistakable(1));
  ASSERT_TRUE(Put(*one_, erased));
  ASSERT_TRUE(Eventually([&] { return Has(*two_, erased); }));
  two_.reset();
  ASSERT_TRUE(one_->EraseText(kVaultRoom, erased.event));
  ASSERT_GT(FilesWith(folder_.path() / "two", Unmistakable(1)), 0u);
  two_ = OpenVault(options_, folder_.path() / "two");
  ASSERT_NE(two_, nullptr);
  EXPECT_FALSE(Has(*two_, erased));
  EXPECT_TRUE(Eventually([&] { return FilesWith(folder_.path() / "two", Unmistakable(1)) == 0; }));
}

TEST_F(KafkaVaultOneBroker, RefusesATopicThatIsMissing) {
  DeleteTopic(options_, options_.VaultTopic());
  EXPECT_THAT(RefusalOf(options_, folder_.path() / "one"), HasSubstr("does not exist"));
}

TEST_F(KafkaVaultOneBroker, RefusesATopicThatIsNotAVault) {
  // A compacted topic takes no records without a key.
  AlterSettings(options_, options_.VaultTopic(), {{"flush.messages", "1"}});
  Produce(options_, options_.VaultTopic(), 0, {"something else"});
  EXPECT_THAT(RefusalOf(options_, folder_.path() / "one"),
              HasSubstr("does not begin as a vault does"));
}

// In one sentence, and the copy, which may be the last one, is left as it is.
TEST_F(KafkaVaultOneBroker, RefusesATopicThatWasMadeAnew) {
  OpenBoth();
  const VaultText text = TextOf(1, "the last copy");
  for (uint8_t i = 2; i < 8; ++i) ASSERT_TRUE(Put(*one_, TextOf(i, "text")));
  ASSERT_TRUE(Put(*one_, text));
  one_.reset();
  two_.reset();
  const std::map<std::string, std::string> settings = {{"cleanup.policy", "compact"},
                                                       {"flush.messages", "1"}};
  DeleteTopic(options_, options_.VaultTopic());
  CreateRaw(options_, options_.VaultTopic(), 1, settings);
  EXPECT_THAT(RefusalOf(options_, folder_.path() / "one"),
              AllOf(HasSubstr("truncated or made anew"), HasSubstr("left as it is")));
  // Somebody else fills the new one beyond what the old copy has read.
  const auto fresh = OpenVault(options_, folder_.path() / "fresh");
  ASSERT_NE(fresh, nullptr);
  for (uint8_t i = 0; i < 20; ++i) ASSERT_TRUE(Put(*fresh, TextOf(i, "new")));
  EXPECT_THAT(RefusalOf(options_, folder_.path() / "one"),
              AllOf(HasSubstr("made anew"), HasSubstr("left as it is")));
  const auto copy = VaultCopy::Open(folder_.path() / "one");
  ASSERT_TRUE(copy.has_value()) << copy.error();
  const auto kept =
      (*copy)->Get(vault_rows::TextKey(text.room, text.event, text.TextDigest())).value();
  EXPECT_EQ(kept, vault_rows::TextValue(text));
}

TEST_F(KafkaVaultOneBroker, RefusesAnotherCluster) {
  auto copy = VaultCopy::Open(folder_.path() / "one");
  ASSERT_TRUE(copy.has_value()) << copy.error();
  ASSERT_TRUE((*copy)->SetSource(options_.VaultTopic() + " in the cluster of yesterday"));
  copy->reset();
  EXPECT_THAT(RefusalOf(options_, folder_.path() / "one"),
              AllOf(HasSubstr("cluster of yesterday"), HasSubstr("left as it is")));
}

TEST_F(KafkaVaultOneBroker, ATopicThatIsMadeAnewUnderARunningVaultEndsIt) {
  OpenBoth();
  const VaultText text = TextOf(1, "here");
  ASSERT_TRUE(Put(*one_, text));
  ASSERT_TRUE(Put(*one_, TextOf(2, "there")));
  two_.reset();
  DeleteTopic(options_, options_.VaultTopic());
  CreateRaw(options_, options_.VaultTopic(), 1,
            {{"cleanup.policy", "compact"}, {"flush.messages", "1"}});
  EXPECT_TRUE(Eventually(
      [&] { return Put(*one_, TextOf(3, "after")) == std::unexpected(LogError::kFailed); },
      seconds(30)));
  EXPECT_THAT(one_->Trouble().value_or(""), HasSubstr("made anew"));
  EXPECT_TRUE(Has(*one_, text));
}

TEST(KafkaVaultNoBroker, SaysThatNobodyAnswers) {
  TempFolder folder;
  KafkaOptions options;
  options.brokers = "127.0.0.1:9";  // discard; nobody listens
  const auto began = steady_clock::now();
  EXPECT_THAT(RefusalOf(options, folder.path() / "copy"), HasSubstr("does not answer"));
  EXPECT_LT(steady_clock::now() - began, seconds(30));
}

}  // namespace
}  // namespace plenum
