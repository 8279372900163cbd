// A room that is recorded while things happen in it: the real fold, and the builder beside it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "projector/record/record_builder.h"
#include "tests/unit/projector_kit.h"

namespace plenum::testing {

class RecordedRoom {
 public:
  explicit RecordedRoom(RecordOptions options = {})
      : room_(script.room()), builder_(texts, std::move(options)) {
    Do(script.Create());
  }

  Outcome Do(const Event& event) {
    const std::string entry = EncodeEvent(event);
    const auto decoded = DecodeEvent(entry);
    const Outcome outcome = room_.Apply(entry, decoded);
    builder_.OnEntry({.bytes = entry, .event = decoded, .outcome = outcome}, room_);
    return outcome;
  }
  // An entry as it is, of whatever bytes.
  void DoBytes(const std::string& entry) { builder_.Fold(entry, room_); }
  void Add(const ActivitySpec& spec) { Do(script.Add(spec)); }
  void Join(uint32_t people) {
    for (uint32_t person = 1; person <= people; ++person) Do(script.Join(person));
  }
  Outcome Advance(const ActivityId& activity, Phase to) {
    return Do(script.Advance(activity, At(activity).stage, to));
  }
  // Closes and reveals what is open.
  void Reveal(const ActivityId& activity) {
    Advance(activity, Phase::kClosed);
    Advance(activity, Phase::kRevealed);
  }
  // What somebody hands in, with its text in the vault.
  Event Contribute(uint32_t person, const ActivitySpec& spec, std::string_view text) {
    Event event = script.Contribute(person, spec);
    event.generation = At(spec.id).stage.generation;
    texts.texts[event.id] = text;
    Do(event);
    return event;
  }
  // The presenter's undo: back to the start.
  void Restart(const ActivityId& activity) {
    Do(script.Make(Role::kPresenter, ActivityRestarted{.seen = At(activity).stage}, activity));
  }

  const Activity& At(const ActivityId& activity) { return room_.state().activities.at(activity); }
  uint64_t size() const { return room_.size(); }
  Room& room() { return room_; }
  Record Finish() { return builder_.Finish(room_); }

  Script script{RoomNumber(7)};
  KitTexts texts;

 private:
  Room room_;
  RecordBuilder builder_;
};

inline const RecordSection& SectionOf(const Record& record, const ActivityId& activity,
                                      size_t time = 0) {
  for (const RecordSection& section : record.sections) {
    if (section.activity == activity && time-- == 0) return section;
  }
  throw std::runtime_error("no such section");
}

inline std::string ValueOf(const RecordSection& section, std::string_view measure) {
  for (const Figure& figure : section.figures) {
    if (figure.measure == measure) return figure.value;
  }
  return "absent";
}

}  // namespace plenum::testing
