// RocksDbFolder: a folder that holds one RocksDB database of a known kind, with the settings that
// all of ingest uses. The kind is the name of the column family that holds the data, so that a
// foreign database is recognised before anything in it is touched.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/listener.h>

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/event_log.h"
#include "ingest/rocksdb_options.h"

namespace plenum {

class RocksDbFolder {
 public:
  // Opens the folder, or makes it (whole or not at all) if it is missing or empty. `kind` is like
  // "plenum.log.v1"; `noun` names it in sentences ("log"). The error is one clear sentence.
  static std::expected<std::unique_ptr<RocksDbFolder>, std::string> Open(
      const std::filesystem::path& path, const std::string& kind, std::string_view noun,
      const RocksDbOptions& options);
  ~RocksDbFolder();

  rocksdb::DB& db() { return *db_; }
  rocksdb::ColumnFamilyHandle* rows() { return rows_; }
  const std::string& id() const { return id_; }  // 32 hex digits, drawn when it was made
  uint64_t FreeBytes() const;
  // What is wrong with the disk, in one sentence, while something is; for /readyz. Any thread.
  std::optional<std::string> Trouble() const;
  // A consistent copy, openable as a folder of the same kind and id. `to` must not exist.
  std::expected<void, std::string> CopyTo(const std::filesystem::path& to);

 private:
  class Listener;
  RocksDbFolder() = default;

  std::filesystem::path path_;
  std::function<uint64_t()> free_bytes_;
  std::shared_ptr<Listener> listener_;
  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::ColumnFamilyHandle* meta_ = nullptr;
  rocksdb::ColumnFamilyHandle* rows_ = nullptr;
  std::string id_;
};

// A status of reading or writing, as the log's error.
LogError ToLogError(const rocksdb::Status& status);

}  // namespace plenum
