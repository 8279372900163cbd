// KafkaVault: the vault on a compacted topic, so that every node has it. Each node keeps a copy in
// a folder of its own (RocksDB; the rows, and the offset up to which they are there, in one batch),
// from which it reads. Records are the rows of the copy; a tombstone erases one:
//   "t" ‖ room(16) ‖ event(16) ‖ digest(32)   nonce(32) ‖ text
//   "e" ‖ room(16) ‖ event(16)                digest(32): the text of that event was erased
//   "k" ‖ room(16) ‖ name                     a sealed key
// Two nodes may each keep a record of one event, when a phone sends it again elsewhere; whoever
// reads names the digest that the event holds.
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ingest/kafka_options.h"
#include "ingest/vault.h"

namespace plenum {

class KafkaVault final : public Vault {
 public:
  // Opens the copy in `folder` (made if it is missing; rebuilt from the topic if it does not fit
  // it) and reads the topic to its end. The error is one sentence.
  static std::expected<std::unique_ptr<KafkaVault>, std::string> Open(
      const KafkaOptions& options, const std::filesystem::path& folder);
  ~KafkaVault() override;

  // kAway: the brokers do not answer. kUnknown: not all records were acknowledged in time.
  std::expected<std::vector<Digest>, LogError> PutTexts(std::span<const VaultText> texts) override;
  std::expected<std::optional<VaultText>, LogError> GetText(const RoomId& room,
                                                            const EventId& event,
                                                            const Digest& digest) override;
  // When it returns no node shows the text any more; it leaves the brokers' disks by compaction,
  // within the time that the topic's settings give (schema/wire.md says how long).
  std::expected<void, LogError> EraseText(const RoomId& room, const EventId& event) override;
  std::expected<void, LogError> PutKey(const RoomId& room, std::string_view name,
                                       std::string_view sealed) override;
  std::expected<std::optional<std::string>, LogError> GetKey(const RoomId& room,
                                                             std::string_view name) override;
  std::optional<std::string> Trouble() const override;

 private:
  struct Impl;
  explicit KafkaVault(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum
