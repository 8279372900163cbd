#include "gateway/storage.h"

#include <system_error>
#include <utility>

#include "gateway/data_folder.h"
#include "ingest/kafka_log.h"
#include "ingest/kafka_vault.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kVaultCopyFolder = "vault-copy";

std::expected<Storage, std::string> OpenBuiltIn(const StorageOptions& options, bool make) {
  auto folder = OpenDataFolder(options.data, options.KeysFolder(), make);
  if (!folder) return std::unexpected(folder.error());
  RocksDbLog* const log = folder->log.get();
  RocksDbVault* const vault = folder->vault.get();
  return Storage{.keys = std::move(folder->keys),
                 .log = std::move(folder->log),
                 .vault = std::move(folder->vault),
                 .peers = nullptr,
                 .own_log = log,
                 .own_vault = vault};
}

std::expected<Storage, std::string> OpenOnKafka(const StorageOptions& options, bool make) {
  if (auto fine = PrepareNodeFolder(options.data, make); !fine)
    return std::unexpected(fine.error());
  auto log = KafkaLog::Open(options.kafka);
  if (!log) return std::unexpected(log.error());
  auto vault = KafkaVault::Open(options.kafka, options.data / kVaultCopyFolder);
  if (!vault) return std::unexpected(vault.error());
  Storage storage;
  auto keys = LoadOrMakeKeys(options.KeysFolder());
  if (!keys) return std::unexpected(keys.error());
  storage.keys = *std::move(keys);
  if (auto same = CheckKeys(**vault, storage.keys); !same) {
    return std::unexpected(options.KeysFolder().string() + " " + same.error());
  }
  storage.log = *std::move(log);
  storage.vault = *std::move(vault);
  storage.peers = MakeKafkaPeers(options.kafka);
  return storage;
}

}  // namespace

std::expected<Storage, std::string> OpenStorage(const StorageOptions& options, bool make) {
  return options.kafka.used() ? OpenOnKafka(options, make) : OpenBuiltIn(options, make);
}

}  // namespace plenum
