// Run sheets: every mistake is told, at its place, in one go.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/labels.h"
#include "schema/limits.h"
#include "schema/run_sheet.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

// One activity's members, in a sheet that is right otherwise.
std::string SheetWith(std::string_view members) {
  return R"({"title":"T","languages":["en","cy"],"activities":[{"id":"a","title":"A",)" +
         std::string(members) + "}]}";
}

// All problems as "pointer: sentence" lines.
std::string Problems(std::string_view text) {
  const auto sheet = ParseRunSheet(text);
  if (sheet) return "fine";
  std::string lines;
  for (const Problem& problem : sheet.error()) {
    if (!lines.empty()) lines += '\n';
    lines += problem.pointer + ": " + problem.what;
  }
  return lines;
}

// Members of an activity, and what is said of them.
const std::string kAt = "/activities/0";
const std::string kNothingToJudge =
    "/ballot: There is nothing to judge: \"items\", \"collect\" or \"carry\" is needed.";
const std::vector<std::pair<std::string, std::string>> kActivities = {
    {R"("ballot":{"kind":"scale"})", "fine"},
    {R"("series":"s")", "fine"},
    {R"("promt":"?")", kAt + "/promt: There is no member \"promt\" here; is \"prompt\" meant?"},
    {R"("colour":"red")", kAt + "/colour: There is no member \"colour\" here."},
    {R"("ballot":{})", kAt + "/ballot: The member \"kind\" is missing."},
    {R"("ballot":{"kind":"vote"})",
     kAt +
         "/ballot/kind: This must be \"choice\", \"scale\", \"dots\", \"upvote\" or \"rank\", not "
         "\"vote\"; is \"upvote\" meant?"},
    {R"("ballot":{"kind":"scale","low":5,"high":5})",
     kAt + "/ballot/high: This must be more than \"low\"."},
    {R"("ballot":{"kind":"scale","low":0,"high":101})",
     kAt + "/ballot/high: This scale has too many steps."},
    {R"("ballot":{"kind":"choice","options":[]})",
     kAt + "/ballot/options: At least 1 must stand here."},
    {R"("ballot":{"kind":"choice","options":[{"id":"x","title":"X"},{"id":"x","title":"Y"}]})",
     kAt + "/ballot/options/1/id: There is an option \"x\" already."},
    {R"("ballot":{"kind":"choice","options":[{"id":"x","title":"X"}],"max":2})",
     kAt + "/ballot/max: This must not be more than there are options."},
    {R"("ballot":{"kind":"choice","options":[{"id":"x","title":"X"}],"min":2})",
     kAt + "/ballot/min: This must not be more than \"max\"."},
    {R"("ballot":{"kind":"dots"},"items":[{"id":"x","title":"X"}])", "fine"},
    {R"("ballot":{"kind":"dots","budget":3},"collect":{})", "fine"},
    {R"("ballot":{"kind":"dots"})", kAt + kNothingToJudge},
    {R"("ballot":{"kind":"upvote"})", kAt + kNothingToJudge},
    {R"("ballot":{"kind":"rank"},"items":[])", kAt + kNothingToJudge},
    {R"("ballot":{"kind":"upvote"},"collect":{})", "fine"},
    {R"("ballot":{"kind":"upvote","top":3},"collect":{})",
     kAt + "/ballot/top: There is no member \"top\" here."},
    {R"("ballot":{"kind":"rank","top":21},"collect":{})",
     kAt + "/ballot/top: This must be a whole number from 1 to 20."},
    {R"("ballot":{"kind":"scale"},"items":[{"id":"x","title":"X"}])", "fine"},
    {R"("collect":{"words":3})", "fine"},
    {R"("collect":{"words":0})", kAt + "/collect/words: This must be a whole number from 1 to 10."},
    {R"("collect":{"fields":[]})", kAt + "/collect/fields: At least 1 must stand here."},
    {R"("collect":{"fields":[{"id":"a","title":"A"},{"id":"a","title":"B"}]})",
     kAt + "/collect/fields/1/id: There is a field \"a\" already."},
    {R"("collect":{"fields":[{"id":"a"}]})",
     kAt + "/collect/fields/0: The member \"title\" is missing."},
    {R"("collect":{"words":3,"fields":[{"id":"a","title":"A"}]})",
     kAt + "/collect/words: Words are counted where an answer has no fields."},
    {R"("collect":{"moderation":"later"})",
     kAt + "/collect/moderation: This must be \"off\", \"approve-first\" or \"hide-after\", not "
           "\"later\"."},
    {R"("ballot":{"kind":"choice","options":[{"id":"x","title":"X","picture":"A seed"}]})",
     kAt + "/ballot/options/0/picture: This must be 1 to 40 lower-case letters, digits and "
           "hyphens."},
    {R"("deal":{},"collect":{"words":3},"ballot":{"kind":"scale"})",
     kAt + "/collect: A card has one text."},
    {R"("deal":{},"collect":{"fields":[{"id":"a","title":"A"}]},"ballot":{"kind":"scale"})",
     kAt + "/collect: A card has one text."},
    {R"("deal":{},"collect":{},"ballot":{"kind":"scale"},"seats":{"tables":3})",
     kAt + "/seats: People either swap cards or sit at tables: \"deal\" is there, too."},
    {R"("deal":{},"collect":{},"ballot":{"kind":"scale"},"carry":{"from":"b"})",
     kAt + "/carry: Cards are written by those who swap them, and not carried over."},
    {R"("seats":{"tables":20,"rounds":3,"planned":false},"time":{"seat_ms":720000})", "fine"},
    {R"("seats":{},"items":[{"id":"x","title":"X"}])", "fine"},
    {R"("seats":{})", kAt +
                          "/seats: How many tables there are is not said: \"items\", \"carry\" or "
                          "\"tables\" is needed."},
    {R"("seats":{"tables":501},"items":[{"id":"x","title":"X"}])",
     kAt + "/seats/tables: This must be a whole number from 1 to 500."},
    {R"("seats":{"tables":3,"capacity":0})",
     kAt + "/seats/capacity: This must be a whole number from 1 to 1000."},
    {R"("seats":{"tables":3},"items":[{"id":"x","title":"X"}],"ballot":{"kind":"dots"})",
     kAt + "/ballot: At tables a ballot says what people want to talk about: it is of the kind "
           "\"upvote\" or \"rank\"."},
    {R"("carry":{})", kAt + "/carry: The member \"from\" is missing."},
    {R"("carry":{"from":"b"})", kAt + "/carry/from: There is no activity \"b\" before this one."},
    {R"("carry":{"from":"a"})", kAt + "/carry/from: There is no activity \"a\" before this one."},
    {R"("collect":{"picture_of":"b"})",
     kAt + "/collect/picture_of: This must be a choice before this one, of the same series."},
    {R"("collect":{},"ballot":{"kind":"dots","budget":3,"cap":4})",
     kAt + "/ballot/cap: This must not be more than \"budget\"."},
    {R"("collect":{},"ballot":{"kind":"dots","budget":101})",
     kAt + "/ballot/budget: This must be a whole number from 1 to 100."},
    {R"("collect":{"who":"hosts"})",
     kAt + "/collect/who: This must be \"everyone\", \"table-hosts\" or \"staff\", not \"hosts\"; "
           "is \"table-hosts\" meant?"},
    {R"("collect":{"each":0})", kAt + "/collect/each: This must be a whole number from 1 to 1000."},
    {R"("deal":{},"ballot":{"kind":"scale"})",
     kAt + "/deal: Cards are dealt only where they are collected: \"collect\" is missing."},
    {R"("deal":{},"collect":{})",
     kAt + "/deal: Cards are scored on a scale: a ballot of the kind \"scale\" is needed."},
    {R"("deal":{"rounds":21},"collect":{},"ballot":{"kind":"scale"})",
     kAt + "/deal/rounds: This must be a whole number from 1 to 20."},
    {R"("items":[{"id":"x","title":"X","number":1},{"id":"y","title":"Y","number":1}])",
     kAt + "/items/1/number: Number 1 is taken already."},
    {R"("items":[{"id":"x","title":"X"},{"id":"x","title":"Y"}])",
     kAt + "/items/1/id: There is an item \"x\" already."},
    {R"("items":[{"id":"x"}])", kAt + "/items/0: The member \"title\" is missing."},
    {R"("series":"room")",
     kAt + "/series: The name \"room\" is kept for joining the room; please take another."},
    {R"("reveal":"later")",
     kAt + "/reveal: This must be \"live\" or \"on-reveal\", not \"later\"."},
    {R"("time":{"vote_ms":-1})",
     kAt + "/time/vote_ms: This must be a whole number from 0 to 86400000."},
    {R"("shuffle_items":"yes")", kAt + "/shuffle_items: This must be true or false, not a string."},
    {R"("prompt":{"fr":"Bonjour"})",
     kAt + "/prompt/fr: This language is not among the languages of the run sheet."},
    {R"("prompt":{"e":"?"})", kAt + "/prompt/e: This is no language tag."},
    {R"("prompt":{})", kAt + "/prompt: At least one language must stand here."},
    {R"("prompt":" ")", kAt + "/prompt: This text is empty."},
    {R"("prompt":["?"])",
     kAt + "/prompt: This must be a text, or an object with one for each language, not an array."},
    {R"("prompt":"two\nlines")", "fine"},
    {R"("prompt":"a\tb")", kAt + "/prompt: This text has control characters."},
    {"\"prompt\":\"\u202Ex\"",
     kAt + "/prompt: This text has characters that change the direction of writing."},
    {"\"prompt\":\"" + std::string(1001, 'x') + "\"",
     kAt + "/prompt: This text is longer than 1000 characters."},
};

TEST(SchemaRunSheet, TellsWhatIsWrongWithAnActivity) {
  for (const auto& [members, problems] : kActivities) {
    EXPECT_EQ(Problems(SheetWith(members)), problems) << members;
  }
}

TEST(SchemaRunSheet, TellsWhatIsWrongWithTheSheet) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"[", ": The text ends where a value is expected."},
      {"{}",
       ": The member \"languages\" is missing.\n: The member \"title\" is missing.\n"
       ": The member \"activities\" is missing."},
      {R"({"title":"T","languages":[],"activities":[]})",
       "/languages: At least 1 must stand here.\n/activities: At least 1 must stand here."},
      {R"({"title":"T","languages":["en","en","e1"],"activities":[{"id":"a","title":"A"}]})",
       "/languages/1: This language stands here already.\n"
       "/languages/2: This must be a language tag, such as \"en\" or \"cy\"."},
      {R"({"title":"T","languages":["en"],"activities":[{"id":"a","title":"A"},{"id":"a","title":"B"}]})",
       "/activities/1/id: There is an activity \"a\" already."},
      {R"({"title":"T","languages":["en"],"activities":[{"id":"room","title":"A"}]})",
       "/activities/0/id: The name \"room\" is kept for joining the room; please take another."},
      {R"({"title":"T","languages":["en"],"expected_people":100001,"activities":[{"id":"a","title":"A"}]})",
       "/expected_people: This must be a whole number from 0 to 100000."},
      {std::string(limits::kRunSheetBytes + 1, ' '), ": The run sheet is larger than 512 KiB."},
  };
  for (const auto& [text, problems] : cases) EXPECT_EQ(Problems(text), problems);
}

TEST(SchemaRunSheet, WhatIsCarriedOverComesFromAnEarlierActivityWithItems) {
  const auto sheet = [](std::string_view first, std::string_view second) {
    return R"({"title":"T","languages":["en"],"activities":[{"id":"a","title":"A")" +
           std::string(first) + R"(},{"id":"b","title":"B")" + std::string(second) + "}]}";
  };
  const std::string carry = R"(,"carry":{"from":"a","top":10})";
  EXPECT_EQ(Problems(sheet(R"(,"collect":{})", carry)), "fine");
  EXPECT_EQ(Problems(sheet(R"(,"items":[{"id":"x","title":"X"}])", carry)), "fine");
  EXPECT_EQ(Problems(sheet("", carry)),
            "/activities/1/carry/from: The activity \"a\" has no items to carry over.");
  EXPECT_EQ(Problems(sheet(R"(,"carry":{"from":"b"})", R"(,"collect":{})")),
            "/activities/0/carry/from: There is no activity \"b\" before this one.");
}

TEST(SchemaRunSheet, APictureIsOfAnEarlierChoiceInTheSameSeries) {
  const auto sheet = [](std::string_view ballot, std::string_view series) {
    return R"({"title":"T","languages":["en"],"activities":[{"id":"a","title":"A","series":"s",)"
           R"("ballot":)" +
           std::string(ballot) +
           R"(},{"id":"b","title":"B","collect":{"picture_of":"a"},"series":")" +
           std::string(series) + "\"}]}";
  };
  const std::string choice = R"({"kind":"choice","options":[{"id":"x","title":"X"}]})";
  const std::string refused =
      "/activities/1/collect/picture_of: This must be a choice before this one, of the same "
      "series.";
  EXPECT_EQ(Problems(sheet(choice, "s")), "fine");
  EXPECT_EQ(Problems(sheet(choice, "t")), refused);
  EXPECT_EQ(Problems(sheet(R"({"kind":"scale"})", "s")), refused);
}

TEST(SchemaRunSheet, GroupsAndPrivacyAreOfTheWholeDay) {
  const auto sheet = [](std::string_view members) {
    return R"({"title":"T","languages":["en"],"activities":[{"id":"a","title":"A"}],)" +
           std::string(members) + "}";
  };
  EXPECT_EQ(Problems(sheet(R"("groups":[{"id":"g","title":"G"}])")), "fine");
  EXPECT_EQ(Problems(sheet(R"("groups":[])")), "/groups: At least 1 must stand here.");
  EXPECT_EQ(Problems(sheet(R"("groups":[{"id":"g","title":"G"},{"id":"g","title":"H"}])")),
            "/groups/1/id: There is a group \"g\" already.");
  EXPECT_EQ(Problems(sheet(R"("groups":[{"id":"g","title":"G","picture":"seed"}])")),
            "/groups/0/picture: There is no member \"picture\" here.");
  EXPECT_EQ(Problems(sheet(R"("privacy":{"controller":"C","contact":"c@x","retention_days":90})")),
            "fine");
  EXPECT_EQ(Problems(sheet(R"("privacy":{"controller":"C"})")),
            "/privacy: The member \"contact\" is missing.\n"
            "/privacy: The member \"retention_days\" is missing.");
  EXPECT_EQ(Problems(sheet(R"("privacy":{"controller":"C","contact":"c","retention_days":0})")),
            "/privacy/retention_days: This must be a whole number from 1 to 3650.");
}

TEST(SchemaRunSheet, ASeriesHasBallotsOfOneShape) {
  const auto sheet = [](std::string_view first, std::string_view second) {
    return R"({"title":"T","languages":["en"],"activities":[{"id":"a","title":"A","series":"s",)"
           R"("ballot":)" +
           std::string(first) + R"(},{"id":"b","title":"B","series":"s","ballot":)" +
           std::string(second) + "}]}";
  };
  const std::string refused =
      "/activities/1/series: The activities \"a\" and \"b\" share the series \"s\", so that their "
      "ballots must be of one kind and range.";
  const std::string scale = R"({"kind":"scale","low":1,"high":5,"low_label":"no"})";
  const std::string choice = R"({"kind":"choice","options":[{"id":"x","title":"X"}]})";
  EXPECT_EQ(Problems(sheet(scale, R"({"kind":"scale","high_label":"yes"})")), "fine");
  EXPECT_EQ(Problems(sheet(scale, R"({"kind":"scale","high":7})")), refused);
  EXPECT_EQ(Problems(sheet(scale, choice)), refused);
  const std::string items = R"(,"items":[{"id":"x","title":"X"}])";
  const auto with_items = [&](std::string_view ballot) { return std::string(ballot) + items; };
  EXPECT_EQ(Problems(sheet(with_items(R"({"kind":"rank"})"), with_items(R"({"kind":"rank"})"))),
            "fine");
  EXPECT_EQ(
      Problems(sheet(with_items(R"({"kind":"rank"})"), with_items(R"({"kind":"rank","top":5})"))),
      refused);
  EXPECT_EQ(Problems(sheet(choice, choice)), "fine");
  EXPECT_EQ(Problems(sheet(choice, R"({"kind":"choice","options":[{"id":"y","title":"X"}]})")),
            refused);
}

TEST(SchemaRunSheet, AnActivityMustFitIntoItsEvent) {
  std::string items;
  for (int n = 0; n < 150; ++n) {
    items += (n ? ",{\"id\":\"" : "{\"id\":\"") + std::to_string(n) + "\",\"title\":\"" +
             std::string(200, 'x') + "\"}";
  }
  EXPECT_EQ(Problems(SheetWith("\"items\":[" + items + "]")),
            "/activities/0: This activity is too large; it may take 30 KiB with all its texts.");
}

TEST(SchemaRunSheet, ProblemsStandInTheOrderOfTheTextWithTheirPlaces) {
  const auto sheet = ParseRunSheet(
      "{\n  \"titel\": \"T\",\n  \"languages\": [\"en\"],\n  \"activities\": [\n"
      "    {\"id\": \"A\", \"title\": \"A\"},\n    {\"id\": \"b\", \"title\": 7}\n  ]\n}\n");
  ASSERT_FALSE(sheet);
  std::vector<std::tuple<std::string, size_t, size_t>> places;
  for (const Problem& p : sheet.error())
    places.emplace_back(p.pointer, p.place.line, p.place.column);
  const std::vector<std::tuple<std::string, size_t, size_t>> expected = {
      {"", 1, 1},
      {"/titel", 2, 12},
      {"/activities/0/id", 5, 12},
      {"/activities/1/title", 6, 26},
  };
  EXPECT_EQ(places, expected);
}

TEST(SchemaRunSheet, ASheetThatIsWrongEverywhereIsToldInBounds) {
  std::string activities;
  for (int n = 0; n < 200; ++n) activities += n ? ",{\"x\":1,\"y\":2}" : "{\"x\":1,\"y\":2}";
  const auto sheet =
      ParseRunSheet(R"({"title":"T","languages":["en"],"activities":[)" + activities + "]}");
  ASSERT_FALSE(sheet);
  EXPECT_EQ(sheet.error().size(), limits::kProblems);
}

TEST(SchemaRunSheet, BareTextsAreInTheFirstLanguageAndOthersInItsOrder) {
  const auto sheet = ParseRunSheet(
      R"({"title":"T","languages":["cy","en"],"activities":[{"id":"a","title":{"en":"A","cy":"B"}}]})");
  ASSERT_TRUE(sheet);
  const Text title{{{"cy", "T"}}};
  const Text both{{{"cy", "B"}, {"en", "A"}}};
  EXPECT_EQ(sheet->title, title);
  EXPECT_EQ(sheet->activities[0].title, both);
}

TEST(SchemaRunSheet, OneActivityIsReadWithItsPointer) {
  const auto value = json::Parse(R"({"id":"a","title":"A","ballot":{"kind":"scale","high":0}})");
  ASSERT_TRUE(value);
  const auto activity = ReadActivity(*value, "en", "/spec");
  ASSERT_FALSE(activity);
  ASSERT_EQ(activity.error().size(), 1u);
  EXPECT_EQ(activity.error()[0].pointer, "/spec/ballot/high");
}

TEST(SchemaRunSheet, SaysWhoIsKnownAgainWhere) {
  const auto linked = ParseRunSheet(test::Examples("run-sheets").at("two-languages.json"));
  ASSERT_TRUE(linked);
  EXPECT_EQ(DescribeLinks(*linked),
            std::vector<std::string>{
                "The same person is known again in \"confidence-start\" and \"confidence-end\" "
                "(series \"confidence\")."});
  const auto apart = ParseRunSheet(test::Examples("run-sheets").at("every-setting.json"));
  ASSERT_TRUE(apart);
  EXPECT_TRUE(DescribeLinks(*apart).empty());
  // A series may be another activity's own name.
  const auto named = ParseRunSheet(
      R"({"title":"T","languages":["en"],"activities":[{"id":"a","title":"A"},{"id":"b","title":"B","series":"a"},{"id":"c","title":"C","series":"a"}]})");
  ASSERT_TRUE(named);
  EXPECT_EQ(DescribeLinks(*named),
            std::vector<std::string>{
                "The same person is known again in \"a\", \"b\" and \"c\" (series \"a\")."});
}

}  // namespace
}  // namespace plenum
