#include "projector/seat_plan.h"

#include <algorithm>

#include "projector/fold/draw.h"
#include "projector/planner/planner.h"
#include "schema/hash.h"
#include "schema/limits.h"

namespace plenum {
namespace {

using Wishes = std::vector<std::vector<uint32_t>>;

class Asking {
 public:
  explicit Asking(const Activity& activity) : activity_(activity), seats_(*activity.seats) {
    for (const auto& [number, table] : seats_.tables) {
      if (!table.topic.empty()) tables_of_[table.topic].push_back(number);
    }
  }

  PlanRequest Request() const {
    PlanRequest request;
    for (const auto& [number, table] : seats_.tables) {
      const auto topic = activity_.item_at.find(table.topic);
      const uint32_t name = topic == activity_.item_at.end() ? 0 : topic->second + 1;
      request.tables.push_back({number, table.capacity, name});
    }
    const size_t people = std::min(seats_.roster.size(), limits::kSeatsPlanned);
    for (size_t i = 0; i < people; ++i) request.people.push_back(PersonAt(i));
    for (uint32_t round = 1; round < seats_.plan_from; ++round) {
      std::vector<uint32_t>& was = request.past.emplace_back();
      for (size_t i = 0; i < people; ++i) {
        was.push_back(TableIn(seats_.people.at(seats_.roster[i]), round));
      }
    }
    // As many rounds as fit into an event; the others are planned when they open.
    const uint32_t left = activity_.spec.seats->rounds - seats_.plan_from + 1;
    const auto fit = static_cast<uint32_t>(limits::kSeatsPlanned / std::max<size_t>(people, 1));
    request.rounds = std::min(left, std::max(fit, 1u));
    return request;
  }

 private:
  PlanRequest::Person PersonAt(size_t place) const {
    const PersonId& id = seats_.roster[place];
    PlanRequest::Person person;
    for (const auto& [number, table] : seats_.tables) {
      if (table.host == id) person.host_of = number;
    }
    for (const Visit& visit : seats_.people.at(id).visits) person.visited.push_back(visit.table);
    person.wishes = WishesOf(id);
    return person;
  }

  Wishes WishesOf(const PersonId& id) const {
    Wishes wishes;
    if (const auto ballot = activity_.ballots.find(id); ballot != activity_.ballots.end()) {
      if (const auto* rank = std::get_if<RankCast>(&ballot->second.ballot)) {
        for (const ItemId& item : rank->items) wishes.push_back(TablesOf(item));
      }
    }
    std::vector<uint32_t> liked;
    for (const auto& [item, votes] : activity_.upvotes) {
      const auto vote = votes.find(id);
      if (vote == votes.end() || !vote->second.up) continue;
      const std::vector<uint32_t> tables = TablesOf(item);
      liked.insert(liked.end(), tables.begin(), tables.end());
    }
    if (!liked.empty()) wishes.push_back(std::move(liked));
    return wishes;
  }

  std::vector<uint32_t> TablesOf(const ItemId& topic) const {
    const auto tables = tables_of_.find(topic);
    return tables == tables_of_.end() ? std::vector<uint32_t>() : tables->second;
  }

  const Activity& activity_;
  const SeatState& seats_;
  std::map<ItemId, std::vector<uint32_t>> tables_of_;
};

}  // namespace

SeatsPlanned PlanSeats(const RoomId& room, const Activity& activity) {
  const SeatState& seats = *activity.seats;
  const Digest root = Sha256().Bytes(room.View()).U64(seats.plan_asked).Finish();
  Draw draw(root, activity.spec.id, "seats", seats.plan_from);
  SeatsPlanned planned{.index = seats.plan_asked, .from_round = seats.plan_from, .rounds = {}};
  for (const TablePlan::Round& round : PlanTables(Asking(activity).Request(), draw).rounds) {
    planned.rounds.emplace_back(round.table_of.begin(), round.table_of.end());
  }
  return planned;
}

}  // namespace plenum
