#include "ingest/rocksdb_log.h"

#include <rocksdb/write_batch.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "ingest/committer.h"
#include "ingest/rocksdb_folder.h"
#include "ingest/step_thread.h"

namespace plenum {
namespace {

// How often a committer that has nothing to do looks at the disk's free space.
constexpr std::chrono::milliseconds kIdle{250};
constexpr uint64_t kLastOffset = std::numeric_limits<uint64_t>::max();
constexpr size_t kKeyBytes = sizeof(Partition) + sizeof(uint64_t);

template <class Int>
void AppendBigEndian(std::string& out, Int n) {
  for (int shift = static_cast<int>(sizeof n - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(n >> shift));
  }
}

std::string KeyOf(Partition partition, uint64_t offset) {
  std::string key;
  key.reserve(kKeyBytes);
  AppendBigEndian(key, partition);
  AppendBigEndian(key, offset);
  return key;
}

template <class Int>
Int ReadBigEndian(rocksdb::Slice bytes) {
  Int n = 0;
  for (size_t i = 0; i < sizeof n; ++i) {
    n = static_cast<Int>(n << 8) | static_cast<uint8_t>(bytes[i]);
  }
  return n;
}

class RocksDbStorage final : public LogStorage {
 public:
  explicit RocksDbStorage(std::unique_ptr<RocksDbFolder> folder) : folder_(std::move(folder)) {}

  // Finds the end of every partition.
  rocksdb::Status Load();

  std::expected<WriteProgress, LogError> WriteSync(std::span<const LogSlice> slices) override;
  std::expected<std::vector<LogEntry>, LogError> Read(Partition partition, uint64_t from,
                                                      size_t max) override;
  std::map<Partition, uint64_t> Ends() override { return ends_; }
  std::string LogId() override { return folder_->id(); }
  uint64_t FreeBytes() override { return folder_->FreeBytes(); }
  RocksDbFolder& folder() { return *folder_; }

 private:
  std::unique_ptr<RocksDbFolder> folder_;
  std::map<Partition, uint64_t> ends_;
};

rocksdb::Status RocksDbStorage::Load() {
  const std::unique_ptr<rocksdb::Iterator> it(
      folder_->db().NewIterator(rocksdb::ReadOptions(), folder_->rows()));
  const auto damaged = rocksdb::Status::Corruption("a row that is not an entry of a log");
  for (it->SeekToFirst(); it->Valid();) {
    if (it->key().size() != kKeyBytes) return damaged;
    const auto partition = ReadBigEndian<Partition>(it->key());
    if (it->key() != KeyOf(partition, 0)) return damaged;
    it->SeekForPrev(KeyOf(partition, kLastOffset));
    if (!it->Valid() || it->key().size() != kKeyBytes) return damaged;
    rocksdb::Slice last = it->key();
    last.remove_prefix(sizeof(Partition));
    ends_[partition] = ReadBigEndian<uint64_t>(last) + 1;
    it->Next();
  }
  return it->status();
}

std::expected<WriteProgress, LogError> RocksDbStorage::WriteSync(std::span<const LogSlice> slices) {
  rocksdb::WriteBatch batch;
  for (const LogSlice& slice : slices) {
    for (const LogEntry& entry : slice.entries) {
      batch.Put(folder_->rows(), KeyOf(slice.partition, entry.offset), entry.bytes);
    }
  }
  rocksdb::WriteOptions sync;
  sync.sync = true;
  const auto status = folder_->db().Write(sync, &batch);
  if (!status.ok()) return std::unexpected(LogError::kFailed);
  return WriteProgress::kDurable;
}

std::expected<std::vector<LogEntry>, LogError> RocksDbStorage::Read(Partition partition,
                                                                    uint64_t from, size_t max) {
  const std::string stop = KeyOf(partition, from + std::min<uint64_t>(max, kLastOffset - from));
  const rocksdb::Slice upper(stop);
  rocksdb::ReadOptions options;  // verifies checksums
  options.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> it(folder_->db().NewIterator(options, folder_->rows()));
  std::vector<LogEntry> entries;
  for (it->Seek(KeyOf(partition, from)); it->Valid(); it->Next()) {
    const uint64_t offset = from + entries.size();
    if (it->key() != KeyOf(partition, offset)) return std::unexpected(LogError::kCorrupt);
    entries.push_back({offset, it->value().ToString()});
  }
  if (!it->status().ok()) return std::unexpected(ToLogError(it->status()));
  return entries;
}

}  // namespace

struct RocksDbLog::Impl {
  explicit Impl(std::unique_ptr<RocksDbStorage> opened)
      : storage(std::move(opened)),
        committer(*storage),
        thread([this] { return committer.Step(); }, kIdle) {}

  std::unique_ptr<RocksDbStorage> storage;
  Committer committer;
  StepThread thread;
};

RocksDbLog::RocksDbLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

RocksDbLog::~RocksDbLog() { Stop(); }

std::expected<std::unique_ptr<RocksDbLog>, std::string> RocksDbLog::Open(
    const std::filesystem::path& path, const RocksDbOptions& options) {
  auto folder = RocksDbFolder::Open(path, FolderKind{.noun = "log"}, options);
  if (!folder) return std::unexpected(std::move(folder.error()));
  auto storage = std::make_unique<RocksDbStorage>(std::move(*folder));
  const auto loaded = storage->Load();
  if (!loaded.ok()) {
    return std::unexpected("The log in " + path.string() + " is damaged, and is left as it is (" +
                           loaded.ToString() + ").");
  }
  auto impl = std::make_unique<Impl>(std::move(storage));
  return std::unique_ptr<RocksDbLog>(new RocksDbLog(std::move(impl)));
}

std::expected<void, LogError> RocksDbLog::Append(Partition partition, std::string bytes,
                                                 Urgency urgency, Done done) {
  auto queued = impl_->committer.Append(partition, std::move(bytes), urgency, std::move(done));
  if (queued) impl_->thread.Wake();
  return queued;
}

std::expected<std::vector<LogEntry>, LogError> RocksDbLog::Read(Partition partition, uint64_t from,
                                                                size_t max) {
  return impl_->committer.Read(partition, from, max);
}

uint64_t RocksDbLog::End(Partition partition) { return impl_->committer.End(partition); }

void RocksDbLog::SetTail(Tail tail) { impl_->committer.SetTail(std::move(tail)); }

std::string RocksDbLog::LogId() { return impl_->storage->LogId(); }

size_t RocksDbLog::Pending() { return impl_->committer.Pending(); }

void RocksDbLog::Stop() {
  impl_->committer.Close();
  impl_->thread.Stop();
}

std::optional<std::string> RocksDbLog::Trouble() const {
  if (auto trouble = impl_->storage->folder().Trouble()) return trouble;
  if (impl_->committer.failed()) return std::string(LogErrorText(LogError::kFailed));
  return std::nullopt;
}

std::expected<void, std::string> RocksDbLog::CopyTo(const std::filesystem::path& to) {
  return impl_->storage->folder().CopyTo(to);
}

}  // namespace plenum
