#include "projector/record/item_words.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "projector/record/redactions.h"
#include "projector/record/words.h"
#include "schema/field_texts.h"

namespace plenum {
namespace {

struct Source {
  const Activity* activity;
  const Item* item;
};

// Where an item was written, and each place on the way back there.
std::vector<Source> WayBack(const RoomState& state, const Activity& activity, const Item& item) {
  std::vector<Source> way{{&activity, &item}};
  while (!way.back().item->origin.empty() && way.size() <= state.activities.size()) {
    const Activity* from = state.Find(way.back().item->origin_activity);
    const Item* there = from ? from->FindItem(way.back().item->origin) : nullptr;
    if (!there) break;  // started again since
    way.push_back({from, there});
  }
  return way;
}

const SheetItem* OnSheet(const Source& source) {
  const auto& sheet = source.activity->spec.items;
  const auto it = std::ranges::find(sheet, source.item->id, &SheetItem::id);
  return it == sheet.end() ? nullptr : &*it;
}

// "From “Open space”, table 4."
std::string FromWhere(const WordsContext& context, const std::vector<Source>& way,
                      const Item& item) {
  if (item.origin_activity.empty()) return "";
  const Activity* from = context.state.Find(item.origin_activity);
  if (!from) return "";
  const std::string title = Quoted(WordsOf(from->spec.title, context.language).text);
  for (const Source& source : way) {
    if (source.item->table == 0) continue;
    const std::string there = Quoted(WordsOf(source.activity->spec.title, context.language).text);
    return context.say("From table {0} of {1}.", {std::to_string(source.item->table), there});
  }
  return context.say("From {0}.", {title});
}

void ReadFields(const WordsContext& context, const Source& source, const Item& item,
                const std::string& kept, bool here, ItemText& out) {
  const auto& collect = source.activity->spec.collect;
  // What staff have reworded is one text.
  if (!collect || collect->fields.empty() || !item.earlier.empty()) return;
  const FieldTexts read = ReadFieldTexts(kept, collect->fields);
  if (read.empty()) return;
  std::string others;
  for (const Field& field : collect->fields) {
    const auto it = std::ranges::find(read, field.id, &FieldTexts::value_type::first);
    const std::string text = it == read.end() ? "" : it->second;
    out.fields.push_back({text, ""});
    if (&field == &collect->fields.front() || text.empty()) continue;
    if (!others.empty()) others += '\n';
    others += WordsOf(field.title, context.language).text + ": " + text;
  }
  out.title.text = read.front().second;
  if (here) return;
  out.fields.clear();
  out.detail.text = others;
}

ItemText Unredacted(const WordsContext& context, const Activity& activity, const Item& item) {
  ItemText out;
  const std::vector<Source> way = WayBack(context.state, activity, item);
  out.from = FromWhere(context, way, item);
  if (item.added_by.IsZero()) {
    if (const SheetItem* sheet = OnSheet(way.back())) {
      out.title = WordsOf(sheet->title, context.language);
      out.detail = WordsOf(sheet->detail, context.language);
    }
    return out;
  }
  out.texts = item.earlier;
  out.texts.push_back(item.added_by);
  const bool erased = item.state == ItemState::kErased;
  const auto kept = erased ? std::nullopt : context.texts.TextOf(context.room, item);
  out.title.text = kept ? *kept : context.say(context.no_text);
  if (kept) ReadFields(context, way.back(), item, *kept, way.size() == 1, out);
  return out;
}

}  // namespace

ItemText TextOf(const WordsContext& context, const Activity& activity, const Item& item) {
  ItemText text = Unredacted(context, activity, item);
  if (!context.redactions) return text;
  auto words = context.redactions->Of(activity.spec.id, item.id, text.texts);
  if (!words) return text;
  text.title = {*std::move(words), ""};
  text.detail = {};
  for (Words& field : text.fields) field = {};
  return text;
}

Words PictureOf(const WordsContext& context, const Activity& activity, const Item& item) {
  if (!activity.spec.collect || activity.spec.collect->picture_of.empty()) return {};
  const Activity* pictures = context.state.Find(activity.spec.collect->picture_of);
  if (!pictures || !item.author) return {};
  const auto ballot = pictures->ballots.find(*item.author);
  const auto* spec = std::get_if<ChoiceBallot>(&pictures->spec.ballot);
  if (ballot == pictures->ballots.end() || !spec) return {};
  const auto* cast = std::get_if<ChoiceCast>(&ballot->second.ballot);
  if (!cast || cast->options.empty()) return {};
  const auto option = std::ranges::find(spec->options, cast->options.front(), &Option::id);
  return option == spec->options.end() ? Words{} : WordsOf(option->title, context.language);
}

}  // namespace plenum
