// Random: a small seeded generator that gives the same numbers on every machine (splitmix64).
// What a rehearsal decides by chance comes from here, so that a seed repeats it.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace plenum::rehearse {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  // 0 .. n - 1; a bias of n / 2^64 does not matter here. REQUIRES: n > 0.
  uint64_t Below(uint64_t n) { return Next() % n; }
  int Between(int low, int high) { return low + static_cast<int>(Below(high - low + 1)); }
  bool Chance(int percent) { return Below(100) < static_cast<uint64_t>(percent); }
  double Unit() { return static_cast<double>(Next() >> 11) * 0x1.0p-53; }  // 0 <= x < 1

  template <class T>
  void Shuffle(std::vector<T>& values) {
    for (size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[Below(i)]);
  }
  template <class T>
  const T& Pick(const std::vector<T>& values) {
    return values[Below(values.size())];
  }

  // An independent generator, named so that adding one does not change the others.
  Random Fork(std::string_view name, uint64_t number = 0) const {
    uint64_t hash = 0xcbf29ce484222325ull ^ state_;
    for (char c : name) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3ull;
    Random fork(hash ^ (number * 0xd1342543de82ef95ull));
    fork.Next();
    return fork;
  }

 private:
  uint64_t state_;
};

}  // namespace plenum::rehearse
