// Warnings: what is allowed in a run sheet and is probably not meant, each with its place.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/limits.h"
#include "schema/sheet_warnings.h"

namespace plenum {
namespace {

constexpr std::string_view kPrivacy =
    R"("privacy":{"controller":"C","contact":"c","retention_days":30},)";

std::string Sheet(std::string_view members, std::string_view activity) {
  return R"({"title":{"en":"T","cy":"T"},"languages":["en","cy"],)" + std::string(members) +
         "\n\"activities\":[\n{\"id\":\"a\",\"title\":{\"en\":\"A\",\"cy\":\"A\"}" +
         std::string(activity) + "}]}";
}

// "line:column pointer: sentence", one a line.
std::string Warnings(const std::string& text) {
  const auto sheet = ParseRunSheet(text);
  if (!sheet) return "wrong: " + sheet.error().front().what;
  std::string lines;
  for (const Problem& warning : WarningsOf(*sheet, text)) {
    if (!lines.empty()) lines += '\n';
    lines += std::to_string(warning.place.line) + ":" + std::to_string(warning.place.column) + " " +
             warning.pointer + ": " + warning.what;
  }
  return lines;
}

struct Case {
  std::string_view activity;
  std::string_view warnings;
  std::string_view members = "";
};

const std::vector<Case> kCases = {
    {R"(,"ballot":{"kind":"scale"},"time":{"vote_ms":5})", ""},
    {R"(,"prompt":"?")", R"(3:48 /activities/0/prompt: This text is not there in "cy".)"},
    {R"(,"prompt":{"cy":"?"})", R"(3:48 /activities/0/prompt: This text is not there in "en".)"},
    {R"(,"collect":{"fields":[{"id":"f","title":"F"}]})",
     R"(3:78 /activities/0/collect/fields/0/title: This text is not there in "cy".)"},
    {R"(,"ballot":{"kind":"scale","low_label":"no","high_label":{"en":"yes","cy":"ie"}})",
     R"(3:76 /activities/0/ballot/low_label: This text is not there in "cy".)"},
    {R"(,"items":[{"id":"x","title":"X","detail":"more"}])",
     "3:66 /activities/0/items/0/title: This text is not there in \"cy\".\n"
     "3:79 /activities/0/items/0/detail: This text is not there in \"cy\"."},
    {"", R"(1:82 /groups/0/title: This text is not there in "cy".)",
     R"("groups":[{"id":"g","title":"G"}],)"},
    {R"(,"series":"s")",
     "3:48 /activities/0/series: No other activity is of the series \"s\", so there is nothing to "
     "compare with."},
    {R"(,"time":{"seat_ms":5,"swap_ms":5,"score_ms":5,"vote_ms":5,"collect_ms":5})",
     "3:57 /activities/0/time/seat_ms: This limit is never used: there is no \"seats\".\n"
     "3:69 /activities/0/time/swap_ms: This limit is never used: there is no \"deal\".\n"
     "3:82 /activities/0/time/score_ms: This limit is never used: there is no \"deal\".\n"
     "3:94 /activities/0/time/vote_ms: This limit is never used: there is no voting.\n"
     "3:109 /activities/0/time/collect_ms: This limit is never used: there is no \"collect\"."},
    {R"(,"ballot":{"kind":"dots","budget":5,"cap":1},"items":[{"id":"x","title":{"en":"X","cy":"X"}}])",
     "3:48 /activities/0/ballot: Nobody can give all their dots: 1 item(s) take at most 1 each."},
    {R"(,"ballot":{"kind":"rank","top":3},"items":[{"id":"x","title":{"en":"X","cy":"X"}}])",
     "3:48 /activities/0/ballot: People are to rank 3, and there are 1 items."},
    {R"(,"deal":{},"collect":{},"ballot":{"kind":"scale"})",
     "3:46 /activities/0/deal: Swapping cards takes at least 6 people, and 5 are expected.",
     R"("expected_people":5,)"},
    {R"(,"seats":{"tables":2,"capacity":10})",
     "3:47 /activities/0/seats: 2 tables of 10 have 20 places, and 21 people are expected.",
     R"("expected_people":21,)"},
    {R"(,"seats":{"tables":2,"capacity":10,"planned":false})", "", R"("expected_people":21,)"},
    {R"(,"collect":{"fields":[{"id":"f","title":{"en":"F","cy":"F"},"names_person":true,"retention_days":30}]})",
     "3:135 /activities/0/collect/fields/0/retention_days: This is not sooner than all texts are "
     "destroyed, which is within 30 days."},
};

TEST(SchemaSheetWarnings, EachWithItsPlace) {
  for (const Case& one : kCases) {
    const std::string text = Sheet(std::string(one.members) + std::string(kPrivacy), one.activity);
    EXPECT_EQ(Warnings(text), one.warnings) << text;
  }
}

TEST(SchemaSheetWarnings, PeopleAreToBeToldWhoAnswersForTheirData) {
  EXPECT_EQ(Warnings(Sheet("", "")),
            "1:1 : The member \"privacy\" is missing, so people are not told who answers for their "
            "data and for how long it is kept.");
}

TEST(SchemaSheetWarnings, AreToldInBounds) {
  std::string items;
  for (int n = 0; n < 200; ++n) {
    items += (n ? ",{\"id\":\"" : "{\"id\":\"") + std::to_string(n) + R"(","title":"X"})";
  }
  const std::string text = Sheet(kPrivacy, ",\"items\":[" + items + "]");
  const auto sheet = ParseRunSheet(text);
  ASSERT_TRUE(sheet);
  EXPECT_EQ(WarningsOf(*sheet, text).size(), limits::kProblems);
}

}  // namespace
}  // namespace plenum
