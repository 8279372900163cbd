// Projector: folds the log into rooms, commits the read models, and says what has changed.
// A state machine without threads: ProjectorThread (projector_thread.h) and the simulation step it.
//
// Rows of the store (all integers big-endian):
//   "m/version"                         fold version and log id that the rows were made from
//   "m/next" ‖ u32 partition            the next offset to fold, and SHA-256 of the entry before it
//   "r/" ‖ room(16) ‖ key of the row    a room's state, as Room::TakeChanges gave it
//   "x/" ‖ room(16) ‖ u64 index         offset of a room's entry in its partition
//   "p/" ‖ room(16)                     there while a node still has something to say in the room
//                                       (a deadline, a result): such rooms are loaded at the start
//   "d/" ‖ key                          the directory
//   "m/broken"                          a sentence: rows were found unreadable; rebuild
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ingest/event_log.h"
#include "projector/directory.h"
#include "projector/fold/fold.h"
#include "projector/store.h"
#include "projector/views/view_builder.h"
#include "schema/message.h"
#include "schema/privacy_notice.h"

namespace plenum {

// Changes whenever the fold, or the rows that it keeps, change: older rows are then rebuilt.
inline constexpr uint32_t kFoldVersion = 5;

struct FoldedEvent {
  RoomId room;
  EventId id;
  Outcome outcome;
  std::string result;  // of an early look that was accepted
  // Somebody with a personal code has moved: who (in series "room"), and to which phone.
  std::optional<std::pair<PersonId, TokenId>> moved = {};
};

// One screen's data, immutable, shared by all receivers.
struct View {
  RoomId room;
  Topic topic = Topic::kStage;
  ParticipantId participant{};  // for kPerson
  ActivityId activity = {};     // for kActivity
  uint64_t connection = 0;      // not 0: for this one only, which has just begun to watch
  uint64_t version = 0;
  std::shared_ptr<const std::string> data;
};

// What the gateway needs to know of a room to stamp and to refuse. Immutable.
struct RoomInfo {
  RoomId room;
  uint64_t version = 0;
  Text title;
  std::vector<std::string> languages;
  std::shared_ptr<const PrivacyNotice> notice;  // what people are told before they join
  std::map<ActivityId, std::string> series;
  std::map<ActivityId, Collect> collects;  // how contributions are written
  std::set<OptionId> groups;
  JoinBy join = JoinBy::kOpen;
  uint32_t epoch = 0;
  std::set<TokenId> revoked;
  bool doors_locked = false;
  Digest root;
  Digest state;  // state digest at `version`; zero unless asked for
};

// Where a room stands: equal on all nodes at an equal index.
struct RoomStatus {
  RoomId room;
  uint64_t index = 0;  // entries folded
  Digest root;         // RFC 6962 root of these entries
  Digest state;        // state digest after them
  uint32_t rules = 0;
  bool operator==(const RoomStatus&) const = default;
};
// {"room":HEX,"index":N,"root":HEX,"state":HEX,"rules":N}: the body of GET .../state, and what an
// export carries in the `.state.json` beside it.
std::string EncodeStatus(const RoomStatus& status);
std::expected<RoomStatus, std::string> ParseStatus(std::string_view json);

// Since Start; for metrics.
struct ProjectorCounters {
  uint64_t folded = 0;     // entries
  uint64_t malformed = 0;  // entries that did not decode
  uint64_t homeless = 0;   // entries of a room that does not exist: in no room's tree
  uint64_t said = 0;       // events of this node
  uint64_t views = 0;      // views sent
  uint64_t rooms = 0;      // rooms in memory
};

// Where a projector says what happened. Called by whoever steps it, after the commit; must not call
// the projector back. OnRoom comes when a room is created or loaded, when something that RoomInfo
// holds has changed, and when somebody asks (Announce); always before the room's first view.
class ProjectorSink {
 public:
  virtual ~ProjectorSink() = default;
  virtual void OnFolded(std::span<const FoldedEvent> events) = 0;
  virtual void OnRoom(std::shared_ptr<const RoomInfo> info) = 0;
  virtual void OnView(const View& view) = 0;
  // The room left memory, unwatched and idle; what OnRoom said of it last still holds.
  virtual void OnRoomEvicted(const RoomId&) {}
};

// Who looks at a room; the projector builds only what somebody sees.
struct Watcher {
  uint64_t connection = 0;
  RoomId room;
  std::optional<ParticipantId> participant;  // wants kPerson
  bool stage = true;
  bool console = false;
  ActivityId activity = {};  // wants kActivity of it; empty: none
};

struct ProjectorOptions {
  int view_interval_ms = limits::kViewIntervalMs;
  int say_again_ms = 5000;    // what a node said and never saw folded is said again, same id
  int sweep_ms = 5 * 60'000;  // a room that nobody watched or wrote to for so long leaves memory
  size_t rooms = 512;         // in memory, beyond those that are watched or await a deadline
  // Where a room stands after every 64th of its entries, and after every step of its run sheet: the
  // same places on every node, so that nodes can compare. On the projector's thread.
  std::function<void(const RoomStatus&)> on_milestone = {};
};

class Projector {
 public:
  Projector(EventLog& log, Store& store, TextSource& texts, ProjectorSink& sink,
            ProjectorOptions options = {});
  ~Projector();

  // Loads positions and checks them against the log: same log, same entry before the position, same
  // fold version. The error says which check failed; then the caller sets the store aside and
  // rebuilds from nothing (projector/read_models.h does).
  std::expected<void, std::string> Start();

  // Offset of the next entry to fold.
  uint64_t Next(Partition partition) const;

  // Folds entries that follow on Next (earlier ones are skipped), commits, then tells the sink:
  // rooms first, then outcomes. A gap is an error, and then nothing was folded: CatchUp instead.
  // After any other error this projector must not be used again.
  std::expected<void, std::string> Apply(Partition partition, std::span<const LogEntry> entries);
  // Reads what is missing from the log and applies it; true if it reached the end.
  std::expected<bool, std::string> CatchUp(Partition partition);
  // Whether all that the log held at Start is folded; before that, node speech stays silent.
  bool Ready() const;

  // A watcher gets every view that it wants at once, and then each that changes.
  void Watch(const Watcher& watcher, TimeMs now);
  void Unwatch(uint64_t connection);

  // Sends dirty views whose interval is over; returns when to call again (or nullopt: nothing due).
  std::optional<TimeMs> SendViews(TimeMs now);

  // What nodes have to say now: fired timers, results not recorded yet, absences. Each is handed to
  // `say` once, and again only if it has not been folded after `say_again_ms`; its id stays the
  // same. Returns when to call again.
  std::optional<TimeMs> SpeakForNode(TimeMs now,
                                     const std::function<void(const RoomId&, std::string)>& say);
  // A connection of this participant in 25/10 was lost for longer than the patience of the gateway.
  void ReportAway(const RoomId& room, const ParticipantId& participant);

  const Directory& directory() const;
  Room* Find(const RoomId& room);  // loads it if need be; null if there is none
  // Loads the room and says OnRoom once more; false if there is none.
  bool Announce(const RoomId& room);
  std::optional<RoomStatus> Status(const RoomId& room);
  // Up to `max` entries of the room, exactly as in the log, from its index `from` on; empty at the
  // end. Through the rows "x/", so without reading other rooms' entries.
  std::expected<std::vector<std::string>, std::string> ReadRoom(const RoomId& room, uint64_t from,
                                                                size_t max);
  const ProjectorCounters& counters() const;
  // The rows were found to be wrong: the next start rebuilds them, and this projector is at its
  // end.
  void Distrust(std::string why);
  // Not empty: rows or the log could not be read, or not be written; a sentence. Apply and CatchUp
  // say the same, and this projector must not be used again.
  const std::string& error() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plenum
