// The stage: what every screen of the room shows.
#include <algorithm>
#include <string>
#include <variant>

#include "projector/fold/result.h"
#include "projector/views/group_result.h"
#include "projector/views/groups.h"
#include "projector/views/items_view.h"
#include "projector/views/parts.h"
#include "projector/views/result_view.h"
#include "projector/views/tables_view.h"
#include "projector/views/view_builder.h"
#include "schema/labels.h"
#include "schema/run_sheet.h"

namespace plenum {

static_assert(kSmallestGroupShown == kGroupMin, "the privacy notice tells another number");
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

void WriteFields(json::Writer& writer, const std::vector<Field>& fields) {
  writer.Key("fields").BeginArray();
  for (const Field& field : fields) {
    writer.BeginObject().Key("id").String(field.id);
    WriteOptionalText(writer, "title", field.title);
    writer.Key("max_graphemes").Int(field.max_graphemes);
    writer.Key("required").Bool(field.required).Key("names_person").Bool(field.names_person);
    writer.EndObject();
  }
  writer.EndArray();
}

void WriteCollect(json::Writer& writer, const Collect& collect) {
  writer.Key("collect").BeginObject();
  writer.Key("who").String(ContributorsName(collect.who));
  writer.Key("each").Int(collect.each);
  writer.Key("max_graphemes").Int(collect.max_graphemes);
  if (collect.words != 0) writer.Key("words").Int(collect.words);
  if (collect.moderation != Moderation::kOff) writer.Key("moderated").Bool(true);
  if (!collect.fields.empty()) WriteFields(writer, collect.fields);
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
      if (!option.picture.empty()) writer.Key("picture").String(option.picture);
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
  void operator()(const UpvoteBallot&) {
    writer.Key("ballot").BeginObject().Key("kind").String("upvote").EndObject();
  }
  void operator()(const RankBallot& ballot) {
    writer.Key("ballot").BeginObject().Key("kind").String("rank");
    writer.Key("top").Int(ballot.top).EndObject();
  }
};

void WriteDeal(json::Writer& writer, const Deal& deal) {
  writer.Key("deal").BeginObject();
  writer.Key("rounds").Int(deal.rounds);
  writer.Key("deck").String(deal.deck == Deck::kPaper ? "paper" : "phones");
  writer.EndObject();
}

// What people are told about being known again, from the settings alone and never typed.
void WriteLabel(json::Writer& writer, const RoomState& state, const Activity& activity) {
  std::vector<const ActivitySpec*> all;
  for (const ActivityId& id : state.order) {
    if (const Activity* other = state.Find(id)) all.push_back(&other->spec);
  }
  const ActivityLabel label = LabelOf(activity.spec, all);
  writer.Key("label").String(LabelName(label.label));
  if (label.linked_with.empty()) return;
  writer.Key("linked_with").BeginArray();
  for (const ActivityId& id : label.linked_with) writer.String(id);
  writer.EndArray();
}

// What people are asked and told before they join.
void WritePrivacy(json::Writer& writer, const RoomState& state) {
  if (!state.groups.empty()) {
    writer.Key("groups").BeginArray();
    for (const Option& group : state.groups) {
      writer.BeginObject().Key("id").String(group.id);
      WriteOptionalText(writer, "title", group.title);
      writer.EndObject();
    }
    writer.EndArray();
  }
  if (state.privacy == Privacy{}) return;
  writer.Key("privacy").BeginObject();
  writer.Key("controller").String(state.privacy.controller);
  writer.Key("contact").String(state.privacy.contact);
  writer.Key("retention_days").Int(state.privacy.retention_days).EndObject();
}

// What is asked, and what it is asked about.
void WriteTask(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  const ActivitySpec& spec = activity.spec;
  if (spec.collect) WriteCollect(writer, *spec.collect);
  std::visit(BallotWriter{writer}, spec.ballot);
  if (spec.deal) WriteDeal(writer, *spec.deal);
  WriteTables(writer, context, activity);
  WriteStageItems(writer, context, activity);
}

void WriteNow(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  const ActivitySpec& spec = activity.spec;
  // A screen may be pinned to what is still to come: of that it shows the name.
  const bool opened = activity.stage.generation > 0;
  writer.Key("now").BeginObject();
  writer.Key("activity").String(spec.id);
  WriteOptionalText(writer, "title", spec.title);
  if (opened) WriteOptionalText(writer, "prompt", spec.prompt);
  writer.Key("generation").Int(activity.stage.generation);
  writer.Key("phase").String(PhaseName(activity.stage.phase));
  writer.Key("round").Int(activity.stage.round);
  WriteDeadline(writer, activity);
  if (opened) WriteTask(writer, context, activity);
  WriteLabel(writer, context.state, activity);
  WriteTurnout(writer, context, activity);
  WriteResultIfPublic(writer, context, activity, Detail::kTopTen);
  WriteByGroupIfPublic(writer, context, activity);
  writer.EndObject();
}

std::string BuildStageOf(const ViewContext& context, const ActivityId& shown) {
  const RoomState& state = context.state;
  json::Writer writer;
  writer.BeginObject();
  writer.Key("room").BeginObject();
  WriteRoomMembers(writer, context);
  WritePrivacy(writer, state);
  writer.EndObject();
  writer.Key("run").BeginArray();
  for (const ActivityId& id : state.order) {
    const Activity* activity = state.Find(id);
    if (activity == nullptr) continue;
    writer.BeginObject().Key("activity").String(id);
    WriteOptionalText(writer, "title", activity->spec.title);
    writer.Key("phase").String(PhaseName(activity->stage.phase));
    if (activity->skipped) writer.Key("skipped").Bool(true);
    writer.EndObject();
  }
  writer.EndArray();
  if (const Activity* now = state.Find(shown)) WriteNow(writer, context, *now);
  writer.EndObject();
  return writer.Take();
}

}  // namespace

std::string BuildStageView(const ViewContext& context) {
  return BuildStageOf(context, context.state.current);
}

std::string BuildActivityView(const ViewContext& context, const ActivityId& activity) {
  return BuildStageOf(context, activity);
}

}  // namespace plenum
