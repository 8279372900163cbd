// Export: a room's entries exactly as they are in the log, one a line.
#pragma once

#include <cstdint>
#include <expected>
#include <ostream>
#include <span>
#include <string>

#include "projector/projector.h"

namespace plenum {

// Entries as lines. `first` is the index of the first one, for the error: an entry that itself
// holds a line break (no event that was made here does) cannot be one line.
std::expected<std::string, std::string> ToLines(std::span<const std::string> entries,
                                                uint64_t first);

// Writes all that is folded of the room, in chunks, and returns where the room stands then: what
// belongs into the `.state.json` beside the export. On the projector's thread, or without one.
std::expected<RoomStatus, std::string> ExportRoom(Projector& projector, const RoomId& room,
                                                  std::ostream& out);

}  // namespace plenum
