// The library: every file is valid by its JSON Schema and is read by the program, says everything
// in both languages, and together they use every part of an activity.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "gateway/library/library.h"
#include "schema/json.h"
#include "schema/run_sheet.h"
#include "schema/sheet_warnings.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

// A sheet of ready activities as they stand in their files.
std::string SheetOf(const std::vector<std::string>& names) {
  json::Writer writer;
  writer.BeginObject().Key("title");
  WriteText(writer, {{{"en", "T"}, {"cy", "T"}}});
  writer.Key("languages").BeginArray().String("en").String("cy").EndArray();
  writer.Key("activities").BeginArray();
  for (const std::string& name : names) {
    const auto file = FindLibraryActivity(name);
    const auto parsed = json::Parse(file.value_or("null"));
    const json::Value* activity = parsed ? parsed->Find("activity") : nullptr;
    EXPECT_NE(activity, nullptr) << name;
    if (activity) writer.Put(*activity);
  }
  writer.EndArray().EndObject();
  return writer.Take();
}

// With what must stand before it.
std::string SheetOf(const ReadyActivity& ready) {
  std::vector<std::string> names = ready.after;
  names.push_back(ready.name);
  return SheetOf(names);
}

RunSheet Parsed(const ReadyActivity& ready) {
  const auto sheet = ParseRunSheet(SheetOf(ready));
  EXPECT_TRUE(sheet) << ready.name << ": " << sheet.error().front().what << " "
                     << sheet.error().front().pointer;
  return sheet ? *sheet : RunSheet{};
}

TEST(LibraryFiles, AreThoseOfTheFolder) {
  for (const auto& [folder, files] :
       {std::pair("activities", LibraryActivities()), std::pair("days", LibraryDays())}) {
    std::set<std::string> names, found;
    for (const LibraryFile& file : files) names.insert(std::string(file.name) + ".json");
    const auto path = test::RepositoryRoot() / "gateway/library" / folder;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      const std::string name = entry.path().filename().string();
      found.insert(name);
      const auto it = std::ranges::find(files, entry.path().stem().string(), &LibraryFile::name);
      ASSERT_NE(it, files.end()) << name;
      EXPECT_EQ(it->text, test::ReadFile(entry.path())) << name;
    }
    EXPECT_EQ(names, found);
  }
}

TEST(LibraryFiles, AreValidByTheirSchemas) {
  const test::SchemaValidator day("run-sheet.json"), ready("library.json");
  for (const LibraryFile& file : LibraryDays()) {
    EXPECT_EQ(day.Check(file.text), "") << file.name;
    EXPECT_TRUE(IsSlug(file.name)) << file.name;
  }
  for (const LibraryFile& file : LibraryActivities()) {
    EXPECT_EQ(ready.Check(file.text), "") << file.name;
    EXPECT_TRUE(IsSlug(file.name)) << file.name;
  }
  const std::string sheet = SheetOf(std::vector<std::string>{"25-10", "open-space"});
  EXPECT_EQ(day.Check(sheet), "");
}

TEST(LibraryFiles, DaysAreReadWithoutAWarning) {
  ASSERT_GE(LibraryDays().size(), 2u);
  for (const LibraryFile& file : LibraryDays()) {
    const auto sheet = ParseRunSheet(file.text);
    ASSERT_TRUE(sheet) << file.name << ": " << sheet.error().front().what;
    for (const Problem& warning : WarningsOf(*sheet, file.text)) {
      ADD_FAILURE() << file.name << ":" << warning.place.line << ": " << warning.what;
    }
    EXPECT_GT(sheet->expected_people, 0u) << file.name;
  }
}

TEST(LibraryFiles, ReadyActivitiesAreReadAfterWhatTheyNeedAndInBothLanguages) {
  ASSERT_GE(ListLibrary().activities.size(), 20u);
  for (const ReadyActivity& ready : ListLibrary().activities) {
    EXPECT_EQ(ready.about.by_language.size(), 2u) << ready.name;
    const RunSheet sheet = Parsed(ready);
    EXPECT_EQ(sheet.activities.size(), ready.after.size() + 1);
    for (const Problem& warning : WarningsOf(sheet, SheetOf(ready))) {
      EXPECT_EQ(warning.what.find("This text is not there"), std::string::npos)
          << ready.name << " " << warning.pointer;
    }
    for (size_t i = 0; i < ready.after.size(); ++i) {
      EXPECT_TRUE(FindLibraryActivity(ready.after[i])) << ready.name;
    }
  }
}

// One word for each part and value that activities are made of.
std::set<std::string> PartsOf(const ActivitySpec& spec) {
  std::set<std::string> parts = {"ballot " + std::to_string(spec.ballot.index())};
  parts.insert(spec.reveal == Reveal::kLive ? "live" : "on reveal");
  if (spec.deal) parts.insert(spec.deal->deck == Deck::kPaper ? "paper deck" : "deck");
  if (spec.seats) parts.insert(spec.seats->planned ? "planned seats" : "seats");
  if (spec.carry) parts.insert("carry");
  if (spec.RatesItems()) parts.insert("ratings");
  if (!spec.series.empty()) parts.insert("series");
  if (!spec.collect) return parts;
  parts.insert("moderation " + std::to_string(static_cast<int>(spec.collect->moderation)));
  parts.insert("from " + std::to_string(static_cast<int>(spec.collect->who)));
  if (spec.collect->words != 0) parts.insert("words");
  if (!spec.collect->fields.empty()) parts.insert("fields");
  if (!spec.collect->picture_of.empty()) parts.insert("picture");
  return parts;
}

TEST(LibraryFiles, UseEveryPartOfAnActivity) {
  std::set<std::string> used;
  for (const ReadyActivity& ready : ListLibrary().activities)
    used.merge(PartsOf(Parsed(ready).activities.back()));
  const std::set<std::string> parts = {
      "ballot 0",      "ballot 1",     "ballot 2",     "ballot 3",  "ballot 4",   "ballot 5",
      "carry",         "deck",         "fields",       "from 0",    "from 1",     "live",
      "moderation 0",  "moderation 1", "moderation 2", "on reveal", "paper deck", "picture",
      "planned seats", "ratings",      "seats",        "series",    "words"};
  EXPECT_EQ(used, parts);
}

}  // namespace
}  // namespace plenum
