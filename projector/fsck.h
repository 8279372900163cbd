// Fsck: makes the read models once more from the log, and compares them with those that are kept.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/event_log.h"
#include "projector/projector.h"
#include "projector/store.h"

namespace plenum {

struct FsckRoom {
  RoomStatus kept;
  RoomStatus rebuilt;
  bool Agrees() const { return kept == rebuilt; }
};

struct FsckReport {
  uint64_t entries = 0;  // folded again, of all partitions
  std::vector<FsckRoom> rooms;
  std::vector<std::string> differences;  // sentences
  bool Agrees() const { return differences.empty(); }
};

using FsckProgress = std::function<void(uint64_t folded, uint64_t of)>;

// `fresh` must be empty. An error: the comparison could not be made at all.
std::expected<FsckReport, std::string> Fsck(Store& kept, EventLog& log, Store& fresh,
                                            const FsckProgress& progress = {});

// The same for the read models in a folder, rebuilt in a folder beside it that is removed after.
std::expected<FsckReport, std::string> FsckFolder(const std::string& path, EventLog& log,
                                                  const FsckProgress& progress = {});

std::string DescribeFsck(const FsckReport& report);  // lines for people
std::string EncodeFsck(const FsckReport& report);    // one JSON object

}  // namespace plenum
