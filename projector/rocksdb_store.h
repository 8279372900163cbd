// The read models on disk: one RocksDB, write-ahead log on, no sync. State and position are in the
// same WriteBatch, so that after a crash both are as of the same entry; what the machine's own
// crash takes is folded again from the log.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "projector/store.h"

namespace rocksdb {
class DB;
}

namespace plenum {

// Any thread.
class RocksDbStore : public Store {
 public:
  // Makes the folder if need be. The error is a sentence for whoever runs the server; `damaged`
  // says whether it is about the files' content, so that making them anew would help.
  static std::expected<std::unique_ptr<RocksDbStore>, std::string> Open(const std::string& path,
                                                                        bool* damaged = nullptr);
  ~RocksDbStore() override;

  std::expected<void, std::string> Commit(const std::vector<StoreChange>& changes) override;
  std::expected<std::optional<std::string>, std::string> Get(std::string_view key) override;
  std::expected<void, std::string> Scan(
      std::string_view prefix,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) override;

  // A consistent copy in a folder that does not exist yet; it carries its own position.
  std::expected<void, std::string> Checkpoint(const std::string& path);

 private:
  RocksDbStore(std::string path, std::unique_ptr<rocksdb::DB> db);

  std::string path_;
  std::unique_ptr<rocksdb::DB> db_;
};

}  // namespace plenum
