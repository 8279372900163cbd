// What a caller may choose about a RocksDB folder of ours.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace rocksdb {
class Env;
}

namespace plenum {

struct RocksDbOptions {
  rocksdb::Env* env = nullptr;                // tests put faults here; null: the real one
  std::function<uint64_t()> free_bytes = {};  // of the folder's disk; empty: statvfs
  // The id (32 hex digits) that the folder has, or is made with: a copy has that of its original.
  // Empty: as it is, or a random one.
  std::string id = {};
};

}  // namespace plenum
