// A node for tests: the real log, projector and fold over a modelled disk, and a room to fill.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/memory_log.h"
#include "ingest/memory_storage.h"
#include "projector/memory_store.h"
#include "projector/projector.h"
#include "schema/event.h"

namespace plenum::testing {

inline constexpr TimeMs kMorning = 1'790'000'000'000;
inline constexpr std::string_view kRoomKey = "the room's key in these tests";

RoomId RoomNumber(uint8_t n);
ParticipantId ParticipantNumber(uint32_t n);
PersonId PersonNumber(uint32_t n, std::string_view series);
Text InEnglish(std::string_view text);

class KitTexts : public TextSource {
 public:
  std::optional<std::string> TextOf(const RoomId& room, const Item& item) override;
  std::string RoomKey(const RoomId&) override { return std::string(kRoomKey); }

  uint64_t Revision() const override { return revision; }

  std::map<EventId, std::string> texts;
  int reads = 0;
  uint64_t revision = 0;
};

class KitSink : public ProjectorSink {
 public:
  void OnFolded(std::span<const FoldedEvent> events) override;
  void OnRoom(std::shared_ptr<const RoomInfo> info) override { rooms.push_back(std::move(info)); }
  void OnView(const View& view) override { views.push_back(view); }
  void OnRoomEvicted(const RoomId& room) override { evicted.push_back(room); }

  std::map<EventId, Outcome> outcomes;  // the latest of each
  std::vector<FoldedEvent> folded;
  std::vector<std::shared_ptr<const RoomInfo>> rooms;
  std::vector<View> views;
  std::vector<RoomId> evicted;
};

// What people do in one room, as events with ids that are the same in every run.
class Script {
 public:
  explicit Script(const RoomId& room) : room_(room) {}

  const RoomId& room() const { return room_; }
  TimeMs now = kMorning;

  Event Make(Role role, Payload payload, const ActivityId& activity = {});
  Event Of(uint32_t person, const ActivitySpec& spec, Payload payload, uint32_t generation = 1,
           uint32_t seq = 1);
  Event Create(uint32_t rules = kRules);
  Event Add(const ActivitySpec& spec);
  Event Join(uint32_t person);
  Event Advance(const ActivityId& activity, const Stage& seen, Phase to);
  Event Scale(uint32_t person, const ActivitySpec& spec, int32_t value, uint32_t seq = 1);
  Event Contribute(uint32_t person, const ActivitySpec& spec);

 private:
  RoomId room_;
  uint64_t events_ = 0;
};

// The activities of a small day.
ActivitySpec ScaleSpec(const ActivityId& id, const std::string& series = "");
ActivitySpec ChoiceSpec(const ActivityId& id);
ActivitySpec DotsSpec(const ActivityId& id);
ActivitySpec DeckSpec(const ActivityId& id);

// One process: it can be destroyed and made again over the same disk and store.
struct Node {
  Node(MemoryStorage& disk, Store& store, ProjectorOptions options = {});

  // Puts it into the log, and folds all that is there. The outcome is the event's.
  Outcome Do(const Event& event);
  uint64_t Append(Partition partition, std::string bytes);
  void Fold();
  // One step of the presenter's from wherever the activity stands.
  Outcome Advance(Script& script, const ActivityId& activity, Phase to);
  // Lets the node speak, and folds it; how much it said.
  int Speak(TimeMs now);
  const Activity& At(const RoomId& room, const ActivityId& activity);

  MemoryLog log;
  KitTexts texts;
  KitSink sink;
  Projector projector;
};

}  // namespace plenum::testing
