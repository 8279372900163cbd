// Texts that are erased for good, also those of former generations.
#include <algorithm>

#include "projector/fold/context.h"
#include "projector/fold/erase.h"

namespace plenum {
namespace {

bool Among(const std::vector<EventId>& texts, const EventId& text) {
  return !text.IsZero() && std::ranges::find(texts, text) != texts.end();
}

bool HasTextOf(const FormerItem& item, const std::vector<EventId>& texts) {
  return std::ranges::any_of(item.texts, [&](const EventId& text) { return Among(texts, text); });
}

void Add(std::vector<EventId>& texts, const EventId& text) {
  if (!text.IsZero() && !Among(texts, text)) texts.push_back(text);
}

void AddAll(std::vector<EventId>& texts, const Item& item) {
  Add(texts, item.added_by);
  for (const EventId& text : item.earlier) Add(texts, text);
}

void AddAll(std::vector<EventId>& texts, const FormerItem& item) {
  for (const EventId& text : item.texts) Add(texts, text);
}

// Whether all that there is of an item is erased.
bool IsErased(const Activity& activity, const ItemId& id) {
  const Item* item = activity.FindItem(id);
  if (item && !item->added_by.IsZero() && item->state != ItemState::kErased) return false;
  auto former = activity.former.find(id);
  return former == activity.former.end() || former->second.erased;
}

void EraseIn(FoldContext& context, Activity& activity, const std::vector<EventId>& texts) {
  for (Item& item : activity.items) {
    if (item.state == ItemState::kErased || !HasTextOf(item, texts)) continue;
    item.state = ItemState::kErased;
    ItemChanged(context, activity, item);
  }
  for (auto& [id, former] : activity.former) {
    if (former.erased || !HasTextOf(former, texts)) continue;
    former.erased = true;
    context.rows.Touch(row_key::FormerOf(activity.spec.id, id));
  }
}

}  // namespace

bool HasTextOf(const Item& item, const std::vector<EventId>& texts) {
  return Among(texts, item.added_by) ||
         std::ranges::any_of(item.earlier, [&](const EventId& text) { return Among(texts, text); });
}

std::vector<EventId> TextsToErase(const RoomState& state, const Activity& activity,
                                  const ItemId& item) {
  std::vector<EventId> texts;
  if (const Item* found = activity.FindItem(item)) AddAll(texts, *found);
  if (auto it = activity.former.find(item); it != activity.former.end()) AddAll(texts, it->second);
  for (size_t before = 0; before != texts.size();) {
    before = texts.size();
    for (const auto& [id, each] : state.activities) {
      for (const Item& other : each.items) {
        if (HasTextOf(other, texts)) AddAll(texts, other);
      }
      for (const auto& [name, other] : each.former) {
        if (HasTextOf(other, texts)) AddAll(texts, other);
      }
    }
  }
  return texts;
}

void KeepFormer(FoldContext& context, Activity& activity) {
  for (const Item& item : activity.items) {
    if (item.added_by.IsZero()) continue;
    FormerItem& former = activity.former[item.id];
    std::vector<EventId> texts = item.earlier;
    texts.push_back(item.added_by);
    for (const EventId& text : texts) Add(former.texts, text);
    former.erased = item.state == ItemState::kErased;
    context.rows.Touch(row_key::FormerOf(activity.spec.id, item.id));
  }
}

Outcome FoldErased(FoldContext& context, const ItemErased& erased) {
  const std::vector<EventId> texts = TextsToErase(context.state, context.activity(), erased.item);
  if (texts.empty()) return Refused(Reason::kUnknownItem);
  if (IsErased(context.activity(), erased.item)) return Ignored();
  for (auto& [id, activity] : context.state.activities) EraseIn(context, activity, texts);
  return Accepted();
}

}  // namespace plenum
