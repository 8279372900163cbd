// Random numbers of one seed (splitmix64): the same on every machine, unlike <random>'s
// distributions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace plenum::simulation {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  uint64_t Below(uint64_t n) { return Next() % n; }  // the bias is of no matter here
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Below(static_cast<uint64_t>(high - low + 1)));
  }
  bool Percent(int p) { return Below(100) < static_cast<uint64_t>(p); }
  template <class T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }
  void Fill(std::span<uint8_t> bytes) {
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(Next());
  }
  template <class Id>
  Id Draw() {
    Id id;
    Fill(id.bytes);
    return id;
  }
  // Another stream, so that one part's draws do not shift another's.
  Random Fork() { return Random(Next()); }

 private:
  uint64_t state_;
};

}  // namespace plenum::simulation
