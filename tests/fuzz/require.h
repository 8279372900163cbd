// What must hold in a fuzzer, in every build.
#pragma once

#include <cstdlib>

namespace plenum {

inline void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace plenum
