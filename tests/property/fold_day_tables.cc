// Random days: people at tables, and ballots on items.
#include <algorithm>

#include "projector/fold/state.h"
#include "tests/property/fold_day.h"

namespace plenum::fold_test {

uint32_t RandomDay::AnyTable(const Activity& activity) {
  if (!activity.seats || activity.seats->tables.empty() || random_.Chance(5)) {
    return 1 + static_cast<uint32_t>(random_.Below(9));
  }
  auto it = activity.seats->tables.begin();
  std::advance(it, static_cast<std::ptrdiff_t>(random_.Below(activity.seats->tables.size())));
  return it->first;
}

void RandomDay::AtTable(const Activity& activity, const PersonId& person) {
  const uint64_t kind = random_.Below(10);
  if (kind < 3) return Send(For(activity, person, PresenceHere{}, false));
  if (kind < 6) return Send(For(activity, person, TableVisited{AnyTable(activity)}, false));
  if (kind < 8) return Contribute(activity, person);
  const TableHosted hosted{AnyTable(activity), random_.Chance(75)};
  if (random_.Chance(80)) return Send(For(activity, person, hosted, false));
  Event event = room_.Make(Role::kPresenter, hosted, activity.spec.id);
  event.generation = activity.stage.generation;
  Send(event);
}

// A round that keeps to the rules, as far as there are places.
std::vector<uint16_t> RandomDay::PlanRound(const Activity& activity,
                                           std::vector<std::set<uint32_t>>& been) {
  std::map<uint32_t, uint32_t> free;
  for (const auto& [number, table] : activity.seats->tables) free[number] = table.capacity;
  std::vector<uint16_t> round;
  for (std::set<uint32_t>& tables : been) {
    std::vector<uint32_t> open;
    for (const auto& [number, places] : free) {
      if (places > 0 && !tables.contains(number)) open.push_back(number);
    }
    if (open.empty()) {
      round.push_back(0);
      continue;
    }
    const uint32_t table = open[random_.Below(open.size())];
    --free[table];
    tables.insert(table);
    round.push_back(static_cast<uint16_t>(table));
  }
  return round;
}

void RandomDay::Plan(const Activity& activity) {
  const SeatState& seats = *activity.seats;
  SeatsPlanned plan{seats.plan_asked, std::max(seats.plan_from, 1u), {}};
  std::vector<std::set<uint32_t>> been;
  for (const PersonId& who : seats.roster) {
    const SeatPerson& person = seats.people.at(who);
    std::set<uint32_t>& tables = been.emplace_back();
    for (uint32_t round = 1; round < plan.from_round; ++round) {
      tables.insert(TableIn(person, round));
    }
    for (const Visit& visit : person.visits) tables.insert(visit.table);
  }
  if (random_.Chance(10) && !been.empty()) been.pop_back();
  for (uint32_t round = plan.from_round; round <= activity.spec.seats->rounds; ++round) {
    plan.rounds.push_back(PlanRound(activity, been));
  }
  if (plan.rounds.empty() || random_.Chance(5)) plan.rounds.emplace_back();
  if (random_.Chance(15) && !plan.rounds[0].empty()) plan.rounds[0][0] = 2;
  if (random_.Chance(5)) ++plan.from_round;
  if (random_.Chance(10)) ++plan.index;
  Event event = room_.Make(Role::kNode, plan, activity.spec.id);
  event.generation = activity.stage.generation;
  Send(event);
}

void RandomDay::TellOrganisers(const Activity& activity, const PersonId& person) {
  const uint64_t kind = random_.Below(3);
  const Digest text = HashOf(person.View());
  if (kind == 0) return Send(room_.MakeFor(person, "", OrganiserTold{text}));
  Event event = For(activity, person, GroupTold{text}, false);
  if (kind == 1) event.payload = ItemWithdrawn{AnyItem(activity)};
  // Mostly their own.
  for (const Item& item : activity.items) {
    if (kind == 1 && item.author == person) event.payload = ItemWithdrawn{item.id};
  }
  event.generation = 0;
  Send(event);
}

UpvoteCast RandomDay::RandomUpvote(const Activity& activity) {
  return {AnyItem(activity), random_.Chance(75)};
}

RankCast RandomDay::RandomRank(const Activity& activity) {
  RankCast cast;
  const uint64_t count = random_.Below(5);
  for (uint64_t i = 0; i < count; ++i) {
    const ItemId item = AnyItem(activity);
    const bool named = std::ranges::find(cast.items, item) != cast.items.end();
    if (!named || random_.Chance(5)) cast.items.push_back(item);
  }
  return cast;
}

RatingCast RandomDay::RandomRatings(const Activity& activity) {
  RatingCast cast;
  for (const Item& item : activity.items) {
    if (random_.Chance(40)) continue;
    const auto value = static_cast<int32_t>(random_.Below(5)) - 1;
    cast.ratings.push_back({item.id, random_.Chance(95) ? value : 4});
  }
  if (random_.Chance(5)) cast.ratings.push_back({AnyItem(activity), 1});
  return cast;
}

}  // namespace plenum::fold_test
