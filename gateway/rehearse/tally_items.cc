// Which items an activity has: of the sheet, carried over, contributed; what staff and authors did
// to them. schema/rules.md, section 5.
#include <algorithm>

#include "gateway/rehearse/tally.h"

namespace plenum::rehearse {
namespace {

using State = CountedItem::State;

bool IsShown(const CountedItem& item) { return item.state == State::kShown; }

CountedItem* Find(std::vector<CountedItem>& items, const ItemId& id) {
  auto item = std::ranges::find(items, id, &CountedItem::id);
  return item == items.end() ? nullptr : &*item;
}

// The text as screens show it: of several fields the first that the activity has.
std::string TitleIn(const plenum::Writing& writing, const ActivitySpec& spec) {
  for (const Field& field : spec.collect ? spec.collect->fields : std::vector<Field>{}) {
    for (const auto& [id, text] : writing.fields) {
      if (id == field.id) return text;
    }
  }
  return writing.text;
}

CountedItem Contributed(const Sent& sent, const ActivitySpec& spec) {
  const auto& add = std::get<AddItem>(sent.command.request);
  CountedItem item;
  item.id = sent.command.id.Hex();
  item.number = add.number;
  item.text = TitleIn(add.writing, spec);
  item.contribution = &sent;
  item.table = add.table;
  const bool waits = spec.collect && spec.collect->moderation == Moderation::kApproveFirst;
  if (waits && !IsStaff(sent.who)) item.state = State::kPending;
  return item;
}

}  // namespace

const std::vector<CountedItem>& Tally::ItemsOf(const ActivityId& activity) const {
  auto known = items_.find(activity);
  if (known == items_.end()) known = items_.emplace(activity, MakeItems(Spec(activity))).first;
  return known->second;
}

// What took effect in the activity, in the order of the log.
std::vector<const Sent*> Tally::TookEffect(const ActivityId& activity) const {
  std::vector<const Sent*> effects;
  for (const Sent& sent : history_.all()) {
    if (sent.command.activity == activity && rehearse::TookEffect(sent)) effects.push_back(&sent);
  }
  std::ranges::sort(effects, {}, [](const Sent* sent) { return *sent->Index(); });
  return effects;
}

std::optional<uint64_t> Tally::OpenedAt(const ActivityId& activity) const {
  for (const Sent* sent : TookEffect(activity)) {
    const auto* advanced = std::get_if<ActivityAdvanced>(&sent->command.request);
    if (advanced != nullptr && advanced->seen.phase == Phase::kWaiting) return sent->Index();
  }
  return std::nullopt;
}

std::vector<CountedItem> Tally::MakeItems(const ActivitySpec& spec) const {
  std::vector<CountedItem> items;
  for (const SheetItem& one : spec.items) {
    CountedItem item;
    item.id = one.id;
    item.number = one.number;
    if (!one.title.empty()) item.text = one.title.by_language.front().second;
    items.push_back(std::move(item));
  }
  for (CountedItem& item : CarriedItems(spec)) {
    if (Find(items, item.id) != nullptr) continue;
    const bool taken = std::ranges::find(items, item.number, &CountedItem::number) != items.end();
    if (taken) item.number = 0;
    items.push_back(std::move(item));
  }
  for (const Sent* sent : TookEffect(spec.id)) {
    if (std::holds_alternative<AddItem>(sent->command.request))
      items.push_back(Contributed(*sent, spec));
  }
  ApplyStaff(spec.id, items);
  return items;
}

// By rank from a ballot, else as they stand; only what is shown.
std::vector<CountedItem> Tally::CarriedItems(const ActivitySpec& spec) const {
  std::vector<CountedItem> carried;
  const std::optional<uint64_t> opened = OpenedAt(spec.id);
  if (!spec.carry || !opened) return carried;
  const ActivitySpec& from = Spec(spec.carry->from);
  std::vector<CountedItem> there = ItemsOf(from.id);
  auto take = [&](CountedItem item) {
    if (item.table != 0) item.number = item.table;
    item.contribution = nullptr;
    item.table = 0;
    item.merged_into.clear();
    carried.push_back(std::move(item));
  };
  if (from.HasBallot() && !from.seats) {
    for (const ItemTotal& row : Of(from.id).items) {
      const bool in = spec.carry->top == 0 || (row.rank != 0 && row.rank <= spec.carry->top);
      const CountedItem* item = in ? Find(there, row.item) : nullptr;
      if (item != nullptr) take(*item);
    }
    return carried;
  }
  for (const CountedItem& item : there) {
    const bool there_then = item.contribution == nullptr || *item.contribution->Index() < *opened;
    const bool is_kind = (item.table != 0) == from.seats.has_value();
    if (is_kind && there_then && IsShown(item) && RootOf(there, item) == &item) take(item);
  }
  return carried;
}

void Tally::ApplyStaff(const ActivityId& activity, std::vector<CountedItem>& items) const {
  for (const Sent* sent : TookEffect(activity)) {
    const Request& request = sent->command.request;
    if (const auto* moderated = std::get_if<ItemModerated>(&request)) {
      if (CountedItem* item = Find(items, moderated->item))
        item->state = moderated->show ? State::kShown : State::kHidden;
    } else if (const auto* withdrawn = std::get_if<ItemWithdrawn>(&request)) {
      if (CountedItem* item = Find(items, withdrawn->item)) item->state = State::kWithdrawn;
    } else if (const auto* merged = std::get_if<ItemsMerged>(&request)) {
      for (const ItemId& from : merged->from) {
        if (CountedItem* item = Find(items, from)) item->merged_into = merged->into;
      }
    } else if (const auto* undone = std::get_if<ItemsUnmerged>(&request)) {
      for (CountedItem& item : items) {
        if (item.merged_into == undone->into) item.merged_into.clear();
      }
    }
  }
  // A text that is erased is gone wherever it was carried.
  for (const Sent& sent : history_.all()) {
    const auto* erased = std::get_if<ItemErased>(&sent.command.request);
    if (erased == nullptr || !rehearse::TookEffect(sent)) continue;
    if (CountedItem* item = Find(items, erased->item)) item->state = State::kErased;
  }
}

const CountedItem* Tally::RootOf(const std::vector<CountedItem>& items, const CountedItem& item) {
  const CountedItem* root = &item;
  const CountedItem* next = &item;
  while (!next->merged_into.empty()) {
    auto into = std::ranges::find(items, next->merged_into, &CountedItem::id);
    if (into == items.end()) break;
    next = &*into;
    if (IsShown(*next)) root = next;
  }
  return root;
}

}  // namespace plenum::rehearse
