// A table of broken run sheets: for each kind of mistake what is said, and the exact line and
// column. What a schema can say, the JSON Schema refuses, too.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/run_sheet.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

// The lines of a sheet that is right.
const std::vector<std::string> kLines = {R"({)",
                                         R"(  "title": "T",)",
                                         R"(  "languages": ["en", "cy"],)",
                                         R"(  "activities": [)",
                                         R"(    {"id": "a", "title": "A", "collect": {}},)",
                                         R"(    {"id": "b", "title": "B"})",
                                         R"(  ])",
                                         R"(})"};

enum class By : uint8_t { kProgram, kBoth };  // who can see what is wrong

struct Broken {
  size_t line;            // counted from 1: this line ...
  std::string_view with;  // ... is replaced
  By by;
  std::string_view problems;  // "line:column `what stands there` pointer: sentence"
};

const std::vector<Broken> kBroken = {
    {7, R"(  ],)", By::kBoth, R"(8:1 `` : The name of a member is expected here.)"},
    {2, R"(  'title': "T",)", By::kBoth,
     R"(2:3 `'title': "T"` : The name of a member is expected here.)"},
    {2, R"(  "title": "T")", By::kBoth,
     R"(3:3 `"languages": ["en"` : A comma or a closing brace is expected here.)"},
    {2, R"(  "title": "\x",)", By::kBoth, R"(2:13 `\x"` : There is no such escape.)"},
    {2, R"(  "title": tru,)", By::kBoth, R"(2:12 `tru` : A value is expected here.)"},
    {2, R"(  "title": "T", "title": "U",)", By::kProgram,
     R"(2:26 `"U"` : The member "title" stands there twice.)"},
    {2, R"(  "title": "T", "expected_people": 1.5,)", By::kBoth,
     R"(2:36 `1.5` : Only whole numbers are allowed, without a fraction or an exponent.)"},
    {2, R"(  "title": "T", "expected_people": 99999999999999999,)", By::kBoth,
     R"(2:36 `99999999999999999` : This number is too large.)"},
    {2, R"(  "titel": "T",)", By::kBoth,
     R"(1:1 `{` : The member "title" is missing.)"
     "\n"
     R"(2:12 `"T"` /titel: There is no member "titel" here; is "title" meant?)"},
    {2, R"(  "title": "T", "people": 3,)", By::kBoth,
     R"(2:27 `3` /people: There is no member "people" here; is "expected_people" meant?)"},
    {2, R"(  "title": "",)", By::kBoth, R"(2:12 `""` /title: This text is empty.)"},
    {2, R"(  "title": 7,)", By::kBoth,
     R"(2:12 `7` /title: This must be a text, or an object with one for each language, not a number.)"},
    {2, R"(  "title": {},)", By::kBoth,
     R"(2:12 `{` /title: At least one language must stand here.)"},
    {2, R"(  "title": {"fr": "T"},)", By::kProgram,
     R"(2:19 `"T"` /title/fr: This language is not among the languages of the run sheet.)"},
    {2, R"(  "title": {"e": "T"},)", By::kBoth, R"(2:18 `"T"` /title/e: This is no language tag.)"},
    {2, R"(  "title": {"en": 1},)", By::kBoth,
     R"(2:19 `1` /title/en: This must be a string, not a number.)"},
    {2, R"(  "title": "a\nb",)", By::kProgram,
     R"(2:12 `"a\nb"` /title: This text has control characters.)"},
    {2, R"(  "title": "T", "$schema": 1,)", By::kBoth,
     R"(2:28 `1` /$schema: This must be a string, not a number.)"},
    {3, R"(  "languages": [],)", By::kBoth, R"(3:16 `[` /languages: At least 1 must stand here.)"},
    {3, R"(  "languages": ["en", "en"],)", By::kBoth,
     R"(3:23 `"en"` /languages/1: This language stands here already.)"},
    {3, R"(  "languages": ["english language"],)", By::kBoth,
     R"(3:17 `"english language"` /languages/0: This must be a language tag, such as "en" or "cy".)"},
    {3, R"(  "languages": "en",)", By::kBoth,
     R"(3:16 `"en"` /languages: This must be an array, not a string.)"},
    {2, R"(  "title": "T", "expected_people": -1,)", By::kBoth,
     R"(2:36 `-1` /expected_people: This must be a whole number from 0 to 100000.)"},
    {2, R"(  "title": "T", "groups": [{"id": "g", "title": "G"}, {"id": "g", "title": "H"}],)",
     By::kProgram, R"(2:62 `"g"` /groups/1/id: There is a group "g" already.)"},
    {2, R"(  "title": "T", "groups": [],)", By::kBoth,
     R"(2:27 `[` /groups: At least 1 must stand here.)"},
    {2, R"(  "title": "T", "privacy": {"controller": "C", "contact": "c"},)", By::kBoth,
     R"(2:28 `{` /privacy: The member "retention_days" is missing.)"},
    {2, R"(  "title": "T", "privacy": {"controller": "", "contact": "c", "retention_days": 9},)",
     By::kBoth, R"(2:43 `""` /privacy/controller: This text is empty.)"},
    {2,
     R"(  "title": "T", "privacy": {"controller": "C", "contact": "c", "retention_days": 4000},)",
     By::kBoth,
     R"(2:82 `4000` /privacy/retention_days: This must be a whole number from 1 to 3650.)"},
    {6, R"(    7)", By::kBoth, R"(6:5 `7` /activities/1: This must be an object, not a number.)"},
    {6, R"(    {"id": "a", "title": "B"})", By::kProgram,
     R"(6:12 `"a"` /activities/1/id: There is an activity "a" already.)"},
    {6, R"(    {"id": "Not a slug", "title": "B"})", By::kBoth,
     R"(6:12 `"Not a slug"` /activities/1/id: This must be 1 to 40 lower-case letters, digits and hyphens.)"},
    {6, R"(    {"title": "B"})", By::kBoth,
     R"(6:5 `{` /activities/1: The member "id" is missing.)"},
    {6, R"(    {"id": "room", "title": "B"})", By::kBoth,
     R"(6:12 `"room"` /activities/1/id: The name "room" is kept for joining the room; please take another.)"},
    {6, R"(    {"id": "b", "title": "B", "promt": "?"})", By::kBoth,
     R"(6:40 `"?"` /activities/1/promt: There is no member "promt" here; is "prompt" meant?)"},
    {6, R"(    {"id": "b", "title": "B", "reveal": "alive"})", By::kBoth,
     R"(6:41 `"alive"` /activities/1/reveal: This must be "live" or "on-reveal", not "alive"; is "live" meant?)"},
    {6, R"(    {"id": "b", "title": "B", "shuffle_items": 1})", By::kBoth,
     R"(6:48 `1` /activities/1/shuffle_items: This must be true or false, not a number.)"},
    {6, R"(    {"id": "b", "title": "B", "series": "room"})", By::kBoth,
     R"(6:41 `"room"` /activities/1/series: The name "room" is kept for joining the room; please take another.)"},
    {6, R"(    {"id": "b", "title": "B", "time": {"vote_ms": -5}})", By::kBoth,
     R"(6:51 `-5` /activities/1/time/vote_ms: This must be a whole number from 0 to 86400000.)"},
    {6, R"(    {"id": "b", "title": "B", "time": {"vote": 5}})", By::kBoth,
     R"(6:48 `5` /activities/1/time/vote: There is no member "vote" here; is "vote_ms" meant?)"},
    {6, R"(    {"id": "b", "title": "B", "collect": {"who": "host"}})", By::kBoth,
     R"(6:50 `"host"` /activities/1/collect/who: This must be "everyone", "table-hosts" or "staff", not "host"; is "table-hosts" meant?)"},
    {6, R"(    {"id": "b", "title": "B", "collect": {"who": "table-host"}})", By::kBoth,
     R"(6:50 `"table-host"` /activities/1/collect/who: This must be "everyone", "table-hosts" or "staff", not "table-host"; is "table-hosts" meant?)"},
    {6, R"(    {"id": "b", "title": "B", "collect": {"each": 0}})", By::kBoth,
     R"(6:51 `0` /activities/1/collect/each: This must be a whole number from 1 to 1000.)"},
    {6,
     R"(    {"id": "b", "title": "B", "collect": {"words": 3, "fields": [{"id": "f", "title": "F"}]}})",
     By::kBoth,
     R"(6:52 `3` /activities/1/collect/words: Words are counted where an answer has no fields.)"},
    {6,
     R"(    {"id": "b", "title": "B", "collect": {"fields": [{"id": "f", "title": "F"}, {"id": "f", "title": "G"}]}})",
     By::kProgram,
     R"(6:88 `"f"` /activities/1/collect/fields/1/id: There is a field "f" already.)"},
    {6, R"(    {"id": "b", "title": "B", "collect": {"fields": [{"id": "f"}]}})", By::kBoth,
     R"(6:54 `{` /activities/1/collect/fields/0: The member "title" is missing.)"},
    {6,
     R"(    {"id": "b", "title": "B", "collect": {"fields": [{"id": "f", "title": "F", "retention_days": 5}]}})",
     By::kBoth,
     R"(6:98 `5` /activities/1/collect/fields/0/retention_days: Only what names a person has a retention of its own: "names_person" is not set.)"},
    {6, R"(    {"id": "b", "title": "B", "collect": {"moderation": "aprove-first"}})", By::kBoth,
     R"(6:57 `"aprove-first"` /activities/1/collect/moderation: This must be "off", "approve-first" or "hide-after", not "aprove-first"; is "approve-first" meant?)"},
    {6, R"(    {"id": "b", "title": "B", "collect": {"picture_of": "c"}})", By::kProgram,
     R"(6:57 `"c"` /activities/1/collect/picture_of: This must be a choice before this one, of the same series.)"},
    {6, R"(    {"id": "b", "title": "B", "ballot": {"kind": "sclae"}})", By::kBoth,
     R"(6:50 `"sclae"` /activities/1/ballot/kind: This must be "choice", "scale", "dots", "upvote" or "rank", not "sclae"; is "scale" meant?)"},
    {6, R"(    {"id": "b", "title": "B", "ballot": {}})", By::kBoth,
     R"(6:41 `{` /activities/1/ballot: The member "kind" is missing.)"},
    {6, R"(    {"id": "b", "title": "B", "ballot": {"kind": "scale", "low": 5, "high": 1}})",
     By::kProgram, R"(6:77 `1` /activities/1/ballot/high: This must be more than "low".)"},
    {6, R"(    {"id": "b", "title": "B", "ballot": {"kind": "scale", "high": 5000}})", By::kBoth,
     R"(6:67 `5000` /activities/1/ballot/high: This must be a whole number from -1000 to 1000.)"},
    {6, R"(    {"id": "b", "title": "B", "ballot": {"kind": "scale", "low": "one"}})", By::kBoth,
     R"(6:66 `"one"` /activities/1/ballot/low: This must be a whole number from -1000 to 1000, not a string.)"},
    {6, R"(    {"id": "b", "title": "B", "ballot": {"kind": "scale", "high": 900}})", By::kProgram,
     R"(6:67 `900` /activities/1/ballot/high: This scale has too many steps.)"},
    {6, R"(    {"id": "b", "title": "B", "ballot": {"kind": "choice"}})", By::kBoth,
     R"(6:41 `{` /activities/1/ballot: The member "options" is missing.)"},
    {6,
     R"(    {"id": "b", "title": "B", "ballot": {"kind": "choice", "options": [{"id": "x", "title": "X"}, {"id": "y", "title": "Y"}], "max": 3}})",
     By::kProgram,
     R"(6:134 `3` /activities/1/ballot/max: This must not be more than there are options.)"},
    {6,
     R"(    {"id": "b", "title": "B", "ballot": {"kind": "choice", "options": [{"id": "x", "title": "X"}, {"id": "y", "title": "Y"}], "min": 2}})",
     By::kProgram, R"(6:134 `2` /activities/1/ballot/min: This must not be more than "max".)"},
    {6,
     R"(    {"id": "b", "title": "B", "ballot": {"kind": "choice", "options": [{"id": "x", "title": "X"}, {"id": "x", "title": "Y"}]}})",
     By::kProgram,
     R"(6:106 `"x"` /activities/1/ballot/options/1/id: There is an option "x" already.)"},
    {6,
     R"(    {"id": "b", "title": "B", "ballot": {"kind": "choice", "options": [{"id": "x", "title": "X"}, {"id": "y", "title": "Y"}], "budget": 3}})",
     By::kBoth, R"(6:137 `3` /activities/1/ballot/budget: There is no member "budget" here.)"},
    {6, R"(    {"id": "b", "title": "B", "ballot": {"kind": "dots"}})", By::kBoth,
     R"(6:41 `{` /activities/1/ballot: There is nothing to judge: "items", "collect" or "carry" is needed.)"},
    {6,
     R"(    {"id": "b", "title": "B", "ballot": {"kind": "dots", "budget": 0}, "items": [{"id": "x", "title": "X"}]})",
     By::kBoth,
     R"(6:68 `0` /activities/1/ballot/budget: This must be a whole number from 1 to 100.)"},
    {6,
     R"(    {"id": "b", "title": "B", "ballot": {"kind": "dots", "budget": 3, "cap": 4}, "items": [{"id": "x", "title": "X"}]})",
     By::kProgram, R"(6:78 `4` /activities/1/ballot/cap: This must not be more than "budget".)"},
    {6,
     R"(    {"id": "b", "title": "B", "ballot": {"kind": "rank", "top": 21}, "items": [{"id": "x", "title": "X"}]})",
     By::kBoth, R"(6:65 `21` /activities/1/ballot/top: This must be a whole number from 1 to 20.)"},
    {6, R"(    {"id": "b", "title": "B", "ballot": {"kind": "upvote"}, "items": []})", By::kBoth,
     R"(6:41 `{` /activities/1/ballot: There is nothing to judge: "items", "collect" or "carry" is needed.)"},
    {6,
     R"(    {"id": "b", "title": "B", "items": [{"id": "x", "title": "X"}, {"id": "x", "title": "Y"}]})",
     By::kProgram, R"(6:75 `"x"` /activities/1/items/1/id: There is an item "x" already.)"},
    {6,
     R"(    {"id": "b", "title": "B", "items": [{"id": "x", "title": "X", "number": 1}, {"id": "y", "title": "Y", "number": 1}]})",
     By::kProgram, R"(6:117 `1` /activities/1/items/1/number: Number 1 is taken already.)"},
    {6, R"(    {"id": "b", "title": "B", "items": [{"title": "X"}]})", By::kBoth,
     R"(6:41 `{` /activities/1/items/0: The member "id" is missing.)"},
    {6, R"(    {"id": "b", "title": "B", "deal": {}, "ballot": {"kind": "scale"}})", By::kBoth,
     R"(6:39 `{` /activities/1/deal: Cards are dealt only where they are collected: "collect" is missing.)"},
    {6, R"(    {"id": "b", "title": "B", "deal": {}, "collect": {}})", By::kBoth,
     R"(6:39 `{` /activities/1/deal: Cards are scored on a scale: a ballot of the kind "scale" is needed.)"},
    {6,
     R"(    {"id": "b", "title": "B", "deal": {"rounds": 0}, "collect": {}, "ballot": {"kind": "scale"}})",
     By::kBoth, R"(6:50 `0` /activities/1/deal/rounds: This must be a whole number from 1 to 20.)"},
    {6,
     R"(    {"id": "b", "title": "B", "deal": {"deck": "papre"}, "collect": {}, "ballot": {"kind": "scale"}})",
     By::kBoth,
     R"(6:48 `"papre"` /activities/1/deal/deck: This must be "phones" or "paper", not "papre"; is "paper" meant?)"},
    {6,
     R"(    {"id": "b", "title": "B", "deal": {}, "collect": {"words": 1}, "ballot": {"kind": "scale"}})",
     By::kBoth, R"(6:54 `{` /activities/1/collect: A card has one text.)"},
    {6,
     R"(    {"id": "b", "title": "B", "deal": {}, "collect": {}, "ballot": {"kind": "scale"}, "seats": {"tables": 3}})",
     By::kBoth,
     R"(6:96 `{` /activities/1/seats: People either swap cards or sit at tables: "deal" is there, too.)"},
    {6,
     R"(    {"id": "b", "title": "B", "deal": {}, "collect": {}, "ballot": {"kind": "scale"}, "carry": {"from": "a"}})",
     By::kBoth,
     R"(6:96 `{` /activities/1/carry: Cards are written by those who swap them, and not carried over.)"},
    {6, R"(    {"id": "b", "title": "B", "seats": {}})", By::kBoth,
     R"(6:40 `{` /activities/1/seats: How many tables there are is not said: "items", "carry" or "tables" is needed.)"},
    {6, R"(    {"id": "b", "title": "B", "seats": {"tables": 501}})", By::kBoth,
     R"(6:51 `501` /activities/1/seats/tables: This must be a whole number from 1 to 500.)"},
    {6, R"(    {"id": "b", "title": "B", "seats": {"tables": 3}, "ballot": {"kind": "scale"}})",
     By::kBoth,
     R"(6:65 `{` /activities/1/ballot: At tables a ballot says what people want to talk about: it is of the kind "upvote" or "rank".)"},
    {6,
     R"(    {"id": "b", "title": "B", "seats": {"tables": 3}, "ballot": {"kind": "choice", "options": [{"id": "x", "title": "X"}, {"id": "y", "title": "Y"}]}})",
     By::kBoth,
     R"(6:65 `{` /activities/1/ballot: At tables a ballot says what people want to talk about: it is of the kind "upvote" or "rank".)"},
    {6, R"(    {"id": "b", "title": "B", "carry": {}})", By::kBoth,
     R"(6:40 `{` /activities/1/carry: The member "from" is missing.)"},
    {6, R"(    {"id": "b", "title": "B", "carry": {"from": "ab"}})", By::kProgram,
     R"(6:49 `"ab"` /activities/1/carry/from: There is no activity "ab" before this one; is "a" meant?)"},
    {6, R"(    {"id": "b", "title": "B", "carry": {"from": "a", "top": 0}})", By::kBoth,
     R"(6:61 `0` /activities/1/carry/top: This must be a whole number from 1 to 500.)"},
    {6,
     R"(    {"id": "b", "title": "B", "promt": "?", "ballot": {"kind": "vote", "low": 1}, "carry": {"from": "nothing"}, "time": {"seat_ms": "long"}})",
     By::kBoth,
     R"(6:40 `"?"` /activities/1/promt: There is no member "promt" here; is "prompt" meant?)"
     "\n"
     R"(6:64 `"vote"` /activities/1/ballot/kind: This must be "choice", "scale", "dots", "upvote" or "rank", not "vote"; is "upvote" meant?)"
     "\n"
     R"(6:101 `"nothing"` /activities/1/carry/from: There is no activity "nothing" before this one.)"
     "\n"
     R"(6:133 `"long"` /activities/1/time/seat_ms: This must be a whole number from 0 to 86400000, not a string.)"},
};

std::string TextOf(const Broken& broken) {
  std::string text;
  for (size_t i = 0; i < kLines.size(); ++i) {
    text += i + 1 == broken.line ? std::string(broken.with) : kLines[i];
    text += '\n';
  }
  return text;
}

// What stands at a place, so that the table can be read: a brace, a bracket, or a value.
std::string StandsAt(std::string_view text, const json::Place& place) {
  for (size_t line = 1; line < place.line; ++line) text.remove_prefix(text.find('\n') + 1);
  text = text.substr(0, text.find('\n')).substr(place.column - 1);
  if (text.starts_with('{') || text.starts_with('[')) return std::string(text.substr(0, 1));
  return std::string(text.substr(0, text.find_first_of(",}]")));
}

std::string ProblemsOf(const std::string& text) {
  const auto sheet = ParseRunSheet(text);
  if (sheet) return "fine";
  std::string lines;
  for (const Problem& problem : sheet.error()) {
    if (!lines.empty()) lines += '\n';
    lines += std::to_string(problem.place.line) + ":" + std::to_string(problem.place.column) +
             " `" + StandsAt(text, problem.place) + "` " + problem.pointer + ": " + problem.what;
  }
  return lines;
}

TEST(SchemaBrokenSheets, EveryMistakeIsToldWithItsPlace) {
  ASSERT_EQ(ProblemsOf(TextOf({0, "", By::kProgram, ""})), "fine");
  ASSERT_GE(kBroken.size(), 40u);
  for (const Broken& broken : kBroken) {
    EXPECT_EQ(ProblemsOf(TextOf(broken)), broken.problems) << TextOf(broken);
  }
}

TEST(SchemaBrokenSheets, MistakesOfFormAreRefusedByTheSchemaToo) {
  const test::SchemaValidator schema("run-sheet.json");
  ASSERT_EQ(schema.Check(TextOf({0, "", By::kProgram, ""})), "");
  size_t by_both = 0;
  for (const Broken& broken : kBroken) {
    EXPECT_EQ(schema.Accepts(TextOf(broken)), broken.by == By::kProgram) << TextOf(broken);
    by_both += broken.by == By::kBoth;
  }
  EXPECT_GE(by_both, 30u);
}

}  // namespace
}  // namespace plenum
