// Every random choice of the fold: drawn from the room's own Merkle root, so that attendees cannot
// predict it and anyone can recompute it (schema/rules.md, Draws).
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/ids.h"

namespace plenum {

class Draw {
 public:
  // `root` is the room's root up to and including the event that draws.
  Draw(const Digest& root, std::string_view activity, std::string_view purpose, uint32_t n);

  const Digest& seed() const { return seed_; }
  // Uniform in 0 .. n - 1. REQUIRES: n > 0.
  uint64_t Below(uint64_t n);

  template <class T>
  void Shuffle(std::vector<T>& list) {
    for (size_t i = list.size(); i-- > 1;) std::swap(list[i], list[Below(i + 1)]);
  }

 private:
  uint64_t Next();

  Digest seed_;
  Digest block_;
  uint64_t blocks_ = 0;  // made so far
  size_t used_ = 4;      // of the block's four numbers
};

}  // namespace plenum
