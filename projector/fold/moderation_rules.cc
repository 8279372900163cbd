// What staff do with what people wrote: show, hide, hold, reword, mark. And its author: withdraw.
#include <algorithm>

#include "projector/fold/context.h"

namespace plenum {
namespace {

Item* Find(Activity& activity, const ItemId& id) {
  auto it = activity.item_at.find(id);
  return it == activity.item_at.end() ? nullptr : &activity.items[it->second];
}

// The item that staff want to change; a reason if it cannot be.
std::expected<Item*, Outcome> ToChange(FoldContext& context, const ItemId& id) {
  Activity& activity = context.activity();
  if (activity.stage.phase == Phase::kSealed) return std::unexpected(Refused(Reason::kSealed));
  Item* item = Find(activity, id);
  if (item == nullptr) return std::unexpected(Refused(Reason::kUnknownItem));
  if (item->state == ItemState::kErased) {
    return std::unexpected(Refused(Reason::kTextErased));
  }
  return item;
}

}  // namespace

Outcome FoldReworded(FoldContext& context, const ItemReworded& reworded) {
  auto item = ToChange(context, reworded.item);
  if (!item) return item.error();
  if (!(*item)->added_by.IsZero()) (*item)->earlier.push_back((*item)->added_by);
  (*item)->added_by = context.event.id;
  (*item)->text = reworded.text;
  ItemChanged(context, context.activity(), **item);
  return Accepted();
}

Outcome FoldModerated(FoldContext& context, const ItemModerated& moderated) {
  auto item = ToChange(context, moderated.item);
  if (!item) return item.error();
  // What its author took back does not return against their will.
  if ((*item)->state == ItemState::kWithdrawn) return Refused(Reason::kNotYourItem);
  const ItemState to = moderated.show ? ItemState::kShown : ItemState::kHidden;
  if ((*item)->state == to) return Ignored();
  (*item)->state = to;
  ItemChanged(context, context.activity(), **item);
  return Accepted();
}

Outcome FoldHeld(FoldContext& context, const AuthorHeld& held) {
  Activity& activity = context.activity();
  if (activity.stage.phase == Phase::kSealed) return Refused(Reason::kSealed);
  const Item* item = Find(activity, held.item);
  if (item == nullptr || !item->author) return Refused(Reason::kUnknownItem);
  const bool changed = held.held ? activity.held.insert(*item->author).second
                                 : activity.held.erase(*item->author) > 0;
  if (!changed) return Ignored();
  context.rows.Touch(row_key::Held(activity.spec.id, *item->author));
  ItemsChanged(context, activity);
  return Accepted();
}

Outcome FoldWithdrawn(FoldContext& context, const ItemWithdrawn& withdrawn) {
  Activity& activity = context.activity();
  if (activity.stage.phase == Phase::kSealed) return Refused(Reason::kSealed);
  Item* item = Find(activity, withdrawn.item);
  if (item == nullptr) return Refused(Reason::kUnknownItem);
  if (item->author != context.event.person) return Refused(Reason::kNotYourItem);
  // Cards have moved, and were scored by others.
  if (activity.deck && activity.stage.phase != Phase::kCollecting) {
    return Refused(Reason::kDeckFrozen);
  }
  if (item->state == ItemState::kWithdrawn || item->state == ItemState::kErased) return Ignored();
  item->state = ItemState::kWithdrawn;
  ItemChanged(context, activity, *item);
  return Accepted();
}

Outcome FoldMarked(FoldContext& context, const ItemMarked& marked) {
  auto item = ToChange(context, marked.item);
  if (!item) return item.error();
  if ((*item)->mark == marked.mark) return Ignored();
  (*item)->mark = marked.mark;
  // One question at a time is being answered.
  Activity& activity = context.activity();
  for (Item& other : activity.items) {
    if (marked.mark != Mark::kLive || &other == *item || other.mark != Mark::kLive) continue;
    other.mark = Mark::kAnswered;
    ItemChanged(context, activity, other);
  }
  ItemChanged(context, activity, **item);
  return Accepted();
}

}  // namespace plenum
