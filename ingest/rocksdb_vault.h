// RocksDbVault: the vault in a database of its own, in one folder. Rows:
//   "t" ‖ room(16) ‖ event(16)   "s" ‖ nonce(32) ‖ text, or when erased "e" ‖ digest(32)
//   "k" ‖ room(16) ‖ name        a sealed key
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "ingest/rocksdb_options.h"
#include "ingest/vault.h"
#include "ingest/vault_rows.h"

namespace plenum {

class RocksDbVault final : public Vault {
 public:
  // As RocksDbLog::Open.
  static std::expected<std::unique_ptr<RocksDbVault>, std::string> Open(
      const std::filesystem::path& path, const RocksDbOptions& options = {});
  ~RocksDbVault() override;

  // kTooLarge over limits::kTextBytes, kDiskFull below limits::kDiskFloorBytes (what is left then
  // is for closing, not for texts). After a failed sync everything that writes says kFailed.
  std::expected<std::vector<Digest>, LogError> PutTexts(std::span<const VaultText> texts) override;
  std::expected<std::optional<VaultText>, LogError> GetText(const RoomId& room,
                                                            const EventId& event,
                                                            const Digest& digest) override;
  // When it returns without an error, no file of the vault holds the text any more (copies made
  // before do). After an error the text cannot be read, but may be in a file: call it again. Slow:
  // rewrites the part of the database that the text was in.
  std::expected<void, LogError> EraseText(const RoomId& room, const EventId& event) override;
  std::expected<void, LogError> PutKey(const RoomId& room, std::string_view name,
                                       std::string_view sealed) override;
  std::expected<std::optional<std::string>, LogError> GetKey(const RoomId& room,
                                                             std::string_view name) override;
  std::expected<void, LogError> EraseKey(const RoomId& room, std::string_view name) override;

  uint64_t Revision() const override;
  std::optional<std::string> Trouble() const override;
  std::expected<void, std::string> CopyTo(const std::filesystem::path& to);

  // For keeping a copy of it. Any thread.
  // The rows from key `from` on in order, up to `max` of them or the one before `to` (empty: none).
  std::expected<std::vector<VaultRow>, LogError> Rows(std::string_view from, std::string_view to,
                                                      size_t max);
  std::expected<VaultRow, LogError> Row(std::string_view key);
  // What has changed since it was opened; see VaultChanges.
  std::optional<VaultChanges::Piece> ChangesSince(uint64_t position, size_t max) const;
  uint64_t ChangesEnd() const;
  // Makes these rows as they are given; what they said before is in no file any more, as with
  // EraseText. With one sync.
  std::expected<void, LogError> PutRows(std::span<const VaultRow> rows);
  // Whatever was replaced or erased is in no file any more. Slow.
  std::expected<void, LogError> RewriteAll();

 private:
  struct Impl;
  explicit RocksDbVault(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum
