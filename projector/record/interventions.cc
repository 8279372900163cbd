// What staff did beside running the day forwards, as sentences.
#include <utility>
#include <variant>

#include "projector/record/record_builder.h"
#include "projector/record/words.h"

namespace plenum {
namespace {

bool IsOpen(Phase phase) {
  return phase == Phase::kCollecting || phase == Phase::kVoting || phase == Phase::kSwapping ||
         phase == Phase::kScoring;
}

std::string Seconds(int64_t ms) {
  const int64_t seconds = ms / 1000;
  const int64_t minutes = seconds / 60;
  if (minutes > 0 && seconds % 60 == 0) {
    return Counted(static_cast<uint64_t>(minutes), "minute", "minutes");
  }
  return Counted(static_cast<uint64_t>(seconds), "second", "seconds");
}

}  // namespace

void RecordBuilder::Add(const Event& event, uint64_t index, const RoomState& state,
                        std::string what, std::string text, std::string discreet) {
  Pending pending{.shown = {.at = {index, event.time},
                            .activity = event.activity,
                            .what = std::move(what),
                            .text = std::move(text),
                            .language = options_.language}};
  if (const Activity* activity = state.Find(event.activity)) {
    pending.generation = activity->stage.generation;
  }
  pending.discreet = std::move(discreet);
  pending_.push_back(std::move(pending));
}

std::string RecordBuilder::Titles(const Room& room, const ActivityId& activity,
                                  const std::vector<ItemId>& items) {
  const Activity* found = room.state().Find(activity);
  if (found == nullptr) return "";
  const ItemWords words(room.id(), *found, texts_, options_.language, options_.no_text);
  std::vector<std::string> titles;
  for (const ItemId& id : items) {
    if (const Item* item = found->FindItem(id)) titles.push_back(Quoted(words.TitleOf(*item).text));
  }
  return Listed(titles);
}

// Called before the step that the event takes is followed: the run still stands where it stood.
void RecordBuilder::Intervene(const Event& event, const Outcome& outcome, const Room& room) {
  const RoomState& state = room.state();
  const uint64_t index = outcome.index;
  const Payload& payload = event.payload;
  if (outcome.code == OutcomeCode::kDisputed) {
    return Add(event, index, state, "disputed",
               "A node recorded a result that does not follow from the log.");
  }
  if (outcome.code != OutcomeCode::kAccepted) return;
  if (const auto* advanced = std::get_if<ActivityAdvanced>(&payload)) {
    const Phase from = advanced->seen.phase;
    if ((from != Phase::kClosed && from != Phase::kRevealed) || !IsOpen(advanced->to)) return;
    Add(event, index, state, "reopened",
        from == Phase::kClosed ? "Opened again after it had been closed."
                               : "Opened again after it had been revealed.");
  } else if (std::holds_alternative<ActivityRestarted>(payload)) {
    if (!runs_[event.activity].steps.empty()) {
      Add(event, index, state, "restarted", "Set back to the start; its answers were put aside.");
    }
  } else if (const auto* extended = std::get_if<ActivityExtended>(&payload)) {
    const bool longer = extended->by_ms >= 0;
    Add(event, index, state, longer ? "extended" : "shortened",
        "Time limit made " + std::string(longer ? "longer" : "shorter") + " by " +
            Seconds(longer ? extended->by_ms : -int64_t{extended->by_ms}) + ".");
  } else if (const auto* merged = std::get_if<ItemsMerged>(&payload)) {
    Add(event, index, state, "merged",
        Titles(room, event.activity, merged->from) + " merged into " +
            Titles(room, event.activity, {merged->into}) + ".",
        Counted(merged->from.size(), "item", "items") + " merged into another.");
  } else if (const auto* unmerged = std::get_if<ItemsUnmerged>(&payload)) {
    Add(event, index, state, "unmerged",
        "Merges into " + Titles(room, event.activity, {unmerged->into}) + " undone.",
        "Merges into an item undone.");
  } else if (std::holds_alternative<EarlyLook>(payload)) {
    Add(event, index, state, "early-look", "Somebody of the team looked at the totals early.");
  } else if (const auto* doors = std::get_if<DoorsSet>(&payload)) {
    Add(event, index, state, doors->locked ? "doors-locked" : "doors-open",
        std::string(doors->locked ? "Doors locked" : "Doors open") + "; " +
            Counted(doors->expected_people, "person", "people") + " expected.");
  } else if (std::holds_alternative<LinkRevoked>(payload)) {
    Add(event, index, state, "link-revoked", "A link of the team was withdrawn.");
  } else if (std::holds_alternative<LinksRevoked>(payload)) {
    Add(event, index, state, "links-revoked", "All links of the team were withdrawn.");
  }
}

// Titles of what has not been revealed are not told by the way.
void RecordBuilder::FinishInterventions() {
  for (Pending& pending : pending_) {
    for (const RecordSection& section : record_.sections) {
      const bool same =
          section.activity == pending.shown.activity && section.generation == pending.generation;
      if (!same || section.hidden.empty() || pending.discreet.empty()) continue;
      pending.shown.text = pending.discreet;
    }
    record_.interventions.push_back(std::move(pending.shown));
  }
}

}  // namespace plenum
