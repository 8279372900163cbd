// Words as a room sees them: counted by spelling. What is derived from texts is a view beside the
// fold, made again from log and vault.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "projector/fold/state.h"
#include "projector/views/view_builder.h"
#include "schema/json.h"

namespace plenum {

struct CountedWord {
  std::string word;    // as it was most often written; among these, as it was first
  uint32_t count = 0;  // contributions
  ItemId item;         // the first of them: by it, spellings are merged
};

// Spellings that are the same once folded (schema/field_texts.h) count together, and so do those of
// which staff have merged an item into another's. The most frequent first, then by first mention.
std::vector<CountedWord> CountWords(const ViewContext& context, const Activity& activity);

inline constexpr size_t kViewWords = 200;  // in one view, at most

// `"words":[…]`, and how many `more` there are.
void WriteWords(json::Writer& writer, const ViewContext& context, const Activity& activity);

}  // namespace plenum
