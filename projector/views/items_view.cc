#include "projector/views/items_view.h"

#include <algorithm>
#include <vector>

#include "projector/fold/result.h"
#include "projector/views/parts.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

std::string_view MarkName(Mark mark) { return mark == Mark::kLive ? "live" : "answered"; }

// The picture that an author chose, in the activity that the spec names.
const Option* PictureOf(const ViewContext& context, const Activity& activity, const Item& item) {
  if (!activity.spec.collect || activity.spec.collect->picture_of.empty()) return nullptr;
  const Activity* pictures = context.state.Find(activity.spec.collect->picture_of);
  if (pictures == nullptr || !item.author) return nullptr;
  const auto ballot = pictures->ballots.find(*item.author);
  const auto* spec = std::get_if<ChoiceBallot>(&pictures->spec.ballot);
  if (ballot == pictures->ballots.end() || spec == nullptr) return nullptr;
  const auto* cast = std::get_if<ChoiceCast>(&ballot->second.ballot);
  if (cast == nullptr || cast->options.empty()) return nullptr;
  const auto option = std::ranges::find(spec->options, cast->options.front(), &Option::id);
  return option == spec->options.end() ? nullptr : &*option;
}

struct ItemWriter {
  json::Writer& writer;
  const ViewContext& context;
  const Activity& activity;
  ItemTitles titles{context, activity};

  void Members(const Item& item) {
    writer.Key("id").String(item.id);
    if (item.number != 0) writer.Key("number").Int(item.number);
    titles.WriteTitle(writer, item);
    if (const SheetItem* sheet = titles.OnSheet(item); sheet != nullptr && !sheet->detail.empty()) {
      writer.Key("detail");
      WriteText(writer, sheet->detail);
    }
    if (const Option* picture = PictureOf(context, activity, item)) {
      writer.Key("picture").String(picture->picture.empty() ? picture->id : picture->picture);
    }
    if (item.table != 0) writer.Key("table").Int(item.table).Key("round").Int(item.round);
    if (item.mark != Mark::kNone) writer.Key("mark").String(MarkName(item.mark));
    if (!item.origin_activity.empty()) writer.Key("from").String(item.origin_activity);
    if (!item.merged_into.empty()) writer.Key("merged_into").String(item.merged_into);
  }
};

// Contributions are on the stage once the room has to judge them, or may see what they add up to.
// Cards of a deck never are: each is read by whoever holds it, and the best stand in the result.
bool ShowsContributions(const Activity& activity) {
  if (activity.spec.deal) return false;
  if (std::holds_alternative<UpvoteBallot>(activity.spec.ballot)) return true;
  const bool judged = activity.spec.HasBallot() && !activity.spec.seats;
  return (judged && activity.stage.phase > Phase::kCollecting) || IsPublic(activity);
}

bool IsContribution(const Item& item) {
  return !item.added_by.IsZero() && item.origin_activity.empty();
}

}  // namespace

void WriteStageItems(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  ItemWriter items{writer, context, activity};
  const bool contributions = ShowsContributions(activity);
  const auto is_shown = [&](const Item& item) {
    return activity.Shows(item) && (contributions || !IsContribution(item));
  };
  if (std::ranges::none_of(activity.items, is_shown)) return;
  const auto older = [&](const Item& item) { return is_shown(item) && IsContribution(item); };
  // What is judged has to be there, whole.
  int64_t left_out = 0;
  if (!activity.spec.HasBallot()) {
    left_out = std::ranges::count_if(activity.items, older) - int64_t{kStageContributions};
  }
  if (left_out > 0) writer.Key("more_items").Int(left_out);
  writer.Key("items").BeginArray();
  for (const Item& item : activity.items) {
    if (!is_shown(item) || (IsContribution(item) && left_out-- > 0)) continue;
    writer.BeginObject();
    items.Members(item);
    writer.EndObject();
  }
  writer.EndArray();
  writer.Key("shuffle_items").Bool(activity.spec.shuffle_items);
}

void WriteConsoleItems(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  if (activity.spec.deal || activity.items.empty()) return;
  const auto waits = [](const Item& item) { return item.state == ItemState::kPending; };
  const auto waiting = std::ranges::count_if(activity.items, waits);
  if (waiting > 0) writer.Key("waiting").Int(waiting);
  std::vector<const Item*> order;
  for (const Item& item : activity.items) order.push_back(&item);
  std::ranges::stable_partition(order, [&](const Item* item) { return waits(*item); });
  ItemWriter items{writer, context, activity};
  writer.Key("items").BeginArray();
  for (const Item* item : order) {
    writer.BeginObject();
    items.Members(*item);
    if (item->state != ItemState::kShown) writer.Key("state").String(StateName(item->state));
    if (item->author && activity.held.contains(*item->author)) writer.Key("held").Bool(true);
    writer.EndObject();
  }
  writer.EndArray();
}

}  // namespace plenum
