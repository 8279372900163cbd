// How much a property test tries: little by default, and much with PLENUM_TESTS=full. Seeds are
// printed with every failure; PLENUM_SEED=n runs one seed alone.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace plenum::fold_test {

inline bool FullTests() {
  const char* tests = std::getenv("PLENUM_TESTS");
  return tests != nullptr && std::string(tests) == "full";
}

inline std::vector<uint64_t> Seeds(uint64_t few, uint64_t many) {
  if (const char* seed = std::getenv("PLENUM_SEED")) return {std::strtoull(seed, nullptr, 10)};
  std::vector<uint64_t> seeds;
  for (uint64_t seed = 1; seed <= (FullTests() ? many : few); ++seed) seeds.push_back(seed);
  return seeds;
}

}  // namespace plenum::fold_test
