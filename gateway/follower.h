// Follower: a data folder that is kept a copy of a server's (plenum copy): what the server tells
// (gateway/copy_wire.h) becomes rows of its own vault and entries of its own log, under the same
// offsets. One thread; blocks on the disk.
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/copy_marker.h"
#include "gateway/copy_wire.h"
#include "ingest/rocksdb_log.h"
#include "ingest/rocksdb_vault.h"

namespace plenum {

class Follower {
 public:
  // Opens the copy in `data`, or begins one if the folder is missing or empty. Refuses, in one
  // sentence: a folder that is something else, the copy of another log, one that was promoted or is
  // in use, a server that was replaced by one that this copy has followed since.
  static std::expected<std::unique_ptr<Follower>, std::string> Open(
      const std::filesystem::path& data, const std::string& from, const CopyKeys& keys);

  // What to ask the server next.
  NextQuestion Question() const;
  // Writes what it answered; durable when it returns. REQUIRES: !answer.compare. The error is one
  // sentence, and then this follower must not be used again.
  std::expected<void, std::string> Take(const NextAnswer& answer, TimeMs now);

  // The vault page by page: what differs is asked for and written. `begin` is the answer that said
  // `compare`. The error is one sentence: `ask`'s own, or (then `broken` is set) of the disk.
  using AskPage =
      std::function<std::expected<VaultPage, std::string>(const VaultPageQuestion& question)>;
  std::expected<void, std::string> CompareVault(const NextAnswer& begin, const AskPage& ask);
  bool broken() const { return broken_; }

  // The server has another epoch than before, or other keys.
  std::expected<void, std::string> Renew(const CopyKeys& keys);

  uint64_t epoch() const { return marker_.epoch.epoch; }
  uint64_t entries() const;  // that it has
  // That the server had more than this when it answered last.
  uint64_t behind() const { return behind_; }
  void Stop() { log_->Stop(); }

 private:
  explicit Follower(std::filesystem::path data) : data_(std::move(data)) {}
  std::expected<void, std::string> OpenStores();
  std::expected<void, std::string> WriteSecrets(const CopyKeys& keys);
  std::expected<void, std::string> LearnLast();
  std::expected<void, std::string> PutPage(const VaultPageQuestion& question,
                                           const VaultPage& page);
  std::expected<void, std::string> Append(const NextAnswer::Run& run);
  std::unexpected<std::string> Broken(const std::string& what);

  const std::filesystem::path data_;
  CopyMarker marker_;
  std::unique_ptr<RocksDbLog> log_;
  std::unique_ptr<RocksDbVault> vault_;
  std::vector<Partition> partitions_;
  std::vector<Digest> last_;  // of the last entry of each
  std::string feed_;
  uint64_t at_ = 0;
  uint64_t behind_ = 0;
  bool broken_ = false;
};

}  // namespace plenum
