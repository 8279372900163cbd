#include "projector/planner/planner.h"

#include <algorithm>

#include "projector/planner/acquaintances.h"
#include "projector/planner/completion.h"
#include "projector/planner/mixing.h"
#include "projector/planner/rotation.h"
#include "projector/planner/schedule.h"
#include "projector/planner/seating.h"
#include "projector/planner/wishes.h"

namespace plenum {
namespace planner {
namespace {

// At most some tenths of a second.
constexpr uint64_t kLooksToSeat = 100'000'000;
constexpr uint64_t kLooksToMix = 10'000'000;
constexpr uint32_t kPatience = 500;  // steps of a round without gain
constexpr uint32_t kIdleSweeps = 3;  // of all rounds without gain

// One round after the other.
void SeatRounds(const PlanRequest& request, Schedule& schedule, Draw& draw, Looks& looks) {
  Wishes wishes(request, schedule);
  Acquaintances met(schedule);
  Looks to_seat{kLooksToSeat};
  for (size_t round = schedule.first(); round < schedule.rounds(); ++round) {
    Seating seating(schedule, wishes, met, round);
    seating.SeatAll(draw, to_seat);
    Mixing mixing(schedule, wishes, met, round);
    mixing.KeepRefusals(seating.refused_at());
    mixing.Mix(kPatience, draw, looks);
    wishes.Count(schedule, round);
  }
  Completion(schedule).Complete();
}

// Each round again, now that the others are known.
void MixRounds(const PlanRequest& request, Schedule& schedule, Draw& draw, Looks& looks) {
  const Wishes wishes(request, schedule);
  Acquaintances met(schedule);
  uint64_t fewest = UINT64_MAX;
  for (uint32_t idle = 0; idle < kIdleSweeps && looks.left > 0; ++idle) {
    uint64_t pairs = 0;
    for (size_t round = schedule.first(); round < schedule.rounds(); ++round) {
      Mixing mixing(schedule, wishes, met, round);
      mixing.PinWishes();
      pairs += mixing.Mix(kPatience, draw, looks);
    }
    if (pairs == 0) return;
    if (pairs < fewest) idle = 0;
    fewest = std::min(fewest, pairs);
  }
}

bool HaveMet(const Schedule& schedule, uint32_t a, uint32_t b, size_t before) {
  for (size_t round = 0; round < before; ++round) {
    const uint32_t table = schedule.TableOf(round, a);
    if (table != kNone && table == schedule.TableOf(round, b)) return true;
  }
  return false;
}

uint64_t Repeated(const Schedule& schedule, size_t round) {
  uint64_t repeated = 0;
  for (uint32_t table = 0; table < schedule.tables(); ++table) {
    const std::vector<uint32_t>& members = schedule.Members(round, table);
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (schedule.IsHost(members[i]) && schedule.IsHost(members[j])) continue;
        if (HaveMet(schedule, members[i], members[j], round)) ++repeated;
      }
    }
  }
  return repeated;
}

uint64_t Repeated(const Schedule& schedule) {
  uint64_t repeated = 0;
  for (size_t round = schedule.first(); round < schedule.rounds(); ++round) {
    repeated += Repeated(schedule, round);
  }
  return repeated;
}

Schedule Best(const PlanRequest& request, Draw& draw) {
  const Schedule empty(request);
  Schedule rotated = empty;
  const bool rotates = CanRotate(request, empty);
  if (rotates) {
    Rotate(rotated, draw);
    if (Repeated(rotated) == 0) return rotated;
  }
  Schedule seated = empty;
  Looks looks{kLooksToMix};
  SeatRounds(request, seated, draw, looks);
  MixRounds(request, seated, draw, looks);
  if (!rotates || Repeated(seated) == 0) return seated;
  looks = {kLooksToMix};
  MixRounds(request, rotated, draw, looks);
  return Repeated(rotated) < Repeated(seated) ? rotated : seated;
}

}  // namespace
}  // namespace planner

TablePlan PlanTables(const PlanRequest& request, Draw& draw) {
  const planner::Schedule schedule = planner::Best(request, draw);
  TablePlan plan;
  for (size_t round = schedule.first(); round < schedule.rounds(); ++round) {
    TablePlan::Round& out = plan.rounds.emplace_back();
    out.repeated = planner::Repeated(schedule, round);
    for (uint32_t person = 0; person < schedule.people(); ++person) {
      const uint32_t table = schedule.TableOf(round, person);
      out.table_of.push_back(table == planner::kNone ? 0 : schedule.Number(table));
      if (table == planner::kNone) ++out.without_place;
    }
  }
  return plan;
}

}  // namespace plenum
