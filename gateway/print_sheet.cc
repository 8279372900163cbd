#include "gateway/print_sheet.h"

#include <algorithm>
#include <map>

#include "projector/views/parts.h"

namespace plenum {
namespace {

constexpr uint32_t kHighestTable = 9999;

PrintItem ItemFor(const ViewContext& context, const Item& item, ItemTitles& titles) {
  PrintItem printed{.number = item.number, .title = {}};
  if (const SheetItem* on_sheet = titles.OnSheet(item)) {
    printed.title = on_sheet->title;
    printed.detail = on_sheet->detail;
    return printed;
  }
  const std::string text = titles.TextOf(item);
  const auto fields = titles.FieldsIn(item, text);
  const std::string& first = fields.empty() ? text : fields.front().second;
  if (!first.empty() && !context.state.languages.empty()) {
    printed.title.by_language = {{context.state.languages.front(), first}};
  }
  return printed;
}

// As they will be set up at the opening (schema/rules.md, Tables), if it has not come yet.
std::map<uint32_t, const PrintItem*> PlannedTables(const PrintActivity& printed) {
  const size_t wanted =
      printed.spec.seats->tables != 0 ? printed.spec.seats->tables : printed.items.size();
  const size_t most = std::min(wanted, limits::kTables);
  std::map<uint32_t, const PrintItem*> tables;
  const auto put = [&](uint32_t number, const PrintItem* topic) {
    if (tables.size() < most) tables.emplace(number, topic);
  };
  const auto free_number = [&] {
    uint32_t number = 1;
    while (tables.contains(number)) ++number;
    return number;
  };
  for (const PrintItem& item : printed.items) {
    if (item.number >= 1 && item.number <= kHighestTable) put(item.number, &item);
  }
  for (const PrintItem& item : printed.items) {
    if (item.number < 1 || item.number > kHighestTable) put(free_number(), &item);
  }
  while (tables.size() < most) put(free_number(), nullptr);
  return tables;
}

void AddTables(const ViewContext& context, const Activity& activity, PrintActivity& printed) {
  if (!activity.seats) {
    for (const auto& [number, topic] : PlannedTables(printed)) {
      printed.tables.push_back({number, topic != nullptr ? topic->title : Text()});
    }
    return;
  }
  ItemTitles titles(context, activity);
  for (const auto& [number, table] : activity.seats->tables) {
    const Item* topic = table.topic.empty() ? nullptr : activity.FindItem(table.topic);
    printed.tables.push_back(
        {number, topic != nullptr ? ItemFor(context, *topic, titles).title : Text()});
  }
}

}  // namespace

PrintSheet MakePrintSheet(const ViewContext& context, std::string base, bool codes_only) {
  const RoomState& state = context.state;
  PrintSheet sheet{.base = std::move(base),
                   .code = std::string(context.code),
                   .title = state.title,
                   .languages = state.languages,
                   .codes_only = codes_only,
                   .expected_people = state.expected_people};
  for (const ActivityId& id : state.order) {
    const Activity* activity = state.Find(id);
    if (activity == nullptr) continue;
    PrintActivity& printed = sheet.activities.emplace_back(PrintActivity{.spec = activity->spec});
    ItemTitles titles(context, *activity);
    for (const Item& item : activity->items) {
      if (!activity->Shows(item) || !activity->IsJudged(item) || !item.merged_into.empty())
        continue;
      printed.items.push_back(ItemFor(context, item, titles));
    }
    if (activity->spec.seats) AddTables(context, *activity, printed);
  }
  return sheet;
}

}  // namespace plenum
