// What a node stands on: its secrets, the log and the vault, in its data folder or on Kafka.
//
//   DATA/log, DATA/vault      built-in log: what must not be lost
//   DATA/vault-copy           on Kafka: this node's copy of the vault's topic
//   DATA/keys                 the secrets, made at the first start (or elsewhere: --keys)
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "gateway/keys.h"
#include "ingest/event_log.h"
#include "ingest/kafka_options.h"
#include "ingest/peers.h"
#include "ingest/rocksdb_log.h"
#include "ingest/rocksdb_vault.h"
#include "ingest/vault.h"

namespace plenum {

struct StorageOptions {
  std::filesystem::path data = "plenum-data";
  std::filesystem::path keys;  // empty: DATA/keys
  KafkaOptions kafka;

  std::filesystem::path KeysFolder() const { return keys.empty() ? data / "keys" : keys; }
};

struct Storage {
  NodeKeys keys;
  std::unique_ptr<EventLog> log;
  std::unique_ptr<Vault> vault;
  std::unique_ptr<Peers> peers;  // null: this node is alone
  // The same log and vault if they are built in, so that copies can be made of them; else null.
  RocksDbLog* own_log = nullptr;
  RocksDbVault* own_vault = nullptr;
};

// `make` makes the data folder if it is missing or empty, otherwise it must be there. On Kafka,
// keys that are not those of the log's other nodes are refused. The error is one sentence, and
// nothing was changed that was there before.
std::expected<Storage, std::string> OpenStorage(const StorageOptions& options, bool make);

}  // namespace plenum
