#include "projector/planner/topic_tables.h"

#include <cstddef>

namespace plenum {
namespace {

// What decides who gets the next table, in this order.
struct Claim {
  bool none;          // has no table yet
  bool short_;        // its people do not fit
  uint64_t interest;  // divided by 2 · tables + 1
  uint64_t divisor;
};

bool IsBefore(const Claim& a, const Claim& b) {
  if (a.none != b.none) return a.none;
  if (!a.none && a.short_ != b.short_) return a.short_;
  return a.interest * b.divisor > b.interest * a.divisor;
}

}  // namespace

std::vector<uint32_t> AssignTables(const std::vector<uint32_t>& interest, uint32_t tables,
                                   uint32_t capacity) {
  std::vector<uint32_t> given(interest.size(), 0);
  if (interest.empty()) return given;
  const auto claim = [&](size_t topic) {
    const uint64_t has = given[topic];
    return Claim{has == 0, has * capacity < interest[topic], interest[topic], 2 * has + 1};
  };
  for (uint32_t i = 0; i < tables; ++i) {
    size_t next = 0;
    for (size_t topic = 1; topic < interest.size(); ++topic) {
      if (IsBefore(claim(topic), claim(next))) next = topic;
    }
    ++given[next];
  }
  return given;
}

}  // namespace plenum
