// A line of a table of the fold, taken apart (tests/unit/fold_table.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/activity.h"
#include "schema/event.h"

namespace plenum::fold_test {

std::vector<std::string> Split(std::string_view text, char by);
int64_t Number(std::string_view text);

// The words of a line, taken apart: plain words in order, and key=value pairs.
struct Line {
  std::string text;
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::string>> pairs;
  std::vector<std::string> expected;  // after the arrow

  explicit Line(const std::string& line) : text(line) {
    const size_t arrow = line.find("->");
    for (const std::string& word : Split(line.substr(0, arrow), ' ')) {
      const size_t equals = word.find('=');
      if (equals == std::string::npos) {
        words.push_back(word);
      } else {
        pairs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
      }
    }
    if (arrow != std::string::npos) expected = Split(line.substr(arrow + 2), ' ');
  }

  std::string Word(size_t i) const { return i < words.size() ? words[i] : std::string(); }
  std::optional<std::string> Get(std::string_view key) const {
    for (const auto& [name, value] : pairs) {
      if (name == key) return value;
    }
    return std::nullopt;
  }
  int64_t GetNumber(std::string_view key, int64_t otherwise) const {
    const auto value = Get(key);
    return value ? Number(*value) : otherwise;
  }
};

// The activity that `NAME KIND [key=value ...]` describes, from the word at `at` on.
ActivitySpec SpecOf(const Line& line, size_t at);

// 1/seated/2
Stage StageOf(std::string_view text);
std::string Written(const Stage& stage);

}  // namespace plenum::fold_test
