// What a Projector is made of. Included by projector*.cc only.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "projector/node_speech.h"
#include "projector/projector.h"
#include "projector/room_cache.h"
#include "projector/store_rows.h"
#include "projector/text_cache.h"
#include "projector/view_schedule.h"
#include "projector/views/room_groups.h"

namespace plenum {

// What one batch of entries has changed, until it is committed and told.
struct FoldBatch {
  struct Touched {
    Room* room = nullptr;
    bool announce = false;         // what RoomInfo holds has changed
    bool all = false;              // somebody other than a person did something
    std::vector<PersonId> people;  // who did something
  };
  std::map<RoomId, Touched> rooms;
  std::vector<RoomId> recoded;  // rooms whose join code has changed
  std::vector<StoreChange> changes;
  std::vector<FoldedEvent> folded;
  std::vector<RoomStatus> milestones;
};

struct Projector::Impl {
  Impl(EventLog& event_log, Store& row_store, TextSource& text_source, ProjectorSink& said_to,
       ProjectorOptions with);

  std::expected<void, std::string> Load();
  std::expected<void, std::string> Apply(Partition partition, std::span<const LogEntry> entries);

  // (projector_fold.cc) One entry; an error if its room's rows cannot be read.
  std::expected<void, std::string> FoldRoomEntry(const LogEntry& entry, FoldBatch& batch);
  void FoldDirectoryEntry(const LogEntry& entry, FoldBatch& batch);
  void Note(const Event& event, const Outcome& outcome, FoldBatch::Touched& touched,
            FoldBatch& batch);
  void CollectRows(FoldBatch& batch);
  void Tell(const FoldBatch& batch);

  // The room, loaded if need be; null if there is none, or on an error, which lasts.
  Room* Find(const RoomId& room);
  // The same; null also if it cannot be shown, since its rules are not known here.
  Room* FindShown(const RoomId& room);
  // (projector_groups.cc) Follows the splits by group, and what may be shown of them.
  void FollowGroups(const Room& room, const std::expected<Event, std::string>& event,
                    const Outcome& outcome);
  const RoomGroups* GroupsOf(const Room& room);
  // (projector_read.cc)
  std::expected<std::vector<std::string>, std::string> ReadRoom(const RoomId& room, uint64_t from,
                                                                size_t max);
  void TellLoaded();
  void Sweep();
  // Texts that came after the views that should show them, or that were erased since.
  void ShowLateTexts(TimeMs now);
  // Remembers the error for the next start too, so that it rebuilds and does not fail again.
  std::unexpected<std::string> Break(std::string what);

  EventLog& log;
  Store& store;
  TextCache texts;
  ProjectorSink& sink;
  const ProjectorOptions options;

  Directory directory;
  RoomCache rooms;
  ViewSchedule views;
  NodeSpeech speech;
  std::map<RoomId, RoomGroups> groups;  // of rooms in memory that have groups
  std::map<Partition, rows::Position> positions;
  std::map<Partition, uint64_t> ends_at_start;
  std::vector<RoomId> loaded;  // and not announced yet
  std::optional<TimeMs> swept;
  mutable ProjectorCounters counters;
  std::string error;
};

std::shared_ptr<const RoomInfo> MakeRoomInfo(Room& room);
RoomStatus StatusOf(Room& room);

}  // namespace plenum
