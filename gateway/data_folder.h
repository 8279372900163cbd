// The data folder: what is in it, and whether it may be used. Opened for serving, or by commands
// that read it while no server runs (gateway/storage.h).
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "gateway/keys.h"
#include "ingest/rocksdb_log.h"
#include "ingest/rocksdb_vault.h"

namespace plenum {

struct DataFolder {
  NodeKeys keys;
  std::unique_ptr<RocksDbLog> log;
  std::unique_ptr<RocksDbVault> vault;
};

// Opens the folder; `make` makes it if it is missing or empty. A folder that is not ours, or of
// which a part is missing that cannot be made again, is refused and left as it is. The error is
// one sentence.
std::expected<DataFolder, std::string> OpenDataFolder(const std::filesystem::path& path,
                                                      const std::filesystem::path& keys, bool make);

// The folder of a node whose log is elsewhere: makes it, and refuses one that is not ours or that
// has a log of its own.
std::expected<void, std::string> PrepareNodeFolder(const std::filesystem::path& path, bool make);

}  // namespace plenum
