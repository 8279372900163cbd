// The folder of read models in a data folder: opened and checked, or set aside to be rebuilt.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/event_log.h"
#include "projector/rocksdb_store.h"
#include "schema/ids.h"

namespace plenum {

inline constexpr std::string_view kReadModelsFolder = "read-models";  // in a data folder

struct ReadModels {
  std::unique_ptr<RocksDbStore> store;
  // Not empty: the old rows did not fit the log, and why, and where they are now. The store is then
  // empty, and the projector rebuilds it.
  std::string set_aside;
};

// Opens the read models at `path` for this log. Rows that were made from another log, by another
// fold, or past the log's end, or that are damaged, are never used: their folder is renamed to
// `path`.set-aside-N.
std::expected<ReadModels, std::string> OpenReadModels(const std::string& path, EventLog& log);

// All rooms that have rows, in the order of their ids.
std::expected<std::vector<RoomId>, std::string> ListRooms(Store& store);

}  // namespace plenum
