#include "gateway/rehearse/deed.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace plenum::rehearse {
namespace {

bool IsNote(const ShownItem& item) { return item.table != 0; }

uint32_t VotesFor(const ConsoleActivity& activity, const ItemId& item) {
  const ItemTotal* total = activity.result ? activity.result->Find(item) : nullptr;
  return total != nullptr ? total->votes : 0;
}

// Which topic each named table has, if every topic has as many of them as it should.
std::optional<std::map<uint32_t, ItemId>> Named(const SetTables& deed,
                                                const std::vector<const ShownItem*>& topics,
                                                const std::vector<uint32_t>& shares,
                                                const ConsoleActivity& activity) {
  std::map<uint32_t, ItemId> at;
  std::map<ItemId, uint32_t> has;
  for (const TableTopic& table : deed.named) {
    const ShownItem* topic = FindNamed(activity.items, table.topic);
    if (topic == nullptr) return std::nullopt;
    at[table.number] = topic->id;
    ++has[topic->id];
  }
  for (size_t i = 0; i < topics.size(); ++i) {
    if (has[topics[i]->id] != shares[i]) return std::nullopt;
  }
  return at.size() == deed.tables ? std::optional(at) : std::nullopt;
}

std::optional<Request> TablesFor(const SetTables& deed, const ConsoleActivity& activity) {
  std::vector<const ShownItem*> topics;
  std::vector<uint32_t> votes;
  for (const ShownItem& item : activity.items) {
    if (IsNote(item) || !item.state.empty()) continue;
    topics.push_back(&item);
    votes.push_back(VotesFor(activity, item.id));
  }
  if (topics.empty()) return std::nullopt;
  const std::vector<uint32_t> shares = ShareTables(votes, deed.tables);
  std::optional<std::map<uint32_t, ItemId>> at = Named(deed, topics, shares, activity);
  if (!at) {
    at.emplace();
    uint32_t number = 0;
    for (size_t i = 0; i < topics.size(); ++i) {
      for (uint32_t n = 0; n < shares[i]; ++n) (*at)[++number] = topics[i]->id;
    }
  }
  TablesSet set;
  for (const auto& [number, topic] : *at) set.tables.push_back({number, deed.capacity, topic});
  return set;
}

// What each deed asks for; nullopt: nothing.
struct Asking {
  const ActivitySpec& spec;
  const ConsoleActivity& activity;

  std::optional<Request> operator()(const MergeItems& deed) const {
    const ShownItem* into = FindNamed(activity.items, deed.into);
    ItemsMerged merged;
    for (const ItemName& name : deed.from) {
      const ShownItem* from = FindNamed(activity.items, name);
      if (from != nullptr && from != into) merged.from.push_back(from->id);
    }
    if (into == nullptr || merged.from.empty()) return std::nullopt;
    merged.into = into->id;
    return merged;
  }
  std::optional<Request> operator()(const UndoMerge& deed) const {
    const ShownItem* into = FindNamed(activity.items, deed.into);
    if (into == nullptr) return std::nullopt;
    return ItemsUnmerged{into->id};
  }
  std::optional<Request> operator()(const AddTopic& deed) const {
    return AddItem{deed.writing, 0, 0};
  }
  std::optional<Request> operator()(const TypeUp& deed) const {
    const bool there = std::ranges::any_of(
        activity.items, [&](const ShownItem& item) { return item.table == deed.table; });
    if (there || FindTable(activity.tables, deed.table) == nullptr) return std::nullopt;
    return AddItem{deed.writing, 0, deed.table};
  }
  std::optional<Request> operator()(const SetTables& deed) const {
    return TablesFor(deed, activity);
  }
  std::optional<Request> operator()(const Extend& deed) const {
    if (!activity.has_deadline) return std::nullopt;
    return ActivityExtended{activity.stage, deed.by_ms};
  }
  std::optional<Request> operator()(const MarkLeader& deed) const {
    if (!activity.result || activity.result->items.empty()) return std::nullopt;
    return ItemMarked{activity.result->items.front().item, deed.mark};
  }
  std::optional<Request> operator()(const EraseText& deed) const {
    const ShownItem* item = FindNamed(activity.items, deed.item);
    if (item == nullptr || item->state == "withdrawn") return std::nullopt;
    return ItemErased{item->id};
  }
};

}  // namespace

const ShownItem* FindNamed(const std::vector<ShownItem>& items, const ItemName& name) {
  uint32_t number = 0;
  const char* end = name.data() + name.size();
  const bool numbered = name.starts_with('#') &&
                        std::from_chars(name.data() + 1, end, number).ptr == end && number != 0;
  auto item = std::ranges::find_if(items, [&](const ShownItem& one) {
    if (numbered) return one.number == number;
    return one.id == name || (one.title == name && one.state.empty());
  });
  return item == items.end() ? nullptr : &*item;
}

std::optional<Command> CommandFor(const PlannedDeed& deed, const ActivitySpec& spec,
                                  const ConsoleActivity& activity) {
  std::optional<Request> request = std::visit(Asking{spec, activity}, deed.what);
  if (!request) return std::nullopt;
  Command command;
  command.activity = deed.activity;
  command.generation = activity.stage.generation;
  command.request = *std::move(request);
  return command;
}

std::vector<uint32_t> ShareTables(const std::vector<uint32_t>& votes, uint32_t tables) {
  std::vector<uint32_t> has(votes.size());
  // Whether `a` should have the next table rather than `b`.
  auto before = [&](size_t a, size_t b) {
    if ((has[a] == 0) != (has[b] == 0)) return has[a] == 0;
    return uint64_t{votes[a]} * (2 * has[b] + 1) > uint64_t{votes[b]} * (2 * has[a] + 1);
  };
  for (uint32_t given = 0; given < tables && !votes.empty(); ++given) {
    size_t next = 0;
    for (size_t i = 1; i < votes.size(); ++i) {
      if (before(i, next)) next = i;
    }
    ++has[next];
  }
  return has;
}

}  // namespace plenum::rehearse
