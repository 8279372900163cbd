// RocksDbFolder: a folder that holds one RocksDB database of a known kind, with the settings that
// all of ingest uses. The kind is the name of the column family that holds the rows, so that a
// foreign database is recognised before anything in it is touched.
#pragma once

#include <rocksdb/db.h>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/event_log.h"
#include "ingest/rocksdb_options.h"

namespace plenum {

// What a folder holds.
struct FolderKind {
  std::string noun;          // for sentences: "log"
  int version = 1;           // of the format of its rows
  std::string Name() const;  // of the column family: "plenum.log.v1"
};

class RocksDbFolder {
 public:
  // Opens the folder, or makes it (whole or not at all) if it is missing or empty. The error is one
  // clear sentence.
  static std::expected<std::unique_ptr<RocksDbFolder>, std::string> Open(
      const std::filesystem::path& path, const FolderKind& kind, const RocksDbOptions& options);
  ~RocksDbFolder();
  RocksDbFolder(const RocksDbFolder&) = delete;
  RocksDbFolder& operator=(const RocksDbFolder&) = delete;

  rocksdb::DB& db() { return *db_; }
  rocksdb::ColumnFamilyHandle* rows() { return rows_; }
  const std::string& id() const { return id_; }  // 32 hex digits, drawn when it was made

  uint64_t FreeBytes() const;
  // What RocksDB has found wrong with the disk, in one sentence, while it is so. Any thread.
  std::optional<std::string> Trouble() const;
  // A consistent copy, openable as a folder of the same kind and id. `to` must not exist.
  std::expected<void, std::string> CopyTo(const std::filesystem::path& to);
  // Rewrites the files that the keys from `first` to `last` are or were in: when it returns without
  // an error, no file holds an older value of one of them. Waits while a copy is made, which would
  // keep the old files. kBusy: one is still in use after a while.
  std::expected<void, LogError> Rewrite(std::string_view first, std::string_view last);
  std::expected<void, LogError> RewriteAll();

 private:
  class Listener;
  RocksDbFolder() = default;
  std::expected<void, LogError> RewriteRange(const rocksdb::Slice* first,
                                             const rocksdb::Slice* last);
  std::expected<void, LogError> DeleteDeadFiles();
  std::expected<bool, LogError> HasDeadFiles();
  std::optional<std::string> OpenDatabase(const FolderKind& kind, rocksdb::Env* env);

  std::filesystem::path path_;
  std::function<uint64_t()> free_bytes_;
  std::shared_ptr<Listener> listener_;
  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::ColumnFamilyHandle* meta_ = nullptr;
  rocksdb::ColumnFamilyHandle* rows_ = nullptr;
  std::string id_;
  std::mutex files_mutex_;
};

// A status of reading or writing, as the log's error.
LogError ToLogError(const rocksdb::Status& status);

// Makes what was renamed or created in a folder survive a loss of power.
std::error_code SyncFolder(const std::filesystem::path& folder);

}  // namespace plenum
