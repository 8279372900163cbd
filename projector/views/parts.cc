#include "projector/views/parts.h"

#include <algorithm>
#include <variant>

#include "projector/fold/result.h"
#include "schema/field_texts.h"
#include "schema/run_sheet.h"

namespace plenum {

std::string_view KindOf(const Activity& activity) {
  if (activity.spec.deal) return "deck";
  if (activity.spec.seats) return "tables";
  return ResultKindOf(activity);
}

std::string_view ResultKindOf(const Activity& activity) {
  if (activity.spec.deal) return "deck";
  const Ballot& ballot = activity.spec.ballot;
  if (std::holds_alternative<ChoiceBallot>(ballot)) return "choice";
  if (std::holds_alternative<ScaleBallot>(ballot)) {
    return activity.spec.RatesItems() ? "ratings" : "scale";
  }
  if (std::holds_alternative<DotsBallot>(ballot)) return "dots";
  if (std::holds_alternative<UpvoteBallot>(ballot)) return "upvote";
  if (std::holds_alternative<RankBallot>(ballot)) return "rank";
  return activity.spec.collect && activity.spec.collect->words != 0 ? "words" : "items";
}

std::string_view StateName(ItemState state) {
  switch (state) {
    case ItemState::kShown:
      return "shown";
    case ItemState::kPending:
      return "pending";
    case ItemState::kHidden:
      return "hidden";
    case ItemState::kWithdrawn:
      return "withdrawn";
    case ItemState::kErased:
      return "erased";
  }
  return "";
}

void WriteRoomMembers(json::Writer& writer, const ViewContext& context) {
  const RoomState& state = context.state;
  if (!state.title.empty()) {
    writer.Key("title");
    WriteText(writer, state.title);
  }
  writer.Key("languages").BeginArray();
  for (const std::string& language : state.languages) writer.String(language);
  writer.EndArray();
  if (!context.code.empty()) writer.Key("code").String(context.code);
  writer.Key("doors").String(state.doors_locked ? "locked" : "open");
  writer.Key("joined").Int(static_cast<int64_t>(state.joined.size()));
  writer.Key("expected").Int(state.expected_people);
  if (state.blank) writer.Key("blank").Bool(true);
}

void WriteTurnout(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  const auto answered = static_cast<int64_t>(Turnout(activity));
  // Ballots that were keyed in from paper are of people who never joined.
  const int64_t of = std::max(answered, static_cast<int64_t>(context.state.joined.size()));
  writer.Key("turnout").BeginObject();
  writer.Key("answered").Int(answered);
  writer.Key("of").Int(of);
  writer.EndObject();
}

void WriteDeadline(json::Writer& writer, const Activity& activity) {
  if (activity.deadline.at != 0) writer.Key("deadline_ms").Int(activity.deadline.at);
}

ItemTitles::ItemTitles(const ViewContext& context, const Activity& activity)
    : context_(context), activity_(activity) {}

ItemTitles::Source ItemTitles::SourceOf(const Item& item) const {
  const Activity* activity = &activity_;
  const Item* at = &item;
  while (!at->origin.empty()) {
    const Activity* from = context_.state.Find(at->origin_activity);
    const Item* there = from == nullptr ? nullptr : from->FindItem(at->origin);
    if (there == nullptr) break;  // started again since
    activity = from;
    at = there;
  }
  return {activity, at};
}

const SheetItem* ItemTitles::OnSheet(const Item& item) const {
  if (!item.added_by.IsZero()) return nullptr;
  const Source source = SourceOf(item);
  const auto& sheet = source.activity->spec.items;
  const auto it = std::ranges::find(sheet, source.item->id, &SheetItem::id);
  return it == sheet.end() ? nullptr : &*it;
}

std::string ItemTitles::TextOf(const Item& item) {
  if (item.added_by.IsZero() || left_ == 0) return "";
  std::string text = context_.texts.TextOf(context_.room, item).value_or("");
  if (text.size() > left_) {
    left_ = 0;
    return "";
  }
  left_ -= text.size();
  return text;
}

void ItemTitles::WriteTitle(json::Writer& writer, const Item& item) {
  if (const SheetItem* on_sheet = OnSheet(item)) {
    writer.Key("title");
    WriteText(writer, on_sheet->title);
    return;
  }
  const std::string text = TextOf(item);
  if (text.empty() || context_.state.languages.empty()) return;
  const std::string& language = context_.state.languages.front();
  const auto fields = FieldsIn(item, text);
  // Nobody says which language a contribution is in; screens fall back on the room's own.
  writer.Key("title");
  WriteText(writer, Text{{{language, fields.empty() ? text : fields.front().second}}});
  if (fields.empty()) return;
  writer.Key("fields").BeginObject();
  for (const auto& [id, value] : fields) writer.Key(id).String(value);
  writer.EndObject();
}

std::vector<std::pair<std::string, std::string>> ItemTitles::FieldsIn(
    const Item& item, const std::string& text) const {
  const Source source = SourceOf(item);
  const auto& collect = source.activity->spec.collect;
  // What staff have reworded is one text.
  if (!collect || collect->fields.empty() || !item.earlier.empty()) return {};
  return ReadFieldTexts(text, collect->fields);
}

}  // namespace plenum
