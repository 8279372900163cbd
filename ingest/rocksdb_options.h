// What a caller may choose about a RocksDB folder of ours.
#pragma once

#include <cstdint>
#include <functional>

namespace rocksdb {
class Env;
}

namespace plenum {

struct RocksDbOptions {
  rocksdb::Env* env = nullptr;                // tests put faults here; null: the real one
  std::function<uint64_t()> free_bytes = {};  // of the folder's disk; empty: statvfs
};

}  // namespace plenum
