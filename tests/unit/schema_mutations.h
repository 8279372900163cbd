// Every small change of a JSON text: each member dropped, each value of another kind or out of its
// bounds, and members that nobody knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plenum::test {

struct Mutant {
  std::string pointer;  // what was changed
  std::string what;     // how
  std::string text;
};

// REQUIRES: `text` is I-JSON.
std::vector<Mutant> MutantsOf(std::string_view text);

}  // namespace plenum::test
