// Replay: folds an export from nothing. An export is a room's entries exactly as in the log, one a
// line.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

#include "projector/fold/fold.h"
#include "projector/projector.h"
#include "projector/views/view_builder.h"
#include "schema/event.h"

namespace plenum {

// One entry that has just been folded.
struct ReplayedEntry {
  std::string_view bytes;
  const std::expected<Event, std::string>& event;
  Outcome outcome;
};
using ReplayVisitor = std::function<void(const ReplayedEntry& entry, Room& room)>;

// Up to and including the entry `last`, or all. The error names the line: too long, of another
// room, or not there.
std::expected<Room, std::string> Replay(std::istream& in, std::optional<uint64_t> last = {},
                                        const ReplayVisitor& visit = {});

// An export carries no texts and no keys: views that are made from it show none.
class NoTexts : public TextSource {
 public:
  std::optional<std::string> TextOf(const RoomId&, const Item&) override { return {}; }
  std::string RoomKey(const RoomId&) override { return {}; }
};

// For whoever folds to have the state, and not to show it.
class NoSink : public ProjectorSink {
 public:
  void OnFolded(std::span<const FoldedEvent>) override {}
  void OnRoom(std::shared_ptr<const RoomInfo>) override {}
  void OnView(const View&) override {}
};

}  // namespace plenum
