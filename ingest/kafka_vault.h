// KafkaVault: the vault on a compacted topic, so that every node has it. Each node keeps a copy in
// a folder of its own (RocksDB; the rows, and the offset up to which they are there, in one batch),
// from which it reads. Records are the rows of the copy:
//   "t" ‖ room(16) ‖ event(16) ‖ digest(32)   nonce(32) ‖ text; a tombstone when it was erased
//   "e" ‖ room(16) ‖ event(16)                digest(32): the texts of that event were erased
//   "k" ‖ room(16) ‖ name                     "s" ‖ a sealed key, or "e" when it was destroyed
//   "i" ‖ random(16)                          "1"; the first record of a topic: which one it is
//   "n"                                       "1"; so that the topic never stands still
// Kafka forgets tombstones after a while; "e" stays, for nodes that were away for longer.
// Two nodes may each keep a record of one event, when a phone sends it again elsewhere; whoever
// reads names the digest that the event holds.
#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "ingest/kafka_options.h"
#include "ingest/vault.h"

namespace plenum {

struct KafkaVaultOptions {
  // Brokers compact no records that are newer than any other. A node adds one when none has come
  // for so long.
  std::chrono::milliseconds stir_after = std::chrono::minutes(10);
};

class KafkaVault final : public Vault {
 public:
  // Opens the copy in `folder` (made if it is missing) and reads the topic to its end. The error is
  // one sentence: nobody answers; or the copy is of another cluster, or has read further than the
  // topic goes, so that it may be the last copy of its texts, and is left as it is.
  static std::expected<std::unique_ptr<KafkaVault>, std::string> Open(
      const KafkaOptions& options, const std::filesystem::path& folder,
      const KafkaVaultOptions& more = {});
  ~KafkaVault() override;

  // kAway: the brokers do not answer, nothing was sent. kUnknown: not all records were acknowledged
  // in time. kDiskFull as RocksDbVault, for the copy. kFailed: see Trouble.
  std::expected<std::vector<Digest>, LogError> PutTexts(std::span<const VaultText> texts) override;
  std::expected<std::optional<VaultText>, LogError> GetText(const RoomId& room,
                                                            const EventId& event,
                                                            const Digest& digest) override;
  // When it returns without an error, no file of this node's copy holds the text, and each other
  // node does the same as soon as it hears of it. The text leaves the brokers' disks by compaction,
  // within the time that the topic's settings give (ingest/README.md says how long).
  std::expected<void, LogError> EraseText(const RoomId& room, const EventId& event) override;
  std::expected<void, LogError> PutKey(const RoomId& room, std::string_view name,
                                       std::string_view sealed) override;
  std::expected<std::optional<std::string>, LogError> GetKey(const RoomId& room,
                                                             std::string_view name) override;
  std::expected<void, LogError> EraseKey(const RoomId& room, std::string_view name) override;
  uint64_t Revision() const override;
  std::optional<std::string> Trouble() const override;

 private:
  struct Impl;
  explicit KafkaVault(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum
