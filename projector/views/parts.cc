#include "projector/views/parts.h"

#include <algorithm>
#include <variant>

#include "projector/fold/result.h"
#include "schema/run_sheet.h"

namespace plenum {

std::string_view KindOf(const Activity& activity) {
  if (activity.spec.deal) return "deck";
  const Ballot& ballot = activity.spec.ballot;
  if (std::holds_alternative<ChoiceBallot>(ballot)) return "choice";
  if (std::holds_alternative<ScaleBallot>(ballot)) return "scale";
  if (std::holds_alternative<DotsBallot>(ballot)) return "dots";
  return "items";
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

ItemTitles::ItemTitles(const ViewContext& context, const Activity& activity) : context_(context) {
  for (const SheetItem& item : activity.spec.items) sheet_[item.id] = &item;
}

const SheetItem* ItemTitles::OnSheet(const ItemId& id) const {
  auto it = sheet_.find(id);
  return it == sheet_.end() ? nullptr : it->second;
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
  if (const SheetItem* on_sheet = OnSheet(item.id)) {
    writer.Key("title");
    WriteText(writer, on_sheet->title);
    return;
  }
  const std::string text = TextOf(item);
  if (text.empty() || context_.state.languages.empty()) return;
  // Nobody says which language a contribution is in; screens fall back on the room's own.
  writer.Key("title");
  WriteText(writer, Text{{{context_.state.languages.front(), text}}});
}

}  // namespace plenum
