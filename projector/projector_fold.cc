// How a projector folds one batch: entries into rooms, rooms into rows, and then tells.
#include <optional>
#include <utility>
#include <variant>

#include "projector/projector_impl.h"
#include "schema/json.h"

namespace plenum {
namespace {

// What can be known of an entry that does not decode: whose tree it is a leaf of, and who waits for
// its outcome.
struct Salvaged {
  std::optional<RoomId> room;
  std::optional<EventId> id;
};

Salvaged Salvage(std::string_view bytes) {
  Salvaged salvaged;
  auto value = json::Parse(bytes);
  if (!value) return salvaged;
  const auto text = [&](std::string_view key) -> std::string_view {
    const json::Value* member = value->Find(key);
    const std::string* string = member == nullptr ? nullptr : member->AsString();
    return string == nullptr ? std::string_view() : *string;
  };
  salvaged.room = RoomId::FromHex(text("partitionkey"));
  salvaged.id = EventId::FromHex(text("id"));
  return salvaged;
}

// Whether RoomInfo says something else once this has taken effect.
bool ChangesInfo(const Payload& payload) {
  return std::holds_alternative<RoomCreated>(payload) ||
         std::holds_alternative<ActivityAdded>(payload) ||
         std::holds_alternative<ActivityChanged>(payload) ||
         std::holds_alternative<ActivityMoved>(payload) ||
         std::holds_alternative<DoorsSet>(payload) ||
         std::holds_alternative<LinkRevoked>(payload) ||
         std::holds_alternative<LinksRevoked>(payload);
}

// Where nodes compare: decided by the log alone.
bool IsMilestone(const Room& room, const std::expected<Event, std::string>& event,
                 const Outcome& outcome) {
  constexpr uint64_t kEvery = 64;
  if (room.size() % kEvery == 0) return true;
  return event && outcome.code == OutcomeCode::kAccepted && !event->person;
}

// The first entry of a room: only its creation can be, and only if it was accepted, or may be by a
// later version of this program, which knows its rules.
bool BeginsRoom(const Outcome& outcome) {
  return outcome.code == OutcomeCode::kAccepted || outcome.reason == Reason::kUnknownRules;
}

}  // namespace

std::expected<void, std::string> Projector::Impl::FoldRoomEntry(const LogEntry& entry,
                                                                FoldBatch& batch) {
  const std::expected<Event, std::string> event = DecodeEvent(entry.bytes);
  const Salvaged salvaged =
      event ? Salvaged{.room = event->room, .id = event->id} : Salvage(entry.bytes);
  if (!event) ++counters.malformed;
  if (!salvaged.room) {
    ++counters.homeless;
    return {};
  }
  Room* room = Find(*salvaged.room);
  if (!error.empty()) return std::unexpected(error);
  Outcome outcome{.code = OutcomeCode::kRefused, .reason = Reason::kNoRoom};
  if (room != nullptr) {
    outcome = room->Apply(entry.bytes, event);
  } else if (event && std::holds_alternative<RoomCreated>(event->payload)) {
    Room fresh(*salvaged.room);
    outcome = fresh.Apply(entry.bytes, event);
    if (BeginsRoom(outcome)) room = &rooms.Add(std::move(fresh));
  }
  if (salvaged.id) {
    batch.folded.push_back(
        {.room = *salvaged.room, .id = *salvaged.id, .outcome = outcome, .result = {}});
  }
  if (room == nullptr) {
    ++counters.homeless;
    return {};
  }
  batch.changes.push_back(
      {rows::IndexOf(*salvaged.room, room->size() - 1), rows::U64(entry.offset)});
  FoldBatch::Touched& touched = batch.rooms[*salvaged.room];
  touched.room = room;
  if (event) {
    Note(*event, outcome, touched, batch);
  } else {
    touched.all = true;
  }
  if (options.on_milestone && IsMilestone(*room, event, outcome)) {
    batch.milestones.push_back(StatusOf(*room));
  }
  return {};
}

void Projector::Impl::Note(const Event& event, const Outcome& outcome, FoldBatch::Touched& touched,
                           FoldBatch& batch) {
  const bool accepted = outcome.code == OutcomeCode::kAccepted;
  touched.announce |= accepted && ChangesInfo(event.payload);
  if (event.person) {
    touched.people.push_back(*event.person);
  } else {
    touched.all = true;
  }
  if (!accepted || !std::holds_alternative<EarlyLook>(event.payload)) return;
  const RoomState& state = touched.room->state();
  if (const Activity* activity = state.Find(event.activity)) {
    batch.folded.back().result = BuildResult({event.room, state, "", texts}, *activity);
  }
}

void Projector::Impl::FoldDirectoryEntry(const LogEntry& entry, FoldBatch& batch) {
  const std::expected<Event, std::string> event = DecodeEvent(entry.bytes);
  if (!event) {
    ++counters.malformed;
    return;
  }
  const Outcome outcome = directory.Apply(*event, entry.offset);
  batch.folded.push_back({.room = event->room, .id = event->id, .outcome = outcome, .result = {}});
  if (outcome.code != OutcomeCode::kAccepted) return;
  if (const auto* claim = std::get_if<RoomClaimed>(&event->payload)) {
    batch.recoded.push_back(claim->room);
  } else if (const auto* point = std::get_if<CodePointed>(&event->payload)) {
    batch.recoded.push_back(event->room);
    batch.recoded.push_back(point->room);
  }
}

void Projector::Impl::CollectRows(FoldBatch& batch) {
  for (auto& [id, touched] : batch.rooms) rooms.TakeChanges(*touched.room, &batch.changes);
  for (StoreChange& change : directory.TakeChanges()) {
    batch.changes.push_back({std::string(rows::kDirectory) + change.key, std::move(change.value)});
  }
}

void Projector::Impl::Tell(const FoldBatch& batch) {
  TellLoaded();
  for (const auto& [id, touched] : batch.rooms) {
    if (touched.announce && touched.room->state().created) {
      sink.OnRoom(MakeRoomInfo(*touched.room));
    }
    if (touched.all) views.OnChange(*touched.room, std::nullopt);
    for (const PersonId& person : touched.people) {
      if (!touched.all) views.OnChange(*touched.room, person);
    }
  }
  for (const RoomId& room : batch.recoded) views.OnCode(room);
  if (!batch.folded.empty()) sink.OnFolded(batch.folded);
  for (const RoomStatus& status : batch.milestones) options.on_milestone(status);
}

}  // namespace plenum
