// What nodes tell each other beside the log.
#include <gmock/gmock.h>

#include <algorithm>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "ingest/peers.h"
#include "tests/kafka/kafka_place.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;

class Heard {
 public:
  Peers::Hear Ear() {
    return [this](std::string_view bytes) {
      std::lock_guard lock(mutex_);
      all_.emplace_back(bytes);
    };
  }
  size_t Count(const std::string& bytes) const {
    std::lock_guard lock(mutex_);
    return static_cast<size_t>(std::ranges::count(all_, bytes));
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> all_;
};

class KafkaPeersOneBroker : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(Brokers(), 1);
    options_ = FreshPlace();
    MakeTopics(options_);
  }
  // Says it until it is heard, as what is told may be lost.
  static bool IsHeard(Peers& from, const std::string& what, const Heard& by) {
    return Eventually([&] {
      from.Tell(what);
      std::this_thread::sleep_for(milliseconds(50));
      return by.Count(what) > 0;
    });
  }
  KafkaOptions options_;
};

TEST_F(KafkaPeersOneBroker, HearEachOtherAndThemselvesAndNothingFromBefore) {
  Heard one_heard, two_heard;
  const auto one = MakeKafkaPeers(options_);
  one->Tell("before it is started, which is lost");
  one->SetHear(one_heard.Ear());
  one->Start();
  ASSERT_TRUE(IsHeard(*one, "alone", one_heard));
  const auto two = MakeKafkaPeers(options_);
  two->SetHear(two_heard.Ear());
  two->Start();
  EXPECT_TRUE(IsHeard(*one, "from one", two_heard));
  EXPECT_TRUE(IsHeard(*two, "from two", one_heard));
  EXPECT_TRUE(IsHeard(*two, "from two to itself", two_heard));
  EXPECT_EQ(two_heard.Count("alone"), 0u);
  one->Stop();
  two->Stop();
}

TEST_F(KafkaPeersOneBroker, FindEachOtherAgain) {
  Heard heard;
  const auto one = MakeKafkaPeers(options_);
  const auto two = MakeKafkaPeers(options_);
  two->SetHear(heard.Ear());
  one->Start();
  two->Start();
  ASSERT_TRUE(IsHeard(*one, "first", heard));
  Control("pause 1");
  for (int i = 0; i < 5000; ++i) one->Tell("into the void");  // never blocks
  Control("resume 1");
  EXPECT_TRUE(IsHeard(*one, "again", heard));
}

TEST_F(KafkaPeersOneBroker, StopWithoutHavingStarted) {
  const auto peers = MakeKafkaPeers(options_);
  peers->Stop();
}

}  // namespace
}  // namespace plenum
