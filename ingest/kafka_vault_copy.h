// VaultCopy: one node's copy of a vault that is shared through a topic: the rows, and the offset up
// to which they are there, written together. Knows what a record does to the rows, and sees to it
// that what was erased is in none of its files; knows nothing of Kafka.
#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/kafka_vault_rows.h"
#include "ingest/rocksdb_folder.h"

namespace plenum {

class VaultCopy {
 public:
  using Rows = std::vector<std::pair<std::string, std::string>>;

  // As RocksDbFolder::Open. The error is one sentence.
  static std::expected<std::unique_ptr<VaultCopy>, std::string> Open(
      const std::filesystem::path& folder, const RocksDbOptions& options = {});

  // What it is a copy of; empty: of nothing yet. Set once.
  const std::string& source() const { return source_; }
  std::expected<void, LogError> SetSource(const std::string& source);
  // The offset of the next record to apply. Any thread.
  uint64_t position() const { return position_; }

  // Applies records of the topic, in its order; the next one to apply has the offset `next`. All or
  // nothing. One thread.
  std::expected<void, LogError> Apply(std::span<const vault_rows::Record> records, uint64_t next);

  // Any thread.
  std::expected<std::optional<std::string>, LogError> Get(std::string_view key) const;
  std::expected<Rows, LogError> WithPrefix(std::string_view prefix) const;
  // Records of erased texts that the topic still has: a tombstone has to follow. Keys; those of one
  // event's texts, or all.
  std::expected<std::vector<std::string>, LogError> Condemned(std::string_view prefix) const;
  // Whether a file may hold an erased value of a row whose key begins so.
  std::expected<bool, LogError> HasTraces(std::string_view prefix) const;
  // Rewrites the files that hold what was erased. One thread, not that of Apply. Slow.
  std::expected<void, LogError> RemoveTraces();

  // As Vault::Revision.
  uint64_t revision() const { return revision_; }
  void Renew() { ++revision_; }
  uint64_t FreeBytes() const { return folder_->FreeBytes(); }
  std::optional<std::string> Trouble() const { return folder_->Trouble(); }

 private:
  class Changes;

  explicit VaultCopy(std::unique_ptr<RocksDbFolder> folder) : folder_(std::move(folder)) {}
  std::expected<void, LogError> Load();

  std::unique_ptr<RocksDbFolder> folder_;
  std::string source_;
  std::atomic<uint64_t> position_ = 0;
  std::atomic<uint64_t> revision_ = 0;
};

}  // namespace plenum
