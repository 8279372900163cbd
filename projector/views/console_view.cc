// The console: all activities, and what can be done next with each, for those who run the day.
#include <algorithm>
#include <string>
#include <variant>

#include "projector/fold/result.h"
#include "projector/fold/stage.h"
#include "projector/views/parts.h"
#include "projector/views/result_view.h"
#include "projector/views/view_builder.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

void WriteSteps(json::Writer& writer, const std::vector<Phase>& steps) {
  writer.Key("next").BeginArray();
  for (Phase to : steps) writer.BeginObject().Key("to").String(PhaseName(to)).EndObject();
  writer.EndArray();
}

// What can be merged. Contributions are named to those who merge them; what they got is not said.
void WriteItems(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  if (!std::holds_alternative<DotsBallot>(activity.spec.ballot) || activity.items.empty()) return;
  ItemTitles titles(context, activity);
  writer.Key("items").BeginArray();
  for (const Item& item : activity.items) {
    writer.BeginObject().Key("id").String(item.id);
    if (item.number != 0) writer.Key("number").Int(item.number);
    titles.WriteTitle(writer, item);
    if (!item.merged_into.empty()) writer.Key("merged_into").String(item.merged_into);
    writer.EndObject();
  }
  writer.EndArray();
}

// How many of a deck's cards still lack scores; nothing about how high the scores are.
void WriteDeck(json::Writer& writer, const Activity& activity, const std::vector<Phase>& steps) {
  if (!activity.deck || !activity.spec.deal) return;
  const DeckState& deck = *activity.deck;
  const uint32_t rounds = activity.spec.deal->rounds;
  const auto is_short = [&](const Item& item) {
    auto scores = deck.scores.find(item.id);
    return scores == deck.scores.end() || scores->second.size() < rounds;
  };
  const auto present =
      std::ranges::count_if(deck.people, [](const auto& person) { return person.second.present; });
  writer.Key("deck").BeginObject();
  writer.Key("cards").Int(static_cast<int64_t>(activity.items.size()));
  writer.Key("present").Int(present);
  writer.Key("short").Int(std::ranges::count_if(activity.items, is_short));
  writer.Key("makeup_possible")
      .Bool(deck.bell_round >= rounds && std::ranges::count(steps, Phase::kSwapping) > 0);
  writer.EndObject();
}

void WriteResultStatus(json::Writer& writer, const RoomState& state, const Activity& activity) {
  auto stored = state.results.find({activity.spec.id, activity.stage.generation});
  if (stored == state.results.end()) return;
  const StoredResult::Status status = stored->second.status;
  writer.Key("result_status")
      .String(status == StoredResult::Status::kDue         ? "due"
              : status == StoredResult::Status::kConfirmed ? "confirmed"
                                                           : "disputed");
}

void WriteActivityRow(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  const std::vector<Phase> steps = LegalSteps(activity);
  writer.BeginObject();
  writer.Key("activity").String(activity.spec.id);
  if (!activity.spec.title.empty()) {
    writer.Key("title");
    WriteText(writer, activity.spec.title);
  }
  writer.Key("generation").Int(activity.stage.generation);
  writer.Key("phase").String(PhaseName(activity.stage.phase));
  writer.Key("round").Int(activity.stage.round);
  if (activity.spec.deal) writer.Key("rounds").Int(activity.spec.deal->rounds);
  WriteDeadline(writer, activity);
  writer.Key("kind").String(KindOf(activity));
  WriteTurnout(writer, context, activity);
  writer.Key("late").Int(activity.after_close.late);
  WriteSteps(writer, steps);
  WriteItems(writer, context, activity);
  WriteDeck(writer, activity, steps);
  WriteResultIfPublic(writer, context, activity, Detail::kAll);
  WriteResultStatus(writer, context.state, activity);
  writer.EndObject();
}

}  // namespace

std::string BuildConsoleView(const ViewContext& context) {
  const RoomState& state = context.state;
  json::Writer writer;
  writer.BeginObject();
  writer.Key("room").BeginObject();
  WriteRoomMembers(writer, context);
  writer.Key("epoch").Int(state.epoch);
  writer.EndObject();
  if (!state.current.empty()) writer.Key("current").String(state.current);
  writer.Key("activities").BeginArray();
  for (const ActivityId& id : state.order) {
    if (const Activity* activity = state.Find(id)) WriteActivityRow(writer, context, *activity);
  }
  writer.EndArray();
  writer.EndObject();
  return writer.Take();
}

}  // namespace plenum
