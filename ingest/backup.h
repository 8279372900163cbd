// A consistent copy of log and vault into a new folder, while both are in use.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "ingest/rocksdb_log.h"
#include "ingest/rocksdb_vault.h"

namespace plenum {

// Where they are in a data folder, and in a copy of one.
inline constexpr std::string_view kLogFolder = "log";
inline constexpr std::string_view kVaultFolder = "vault";

// `to` must not exist; it is there whole or not at all. Every text that the copied log refers to is
// in the copied vault, unless it was erased. Any thread. The error is one sentence.
std::expected<void, std::string> CopyLogAndVault(RocksDbLog& log, RocksDbVault& vault,
                                                 const std::filesystem::path& to);

}  // namespace plenum
