// FaultyEnv: the real file system for RocksDB, with syncs that fail when told to.
#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <memory>

namespace plenum {

class FaultyEnv {
 public:
  FaultyEnv();
  rocksdb::Env* env() { return env_.get(); }
  void FailSyncs(bool fail) { fail_ = fail; }
  int syncs() const { return syncs_; }  // of all files, failed ones too

 private:
  friend class FaultyFileSystem;
  std::atomic<bool> fail_ = false;
  std::atomic<int> syncs_ = 0;
  std::unique_ptr<rocksdb::Env> env_;
};

}  // namespace plenum
