#include "projector/planner/seating.h"

#include <algorithm>
#include <numeric>

namespace plenum::planner {

Seating::Seating(Schedule& schedule, const Wishes& wishes, Acquaintances& met, size_t round)
    : schedule_(schedule),
      wishes_(wishes),
      met_(met),
      round_(round),
      stays_(schedule.people()),
      known_(schedule.tables()),
      limit_(schedule.tables()),
      refused_at_(schedule.tables() / 64 + 1),
      search_(schedule) {}

void Seating::SeatAll(Draw& draw, Looks& looks) {
  std::vector<uint32_t> order(schedule_.people());
  std::iota(order.begin(), order.end(), 0u);
  std::erase_if(order, [&](uint32_t person) { return schedule_.IsHost(person); });
  draw.Shuffle(order);
  GrantWishes(order, looks);
  for (const uint32_t person : order) {
    if (schedule_.TableOf(round_, person) == kNone) waiting_.push_back(person);
  }
  std::ranges::stable_sort(waiting_, std::ranges::greater(),
                           [&](uint32_t person) { return Missed(person); });
  Fill(looks);
  // A place for everybody comes before a wish.
  stays_.assign(schedule_.people(), false);
  FillTo(schedule_.people(), looks);
}

// How many rounds they have had no table.
size_t Seating::Missed(uint32_t person) const {
  size_t missed = 0;
  for (size_t round = 0; round < round_; ++round) {
    if (schedule_.TableOf(round, person) == kNone) ++missed;
  }
  return missed;
}

// If each level is filled with as many as can be before the next is begun, no other way to seat
// these people is more even. If all tables can be filled to one level, that need not be step by
// step.
void Seating::Fill(Looks& looks) {
  const std::vector<uint32_t> all = waiting_;
  uint32_t level = EvenLevel();
  FillTo(level, looks);
  if (!AllFilled()) {
    for (const uint32_t person : all) {
      if (schedule_.TableOf(round_, person) != kNone) schedule_.Rise(round_, person);
    }
    waiting_ = all;
    level = 0;
  }
  uint32_t most = 0;
  for (uint32_t table = 0; table < limit_.size(); ++table) {
    most = std::max(most, schedule_.Capacity(table));
  }
  while (level < most && !waiting_.empty()) FillTo(++level, looks);
}

bool Seating::AllFilled() const {
  for (uint32_t table = 0; table < limit_.size(); ++table) {
    if (HasRoom(table)) return false;
  }
  return true;
}

void Seating::GrantWishes(const std::vector<uint32_t>& order, Looks& looks) {
  if (wishes_.Most() == 0) return;
  SetLimits(schedule_.people());
  std::vector<uint32_t> wishing;
  for (const uint32_t person : order) {
    if (wishes_.Any(person)) wishing.push_back(person);
  }
  std::ranges::stable_sort(wishing, std::ranges::greater(),
                           [&](uint32_t person) { return wishes_.Owed(person); });
  for (uint32_t rank = 0; rank < wishes_.Most(); ++rank) {
    std::erase_if(wishing, [&](uint32_t person) { return Grant(person, rank, looks); });
  }
}

bool Seating::Grant(uint32_t person, uint32_t rank, Looks& looks) {
  std::vector<uint32_t> tables;
  bool full = true;
  wishes_.ForEach(person, rank, [&](uint32_t table) {
    if (!schedule_.MayMove(person, kNone, table)) return;
    tables.push_back(table);
    full = full && !HasRoom(table);
  });
  if (full) {
    for (const uint32_t table : tables) Insert(refused_at_, table);
    return false;
  }
  schedule_.Sit(round_, person, BestOf(person, tables, looks));
  stays_[person] = true;
  return true;
}

void Seating::SetLimits(uint32_t level) {
  for (uint32_t table = 0; table < limit_.size(); ++table) {
    limit_[table] =
        std::min(schedule_.Capacity(table), std::max(level, schedule_.Size(round_, table)));
  }
}

// The highest level to which all tables could be filled at once.
uint32_t Seating::EvenLevel() const {
  uint64_t left = waiting_.size();
  uint32_t level = 0;
  for (; level < schedule_.people(); ++level) {
    uint64_t more = 0;  // places between this level and the next
    for (uint32_t table = 0; table < limit_.size(); ++table) {
      if (schedule_.Size(round_, table) <= level && schedule_.Capacity(table) > level) ++more;
    }
    if (more > left) break;
    left -= more;
  }
  return level;
}

void Seating::FillTo(uint32_t level, Looks& looks) {
  SetLimits(level);
  search_.OpenAll();
  std::vector<uint32_t> tables;
  std::erase_if(waiting_, [&](uint32_t person) {
    tables.clear();
    schedule_.ForEachOpen(person, kNone, search_.unreached(), [&](uint32_t table) {
      if (HasRoom(table)) tables.push_back(table);
    });
    if (tables.empty()) return SeatByMoving(person);
    schedule_.Sit(round_, person, BestOf(person, tables, looks));
    return true;
  });
}

uint32_t Seating::BestOf(uint32_t person, const std::vector<uint32_t>& tables, Looks& looks) {
  std::ranges::fill(known_, 0u);
  const auto at = [&](uint32_t other) { return schedule_.TableOf(round_, other); };
  if (looks.left > 0) {
    looks.Spend(met_.ForEach(person, round_, [&](uint32_t other) {
      if (at(other) != kNone) ++known_[at(other)];
    }));
  }
  uint32_t best = kNone;
  for (const uint32_t table : tables) {
    if (!HasRoom(table)) continue;
    if (best == kNone || known_[table] < known_[best] ||
        (known_[table] == known_[best] &&
         schedule_.Size(round_, table) < schedule_.Size(round_, best))) {
      best = table;
    }
  }
  return best;
}

// Breadth first, so that as few people as can be are moved. The tables of a search that fails have
// no way out for anybody, and are not looked at again until the limits change.
bool Seating::SeatByMoving(uint32_t person) {
  search_.Begin();
  search_.Reach(person, kNone);
  for (size_t next = 0; next < search_.reached().size(); ++next) {
    const uint32_t table = search_.reached()[next];
    if (HasRoom(table)) {
      Shift(person, table);
      search_.Succeed();
      return true;
    }
    for (const uint32_t member : schedule_.Members(round_, table)) {
      if (!schedule_.IsHost(member) && !stays_[member]) search_.Reach(member, table);
    }
  }
  return false;
}

// The table that was reached last has room: everybody on the way to it moves one table on.
void Seating::Shift(uint32_t person, uint32_t to) {
  while (search_.WhoCameTo(to) != person) {
    const uint32_t from = search_.FromWhere(to);
    schedule_.Move(round_, search_.WhoCameTo(to), to);
    to = from;
  }
  schedule_.Sit(round_, person, to);
}

}  // namespace plenum::planner
