#include "ingest/rocksdb_vault.h"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <utility>

#include "ingest/rocksdb_folder.h"
#include "schema/limits.h"

namespace plenum {
namespace {

constexpr char kStored = 's';
constexpr char kErased = 'e';
// Changes that a copy may be behind before it has to compare all rows.
constexpr size_t kRemembered = 50'000;
constexpr size_t kNonceBytes = sizeof(VaultText::nonce);
constexpr size_t kDigestBytes = sizeof(Digest::bytes);

std::string TextKey(const RoomId& room, const EventId& event) {
  return std::string("t").append(room.View()).append(event.View());
}

std::string KeyKey(const RoomId& room, std::string_view name) {
  return std::string("k").append(room.View()).append(name);
}

std::string StoredRow(const VaultText& text) {
  std::string row(1, kStored);
  row.append(reinterpret_cast<const char*>(text.nonce.data()), kNonceBytes);
  return row.append(text.text);
}

std::string ErasedRow(const Digest& digest) {
  return std::string(1, kErased).append(digest.View());
}

// What a text's row says: the text, or the digest of one that is gone.
struct TextRow {
  std::optional<VaultText> text;
  Digest digest;
};

std::expected<TextRow, LogError> DecodeRow(const RoomId& room, const EventId& event,
                                           std::string_view row) {
  if (row.size() >= 1 + kNonceBytes && row[0] == kStored) {
    VaultText text{.room = room, .event = event, .nonce = {}, .text = {}};
    std::copy_n(row.begin() + 1, kNonceBytes, reinterpret_cast<char*>(text.nonce.data()));
    text.text = row.substr(1 + kNonceBytes);
    const Digest digest = text.TextDigest();
    return TextRow{std::move(text), digest};
  }
  if (row.size() == 1 + kDigestBytes && row[0] == kErased) {
    TextRow erased;
    std::copy_n(row.begin() + 1, kDigestBytes, reinterpret_cast<char*>(erased.digest.bytes.data()));
    return erased;
  }
  return std::unexpected(LogError::kCorrupt);
}

// The keys that a batch writes.
class KeyCollector final : public rocksdb::WriteBatch::Handler {
 public:
  explicit KeyCollector(VaultChanges& changes) : changes_(changes) {}
  rocksdb::Status PutCF(uint32_t, const rocksdb::Slice& key, const rocksdb::Slice&) override {
    changes_.Add(key.ToStringView());
    return rocksdb::Status::OK();
  }
  rocksdb::Status DeleteCF(uint32_t, const rocksdb::Slice& key) override {
    changes_.Add(key.ToStringView());
    return rocksdb::Status::OK();
  }

 private:
  VaultChanges& changes_;
};

}  // namespace

struct RocksDbVault::Impl {
  std::unique_ptr<RocksDbFolder> folder;
  std::mutex write_mutex;  // looking for an earlier record and writing are one step
  std::atomic<uint64_t> revision = 0;
  bool failed = false;  // a sync has failed: nothing is written any more (see log_storage.h)
  VaultChanges changes{kRemembered};
  std::atomic<uint64_t> changes_end = 0;  // may be looked at while a sync is awaited

  std::expected<std::optional<std::string>, LogError> Get(const std::string& key);
  std::expected<std::optional<TextRow>, LogError> GetRow(const RoomId& room, const EventId& event);
  // REQUIRES: write_mutex is held.
  std::expected<void, LogError> Write(rocksdb::WriteBatch& batch);
};

std::expected<std::optional<std::string>, LogError> RocksDbVault::Impl::Get(
    const std::string& key) {
  std::string value;
  const auto status = folder->db().Get(rocksdb::ReadOptions(), folder->rows(), key, &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return std::unexpected(ToLogError(status));
  return value;
}

std::expected<std::optional<TextRow>, LogError> RocksDbVault::Impl::GetRow(const RoomId& room,
                                                                           const EventId& event) {
  const auto row = Get(TextKey(room, event));
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::nullopt;
  auto decoded = DecodeRow(room, event, **row);
  if (!decoded) return std::unexpected(decoded.error());
  return *std::move(decoded);
}

std::expected<void, LogError> RocksDbVault::Impl::Write(rocksdb::WriteBatch& batch) {
  if (failed) return std::unexpected(LogError::kFailed);
  rocksdb::WriteOptions sync;
  sync.sync = true;
  if (folder->db().Write(sync, &batch).ok()) {
    KeyCollector keys(changes);
    batch.Iterate(&keys);
    changes_end = changes.end();
    return {};
  }
  failed = true;
  return std::unexpected(LogError::kUnknown);
}

RocksDbVault::RocksDbVault(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

RocksDbVault::~RocksDbVault() = default;

std::expected<std::unique_ptr<RocksDbVault>, std::string> RocksDbVault::Open(
    const std::filesystem::path& path, const RocksDbOptions& options) {
  auto folder = RocksDbFolder::Open(path, FolderKind{.noun = "vault"}, options);
  if (!folder) return std::unexpected(std::move(folder.error()));
  auto impl = std::make_unique<Impl>();
  impl->folder = *std::move(folder);
  return std::unique_ptr<RocksDbVault>(new RocksDbVault(std::move(impl)));
}

std::expected<std::vector<Digest>, LogError> RocksDbVault::PutTexts(
    std::span<const VaultText> texts) {
  if (impl_->folder->FreeBytes() < limits::kDiskFloorBytes) {
    return std::unexpected(LogError::kDiskFull);
  }
  std::lock_guard lock(impl_->write_mutex);
  rocksdb::WriteBatch batch;
  std::map<std::pair<RoomId, EventId>, Digest> added;
  std::vector<Digest> digests;
  for (const VaultText& text : texts) {
    if (text.text.size() > limits::kTextBytes) return std::unexpected(LogError::kTooLarge);
    if (const auto it = added.find({text.room, text.event}); it != added.end()) {
      digests.push_back(it->second);
      continue;
    }
    const auto earlier = impl_->GetRow(text.room, text.event);
    if (!earlier) return std::unexpected(earlier.error());
    if (!*earlier)
      batch.Put(impl_->folder->rows(), TextKey(text.room, text.event), StoredRow(text));
    digests.push_back(*earlier ? (*earlier)->digest : text.TextDigest());
    added.emplace(std::pair(text.room, text.event), digests.back());
  }
  if (batch.Count() > 0) {
    if (const auto written = impl_->Write(batch); !written) return std::unexpected(written.error());
  }
  return digests;
}

std::expected<std::optional<VaultText>, LogError> RocksDbVault::GetText(const RoomId& room,
                                                                        const EventId& event,
                                                                        const Digest& digest) {
  auto row = impl_->GetRow(room, event);
  if (!row) return std::unexpected(row.error());
  if (!*row || (*row)->digest != digest) return std::nullopt;
  return std::move((*row)->text);
}

std::expected<void, LogError> RocksDbVault::EraseText(const RoomId& room, const EventId& event) {
  const std::string key = TextKey(room, event);
  {
    std::lock_guard lock(impl_->write_mutex);
    const auto row = impl_->GetRow(room, event);
    if (!row) return std::unexpected(row.error());
    if (!*row) return {};
    rocksdb::WriteBatch batch;
    batch.Put(impl_->folder->rows(), key, ErasedRow((*row)->digest));
    if (const auto written = impl_->Write(batch); !written) return written;
  }
  ++impl_->revision;
  return impl_->folder->Rewrite(key, key);
}

std::expected<void, LogError> RocksDbVault::PutKey(const RoomId& room, std::string_view name,
                                                   std::string_view sealed) {
  if (impl_->folder->FreeBytes() < limits::kDiskFloorBytes - limits::kDiskReserveBytes) {
    return std::unexpected(LogError::kDiskFull);
  }
  std::lock_guard lock(impl_->write_mutex);
  rocksdb::WriteBatch batch;
  batch.Put(impl_->folder->rows(), KeyKey(room, name),
            rocksdb::Slice(sealed.data(), sealed.size()));
  return impl_->Write(batch);
}

std::expected<std::optional<std::string>, LogError> RocksDbVault::GetKey(const RoomId& room,
                                                                         std::string_view name) {
  return impl_->Get(KeyKey(room, name));
}

std::expected<void, LogError> RocksDbVault::EraseKey(const RoomId& room, std::string_view name) {
  const std::string key = KeyKey(room, name);
  {
    std::lock_guard lock(impl_->write_mutex);
    rocksdb::WriteBatch batch;
    batch.Delete(impl_->folder->rows(), key);
    if (const auto written = impl_->Write(batch); !written) return written;
  }
  return impl_->folder->Rewrite(key, key);
}

uint64_t RocksDbVault::Revision() const { return impl_->revision; }

std::optional<std::string> RocksDbVault::Trouble() const {
  if (auto trouble = impl_->folder->Trouble()) return trouble;
  std::lock_guard lock(impl_->write_mutex);
  if (impl_->failed) return "The vault has failed, and the server must be started again.";
  return std::nullopt;
}

std::expected<void, std::string> RocksDbVault::CopyTo(const std::filesystem::path& to) {
  return impl_->folder->CopyTo(to);
}

std::expected<std::vector<VaultRow>, LogError> RocksDbVault::Rows(std::string_view from,
                                                                  std::string_view to, size_t max) {
  const rocksdb::Slice upper(to);
  rocksdb::ReadOptions options;
  if (!to.empty()) options.iterate_upper_bound = &upper;
  RocksDbFolder& folder = *impl_->folder;
  const std::unique_ptr<rocksdb::Iterator> it(folder.db().NewIterator(options, folder.rows()));
  std::vector<VaultRow> rows;
  for (it->Seek(from); it->Valid() && rows.size() < max; it->Next()) {
    rows.push_back({it->key().ToString(), it->value().ToString()});
  }
  if (!it->status().ok()) return std::unexpected(ToLogError(it->status()));
  return rows;
}

std::expected<VaultRow, LogError> RocksDbVault::Row(std::string_view key) {
  VaultRow row{std::string(key), std::nullopt};
  auto value = impl_->Get(row.key);
  if (!value) return std::unexpected(value.error());
  row.value = *std::move(value);
  return row;
}

std::optional<VaultChanges::Piece> RocksDbVault::ChangesSince(uint64_t position, size_t max) const {
  std::lock_guard lock(impl_->write_mutex);
  return impl_->changes.Since(position, max);
}

uint64_t RocksDbVault::ChangesEnd() const { return impl_->changes_end; }

std::expected<void, LogError> RocksDbVault::PutRows(std::span<const VaultRow> rows) {
  std::vector<std::string> replaced;
  {
    std::lock_guard lock(impl_->write_mutex);
    rocksdb::WriteBatch batch;
    for (const VaultRow& row : rows) {
      const auto before = impl_->Get(row.key);
      if (!before) return std::unexpected(before.error());
      if (*before == row.value) continue;
      if (*before) replaced.push_back(row.key);
      if (row.value) {
        batch.Put(impl_->folder->rows(), row.key, *row.value);
      } else {
        batch.Delete(impl_->folder->rows(), row.key);
      }
    }
    if (batch.Count() == 0) return {};
    if (const auto written = impl_->Write(batch); !written) return written;
  }
  for (const std::string& key : replaced) {
    if (const auto rewritten = impl_->folder->Rewrite(key, key); !rewritten) return rewritten;
  }
  return {};
}

std::expected<void, LogError> RocksDbVault::RewriteAll() { return impl_->folder->RewriteAll(); }

}  // namespace plenum
