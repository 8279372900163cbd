// Keys of the read models' rows, and the positions among them (shapes: projector/projector.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/event_log.h"
#include "projector/store.h"
#include "schema/ids.h"

namespace plenum::rows {

inline constexpr std::string_view kVersion = "m/version";
inline constexpr std::string_view kBroken = "m/broken";
inline constexpr std::string_view kState = "r/";
inline constexpr std::string_view kIndex = "x/";
inline constexpr std::string_view kPending = "p/";
inline constexpr std::string_view kDirectory = "d/";

std::string U64(uint64_t n);  // big-endian
std::optional<uint64_t> ReadU64(std::string_view bytes);

std::string Next(Partition partition);
std::string OfRoom(std::string_view prefix, const RoomId& room);
std::string IndexOf(const RoomId& room, uint64_t index);
// The room in a key that OfRoom made (whatever follows it).
std::optional<RoomId> RoomIn(std::string_view prefix, std::string_view key);

// Up to where a partition is folded, and SHA-256 of the entry before (zero at the start).
struct Position {
  uint64_t next = 0;
  Digest before;
};
StoreChange PutPosition(Partition partition, const Position& position);

// Position 0 if there is none yet.
std::expected<Position, std::string> ReadPosition(Store& store, Partition partition);

struct OriginError {
  std::string what;       // which check failed
  bool log_away = false;  // nothing is known against the rows: the log could not be asked
};

// Whether the rows were made by this fold from this log, and up to an entry that the log still
// holds. An empty store is claimed for the log. Waits up to `kOriginWait` for a log that is away.
std::expected<void, OriginError> CheckOrigin(Store& store, EventLog& log);
inline constexpr std::chrono::seconds kOriginWait{30};

}  // namespace plenum::rows
