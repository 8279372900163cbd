// Items: contributions, and merging them.
#include <algorithm>

#include "projector/fold/context.h"
#include "schema/permissions.h"

namespace plenum {
namespace {

bool IsAfterClose(Phase phase) {
  return phase == Phase::kClosed || phase == Phase::kRevealed || phase == Phase::kSealed;
}

bool MayContribute(const Event& event, Contributors who) {
  const Role role = event.actor.role;
  const bool staff =
      !event.person && (May(role, Permission::kRun) || May(role, Permission::kEditSheet));
  const bool person =
      event.person && (May(role, Permission::kVote) || May(role, Permission::kKeyIn));
  switch (who) {
    case Contributors::kEveryone:
      return person;
    case Contributors::kTableHosts:
      return staff || (person && role != Role::kAttendee);
    case Contributors::kStaff:
      return staff;
  }
  return false;
}

// Whether contributions are open; an outcome if they are not.
std::optional<Outcome> CheckCollecting(FoldContext& context, const Activity& activity) {
  const Phase phase = activity.stage.phase;
  const bool judged = !std::holds_alternative<std::monostate>(activity.spec.ballot);
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

void AddContribution(FoldContext& context, Activity& activity, const ItemAdded& added) {
  const Event& event = context.event;
  const bool paper = activity.spec.deal && activity.spec.deal->deck == Deck::kPaper;
  const auto position = static_cast<uint32_t>(activity.items.size());
  activity.items.push_back({.id = event.id.Hex(),
                            .index = context.index,
                            .author = event.person,
                            .added_by = event.id,
                            .text = added.text,
                            .number = paper ? added.number : 0,
                            .merged_into = {}});
  activity.item_at[activity.items.back().id] = position;
  context.rows.Touch(row_key::ItemAt(event.activity, position));
}

bool MayMerge(const Activity& activity) {
  return std::holds_alternative<DotsBallot>(activity.spec.ballot) ||
         std::holds_alternative<std::monostate>(activity.spec.ballot);
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

// A merge changes what the ballots of a closed activity add up to.
void ResultChanged(FoldContext& context, const Activity& activity) {
  if (IsAfterClose(activity.stage.phase)) context.result_due = activity.spec.id;
}

}  // namespace

void ResetItems(FoldContext& context, Activity& activity) {
  const ActivityId& id = activity.spec.id;
  const size_t before = std::max(activity.items.size(), activity.spec.items.size());
  // Items of the sheet keep the index of the event that added the activity.
  const bool again = !activity.items.empty() && !activity.spec.items.empty();
  const uint64_t index = again ? activity.items.front().index : context.index;
  activity.items.clear();
  for (const SheetItem& item : activity.spec.items) {
    activity.items.push_back({.id = item.id,
                              .index = index,
                              .author = std::nullopt,
                              .added_by = {},
                              .text = {},
                              .number = item.number,
                              .merged_into = {}});
  }
  for (uint32_t i = 0; i < before; ++i) context.rows.Touch(row_key::ItemAt(id, i));
  DeriveItems(activity);
}

Outcome FoldItemAdded(FoldContext& context, const ItemAdded& added) {
  Activity& activity = context.activity();
  const Event& event = context.event;
  if (!activity.spec.collect) return Refused(Reason::kNotOpen);
  if (!MayContribute(event, activity.spec.collect->who)) return Refused(Reason::kNotPermitted);
  if (auto other = CheckGeneration(activity, event)) return *other;
  if (const Item* item = activity.FindItem(event.id.Hex())) {
    if (item->author != event.person) return Refused(Reason::kNotPermitted);
    return Answer(OutcomeCode::kDuplicate, item->index);
  }
  if (auto closed = CheckCollecting(context, activity)) return *closed;
  if (const Reason reason = CheckNumber(activity, added); reason != Reason::kNone) {
    return Refused(reason);
  }
  if (event.person) {
    const auto count = activity.contributed.find(*event.person);
    if (count != activity.contributed.end() && count->second >= activity.spec.collect->each) {
      return Refused(Reason::kTooManyItems);
    }
    ++activity.contributed[*event.person];
    context.rows.Touch(row_key::Contributed(event.activity, *event.person));
  }
  AddContribution(context, activity, added);
  if (activity.deck && event.person) MarkPresent(context, activity);
  return Accepted();
}

Outcome FoldMerged(FoldContext& context, const ItemsMerged& merged) {
  Activity& activity = context.activity();
  if (auto no = CheckMerging(activity)) return *no;
  const Item* into = activity.FindItem(merged.into);
  if (into == nullptr) return Refused(Reason::kUnknownItem);
  if (!into->merged_into.empty()) return Refused(Reason::kItemMerged);
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
  ResultChanged(context, activity);
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
  ResultChanged(context, activity);
  return Accepted();
}

}  // namespace plenum
