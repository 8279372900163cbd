// The record as one tidy table: a line a figure. What CSV and the spreadsheet are made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "projector/record/record.h"
#include "projector/record/say.h"

namespace plenum {

struct Fact {
  std::string activity;  // its id, with "#2" behind it if it was held again; empty: the room
  std::string item;      // title of the item, option or value; empty: the activity as a whole
  std::string measure;   // "mean"
  std::string value;
  bool number = false;  // whether `value` is a number
  uint64_t index = 0;   // the log entry after which it stood so
};

std::vector<Fact> FactsOf(const Record& record);

// The id of a section's activity, told apart from its other generations.
std::string NameOf(const RecordSection& section);
// Digits, with a sign and a decimal point if need be.
bool IsNumber(std::string_view text);
// The score as people write it: "69*" for ideas that were merged.
std::string ScoreOf(const RecordTable& table, const RecordRow& row);

// The parts of a ballot count that add up to all, with their measures and labels.
std::vector<Figure> PartsOf(const Say& say, const BallotCount& count);

}  // namespace plenum
