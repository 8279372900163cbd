#include "projector/rocksdb_store.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>
#include <rocksdb/write_buffer_manager.h>

#include <filesystem>
#include <utility>

namespace plenum {
namespace {

// A read model is small (some MB a room-day); these bounds keep it small when it is not.
constexpr size_t kCacheBytes = 128u << 20;
constexpr size_t kAllWriteBuffersBytes = 64u << 20;
constexpr size_t kWriteBufferBytes = 16u << 20;
constexpr uint64_t kWalBytes = 128u << 20;
constexpr int kOpenFiles = 256;

rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }

rocksdb::Options MakeOptions() {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.paranoid_checks = true;
  options.max_background_jobs = 2;
  options.max_open_files = kOpenFiles;
  options.max_total_wal_size = kWalBytes;
  options.write_buffer_size = kWriteBufferBytes;
  options.keep_log_file_num = 2;
  options.max_log_file_size = 4u << 20;
  // A WAL that ends in the middle of a record is a crash; one damaged elsewhere is an error.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.avoid_flush_during_recovery = false;

  auto cache = rocksdb::NewLRUCache(kCacheBytes);
  options.write_buffer_manager =
      std::make_shared<rocksdb::WriteBufferManager>(kAllWriteBuffersBytes, cache);
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

std::unexpected<std::string> Fail(const std::string& doing, const std::string& path,
                                  const rocksdb::Status& status) {
  if (status.IsIOError() && status.ToString().find("lock") != std::string::npos) {
    return std::unexpected("the read models in " + path + " are in use by another process");
  }
  return std::unexpected("cannot " + doing + " the read models in " + path + ": " +
                         status.ToString());
}

}  // namespace

RocksDbStore::RocksDbStore(std::string path, std::unique_ptr<rocksdb::DB> db)
    : path_(std::move(path)), db_(std::move(db)) {}

RocksDbStore::~RocksDbStore() {
  if (db_) db_->Close();
}

std::expected<std::unique_ptr<RocksDbStore>, std::string> RocksDbStore::Open(
    const std::string& path, bool* damaged) {
  if (damaged) *damaged = false;
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    return std::unexpected("cannot make the folder " + path + ": " + error.message());
  }
  rocksdb::DB* db = nullptr;
  rocksdb::Status status = rocksdb::DB::Open(MakeOptions(), path, &db);
  if (damaged) *damaged = status.IsCorruption();
  if (!status.ok()) return Fail("open", path, status);
  return std::unique_ptr<RocksDbStore>(new RocksDbStore(path, std::unique_ptr<rocksdb::DB>(db)));
}

std::expected<void, std::string> RocksDbStore::Commit(const std::vector<StoreChange>& changes) {
  rocksdb::WriteBatch batch;
  for (const StoreChange& change : changes) {
    rocksdb::Status added =
        change.value.empty() ? batch.Delete(change.key) : batch.Put(change.key, change.value);
    if (!added.ok()) return Fail("write to", path_, added);
  }
  rocksdb::WriteOptions options;
  options.sync = false;
  options.disableWAL = false;
  rocksdb::Status status = db_->Write(options, &batch);
  if (!status.ok()) return Fail("write to", path_, status);
  return {};
}

std::expected<std::optional<std::string>, std::string> RocksDbStore::Get(std::string_view key) {
  std::string value;
  rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return Fail("read", path_, status);
  return value;
}

std::expected<void, std::string> RocksDbStore::Scan(
    std::string_view prefix,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) {
  std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(rocksdb::ReadOptions()));
  for (it->Seek(ToSlice(prefix)); it->Valid(); it->Next()) {
    if (!it->key().starts_with(ToSlice(prefix))) break;
    if (!visit(it->key().ToStringView(), it->value().ToStringView())) break;
  }
  if (!it->status().ok()) return Fail("read", path_, it->status());
  return {};
}

std::expected<void, std::string> RocksDbStore::Checkpoint(const std::string& path) {
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(db_.get(), &made);
  std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (status.ok()) status = checkpoint->CreateCheckpoint(path);
  if (!status.ok()) return Fail("copy", path_, status);
  return {};
}

}  // namespace plenum
