#include "projector/export.h"

namespace plenum {

std::expected<std::string, std::string> ToLines(std::span<const std::string> entries,
                                                uint64_t first) {
  std::string lines;
  for (const std::string& entry : entries) {
    if (entry.find('\n') != std::string::npos) {
      return std::unexpected("entry " + std::to_string(first) +
                             " holds a line break and cannot be exported as a line");
    }
    lines += entry;
    lines += '\n';
    ++first;
  }
  return lines;
}

std::expected<RoomStatus, std::string> ExportRoom(Projector& projector, const RoomId& room,
                                                  std::ostream& out) {
  const std::optional<RoomStatus> status = projector.Status(room);
  if (!status) return std::unexpected("there is no room " + room.Hex());
  for (uint64_t index = 0; index < status->index;) {
    auto entries = projector.ReadRoom(room, index, limits::kReadEvents);
    if (!entries) return std::unexpected(entries.error());
    if (entries->empty()) {
      return std::unexpected("entry " + std::to_string(index) + " of the room is not in the log");
    }
    auto lines = ToLines(*entries, index);
    if (!lines) return std::unexpected(lines.error());
    if (!out.write(lines->data(), static_cast<std::streamsize>(lines->size()))) {
      return std::unexpected("the export could not be written to its end");
    }
    index += entries->size();
  }
  if (!out.flush()) return std::unexpected("the export could not be written to its end");
  return *status;
}

}  // namespace plenum
