// What the Kafka log does when some of its three brokers, or all, die.
#include <gmock/gmock.h>

#include <atomic>
#include <map>
#include <thread>

#include "tests/kafka/kafka_place.h"
#include "tests/unit/event_log_contract.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Each;
using testing::SizeIs;

// Somebody who votes all the time, each entry once, as fast as a room does.
class Voter {
 public:
  explicit Voter(EventLog& log) : log_(log), thread_([this] { Run(); }) {}
  ~Voter() { Stop(); }
  void Stop() {
    ending_ = true;
    if (thread_.joinable()) thread_.join();
  }
  size_t taken() const { return taken_; }
  size_t acknowledged() const { return acknowledged_; }
  Answers& answers() { return answers_; }

 private:
  void Run() {
    while (!ending_) {
      const size_t number = taken_;
      const auto taken = log_.Append(kRoomPartition, Bytes(number), Urgency::kVote,
                                     [this, answer = answers_.For(number)](auto what) mutable {
                                       if (what) ++acknowledged_;
                                       answer(what);
                                     });
      if (taken) ++taken_;
      std::this_thread::sleep_for(milliseconds(1));
    }
  }

  EventLog& log_;
  Answers answers_;
  std::atomic<size_t> taken_ = 0, acknowledged_ = 0;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

class KafkaThreeBrokers : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(Brokers(), 3);
    options_ = FreshPlace();
    MakeTopics(options_);
    log_ = OpenLog(options_);
    ASSERT_NE(log_, nullptr);
    log_->SetTail([this](Partition partition, std::span<const LogEntry> entries) {
      if (partition == kRoomPartition) tail_.insert(tail_.end(), entries.begin(), entries.end());
    });
  }

  // All was answered once; what was acknowledged is there, nothing is there twice, all is in the
  // order in which it was appended, and the tail had the same.
  void ExpectAllIsWell(Voter& voter) {
    voter.Stop();
    ASSERT_TRUE(Eventually([&] { return log_->Pending() == 0; }, seconds(60)));
    const auto entries = ReadAll(*log_, kRoomPartition);
    std::map<std::string, uint64_t> offsets;
    for (const LogEntry& entry : entries) {
      ASSERT_TRUE(offsets.emplace(entry.bytes, entry.offset).second) << "twice: " << entry.bytes;
    }
    const auto answers = voter.answers().OnePerAppend(voter.taken());
    uint64_t before = 0;
    for (size_t i = 0; i < answers.size(); ++i) {
      const auto found = offsets.find(Bytes(i));
      if (answers[i]) {
        ASSERT_NE(found, offsets.end()) << "lost: " << Bytes(i);
        ASSERT_EQ(found->second, *answers[i]);
      } else {
        ASSERT_EQ(answers[i].error(), LogError::kUnknown);
      }
      if (found == offsets.end()) continue;
      ASSERT_GE(found->second, before);
      before = found->second;
    }
    log_->Stop();
    EXPECT_EQ(BytesOf(tail_), BytesOf(entries));
  }
  bool GoesOn(Voter& voter) {
    const size_t before = voter.acknowledged();
    return Eventually([&] { return voter.acknowledged() > before + 100; }, seconds(30));
  }

  KafkaOptions options_;
  std::vector<LogEntry> tail_;  // the tail's thread only, until it has ended
  std::unique_ptr<KafkaLog> log_;
};

class KafkaThreeBrokersSlow : public KafkaThreeBrokers {};

TEST_F(KafkaThreeBrokers, TheLeaderDies) {
  Voter voter(*log_);
  ASSERT_TRUE(GoesOn(voter));
  const std::string leader = Control("leader " + options_.RoomsTopic() + " 0");
  Control("kill " + leader);
  const auto died = std::chrono::steady_clock::now();
  EXPECT_TRUE(GoesOn(voter));
  const auto gap = std::chrono::steady_clock::now() - died;
  RecordProperty("recovered_ms", static_cast<int>(gap / milliseconds(1)));
  EXPECT_LT(gap, seconds(15));
  Control("start " + leader);
  Control("wait");
  EXPECT_TRUE(GoesOn(voter));
  EXPECT_TRUE(Eventually([&] { return !log_->Trouble().has_value(); })) << *log_->Trouble();
  ExpectAllIsWell(voter);
}

// Two of three: nothing can be acknowledged by two any more, and nothing is.
TEST_F(KafkaThreeBrokersSlow, WithoutAMajorityNothingIsAcknowledged) {
  Voter voter(*log_);
  ASSERT_TRUE(GoesOn(voter));
  const std::string leader = Control("leader " + options_.RoomsTopic() + " 0");
  std::vector<std::string> others;
  for (const std::string number : {"1", "2", "3"}) {
    if (number != leader) others.push_back(number);
  }
  for (const std::string& number : others) Control("kill " + number);
  ASSERT_TRUE(Eventually([&] { return log_->Trouble().has_value(); }));
  const size_t before = voter.acknowledged();
  std::this_thread::sleep_for(seconds(2));
  EXPECT_EQ(voter.acknowledged(), before);
  for (const std::string& number : others) Control("start " + number);
  Control("wait");
  EXPECT_TRUE(GoesOn(voter));
  ExpectAllIsWell(voter);
}

TEST_F(KafkaThreeBrokers, AllDieAndComeBack) {
  Voter voter(*log_);
  ASSERT_TRUE(GoesOn(voter));
  Control("kill all");
  EXPECT_TRUE(Eventually([&] { return log_->Trouble().has_value(); }));
  Control("start all");
  EXPECT_TRUE(GoesOn(voter));
  EXPECT_TRUE(Eventually([&] { return !log_->Trouble().has_value(); })) << *log_->Trouble();
  ExpectAllIsWell(voter);
}

// Longer than the brokers' sessions: it is taken for dead, and wakes up believing to lead.
TEST_F(KafkaThreeBrokersSlow, TheLeaderFreezesAndWakesUp) {
  Voter voter(*log_);
  ASSERT_TRUE(GoesOn(voter));
  const std::string leader = Control("leader " + options_.RoomsTopic() + " 0");
  Control("pause " + leader);
  EXPECT_TRUE(GoesOn(voter));
  Control("resume " + leader);
  Control("wait");
  EXPECT_TRUE(GoesOn(voter));
  ExpectAllIsWell(voter);
}

}  // namespace
}  // namespace plenum
