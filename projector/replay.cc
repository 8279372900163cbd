#include "projector/replay.h"

#include <utility>

#include "schema/limits.h"

namespace plenum {
namespace {

std::unexpected<std::string> AtLine(uint64_t line, std::string_view what) {
  return std::unexpected("line " + std::to_string(line) + " of the export " + std::string(what));
}

// The next line without its end; never more than `most` bytes of it. False at the end.
bool ReadLine(std::istream& in, size_t most, std::string* line) {
  line->clear();
  for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
    if (c == '\n') return true;
    line->push_back(static_cast<char>(c));
    if (line->size() > most) return true;
  }
  return !line->empty();
}

}  // namespace

std::expected<Room, std::string> Replay(std::istream& in, std::optional<uint64_t> last,
                                        const ReplayVisitor& visit) {
  std::optional<Room> room;
  std::string line;
  for (uint64_t number = 1; !last || number <= *last + 1; ++number) {
    if (!ReadLine(in, limits::kEventBytes, &line)) {
      if (!room) return std::unexpected("the export is empty");
      if (last) return AtLine(number, "is not there: it ends before");
      break;
    }
    if (line.size() > limits::kEventBytes) return AtLine(number, "is longer than an event can be");
    if (line.empty()) return AtLine(number, "is empty");
    const std::expected<Event, std::string> event = DecodeEvent(line);
    if (!room) {
      if (!event) return AtLine(number, "is not an event: " + event.error());
      if (!std::holds_alternative<RoomCreated>(event->payload)) {
        return AtLine(number, "does not create a room, as the first must");
      }
      room.emplace(event->room);
    }
    if (event && event->room != room->id()) return AtLine(number, "is of another room");
    const Outcome outcome = room->Apply(line, event);
    if (visit) visit({.bytes = line, .event = event, .outcome = outcome}, *room);
  }
  if (in.bad()) return std::unexpected("the export could not be read to its end");
  return std::move(*room);
}

}  // namespace plenum
