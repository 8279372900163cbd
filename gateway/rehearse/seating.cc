#include "gateway/rehearse/seating.h"

#include <algorithm>

namespace plenum::rehearse {
namespace {

bool Counted(const Sent& sent) {
  return TookEffect(sent) || (sent.outcome && sent.outcome->code == OutcomeCode::kCounted);
}

// Sent again because its first answer was lost, and answered by how it stood by then; or its
// sender had left before any answer came. What it did, it did where it stands first in the log.
bool DidSomethingUnheard(const Sent& sent, const std::vector<uint64_t>& places) {
  if (!sent.outcome) return !places.empty() && sent.refused.empty();
  const OutcomeCode code = sent.outcome->code;
  return places.size() > 1 && (code == OutcomeCode::kIgnored || code == OutcomeCode::kLate ||
                               code == OutcomeCode::kSuperseded);
}

}  // namespace

Seating::Seating(const ActivitySpec& spec, const Tally& tally, const History& history,
                 const ExportedLog& log)
    : spec_(spec), tally_(tally), history_(history), log_(log) {
  MakeTables();
  for (const Step& step : Steps()) Apply(step);
  CheckShown();
  Finish();
}

// As they are at the opening.
void Seating::MakeTables() {
  std::vector<ItemId> without_number;
  size_t items = 0;
  for (const CountedItem& item : tally_.ItemsOf(spec_.id)) {
    if (item.table != 0) continue;
    ++items;
    if (item.number != 0) {
      topics_[item.number] = item.id;
    } else {
      without_number.push_back(item.id);
    }
  }
  const size_t tables = spec_.seats->tables != 0 ? spec_.seats->tables : items;
  auto next = [this] {
    uint32_t number = 1;
    while (topics_.contains(number)) ++number;
    return number;
  };
  for (const ItemId& item : without_number) {
    if (topics_.size() < tables) topics_[next()] = item;
  }
  while (topics_.size() < tables) topics_[next()] = "";
  for (const auto& [number, topic] : topics_) capacity_[number] = spec_.seats->capacity;
}

std::vector<Seating::Step> Seating::Steps() const {
  std::vector<Step> steps;
  for (const Sent& sent : history_.all()) {
    if (sent.command.activity != spec_.id) continue;
    if (Counted(sent)) {
      steps.push_back({*sent.Index(), &sent});
    } else if (const auto& places = log_.PlacesOf(sent.command.id);
               DidSomethingUnheard(sent, places)) {
      steps.push_back({places.front(), &sent});
    }
  }
  for (const ExportedPlan& plan : log_.plans()) {
    if (plan.activity == spec_.id) steps.push_back({plan.index, nullptr, &plan});
  }
  std::ranges::sort(steps, {}, &Step::index);
  return steps;
}

void Seating::Apply(const Step& step) {
  if (step.plan != nullptr) {
    ApplyPlan(*step.plan);
    return;
  }
  const Request& request = step.sent->command.request;
  const uint32_t who = step.sent->who;
  if (const auto* advanced = std::get_if<ActivityAdvanced>(&request)) {
    const bool again = advanced->seen.phase >= Phase::kClosed;
    if (advanced->to == Phase::kSeated && !again)
      OpenRound(step.index, advanced->seen.phase == Phase::kSeated ? round_ + 1 : 1);
  } else if (const auto* tables = std::get_if<TablesSet>(&request)) {
    topics_.clear();
    capacity_.clear();
    for (const TableSet& table : tables->tables) {
      topics_[table.number] = table.topic;
      capacity_[table.number] = table.capacity;
    }
    std::erase_if(host_, [this](const auto& host) { return !topics_.contains(host.first); });
    if (round_ > 0) request_ = step.index;
  } else if (const auto* visited = std::get_if<TableVisited>(&request)) {
    moved_ = step.index;
    Appear(who);
    seats_[who].visits[round_].push_back(visited->table);
    SitNow(step.index, who);
  } else if (const auto* hosted = std::get_if<TableHosted>(&request)) {
    if (!IsStaff(who)) Appear(who);
    moved_ = step.index;
    std::erase_if(host_, [&](const auto& host) {
      return host.first == hosted->table || (hosted->hosts && host.second == who);
    });
    if (hosted->hosts) host_[hosted->table] = who;
  } else {
    const bool appears = std::holds_alternative<PresenceHere>(request) ||
                         std::holds_alternative<AddItem>(request) ||
                         std::holds_alternative<BallotCast>(request);
    // A number on paper stands for a person of its own.
    if (appears && (!IsStaff(who) || !step.sent->command.serial.empty())) {
      Appear(tally_.VoterOf(*step.sent));
    }
  }
}

void Seating::Appear(uint32_t who) {
  if (seats_.try_emplace(who).second) roster_.push_back(who);
}

void Seating::OpenRound(uint64_t index, uint32_t round) {
  round_ = round;
  opened_.emplace_back(index, round);
  for (uint32_t who : roster_) SitNow(index, who);
  if (spec_.seats->planned && !roster_.empty()) request_ = index;
}

// Where this person sits from this entry on.
void Seating::SitNow(uint64_t index, uint32_t who) {
  Seat& seat = seats_[who];
  auto visits = seat.visits.find(round_);
  auto planned = seat.planned.find(round_);
  seat.sits[index] = visits != seat.visits.end()     ? visits->second.back()
                     : planned != seat.planned.end() ? planned->second
                                                     : 0;
}

void Seating::ApplyPlan(const ExportedPlan& plan) {
  if (request_ != plan.plan.index) return;  // said again, or for a request that is no more
  request_.reset();
  if (const std::vector<std::string> faults = FaultsOf(plan); !faults.empty()) {
    // Somebody went elsewhere between the request and the plan: it is refused, and the one before
    // holds.
    if (moved_ > plan.plan.index) return;
    for (const std::string& fault : faults) Complain(fault);
  }
  for (auto& [who, seat] : seats_)
    seat.planned.erase(seat.planned.lower_bound(plan.plan.from_round), seat.planned.end());
  for (size_t r = 0; r < plan.plan.rounds.size(); ++r) {
    const uint32_t round = plan.plan.from_round + static_cast<uint32_t>(r);
    without_place_[round] = 0;
    for (size_t i = 0; i < plan.plan.rounds[r].size() && i < roster_.size(); ++i) {
      const uint32_t table = plan.plan.rounds[r][i];
      if (table != 0) seats_[roster_[i]].planned[round] = table;
      without_place_[round] += table == 0;
    }
  }
  for (uint32_t who : roster_) SitNow(plan.index, who);
}

// Capacity is kept; nobody is sent to a table again, but for their own.
std::vector<std::string> Seating::FaultsOf(const ExportedPlan& plan) const {
  std::vector<std::string> faults;
  std::vector<std::set<uint32_t>> been(roster_.size());
  for (size_t i = 0; i < roster_.size(); ++i) {
    const Seat& seat = seats_.at(roster_[i]);
    for (const auto& [round, tables] : seat.visits) been[i].insert(tables.begin(), tables.end());
    for (const auto& [round, table] : seat.planned) {
      const bool sat = round < plan.plan.from_round && !seat.visits.contains(round);
      if (sat) been[i].insert(table);
    }
  }
  for (const std::vector<uint16_t>& round : plan.plan.rounds) {
    std::map<uint32_t, uint32_t> people;
    if (round.size() > roster_.size())
      faults.emplace_back("a plan is for more people than there are");
    for (size_t i = 0; i < round.size() && i < roster_.size(); ++i) {
      const uint32_t table = round[i];
      if (table == 0) continue;
      ++people[table];
      auto host = host_.find(table);
      const bool own = host != host_.end() && host->second == roster_[i];
      if (!been[i].insert(table).second && !own)
        faults.push_back("somebody is sent to table " + std::to_string(table) + " again");
    }
    for (const auto& [table, number] : people) {
      if (!capacity_.contains(table) || number > capacity_.at(table))
        faults.push_back("a plan sends " + std::to_string(number) + " people to table " +
                         std::to_string(table));
    }
  }
  return faults;
}

std::optional<uint32_t> Seating::At(uint32_t who, uint64_t index) const {
  auto seat = seats_.find(who);
  if (seat == seats_.end()) return std::nullopt;
  auto next = seat->second.sits.lower_bound(index);
  return next == seat->second.sits.begin() ? 0 : std::prev(next)->second;
}

// Every phone, and every display, at each number of events of which it showed something.
void Seating::CheckShown() {
  size_t phones = 0, displays = 0;
  for (const SeenSeat& seen : history_.seats()) {
    if (seen.activity != spec_.id) continue;
    const std::optional<uint32_t> at = At(seen.who, seen.version);
    if (at && *at != seen.table) ++phones;
  }
  for (const SeenTables& seen : history_.tables()) {
    if (seen.activity != spec_.id) continue;
    std::map<uint32_t, uint32_t> seated;
    for (uint32_t who : roster_) ++seated[At(who, seen.version).value_or(0)];
    for (const auto& [table, number] : seen.seated) displays += seated[table] != number;
  }
  if (phones > 0) Complain(std::to_string(phones) + " phones named another table");
  if (displays > 0)
    Complain(std::to_string(displays) + " times a display showed another number at a table");
}

void Seating::Finish() {
  for (size_t i = 0; i < opened_.size(); ++i) {
    const uint64_t end = i + 1 < opened_.size() ? opened_[i + 1].first : log_.size();
    RoundAtTables round;
    round.round = opened_[i].second;
    std::set<uint32_t> tables;
    for (uint32_t who : roster_) {
      const uint32_t table = At(who, end).value_or(0);
      if (table != 0) tables.insert(table);
      round.seated += table != 0;
      round.planned += seats_.at(who).planned.contains(round.round);
    }
    round.tables = static_cast<uint32_t>(tables.size());
    round.without_place = without_place_[round.round];
    rounds_.push_back(round);
  }
}

}  // namespace plenum::rehearse
