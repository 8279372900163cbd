// What people write where nobody says what they wrote: sentences that fit any question, more or
// less.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plenum::rehearse {

struct MadeUpTexts {
  std::vector<std::string> words;  // few, and some in several spellings: to be counted as one
  std::vector<std::string> does;   // "Ask those who are not here"
  std::vector<std::string> how;    // "every month"
};

// In English where there are none of this language.
const MadeUpTexts& MadeUpIn(std::string_view language);

}  // namespace plenum::rehearse
