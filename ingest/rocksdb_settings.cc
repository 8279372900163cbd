#include "ingest/rocksdb_settings.h"

#include <rocksdb/cache.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <memory>

namespace plenum {
namespace {

constexpr size_t kCacheBytes = 128u << 20;
constexpr size_t kWriteBufferBytes = 64u << 20;  // of all databases, charged to the cache

struct SharedMemory {
  std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(kCacheBytes);
  std::shared_ptr<rocksdb::WriteBufferManager> write_buffers =
      std::make_shared<rocksdb::WriteBufferManager>(kWriteBufferBytes, cache);
};

const SharedMemory& Memory() {
  static const SharedMemory memory;
  return memory;
}

}  // namespace

rocksdb::DBOptions IngestDbOptions(rocksdb::Env* env) {
  rocksdb::DBOptions options;
  if (env != nullptr) options.env = env;
  options.write_buffer_manager = Memory().write_buffers;
  options.max_background_jobs = 2;
  options.max_total_wal_size = 128u << 20;
  options.max_open_files = 256;
  options.keep_log_file_num = 4;
  // Everything that was acknowledged is synced, so only the last record of a write-ahead log can be
  // torn. Damage anywhere else must not be taken for the end, as the default mode would.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  // With true, the cached tail of a failed fsync would come back as durable.
  options.avoid_flush_during_recovery = false;
  return options;
}

rocksdb::ColumnFamilyOptions IngestFamilyOptions() {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = Memory().cache;
  table.cache_index_and_filter_blocks = true;
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = 16u << 20;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace plenum
