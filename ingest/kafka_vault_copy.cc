#include "ingest/kafka_vault_copy.h"

#include <rocksdb/write_batch.h>

#include <map>
#include <utility>

namespace plenum {
namespace {

using vault_rows::Record;

// The copy's own rows: "\0p" the position, "\0s" the source, "\0g" ‖ key a condemned record,
// "\0w" ‖ what keys begin with ‖ u64 position: files are to be rewritten; its value is the
// beginning.
const std::string kPosition{vault_rows::kOwn, 'p'};
const std::string kSource{vault_rows::kOwn, 's'};
const std::string kCondemned{vault_rows::kOwn, 'g'};
const std::string kTraces{vault_rows::kOwn, 'w'};

// After whatever follows the beginning of a text's or a key's row: a digest, or nothing.
const std::string kAfter(sizeof(Digest::bytes), '\xff');

std::string EncodeU64(uint64_t number) {
  std::string bytes(8, '\0');
  for (size_t i = 8; i-- > 0; number >>= 8) bytes[i] = static_cast<char>(number);
  return bytes;
}

std::optional<uint64_t> DecodeU64(std::string_view bytes) {
  if (bytes.size() != 8) return std::nullopt;
  uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<uint8_t>(byte);
  return number;
}

}  // namespace

// What a few records change, before it is written. Later ones see what earlier ones did.
class VaultCopy::Changes {
 public:
  Changes(const VaultCopy& copy, uint64_t next) : copy_(copy), next_(next) {
    rows_[kPosition] = EncodeU64(next);
  }

  std::expected<void, LogError> Apply(const Record& record);
  rocksdb::WriteBatch Batch(rocksdb::ColumnFamilyHandle* family) const;
  bool erased() const { return erased_; }

 private:
  std::expected<bool, LogError> Has(const std::string& key) const;
  std::expected<void, LogError> PutText(const Record& record);
  std::expected<void, LogError> EraseEvent(const Record& record);
  std::expected<void, LogError> Bury(const Record& record);
  void LeaveTraces(std::string_view beginning) {
    const std::string mark = kTraces + std::string(beginning) + EncodeU64(next_);
    rows_[mark] = std::string(beginning);
  }

  const VaultCopy& copy_;
  const uint64_t next_;
  std::map<std::string, std::optional<std::string>> rows_;  // nullopt: deleted
  bool erased_ = false;
};

std::expected<bool, LogError> VaultCopy::Changes::Has(const std::string& key) const {
  if (const auto it = rows_.find(key); it != rows_.end()) return it->second.has_value();
  const auto row = copy_.Get(key);
  if (!row) return std::unexpected(row.error());
  return row->has_value();
}

// What is of no kind known here is of a later version of this program, which will read it again.
std::expected<void, LogError> VaultCopy::Changes::Apply(const Record& record) {
  if (record.key.empty() || record.key[0] == vault_rows::kOwn) return {};
  if (!record.value) return Bury(record);
  if (vault_rows::IsTextKey(record.key)) return PutText(record);
  if (vault_rows::IsErasedKey(record.key)) return EraseEvent(record);
  rows_[record.key] = record.value;
  if (vault_rows::IsDestroyedKey(record.key, *record.value)) LeaveTraces(record.key);
  return {};
}

// A record that was on its way while its event was erased does not come back.
std::expected<void, LogError> VaultCopy::Changes::PutText(const Record& record) {
  const auto is_erased = Has(vault_rows::ErasedKey(record.key));
  if (!is_erased) return std::unexpected(is_erased.error());
  if (*is_erased) {
    rows_[kCondemned + record.key] = "";
  } else {
    rows_[record.key] = record.value;
  }
  return {};
}

std::expected<void, LogError> VaultCopy::Changes::EraseEvent(const Record& record) {
  rows_[record.key] = record.value;
  const std::string beginning = vault_rows::kText + record.key.substr(1);
  auto stored = copy_.WithPrefix(beginning);
  if (!stored) return std::unexpected(stored.error());
  std::vector<std::string> keys;
  for (auto& [key, value] : *stored) keys.push_back(std::move(key));
  for (auto it = rows_.lower_bound(beginning);
       it != rows_.end() && it->first.starts_with(beginning); ++it) {
    keys.push_back(it->first);
  }
  for (const std::string& key : keys) {
    const auto is_there = Has(key);
    if (!is_there) return std::unexpected(is_there.error());
    if (!*is_there) continue;
    rows_[key] = std::nullopt;
    rows_[kCondemned + key] = "";
    LeaveTraces(beginning);
    erased_ = true;
  }
  return {};
}

std::expected<void, LogError> VaultCopy::Changes::Bury(const Record& record) {
  const auto is_there = Has(record.key);
  if (!is_there) return std::unexpected(is_there.error());
  if (*is_there) {
    const bool text = vault_rows::IsTextKey(record.key);
    const size_t digest = text ? sizeof(Digest::bytes) : 0;
    LeaveTraces(std::string_view(record.key).substr(0, record.key.size() - digest));
    erased_ |= text;
  }
  rows_[record.key] = std::nullopt;
  rows_[kCondemned + record.key] = std::nullopt;
  return {};
}

rocksdb::WriteBatch VaultCopy::Changes::Batch(rocksdb::ColumnFamilyHandle* family) const {
  rocksdb::WriteBatch batch;
  for (const auto& [key, value] : rows_) {
    if (value) {
      batch.Put(family, key, *value);
    } else {
      batch.Delete(family, key);
    }
  }
  return batch;
}

std::expected<std::unique_ptr<VaultCopy>, std::string> VaultCopy::Open(
    const std::filesystem::path& folder, const RocksDbOptions& options) {
  auto opened = RocksDbFolder::Open(folder, FolderKind{.noun = "vault copy"}, options);
  if (!opened) return std::unexpected(std::move(opened.error()));
  std::unique_ptr<VaultCopy> copy(new VaultCopy(*std::move(opened)));
  if (const auto loaded = copy->Load(); !loaded) {
    return std::unexpected("The vault copy in " + folder.string() +
                           " cannot be read: " + std::string(LogErrorText(loaded.error())) + ".");
  }
  return copy;
}

std::expected<void, LogError> VaultCopy::Load() {
  const auto position = Get(kPosition);
  if (!position) return std::unexpected(position.error());
  if (*position) {
    const auto number = DecodeU64(**position);
    if (!number) return std::unexpected(LogError::kCorrupt);
    position_ = *number;
  }
  const auto source = Get(kSource);
  if (!source) return std::unexpected(source.error());
  source_ = source->value_or("");
  return {};
}

std::expected<void, LogError> VaultCopy::SetSource(const std::string& source) {
  const auto status = folder_->db().Put(rocksdb::WriteOptions(), folder_->rows(), kSource, source);
  if (!status.ok()) return std::unexpected(ToLogError(status));
  source_ = source;
  return {};
}

// Without a sync: what a loss of power takes is read from the topic again.
std::expected<void, LogError> VaultCopy::Apply(std::span<const Record> records, uint64_t next) {
  Changes changes(*this, next);
  for (const Record& record : records) {
    if (const auto applied = changes.Apply(record); !applied) return applied;
  }
  rocksdb::WriteBatch batch = changes.Batch(folder_->rows());
  const auto status = folder_->db().Write(rocksdb::WriteOptions(), &batch);
  if (!status.ok()) return std::unexpected(ToLogError(status));
  if (changes.erased()) Renew();
  position_ = next;
  return {};
}

std::expected<std::optional<std::string>, LogError> VaultCopy::Get(std::string_view key) const {
  std::string value;
  const auto status = folder_->db().Get(rocksdb::ReadOptions(), folder_->rows(),
                                        rocksdb::Slice(key.data(), key.size()), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return std::unexpected(ToLogError(status));
  return value;
}

std::expected<VaultCopy::Rows, LogError> VaultCopy::WithPrefix(std::string_view prefix) const {
  Rows rows;
  const std::unique_ptr<rocksdb::Iterator> it(
      folder_->db().NewIterator(rocksdb::ReadOptions(), folder_->rows()));
  const rocksdb::Slice beginning(prefix.data(), prefix.size());
  for (it->Seek(beginning); it->Valid() && it->key().starts_with(beginning); it->Next()) {
    rows.emplace_back(it->key().ToString(), it->value().ToString());
  }
  if (!it->status().ok()) return std::unexpected(ToLogError(it->status()));
  return rows;
}

std::expected<std::vector<std::string>, LogError> VaultCopy::Condemned(
    std::string_view prefix) const {
  const auto rows = WithPrefix(kCondemned + std::string(prefix));
  if (!rows) return std::unexpected(rows.error());
  std::vector<std::string> keys;
  for (const auto& [key, value] : *rows) keys.push_back(key.substr(kCondemned.size()));
  return keys;
}

std::expected<bool, LogError> VaultCopy::HasTraces(std::string_view prefix) const {
  const auto rows = WithPrefix(kTraces + std::string(prefix));
  if (!rows) return std::unexpected(rows.error());
  return !rows->empty();
}

std::expected<void, LogError> VaultCopy::RemoveTraces() {
  const auto marks = WithPrefix(kTraces);
  if (!marks) return std::unexpected(marks.error());
  for (const auto& [mark, beginning] : *marks) {
    if (const auto done = folder_->Rewrite(beginning, beginning + kAfter); !done) return done;
    const auto status = folder_->db().Delete(rocksdb::WriteOptions(), folder_->rows(), mark);
    if (!status.ok()) return std::unexpected(ToLogError(status));
  }
  return {};
}

}  // namespace plenum
