// The privacy notice: what is told follows from the run sheet, in both languages alike.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/hash.h"
#include "schema/json.h"
#include "schema/privacy_notice.h"

namespace plenum {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RunSheet SheetWith(std::string_view members, std::string_view activities) {
  const auto sheet =
      ParseRunSheet(R"({"title":{"en":"A day","cy":"Diwrnod"},"languages":["en","cy"],)" +
                    std::string(members) + R"("activities":[)" + std::string(activities) + "]}");
  EXPECT_TRUE(sheet) << sheet.error().front().what;
  return sheet ? *sheet : RunSheet{};
}

std::string English(const RunSheet& sheet) {
  std::string text;
  for (const NoticeText& notice : MakeNotice(sheet).texts) {
    if (notice.language != "en") continue;
    for (const NoticeSection& section : notice.sections) {
      for (const std::string& line : section.lines) text += line + "\n";
    }
  }
  return text;
}

constexpr std::string_view kPlain = R"({"id":"a","title":"A","ballot":{"kind":"scale"}})";
constexpr std::string_view kPrivacy =
    R"("privacy":{"controller":"The library","contact":"us@lib.example","retention_days":30},)";

struct Told {
  std::string_view members;
  std::string_view activities;
  std::string_view sentence;
};

// What is told with these settings, and is not told of a single anonymous scale.
const std::vector<Told> kTold = {
    {kPrivacy, kPlain, "The library answers for what is stored here."},
    {kPrivacy, kPlain, "within 30 days of this occasion"},
    {R"("privacy":{"controller":"C","contact":"c","retention_days":1},)", kPlain,
     "within 1 day of this occasion"},
    {R"("groups":[{"id":"g","title":"G"}],)", kPlain, "and the group that you say you belong to"},
    {R"("groups":[{"id":"g","title":"G"}],)", kPlain, "never where fewer than 5 people"},
    {"",
     R"({"id":"a","title":"A","series":"s","ballot":{"kind":"choice","options":[{"id":"x","title":"X"}]}},
        {"id":"b","title":"B","series":"s","collect":{"picture_of":"a"}})",
     "What you write in “B” shows the picture that you chose in “A”."},
    {"", R"({"id":"a","title":"A","ballot":{"kind":"scale"},"reveal":"live"})",
     "In “A” the totals are seen while answers still come."},
    {"", R"({"id":"a","title":"A","collect":{}})",
     "everybody in the room, and nobody is told that it is yours"},
    {"", R"({"id":"a","title":"A","collect":{"moderation":"approve-first"}})",
     "In “A” a moderator reads it first"},
    {"",
     R"({"id":"a","title":"A","series":"s"},{"id":"b","title":"B"},{"id":"c","title":"C","series":"s"})",
     "In “A” and “C” you are the same person to the program"},
    {"", R"({"id":"a","title":"A","collect":{}},{"id":"b","title":"B","carry":{"from":"a"}})",
     "What is written in “A” is shown again in “B”."},
    {"",
     R"({"id":"a","title":"A","collect":{"fields":[{"id":"who","title":"Who","names_person":true}]}})",
     "In “A”, “Who” may name a person"},
    {"",
     R"({"id":"a","title":"A","collect":{"fields":[{"id":"who","title":"Who","names_person":true,"retention_days":7}]}})",
     "What stands in “Who” (“A”) is destroyed sooner: within 7 days"},
};

TEST(SchemaPrivacyNotice, TellsWhatTheSettingsMean) {
  const std::string nothing = English(SheetWith("", kPlain));
  EXPECT_THAT(nothing, HasSubstr("The organisers have not said who answers for your data."));
  EXPECT_THAT(nothing, HasSubstr("The organisers have not said for how long texts are kept."));
  EXPECT_THAT(nothing, HasSubstr("In every activity you have another pseudonym"));
  for (const Told& told : kTold) {
    EXPECT_THAT(English(SheetWith(told.members, told.activities)),
                HasSubstr(std::string(told.sentence)));
    EXPECT_THAT(nothing, Not(HasSubstr(std::string(told.sentence))));
  }
}

TEST(SchemaPrivacyNotice, BothLanguagesSayTheSameThings) {
  for (const Told& told : kTold) {
    const PrivacyNotice notice = MakeNotice(SheetWith(told.members, told.activities));
    ASSERT_EQ(notice.texts.size(), 2u);
    const auto& [english, welsh] = std::pair(notice.texts[0], notice.texts[1]);
    ASSERT_EQ(english.sections.size(), welsh.sections.size());
    for (size_t i = 0; i < english.sections.size(); ++i) {
      EXPECT_EQ(english.sections[i].lines.size(), welsh.sections[i].lines.size());
      EXPECT_NE(english.sections[i].title, welsh.sections[i].title);
      for (size_t n = 0; n < english.sections[i].lines.size(); ++n) {
        EXPECT_NE(english.sections[i].lines[n], welsh.sections[i].lines[n]);
      }
    }
    EXPECT_THAT(notice.plain, Not(HasSubstr("{}")));
  }
}

TEST(SchemaPrivacyNotice, TheVersionIsTheDigestOfTheText) {
  const PrivacyNotice one = MakeNotice(SheetWith(kPrivacy, kPlain));
  EXPECT_EQ(one.version, HashOf(one.plain));
  EXPECT_EQ(MakeNotice(SheetWith(kPrivacy, kPlain)).version, one.version);
  // What people are not told changes nothing; what they are told does.
  EXPECT_EQ(
      MakeNotice(SheetWith(std::string(kPrivacy) + R"("expected_people":9,)", kPlain)).version,
      one.version);
  EXPECT_NE(MakeNotice(SheetWith("", kPlain)).version, one.version);
}

TEST(SchemaPrivacyNotice, TheLanguageOfTheRoomComesFirst) {
  RunSheet sheet = SheetWith("", kPlain);
  EXPECT_EQ(MakeNotice(sheet).texts[0].language, "en");
  sheet.languages = {"fr", "cy"};
  EXPECT_EQ(MakeNotice(sheet).texts[0].language, "cy");
  EXPECT_EQ(MakeNotice(sheet).texts[0].title, "Eich data: Diwrnod");
}

TEST(SchemaPrivacyNotice, IsTheSameAfterItsWayThroughTheEvents) {
  const RunSheet sheet = SheetWith(kPrivacy, kTold.back().activities);
  const auto again = ParseRunSheet(EncodeRunSheet(sheet));
  ASSERT_TRUE(again);
  EXPECT_EQ(MakeNotice(*again).plain, MakeNotice(sheet).plain);
}

}  // namespace
}  // namespace plenum
