// People at tables: who is there, which tables there are, and plans of who sits where.
#include <algorithm>
#include <set>

#include "projector/fold/context.h"
#include "schema/limits.h"

namespace plenum {
namespace {

void TouchTable(FoldContext& context, uint32_t number) {
  context.rows.Touch(row_key::TableOf(context.event.activity, number));
}

void TouchPerson(FoldContext& context, const PersonId& person) {
  context.rows.Touch(row_key::SeatPersonOf(context.event.activity, person));
}

// Before, and while, people sit.
bool IsUnderWay(Phase phase) {
  return phase == Phase::kCollecting || phase == Phase::kVoting || phase == Phase::kSeated ||
         phase == Phase::kClosing;
}

// An outcome if this is no activity at tables, or if it is not under way.
std::optional<Outcome> CheckUnderWay(FoldContext& context) {
  const Activity& activity = context.activity();
  if (!activity.spec.seats) return Refused(Reason::kNoSeats);
  if (auto other = CheckGeneration(activity, context.event)) return *other;
  if (!IsUnderWay(activity.stage.phase)) return Answer(OutcomeCode::kLate);
  return std::nullopt;
}

const Table* TableHostedBy(const SeatState& seats, const PersonId& person) {
  for (const auto& [number, table] : seats.tables) {
    if (table.host == person) return &table;
  }
  return nullptr;
}

// Where somebody sat in the rounds before `round`, or went at any time.
std::set<uint32_t> Been(const SeatPerson& person, uint32_t round) {
  std::set<uint32_t> tables;
  for (uint32_t r = 1; r < round; ++r) tables.insert(TableIn(person, r));
  for (const Visit& visit : person.visits) tables.insert(visit.table);
  tables.erase(0);
  return tables;
}

// One round of a plan: tables that are there, and no more people at each than it holds.
bool Fits(const SeatState& seats, const std::vector<uint16_t>& round) {
  std::map<uint32_t, uint32_t> taken;
  for (const uint16_t table : round) {
    if (table == 0) continue;
    auto it = seats.tables.find(table);
    if (it == seats.tables.end() || ++taken[table] > it->second.capacity) return false;
  }
  return true;
}

// Nobody at a table twice, but for its host.
bool NobodyTwice(const SeatState& seats, const SeatsPlanned& planned) {
  for (size_t i = 0; i < planned.rounds.front().size(); ++i) {
    const PersonId& person = seats.roster[i];
    const Table* own = TableHostedBy(seats, person);
    std::set<uint32_t> been = Been(seats.people.at(person), planned.from_round);
    for (const auto& round : planned.rounds) {
      const uint32_t table = round[i];
      if (table == 0 || (own != nullptr && own->number == table)) continue;
      if (!been.insert(table).second) return false;
    }
  }
  return true;
}

bool IsLegal(const Activity& activity, const SeatsPlanned& planned) {
  const SeatState& seats = *activity.seats;
  const size_t people = planned.rounds.front().size();
  if (people > seats.roster.size()) return false;
  if (planned.from_round + planned.rounds.size() - 1 > activity.spec.seats->rounds) return false;
  for (const auto& round : planned.rounds) {
    if (round.size() != people || !Fits(seats, round)) return false;
  }
  return NobodyTwice(seats, planned);
}

}  // namespace

void SetUpTables(FoldContext& context, Activity& activity) {
  if (activity.seats) {
    for (const auto& [number, table] : activity.seats->tables) TouchTable(context, number);
    for (const PersonId& person : activity.seats->roster) TouchPerson(context, person);
  }
  activity.seats.reset();
  if (!activity.spec.seats) return;
  const Seats& spec = *activity.spec.seats;
  SeatState& seats = activity.seats.emplace();
  const size_t wanted =
      std::min(spec.tables != 0 ? size_t{spec.tables} : activity.items.size(), limits::kTables);
  // Topics with a number stand at the table of that number, the others at those that are free.
  for (const Item& item : activity.items) {
    if (item.number == 0 || item.number > limits::kTableNumber) continue;
    if (seats.tables.size() >= wanted) break;
    seats.tables[item.number] = {item.number, spec.capacity, item.id, std::nullopt};
  }
  uint32_t next = 1;
  const auto add = [&](const ItemId& topic) {
    while (seats.tables.contains(next)) ++next;
    seats.tables[next] = {next, spec.capacity, topic, std::nullopt};
  };
  for (const Item& item : activity.items) {
    if (item.number == 0 && seats.tables.size() < wanted) add(item.id);
  }
  while (seats.tables.size() < wanted) add({});
  for (const auto& [number, table] : seats.tables) TouchTable(context, number);
}

void AskForPlan(FoldContext& context, Activity& activity, uint32_t from_round) {
  if (!activity.spec.seats->planned || activity.seats->roster.empty()) return;
  if (from_round > activity.spec.seats->rounds) return;
  activity.seats->plan_asked = context.index;
  activity.seats->plan_from = from_round;
  context.TouchWhere();
}

SeatPerson& MarkSeated(FoldContext& context, Activity& activity) {
  SeatState& seats = *activity.seats;
  const auto [it, added] = seats.people.try_emplace(context.person());
  if (added) {
    it->second.first_index = context.index;
    seats.roster.push_back(context.person());
  }
  TouchPerson(context, context.person());
  return it->second;
}

Outcome FoldSeatHere(FoldContext& context) {
  if (auto not_now = CheckUnderWay(context)) return *not_now;
  Activity& activity = context.activity();
  if (activity.seats->people.contains(context.person())) return Ignored();
  MarkSeated(context, activity);
  return Accepted();
}

Outcome FoldTablesSet(FoldContext& context, const TablesSet& set) {
  if (auto not_now = CheckUnderWay(context)) return *not_now;
  Activity& activity = context.activity();
  SeatState& seats = *activity.seats;
  std::map<uint32_t, Table> tables;
  for (const TableSet& one : set.tables) {
    const Item* topic = activity.FindItem(one.topic);
    if (!one.topic.empty() && (topic == nullptr || !activity.IsJudged(*topic))) {
      return Refused(Reason::kUnknownItem);
    }
    const auto before = seats.tables.find(one.number);
    const auto host = before == seats.tables.end() ? std::nullopt : before->second.host;
    const Table table{one.number, one.capacity, one.topic, host};
    if (!tables.emplace(one.number, table).second) return Refused(Reason::kNumberTaken);
  }
  for (const auto& [number, table] : seats.tables) TouchTable(context, number);
  seats.tables = std::move(tables);
  for (const auto& [number, table] : seats.tables) TouchTable(context, number);
  const bool asked = seats.plan_asked != 0;
  if (activity.stage.phase == Phase::kSeated) {
    AskForPlan(context, activity, asked ? seats.plan_from : seats.round + 1);
  }
  return Accepted();
}

Outcome FoldSeatsPlanned(FoldContext& context, const SeatsPlanned& planned) {
  Activity& activity = context.activity();
  if (!activity.seats || context.event.generation != activity.stage.generation) return Ignored();
  SeatState& seats = *activity.seats;
  if (seats.plan_asked == 0 || planned.index != seats.plan_asked) return Ignored();
  // Nodes would only say it again.
  seats.plan_asked = 0;
  context.TouchWhere();
  if (planned.from_round != seats.plan_from || !IsLegal(activity, planned)) {
    return Refused(Reason::kBadPlan);
  }
  const size_t people = planned.rounds.front().size();
  for (size_t i = 0; i < seats.roster.size(); ++i) {
    const PersonId& person = seats.roster[i];
    std::vector<uint16_t>& tables = seats.people.at(person).planned;
    // It takes the place of all that was planned from its first round on, for everybody.
    if (i >= people && tables.size() < planned.from_round) continue;
    tables.resize(planned.from_round - 1);
    if (i < people) {
      for (const auto& round : planned.rounds) tables.push_back(round[i]);
    }
    TouchPerson(context, person);
  }
  return Accepted();
}

Outcome FoldTableVisited(FoldContext& context, const TableVisited& visited) {
  if (auto not_now = CheckUnderWay(context)) return *not_now;
  Activity& activity = context.activity();
  if (activity.seats->round == 0) return Refused(Reason::kNotOpen);
  if (!activity.seats->tables.contains(visited.table)) return Refused(Reason::kUnknownTable);
  const auto before = activity.seats->people.find(context.person());
  if (before != activity.seats->people.end()) {
    const auto& visits = before->second.visits;
    if (auto it = std::ranges::find(visits, context.event.id, &Visit::id); it != visits.end()) {
      return Answer(OutcomeCode::kDuplicate, it->index);
    }
    if (TableIn(before->second, activity.seats->round) == visited.table) return Ignored();
    if (before->second.visits.size() >= limits::kVisits) return Refused(Reason::kTooManyItems);
  }
  SeatPerson& person = MarkSeated(context, activity);
  person.visits.push_back({activity.seats->round, visited.table, context.index, context.event.id});
  return Accepted();
}

namespace {

// Who hosts tables, or has: what they have said before is not done again.
std::optional<Outcome> CheckHosted(const FoldContext& context, const SeatState& seats) {
  if (!context.event.person) return std::nullopt;
  const auto person = seats.people.find(context.person());
  if (person == seats.people.end()) return std::nullopt;
  const auto& hosted = person->second.hosted;
  const auto it = std::ranges::find(hosted, context.event.id, &HostedEvent::id);
  if (it != hosted.end()) return Answer(OutcomeCode::kDuplicate, it->index);
  if (hosted.size() >= limits::kVisits) return Refused(Reason::kTooManyItems);
  return std::nullopt;
}

Outcome Hosted(FoldContext& context, Activity& activity) {
  if (context.event.person) {
    MarkSeated(context, activity).hosted.push_back({context.event.id, context.index});
  }
  return Accepted();
}

}  // namespace

Outcome FoldTableHosted(FoldContext& context, const TableHosted& hosted) {
  if (auto not_now = CheckUnderWay(context)) return *not_now;
  Activity& activity = context.activity();
  SeatState& seats = *activity.seats;
  if (auto answered = CheckHosted(context, seats)) return *answered;
  auto it = seats.tables.find(hosted.table);
  if (it == seats.tables.end()) return Refused(Reason::kUnknownTable);
  Table& table = it->second;
  const std::optional<PersonId>& person = context.event.person;
  if (!hosted.hosts) {
    if (!table.host) return Ignored();
    if (person && table.host != person) return Refused(Reason::kNotTheHost);
    table.host.reset();
    TouchTable(context, table.number);
    return Hosted(context, activity);
  }
  if (!person) return Refused(Reason::kNotPermitted);
  if (table.host == person) return Ignored();
  if (table.host) return Refused(Reason::kTableHosted);
  if (const Table* other = TableHostedBy(seats, *person)) {
    seats.tables.at(other->number).host.reset();
    TouchTable(context, other->number);
  }
  table.host = person;
  TouchTable(context, table.number);
  return Hosted(context, activity);
}

std::expected<uint32_t, Outcome> TableOfNote(const FoldContext& context, const Activity& activity,
                                             const ItemAdded& added) {
  const auto unknown = std::unexpected(Refused(Reason::kUnknownTable));
  if (!activity.seats) {
    if (added.table != 0) return unknown;
    return 0;
  }
  const SeatState& seats = *activity.seats;
  if (added.table != 0 && !seats.tables.contains(added.table)) return unknown;
  const std::optional<PersonId>& person = context.event.person;
  if (person && activity.spec.collect->who == Contributors::kTableHosts) {
    const Table* own = TableHostedBy(seats, *person);
    if (own == nullptr || (added.table != 0 && own->number != added.table)) {
      return std::unexpected(Refused(Reason::kNotTheHost));
    }
    return own->number;
  }
  if (added.table != 0) return added.table;
  if (!person) return unknown;
  auto it = seats.people.find(*person);
  const uint32_t table = it == seats.people.end() ? 0 : TableIn(it->second, seats.round);
  if (table == 0 || !seats.tables.contains(table)) return unknown;
  return table;
}

}  // namespace plenum
