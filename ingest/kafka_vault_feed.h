// KafkaVaultFeed: reads the vault's topic into a node's copy, on a thread of its own, and finds out
// whether the brokers are there and whether the topic is still the one that it was.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "ingest/kafka_settings.h"
#include "ingest/kafka_vault_copy.h"
#include "ingest/step_thread.h"

namespace plenum {

class KafkaVaultFeed {
 public:
  using Clock = std::chrono::steady_clock;
  struct Ends {
    uint64_t low = 0;   // of the first record that the topic may have
    uint64_t high = 0;  // of the next one
  };

  // REQUIRES: the copy outlives the feed. `on_erased` is called on the feed's thread when records
  // were erased.
  static std::expected<std::unique_ptr<KafkaVaultFeed>, std::string> Make(
      const KafkaOptions& options, VaultCopy& copy, std::function<void()> on_erased);
  ~KafkaVaultFeed();  // stops

  // Before Start. The error is one sentence: nobody answers, or the topic is not what the copy was
  // made from.
  std::expected<Ends, std::string> Check();
  void Start();

  // Returns whether the copy has all records before `offset`, after waiting for them. Any thread.
  bool Await(uint64_t offset, Clock::time_point until);
  // Where a record got its place that was written after the copy had been read so far: another
  // topic has taken the place of this one if it is before. Any thread.
  void Compare(uint64_t written_at, uint64_t read_before);
  // The brokers do not answer, as far as is known. Any thread.
  bool away() const { return away_; }
  // The copy and the topic do not belong together any more: for good. Any thread.
  bool broken() const { return broken_; }
  std::optional<std::string> Trouble() const;

 private:
  KafkaVaultFeed(KafkaOptions options, VaultCopy& copy, std::function<void()> on_erased);
  std::expected<std::string, std::string> Source();
  std::expected<void, std::string> CheckSource();
  std::optional<std::string> WrongOrigin(const rd_kafka_message_t& first) const;
  static std::expected<Ends, rd_kafka_resp_err_t> AskEnds(rd_kafka_t* client,
                                                          const std::string& topic,
                                                          std::chrono::milliseconds within);
  KafkaMessage ReadFirst(std::chrono::milliseconds within);
  // `read`: how far the copy had been read when the topic ended there.
  std::optional<std::string> Contradiction(const Ends& ends, uint64_t read) const;

  void Run();
  bool Gather();
  void Accept(const rd_kafka_message_t& message);
  bool Store();
  void TakeEvents();
  bool Ask();
  void Look();
  void LookAfter(const Ends& ends);
  void Restart();
  void Say(std::optional<std::string> trouble);
  void Break(std::string sentence);

  const KafkaOptions options_;
  VaultCopy& copy_;
  const std::function<void()> on_erased_;
  KafkaClient asker_;  // does not wait as long for an answer as a reader does
  KafkaClient client_;
  KafkaQueue events_;
  KafkaTopic topic_;

  // The thread's.
  bool reading_ = false;
  uint64_t next_ = 0;
  std::vector<vault_rows::Record> records_;  // read, and not in the copy yet
  bool suspicious_ = false;                  // an error came: look soon, and begin again
  std::optional<Clock::time_point> contradicted_;
  std::optional<uint64_t> behind_;  // the copy was cut off, until it has got so far

  std::atomic<bool> away_ = false;
  std::atomic<bool> broken_ = false;
  std::atomic<bool> ending_ = false;
  struct Answer {
    bool away = false;  // nobody answers
    uint64_t read = 0;  // how far the copy was before it was asked
    std::optional<Ends> ends;
  };
  std::unique_ptr<StepThread> asking_;
  mutable std::mutex mutex_;
  std::optional<Answer> answer_;  // not looked at yet
  std::condition_variable grown_;
  std::optional<std::string> trouble_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace plenum
