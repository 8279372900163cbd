// The console: all activities, and what can be done next with each, for those who run the day.
#include <algorithm>
#include <optional>
#include <ranges>
#include <string>
#include <vector>

#include "projector/fold/result.h"
#include "projector/fold/stage.h"
#include "projector/views/group_result.h"
#include "projector/views/items_view.h"
#include "projector/views/parts.h"
#include "projector/views/result_view.h"
#include "projector/views/tables_view.h"
#include "projector/views/view_builder.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

constexpr std::ptrdiff_t kWordsShown = 50;  // the latest

void WriteSteps(json::Writer& writer, const std::vector<Phase>& steps) {
  writer.Key("next").BeginArray();
  for (Phase to : steps) writer.BeginObject().Key("to").String(PhaseName(to)).EndObject();
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

// What people have told the organisers, and nobody else.
void WriteWords(json::Writer& writer, const ViewContext& context) {
  if (context.state.words.empty()) return;
  std::vector<const ToldWord*> order;
  for (const auto& [id, word] : context.state.words) order.push_back(&word);
  std::ranges::sort(order, std::ranges::greater(), &ToldWord::index);
  writer.Key("told").BeginArray();
  for (const ToldWord* word : order | std::views::take(kWordsShown)) {
    Item as_item;
    as_item.added_by = word->added_by;
    as_item.text = word->text;
    writer.BeginObject().Key("id").String(word->added_by.Hex());
    if (auto text = context.texts.TextOf(context.room, as_item)) writer.Key("text").String(*text);
    writer.Key("heard").Bool(word->heard).EndObject();
  }
  writer.EndArray();
}

// What a link is called, if it was made with a name that is still there.
std::optional<std::string> NameOf(const ViewContext& context, const MadeLink& link) {
  Item as_item;
  as_item.added_by = link.added_by;
  as_item.text = link.text;
  return context.texts.TextOf(context.room, as_item);
}

void WriteControl(json::Writer& writer, const ViewContext& context) {
  const RoomState& state = context.state;
  if (state.control.IsZero()) return;
  writer.Key("control").String(state.control.Hex());
  writer.Key("control_role").String(RoleName(state.control_role));
  const auto link = state.links.find(state.control);
  if (link == state.links.end()) return;
  if (auto name = NameOf(context, link->second)) writer.Key("control_name").String(*name);
}

// In the order in which they were made.
void WriteLinks(json::Writer& writer, const ViewContext& context) {
  const RoomState& state = context.state;
  if (state.links.empty()) return;
  std::vector<std::pair<uint64_t, TokenId>> order;
  for (const auto& [token, link] : state.links) order.emplace_back(link.index, token);
  std::ranges::sort(order);
  writer.Key("links").BeginArray();
  for (const auto& [index, token] : order) {
    const MadeLink& link = state.links.at(token);
    writer.BeginObject().Key("token").String(token.Hex());
    writer.Key("role").String(RoleName(link.role));
    if (auto name = NameOf(context, link)) writer.Key("name").String(*name);
    if (state.revoked.contains(token)) writer.Key("revoked").Bool(true);
    writer.EndObject();
  }
  writer.EndArray();
}

void WriteActivityRow(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  const std::vector<Phase> steps = LegalSteps(context.state, activity);
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
  if (activity.skipped) writer.Key("skipped").Bool(true);
  writer.Key("kind").String(KindOf(activity));
  WriteTurnout(writer, context, activity);
  writer.Key("late").Int(activity.after_close.late);
  WriteSteps(writer, steps);
  WriteConsoleItems(writer, context, activity);
  WriteTables(writer, context, activity);
  WriteDeck(writer, activity, steps);
  WriteResultIfPublic(writer, context, activity, Detail::kAll);
  WriteByGroupIfPublic(writer, context, activity);
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
  WriteControl(writer, context);
  writer.EndObject();
  WriteLinks(writer, context);
  WriteWords(writer, context);
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
