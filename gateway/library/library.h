// The library: ready activities and complete sample days, embedded in the program. A day is a run
// sheet; a ready activity stands in a file with what an organiser wants to know of it
// (schema/json-schema/library.json). Constant; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/activity.h"

namespace plenum {

struct LibraryFile {
  std::string_view name;  // "world-cafe"
  std::string_view text;  // the file
};

// In alphabetical order.
std::span<const LibraryFile> LibraryActivities();
std::span<const LibraryFile> LibraryDays();
std::optional<std::string_view> FindLibraryActivity(std::string_view name);
std::optional<std::string_view> FindLibraryDay(std::string_view name);

// The JSON Schema of run sheets, with all that it refers to, for editors.
std::string_view RunSheetSchema();

struct ReadyActivity {
  std::string name;
  Text title;
  Text about;                      // for the organiser; no part of the activity
  std::vector<std::string> after;  // ready activities that must stand before it, in this order
};

struct ReadyDay {
  std::string name;
  Text title;
  std::vector<std::string> languages;
  uint32_t expected_people = 0;
  size_t activities = 0;
};

struct LibraryList {
  std::vector<ReadyDay> days;
  std::vector<ReadyActivity> activities;
};
const LibraryList& ListLibrary();

// {"days":[{"name","title","languages","expected_people","activities"}],
//  "activities":[{"name","title","about","after":["…"]}]}
std::string EncodeLibraryList();

}  // namespace plenum
