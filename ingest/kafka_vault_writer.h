// KafkaVaultWriter: gives records to the vault's topic and waits until they are acknowledged.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "ingest/kafka_settings.h"
#include "ingest/kafka_vault_rows.h"

namespace plenum {

class KafkaVaultWriter {
 public:
  using Clock = std::chrono::steady_clock;

  static std::expected<std::unique_ptr<KafkaVaultWriter>, std::string> Make(
      const KafkaOptions& options);

  // Waits until all are acknowledged, in order. kAway: nothing was sent, since earlier records
  // still wait. kUnknown: some may get there yet. One thread at a time.
  std::expected<void, LogError> Write(std::span<const vault_rows::Record> records,
                                      Clock::time_point until);
  // The offset after all that was acknowledged so far, late or in time: whoever has read up to it
  // has seen it all. The same thread as Write.
  uint64_t Acknowledged();
  // Where the records of the newest Write begin, as far as was reported. The same thread.
  std::optional<uint64_t> first_offset() const { return first_offset_; }
  // Of some it was not: they are in the topic, and nobody said where.
  bool unplaced() const { return unplaced_; }

  // About once a second, while nobody writes.
  void Tick();

  // What keeps records from being acknowledged, in one sentence. Any thread.
  std::optional<std::string> Trouble() const;

 private:
  struct Waiting {
    size_t records = 0;
    Clock::time_point since;
    bool failed = false;
  };

  explicit KafkaVaultWriter(KafkaOptions options) : options_(std::move(options)) {}
  std::expected<void, std::string> Connect();
  bool Send(const vault_rows::Record& record, uint64_t number);
  void Take(std::chrono::milliseconds wait);
  void TakeReport(const rd_kafka_message_t& report);
  void Complain(std::optional<std::string> complaint);
  bool IsAway(Clock::time_point now) const;

  const KafkaOptions options_;
  KafkaClient client_;
  KafkaQueue queue_;
  uint64_t awaited_ = 0;                 // the number of the Write that waits; 0: none does
  uint64_t number_ = 0;                  // of the newest Write
  std::map<uint64_t, Waiting> waiting_;  // by the number of their Write
  uint64_t acknowledged_ = 0;
  std::optional<uint64_t> first_offset_;
  bool unplaced_ = false;
  bool refused_ = false;  // the newest Write, by the brokers
  bool ended_ = false;    // the client, for good; the next Write makes a new one

  mutable std::mutex mutex_;
  std::optional<std::string> complaint_;
};

}  // namespace plenum
