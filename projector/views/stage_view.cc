// The stage: what every screen of the room shows.
#include <algorithm>
#include <string>
#include <variant>

#include "projector/fold/result.h"
#include "projector/views/parts.h"
#include "projector/views/result_view.h"
#include "projector/views/view_builder.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

void WriteOptionalText(json::Writer& writer, std::string_view key, const Text& text) {
  if (text.empty()) return;
  writer.Key(key);
  WriteText(writer, text);
}

std::string_view ContributorsName(Contributors who) {
  switch (who) {
    case Contributors::kEveryone:
      return "everyone";
    case Contributors::kTableHosts:
      return "table-hosts";
    case Contributors::kStaff:
      return "staff";
  }
  return "";
}

void WriteCollect(json::Writer& writer, const Collect& collect) {
  writer.Key("collect").BeginObject();
  writer.Key("who").String(ContributorsName(collect.who));
  writer.Key("each").Int(collect.each);
  writer.Key("max_graphemes").Int(collect.max_graphemes);
  writer.EndObject();
}

struct BallotWriter {
  json::Writer& writer;

  void operator()(std::monostate) {}
  void operator()(const ChoiceBallot& ballot) {
    writer.Key("ballot").BeginObject().Key("kind").String("choice");
    writer.Key("options").BeginArray();
    for (const Option& option : ballot.options) {
      writer.BeginObject().Key("id").String(option.id);
      WriteOptionalText(writer, "title", option.title);
      writer.EndObject();
    }
    writer.EndArray();
    writer.Key("min").Int(ballot.min).Key("max").Int(ballot.max).EndObject();
  }
  void operator()(const ScaleBallot& ballot) {
    writer.Key("ballot").BeginObject().Key("kind").String("scale");
    writer.Key("low").Int(ballot.low).Key("high").Int(ballot.high);
    WriteOptionalText(writer, "low_label", ballot.low_label);
    WriteOptionalText(writer, "high_label", ballot.high_label);
    writer.EndObject();
  }
  void operator()(const DotsBallot& ballot) {
    writer.Key("ballot").BeginObject().Key("kind").String("dots");
    writer.Key("budget").Int(ballot.budget).Key("cap").Int(ballot.cap).EndObject();
  }
};

void WriteDeal(json::Writer& writer, const Deal& deal) {
  writer.Key("deal").BeginObject();
  writer.Key("rounds").Int(deal.rounds);
  writer.Key("deck").String(deal.deck == Deck::kPaper ? "paper" : "phones");
  writer.EndObject();
}

// Contributions are on the stage once the room has to judge them, or may see what they add up to.
// Cards of a deck never are: each is read by whoever holds it, and the best stand in the result.
bool ShowsContributions(const Activity& activity) {
  if (activity.spec.deal) return false;
  const bool judged = std::holds_alternative<DotsBallot>(activity.spec.ballot);
  return (judged && activity.stage.phase > Phase::kCollecting) || IsPublic(activity);
}

void WriteItems(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  ItemTitles titles(context, activity);
  const bool contributions = ShowsContributions(activity);
  const auto is_shown = [&](const Item& item) {
    return contributions || titles.OnSheet(item.id) != nullptr;
  };
  if (std::ranges::none_of(activity.items, is_shown)) return;
  writer.Key("items").BeginArray();
  for (const Item& item : activity.items) {
    if (!is_shown(item)) continue;
    writer.BeginObject().Key("id").String(item.id);
    if (item.number != 0) writer.Key("number").Int(item.number);
    titles.WriteTitle(writer, item);
    if (const SheetItem* on_sheet = titles.OnSheet(item.id)) {
      WriteOptionalText(writer, "detail", on_sheet->detail);
    }
    if (!item.merged_into.empty()) writer.Key("merged_into").String(item.merged_into);
    writer.EndObject();
  }
  writer.EndArray();
  writer.Key("shuffle_items").Bool(activity.spec.shuffle_items);
}

// What people are told about being known again, from the settings alone and never typed.
void WriteLabel(json::Writer& writer, const RoomState& state, const Activity& activity) {
  const std::string& series = activity.spec.Series();
  const auto shares = [&](const ActivityId& id) {
    const Activity* other = state.Find(id);
    return other != nullptr && other != &activity && other->spec.Series() == series;
  };
  const bool linked = std::ranges::any_of(state.order, shares);
  writer.Key("label").String(linked ? "linked" : "anonymous");
  if (!linked) return;
  writer.Key("linked_with").BeginArray();
  for (const ActivityId& id : state.order) {
    if (shares(id)) writer.String(id);
  }
  writer.EndArray();
}

void WriteNow(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  const ActivitySpec& spec = activity.spec;
  writer.Key("now").BeginObject();
  writer.Key("activity").String(spec.id);
  WriteOptionalText(writer, "title", spec.title);
  WriteOptionalText(writer, "prompt", spec.prompt);
  writer.Key("generation").Int(activity.stage.generation);
  writer.Key("phase").String(PhaseName(activity.stage.phase));
  writer.Key("round").Int(activity.stage.round);
  WriteDeadline(writer, activity);
  if (spec.collect) WriteCollect(writer, *spec.collect);
  std::visit(BallotWriter{writer}, spec.ballot);
  if (spec.deal) WriteDeal(writer, *spec.deal);
  WriteItems(writer, context, activity);
  WriteLabel(writer, context.state, activity);
  WriteTurnout(writer, context, activity);
  WriteResultIfPublic(writer, context, activity, Detail::kTopTen);
  writer.EndObject();
}

}  // namespace

std::string BuildStageView(const ViewContext& context) {
  const RoomState& state = context.state;
  json::Writer writer;
  writer.BeginObject();
  writer.Key("room").BeginObject();
  WriteRoomMembers(writer, context);
  writer.EndObject();
  writer.Key("run").BeginArray();
  for (const ActivityId& id : state.order) {
    const Activity* activity = state.Find(id);
    if (activity == nullptr) continue;
    writer.BeginObject().Key("activity").String(id);
    WriteOptionalText(writer, "title", activity->spec.title);
    writer.Key("phase").String(PhaseName(activity->stage.phase)).EndObject();
  }
  writer.EndArray();
  if (const Activity* now = state.Find(state.current)) WriteNow(writer, context, *now);
  writer.EndObject();
  return writer.Take();
}

}  // namespace plenum
