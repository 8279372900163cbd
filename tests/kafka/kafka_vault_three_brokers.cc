// The vault while the broker dies that leads its topic: what was acknowledged is on every node.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "schema/hash.h"
#include "tests/kafka/kafka_place.h"
#include "tests/kafka/kafka_vault_place.h"
#include "tests/unit/ingest_temp_folder.h"
#include "tests/unit/vault_contract.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

VaultText TextNumber(uint32_t number) {
  VaultText text = TextOf(1, "text " + std::to_string(number));
  for (size_t i = 0; i < 4; ++i) {
    text.event.bytes[i] = static_cast<uint8_t>(number >> (8 * i));
  }
  return text;
}

// Somebody who puts one text after the other, each until it is acknowledged, as phones do.
class Contributor {
 public:
  explicit Contributor(Vault& vault) : vault_(vault), thread_([this] { Run(); }) {}
  ~Contributor() { Stop(); }
  void Stop() {
    ending_ = true;
    if (thread_.joinable()) thread_.join();
  }
  uint32_t acknowledged() const { return acknowledged_; }
  uint32_t refused() const { return refused_; }
  std::chrono::milliseconds longest() const { return longest_; }

 private:
  void Run() {
    while (!ending_) {
      const VaultText text = TextNumber(acknowledged_);
      const auto began = std::chrono::steady_clock::now();
      const auto digests = vault_.PutTexts({&text, 1});
      longest_ = std::max(longest_, std::chrono::duration_cast<milliseconds>(
                                        std::chrono::steady_clock::now() - began));
      if (digests) {
        EXPECT_EQ(digests->at(0), text.TextDigest());
        ++acknowledged_;
      } else {
        EXPECT_TRUE(digests.error() == LogError::kAway || digests.error() == LogError::kUnknown);
        ++refused_;
        std::this_thread::sleep_for(milliseconds(20));
      }
    }
  }

  Vault& vault_;
  milliseconds longest_{0};
  std::atomic<uint32_t> acknowledged_ = 0, refused_ = 0;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

TEST(KafkaVaultThreeBrokers, TheLeaderDiesAndNothingThatWasAcknowledgedIsLost) {
  ASSERT_EQ(Brokers(), 3);
  const KafkaOptions options = FreshPlace();
  MakeTopics(options);
  TempFolder folder;
  const auto one = OpenVault(options, folder.path() / "one");
  const auto two = OpenVault(options, folder.path() / "two");
  ASSERT_TRUE(one && two);
  Contributor contributor(*one);
  ASSERT_TRUE(Eventually([&] { return contributor.acknowledged() >= 50; }));
  const std::string leader = Control("leader " + options.VaultTopic() + " 0");
  Control("kill " + leader);
  const uint32_t then = contributor.acknowledged();
  EXPECT_TRUE(Eventually([&] { return contributor.acknowledged() >= then + 50; }, seconds(60)))
      << contributor.acknowledged() - then << " acknowledged, " << contributor.refused()
      << " refused: " << one->Trouble().value_or("no trouble");
  Control("start " + leader);
  Control("wait");
  contributor.Stop();
  EXPECT_LT(contributor.longest(), options.answer_within + seconds(3));

  const VaultText last = TextNumber(contributor.acknowledged() - 1);
  const auto has = [](Vault& vault, const VaultText& text) {
    const auto found = vault.GetText(text.room, text.event, text.TextDigest());
    return found && found->has_value();
  };
  EXPECT_TRUE(Eventually([&] { return has(*two, last); }));
  const auto anew = OpenVault(options, folder.path() / "anew");
  ASSERT_NE(anew, nullptr);
  for (uint32_t i = 0; i < contributor.acknowledged(); ++i) {
    for (KafkaVault* vault : {one.get(), two.get(), anew.get()}) {
      ASSERT_TRUE(has(*vault, TextNumber(i))) << i;
    }
  }
  for (KafkaVault* vault : {one.get(), two.get()}) {
    EXPECT_TRUE(Eventually([&] { return !vault->Trouble(); })) << vault->Trouble().value_or("");
  }
}

}  // namespace
}  // namespace plenum
