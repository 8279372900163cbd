// CopyFeed: what a server with a built-in log tells those who keep a copy of it
// (gateway/copy_wire.h). The log is the sequence; the vault's rows that its entries need go before
// them.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "gateway/copy_wire.h"
#include "ingest/rocksdb_log.h"
#include "ingest/rocksdb_vault.h"

namespace plenum {

class CopyFeed {
 public:
  // REQUIRES: both outlive it. `feed` names this opening of the vault, at random.
  CopyFeed(RocksDbLog& log, RocksDbVault& vault, std::string feed);

  // Any thread; cheap.
  std::vector<uint64_t> Ends() const;
  const std::string& log_id() const { return log_id_; }
  // Whether Next would say something. REQUIRES: as Next.
  bool HasNews(const NextQuestion& question) const;

  // Whether what the copy has is what this log began with. Any thread; blocks on the disk.
  std::expected<bool, LogError> IsPrefix(const NextQuestion& question) const;
  // REQUIRES: IsPrefix, once, for this copy. Sets all but the epoch. Any thread; blocks.
  std::expected<NextAnswer, LogError> Next(const NextQuestion& question) const;
  std::expected<VaultPage, LogError> Page(const VaultPageQuestion& question) const;

 private:
  std::expected<NextAnswer::Run, LogError> ReadRun(Partition partition, uint64_t from,
                                                   size_t* bytes_left) const;

  RocksDbLog& log_;
  RocksDbVault& vault_;
  const std::string feed_;
  const std::string log_id_;
  const std::vector<Partition> partitions_;
};

}  // namespace plenum
