#include "tests/unit/fold_table_show.h"

#include <algorithm>

#include "projector/fold/result.h"
#include "projector/fold/stage.h"

namespace plenum::fold_test {
namespace {

// Texts with commas between them.
class Joined {
 public:
  void Add(const std::string& text) { all_ += (all_.empty() ? "" : ",") + text; }
  std::string Take() const { return all_.empty() ? "nothing" : all_; }

 private:
  std::string all_;
};

struct Shower {
  const TestRoom& room;
  const Activity* activity;
  const Line& line;
  const std::map<PersonId, std::string>& names;

  std::string NameOf(const PersonId& person) const {
    auto it = names.find(person);
    return it == names.end() ? "somebody" : it->second;
  }

  std::string OfRoom(const std::string& what) const {
    const RoomState& state = room.state();
    if (what == "stage") return Written(activity ? activity->stage : Stage{});
    if (what == "current") return state.current;
    if (what == "joined") return std::to_string(state.joined.size());
    if (what == "epoch") return std::to_string(state.epoch);
    if (what == "due") return std::to_string(room.room().DueResults().size());
    if (what == "blank") return state.blank ? "yes" : "no";
    if (what == "control") return state.control == IdOf<TokenId>(line.Word(2)) ? "theirs" : "not";
    if (what == "order") {
      Joined order;
      for (const auto& id : state.order) order.Add(id);
      return order.Take();
    }
    if (what == "words") {
      const auto heard =
          std::ranges::count_if(state.words, [](const auto& one) { return one.second.heard; });
      return std::to_string(heard) + " of " + std::to_string(state.words.size());
    }
    if (what == "versions") {
      Joined versions;
      for (const RecordVersion& version : state.versions) {
        versions.Add(std::to_string(version.entries) + (version.published != 0 ? "!" : ""));
      }
      return versions.Take();
    }
    if (what == "redacted") {
      Joined redacted;
      for (const auto& [item, one] : state.redacted) {
        redacted.Add(std::string(RedactionName(one.reason)));
      }
      return redacted.Take();
    }
    if (what == "groups") return std::to_string(state.groups_told.size());
    return {};
  }

  std::string OfActivity(const std::string& what) const {
    if (what == "totals") return EncodeTotals(ComputeResult(*activity));
    if (what == "turnout") return std::to_string(Turnout(*activity));
    if (what == "late") return std::to_string(activity->after_close.late);
    if (what == "told") return std::to_string(activity->told_down_to);
    if (what == "looks") return std::to_string(activity->early_looks);
    if (what == "public") return IsPublic(*activity) ? "yes" : "no";
    if (what == "skipped") return activity->skipped ? "yes" : "no";
    if (what == "deadline") return std::to_string(activity->deadline.at - room.time());
    if (what == "next") {
      Joined steps;
      for (const Phase phase : LegalSteps(room.state(), *activity)) {
        steps.Add(std::string(PhaseName(phase)));
      }
      return steps.Take();
    }
    if (what == "ranks") {
      Joined ranks;
      for (const auto& [item, rank] : RanksOf(ComputeResult(*activity))) {
        ranks.Add(item + '=' + std::to_string(rank));
      }
      return ranks.Take();
    }
    if (what == "items") return Items();
    return {};
  }

  // With their numbers, and `-` before those that are not shown.
  std::string Items() const {
    Joined items;
    for (const Item& item : activity->items) {
      std::string text = activity->Shows(item) ? item.id : '-' + item.id;
      if (item.number != 0) text += '/' + std::to_string(item.number);
      if (item.mark == Mark::kLive) text += ":live";
      if (item.mark == Mark::kAnswered) text += ":answered";
      if (!item.origin.empty()) text += '<' + item.origin_activity;
      if (item.table != 0) {
        text += '@' + std::to_string(item.table) + '.' + std::to_string(item.round);
      }
      items.Add(text);
    }
    return items.Take();
  }

  std::string OfDeck(const std::string& what) const {
    if (!activity->deck) return {};
    const auto& people = activity->deck->people;
    if (what == "hands") {
      return std::to_string(
          std::ranges::count_if(people, [](const auto& one) { return !one.second.hand.empty(); }));
    }
    if (what == "present") {
      return std::to_string(
          std::ranges::count_if(people, [](const auto& one) { return one.second.present; }));
    }
    return {};
  }

  std::string OfTables(const std::string& what) const {
    if (!activity->seats) return {};
    const SeatState& seats = *activity->seats;
    if (what == "asked") return seats.plan_asked ? std::to_string(seats.plan_from) : "no";
    Joined joined;
    if (what == "tables") {  // number x capacity : topic * host
      for (const auto& [number, table] : seats.tables) {
        joined.Add(std::to_string(number) + 'x' + std::to_string(table.capacity) +
                   (table.topic.empty() ? "" : ':' + table.topic) +
                   (table.host ? '*' + NameOf(*table.host) : ""));
      }
    }
    if (what == "roster") {
      for (const PersonId& person : seats.roster) joined.Add(NameOf(person));
    }
    if (what == "seats") {  // of one person, round by round
      auto it = seats.people.find(IdOf<PersonId>(line.Word(2)));
      for (uint32_t round = 1; round <= activity->spec.seats->rounds; ++round) {
        joined.Add(std::to_string(it == seats.people.end() ? 0 : TableIn(it->second, round)));
      }
    }
    return joined.Take();
  }
};

}  // namespace

std::string ShownIn(const TestRoom& room, const ActivityId& current, const Line& line,
                    const std::map<PersonId, std::string>& names) {
  const std::string what = line.Word(1);
  const Shower shower{room, room.state().Find(current), line, names};
  std::string shown = shower.OfRoom(what);
  if (shown.empty() && shower.activity) shown = shower.OfActivity(what);
  if (shown.empty() && shower.activity) shown = shower.OfDeck(what);
  if (shown.empty() && shower.activity) shown = shower.OfTables(what);
  return shown.empty() ? "(unknown: " + what + ')' : shown;
}

}  // namespace plenum::fold_test
