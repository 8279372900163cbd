// Whom a person has met or will meet in rounds other than one.
#pragma once

#include <cstdint>
#include <vector>

#include "projector/planner/schedule.h"

namespace plenum::planner {

// How much is left of the work that a search may take: people looked at. A count and not a time, so
// that it ends at the same step on every machine.
struct Looks {
  uint64_t left;

  void Spend(uint64_t looks) { left -= looks < left ? looks : left; }
};

class Acquaintances {
 public:
  explicit Acquaintances(const Schedule& schedule)
      : schedule_(schedule), seen_(schedule.people(), 0) {}

  // Calls f once for each; not for one host with another, for they are where they are. Returns how
  // many people were looked at.
  template <class F>
  uint64_t ForEach(uint32_t person, size_t except, F f) {
    const bool host = schedule_.IsHost(person);
    uint64_t looks = 0;
    seen_[person] = ++call_;
    for (size_t round = 0; round < schedule_.rounds(); ++round) {
      const uint32_t table = schedule_.TableOf(round, person);
      if (round == except || table == kNone) continue;
      const std::vector<uint32_t>& members = schedule_.Members(round, table);
      looks += members.size();
      for (const uint32_t other : members) {
        if (seen_[other] == call_ || (host && schedule_.IsHost(other))) continue;
        seen_[other] = call_;
        f(other);
      }
    }
    return looks;
  }

 private:
  const Schedule& schedule_;
  std::vector<uint32_t> seen_;  // by person: the last call that has met them
  uint32_t call_ = 0;
};

}  // namespace plenum::planner
