// The settings of ingest's databases, with the reason for each that is not the default.
#pragma once

#include <rocksdb/options.h>

namespace plenum {

// `env` may be null: the real one. All databases share one bound on memory.
rocksdb::DBOptions IngestDbOptions(rocksdb::Env* env);
rocksdb::ColumnFamilyOptions IngestFamilyOptions();

}  // namespace plenum
