// Items: contributions, and merging them.
#include <algorithm>

#include "projector/fold/context.h"
#include "schema/permissions.h"

namespace plenum {
namespace {

bool IsAfterClose(Phase phase) {
  return phase == Phase::kClosed || phase == Phase::kRevealed || phase == Phase::kSealed;
}

bool MayContribute(const Event& event, Contributors who, bool seats) {
  const Role role = event.actor.role;
  const bool staff =
      !event.person && (May(role, Permission::kRun) || May(role, Permission::kEditSheet));
  const bool person =
      event.person && (May(role, Permission::kVote) || May(role, Permission::kKeyIn));
  switch (who) {
    case Contributors::kEveryone:
      return person || (staff && seats);
    case Contributors::kTableHosts:  // at tables: any person, for TableOfNote asks for the host
      return staff || (person && (seats || role != Role::kAttendee));
    case Contributors::kStaff:
      return staff;
  }
  return false;
}

// At tables: while people sit there, and a moment longer; staff type up the paper ones after.
std::optional<Outcome> CheckNotesOpen(FoldContext& context, const Activity& activity) {
  const Phase phase = activity.stage.phase;
  if (phase == Phase::kSeated || phase == Phase::kClosing) return std::nullopt;
  const bool staff = !context.event.person;
  if (staff && (phase == Phase::kClosed || phase == Phase::kRevealed)) return std::nullopt;
  if (phase == Phase::kCollecting || phase == Phase::kVoting) return Refused(Reason::kNotOpen);
  if (context.event.person && IsAfterClose(phase)) return Late(context);
  return Answer(OutcomeCode::kLate);
}

// Whether contributions are open; an outcome if they are not.
std::optional<Outcome> CheckCollecting(FoldContext& context, const Activity& activity) {
  if (activity.spec.seats) return CheckNotesOpen(context, activity);
  const Phase phase = activity.stage.phase;
  const bool judged = activity.spec.HasBallot();
  if (phase == Phase::kCollecting || (phase == Phase::kClosing && !judged)) return std::nullopt;
  if (activity.spec.deal && phase != Phase::kWaiting) return Refused(Reason::kDeckFrozen);
  if (!judged && context.event.person && IsAfterClose(phase)) return Late(context);
  return Answer(OutcomeCode::kLate);
}

Reason CheckNumber(const Activity& activity, const ItemAdded& added) {
  if (!activity.spec.deal || activity.spec.deal->deck != Deck::kPaper) return Reason::kNone;
  if (added.number == 0) return Reason::kNoNumber;
  const bool taken =
      std::ranges::find(activity.items, added.number, &Item::number) != activity.items.end();
  return taken ? Reason::kNumberTaken : Reason::kNone;
}

// Whether so many as anybody may contribute are there.
bool HasAll(const FoldContext& context, const Activity& activity, uint32_t table) {
  const uint32_t each = activity.spec.collect->each;
  if (activity.spec.seats) {
    const auto same = [&](const Item& item) {
      return item.table == table && item.round == activity.seats->round;
    };
    return std::ranges::count_if(activity.items, same) >= std::ptrdiff_t{each};
  }
  if (!context.event.person) return false;
  const auto count = activity.contributed.find(*context.event.person);
  return count != activity.contributed.end() && count->second >= each;
}

void AddContribution(FoldContext& context, Activity& activity, const ItemAdded& added,
                     uint32_t table) {
  const Event& event = context.event;
  const bool paper = activity.spec.deal && activity.spec.deal->deck == Deck::kPaper;
  const bool waits = event.person && activity.spec.collect->moderation == Moderation::kApproveFirst;
  const auto position = static_cast<uint32_t>(activity.items.size());
  Item item;
  item.id = event.id.Hex();
  item.index = context.index;
  item.author = event.person;
  item.added_by = event.id;
  item.text = added.text;
  item.number = paper ? added.number : 0;
  item.state = waits ? ItemState::kPending : ItemState::kShown;
  item.table = table;
  item.round = activity.seats ? activity.seats->round : 0;
  activity.items.push_back(std::move(item));
  activity.item_at[activity.items.back().id] = position;
  context.rows.Touch(row_key::ItemAt(event.activity, position));
  if (!event.person) return;
  ++activity.contributed[*event.person];
  context.rows.Touch(row_key::Contributed(event.activity, *event.person));
}

bool MayMerge(const Activity& activity) {
  if (activity.spec.deal || activity.spec.RatesItems()) return false;
  return !std::holds_alternative<ScaleBallot>(activity.spec.ballot) &&
         !std::holds_alternative<ChoiceBallot>(activity.spec.ballot);
}

std::optional<Outcome> CheckMerging(const Activity& activity) {
  if (activity.stage.phase == Phase::kSealed) return Refused(Reason::kSealed);
  if (!MayMerge(activity)) return Refused(Reason::kWrongBallot);
  if (activity.stage.phase == Phase::kWaiting) return Refused(Reason::kNotOpen);
  return std::nullopt;
}

void SetMerged(FoldContext& context, Activity& activity, const ItemId& item, const ItemId& into) {
  const uint32_t position = activity.item_at.at(item);
  activity.items[position].merged_into = into;
  context.rows.Touch(row_key::ItemAt(context.event.activity, position));
}

}  // namespace

void ItemsChanged(FoldContext& context, const Activity& activity) {
  if (IsAfterClose(activity.stage.phase)) context.results_due.insert(activity.spec.id);
}

void ItemChanged(FoldContext& context, const Activity& activity, const Item& item) {
  context.rows.Touch(row_key::ItemAt(activity.spec.id, activity.item_at.at(item.id)));
  ItemsChanged(context, activity);
}

void ResetItems(FoldContext& context, Activity& activity) {
  const ActivityId& id = activity.spec.id;
  const size_t before = std::max(activity.items.size(), activity.spec.items.size());
  // Items of the sheet keep the index of the event that added the activity.
  const bool again = !activity.items.empty() && !activity.spec.items.empty();
  const uint64_t index = again ? activity.items.front().index : context.index;
  KeepFormer(context, activity);
  activity.items.clear();
  for (const SheetItem& item : activity.spec.items) {
    Item& added = activity.items.emplace_back();
    added.id = item.id;
    added.index = index;
    added.number = item.number;
  }
  for (uint32_t i = 0; i < before; ++i) context.rows.Touch(row_key::ItemAt(id, i));
  DeriveItems(activity);
}

Outcome FoldItemAdded(FoldContext& context, const ItemAdded& added) {
  Activity& activity = context.activity();
  const Event& event = context.event;
  if (!activity.spec.collect) return Refused(Reason::kNotOpen);
  const bool seats = activity.spec.seats.has_value();
  if (!MayContribute(event, activity.spec.collect->who, seats)) {
    return Refused(Reason::kNotPermitted);
  }
  if (auto other = CheckGeneration(activity, event)) return *other;
  if (const Item* item = activity.FindItem(event.id.Hex())) {
    if (item->author != event.person) return Refused(Reason::kNotPermitted);
    return Answer(OutcomeCode::kDuplicate, item->index);
  }
  if (auto closed = CheckCollecting(context, activity)) return *closed;
  if (const Reason reason = CheckNumber(activity, added); reason != Reason::kNone) {
    return Refused(reason);
  }
  auto table = TableOfNote(context, activity, added);
  if (!table) return table.error();
  if (HasAll(context, activity, *table)) return Refused(Reason::kTooManyItems);
  AddContribution(context, activity, added, *table);
  if (activity.deck && event.person) MarkPresent(context, activity);
  if (activity.seats && event.person) MarkSeated(context, activity);
  ItemsChanged(context, activity);
  return Accepted();
}

Outcome FoldMerged(FoldContext& context, const ItemsMerged& merged) {
  Activity& activity = context.activity();
  if (auto no = CheckMerging(activity)) return *no;
  const Item* into = activity.FindItem(merged.into);
  if (into == nullptr) return Refused(Reason::kUnknownItem);
  if (!into->merged_into.empty()) return Refused(Reason::kItemMerged);
  if (!activity.Shows(*into)) return Refused(Reason::kItemHidden);
  bool anything = false;
  for (const ItemId& id : merged.from) {
    const Item* item = activity.FindItem(id);
    if (item == nullptr) return Refused(Reason::kUnknownItem);
    if (id == merged.into) return Refused(Reason::kMergeLoop);
    if (item->merged_into == merged.into) continue;
    if (!item->merged_into.empty()) return Refused(Reason::kItemMerged);
    anything = true;
  }
  if (!anything) return Ignored();
  for (const ItemId& id : merged.from) SetMerged(context, activity, id, merged.into);
  ItemsChanged(context, activity);
  return Accepted();
}

Outcome FoldUnmerged(FoldContext& context, const ItemsUnmerged& unmerged) {
  Activity& activity = context.activity();
  if (auto no = CheckMerging(activity)) return *no;
  if (activity.FindItem(unmerged.into) == nullptr) return Refused(Reason::kUnknownItem);
  bool anything = false;
  for (const Item& item : activity.items) {
    if (item.merged_into != unmerged.into) continue;
    SetMerged(context, activity, item.id, {});
    anything = true;
  }
  if (!anything) return Refused(Reason::kNothingMerged);
  ItemsChanged(context, activity);
  return Accepted();
}

}  // namespace plenum
