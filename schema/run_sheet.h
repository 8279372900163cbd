// A run sheet: the day in one JSON file. Checked as a whole; every mistake is told with its place.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "schema/activity.h"
#include "schema/json.h"

namespace plenum {

struct RunSheet {
  Text title;
  std::vector<std::string> languages;  // BCP 47, at least one; the first is the room's own
  uint32_t expected_people = 0;
  std::vector<Option> groups;  // that people may say they belong to: an organisation, an area
  Privacy privacy;
  std::vector<ActivitySpec> activities;
  bool operator==(const RunSheet&) const = default;
};

struct Problem {
  std::string pointer;  // JSON pointer, "/activities/3/ballot/high"
  json::Place place;
  std::string what;  // one sentence
};

std::expected<RunSheet, std::vector<Problem>> ParseRunSheet(std::string_view text);
// Each with its place in the text that it was found in, in the order of that text, so that they can
// be mended from the top; at most limits::kProblems.
std::vector<Problem> WithPlaces(std::vector<Problem> problems, std::string_view text);
std::string EncodeRunSheet(const RunSheet& sheet);  // canonical, compact

// The form of one activity in a run sheet, in the event that adds it, and in views.
void WriteActivity(json::Writer& writer, const ActivitySpec& spec);
void WriteText(json::Writer& writer, const Text& text);
// `pointer` is put before the places of the problems found. `language` is what a bare string is in.
std::expected<ActivitySpec, std::vector<Problem>> ReadActivity(const json::Value& value,
                                                               std::string_view language,
                                                               std::string_view pointer);

}  // namespace plenum
