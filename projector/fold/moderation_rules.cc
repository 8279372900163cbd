// What staff do with what people wrote: show, hide, hold, reword, mark, erase. And its author:
// withdraw.
#include <algorithm>

#include "projector/fold/context.h"
#include "projector/fold/erase.h"

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

void Changed(FoldContext& context, const Activity& activity, const Item& item) {
  context.rows.Touch(row_key::ItemAt(activity.spec.id, activity.item_at.at(item.id)));
  ItemsChanged(context, activity);
}

}  // namespace

bool HasTextOf(const Item& item, const std::vector<EventId>& texts) {
  const auto among = [&](const EventId& text) {
    return !text.IsZero() && std::ranges::find(texts, text) != texts.end();
  };
  return among(item.added_by) || std::ranges::any_of(item.earlier, among);
}

std::vector<EventId> TextsToErase(const RoomState& state, const Item& item) {
  std::vector<EventId> texts;
  const auto add = [&](const EventId& text) {
    if (!text.IsZero() && std::ranges::find(texts, text) == texts.end()) texts.push_back(text);
  };
  const auto add_all = [&](const Item& of) {
    add(of.added_by);
    std::ranges::for_each(of.earlier, add);
  };
  add_all(item);
  for (size_t before = 0; before != texts.size();) {
    before = texts.size();
    for (const auto& [id, activity] : state.activities) {
      for (const Item& other : activity.items) {
        if (HasTextOf(other, texts)) add_all(other);
      }
    }
  }
  return texts;
}

Outcome FoldReworded(FoldContext& context, const ItemReworded& reworded) {
  auto item = ToChange(context, reworded.item);
  if (!item) return item.error();
  if (!(*item)->added_by.IsZero()) (*item)->earlier.push_back((*item)->added_by);
  (*item)->added_by = context.event.id;
  (*item)->text = reworded.text;
  Changed(context, context.activity(), **item);
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
  Changed(context, context.activity(), **item);
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
  Changed(context, activity, *item);
  return Accepted();
}

Outcome FoldErased(FoldContext& context, const ItemErased& erased) {
  const Item* item = Find(context.activity(), erased.item);
  if (item == nullptr || item->added_by.IsZero()) return Refused(Reason::kUnknownItem);
  if (item->state == ItemState::kErased) return Ignored();
  const std::vector<EventId> texts = TextsToErase(context.state, *item);
  for (auto& [id, activity] : context.state.activities) {
    for (Item& other : activity.items) {
      if (other.state == ItemState::kErased || !HasTextOf(other, texts)) continue;
      other.state = ItemState::kErased;
      Changed(context, activity, other);
    }
  }
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
    Changed(context, activity, other);
  }
  Changed(context, activity, **item);
  return Accepted();
}

}  // namespace plenum
