// Items that come from another activity's result: cards become topics, notes a gallery, a gallery
// dots.
#include <algorithm>
#include <set>

#include "projector/fold/context.h"
#include "projector/fold/result.h"
#include "projector/fold/result_parts.h"

namespace plenum {
namespace {

// In log order, as they stand: neither counting for another, nor hidden.
std::vector<const Item*> Standing(const Activity& from) {
  std::vector<const Item*> items;
  const std::vector<uint32_t> roots = MergeRoots(from);
  for (uint32_t i = 0; i < roots.size(); ++i) {
    const Item& item = from.items[i];
    const bool note = item.round != 0;
    if (note != from.spec.seats.has_value()) continue;
    if (roots[i] == i && from.Shows(item)) items.push_back(&item);
  }
  return items;
}

// The result's rows up to a rank, which may be several more than that many.
std::vector<const Item*> ByRank(const Activity& from, uint32_t top) {
  std::vector<const Item*> items;
  for (const auto& [id, rank] : RanksOf(ComputeResult(from))) {
    if (top != 0 && (rank == 0 || rank > top)) continue;
    const Item* item = from.FindItem(id);
    if (from.Shows(*item)) items.push_back(item);
  }
  return items;
}

bool IsRanked(const Activity& from) { return from.spec.HasBallot() && !from.spec.seats; }

}  // namespace

Reason CheckCarry(const RoomState& state, const Activity& activity) {
  if (!activity.spec.carry) return Reason::kNone;
  const Activity* from = state.Find(activity.spec.carry->from);
  if (from == nullptr) return Reason::kUnknownActivity;
  if (from->stage.generation == 0) return Reason::kNotReady;
  // The order of the items, and which there are, would tell a result before its reveal.
  if (IsRanked(*from)) {
    const Phase phase = from->stage.phase;
    const bool over = phase == Phase::kRevealed || phase == Phase::kSealed ||
                      (phase == Phase::kClosed && IsPublic(*from));
    return over ? Reason::kNone : Reason::kNotReady;
  }
  return from->stage.phase == Phase::kWaiting ? Reason::kNotReady : Reason::kNone;
}

void CarryItems(FoldContext& context, Activity& activity) {
  const Carry& carry = *activity.spec.carry;
  const Activity& from = context.state.activities.at(carry.from);
  std::set<uint32_t> numbers;
  for (const Item& item : activity.items) numbers.insert(item.number);
  for (const Item* item : IsRanked(from) ? ByRank(from, carry.top) : Standing(from)) {
    if (activity.FindItem(item->id) != nullptr) continue;  // of this sheet, by the same name
    const uint32_t number = item->round != 0 ? item->table : item->number;
    Item& carried = activity.items.emplace_back();
    carried.id = item->id;
    carried.index = context.index;
    carried.added_by = item->added_by;
    carried.text = item->text;
    carried.number = numbers.insert(number).second ? number : 0;
    carried.origin_activity = carry.from;
    carried.origin = item->id;
    context.rows.Touch(
        row_key::ItemAt(activity.spec.id, static_cast<uint32_t>(activity.items.size() - 1)));
  }
  DeriveItems(activity);
}

}  // namespace plenum
