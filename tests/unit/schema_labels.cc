// Labels: what people read beside an activity follows from its settings, all links followed.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/labels.h"

namespace plenum {
namespace {

RunSheet SheetOf(std::string_view activities) {
  const auto sheet = ParseRunSheet(R"({"title":"T","languages":["en","cy"],"activities":[)" +
                                   std::string(activities) + "]}");
  EXPECT_TRUE(sheet) << sheet.error().front().what;
  return sheet ? *sheet : RunSheet{};
}

constexpr std::string_view kDay = R"(
  {"id":"start","title":{"en":"Before","cy":"Cyn"},"ballot":{"kind":"scale"},"series":"s"},
  {"id":"ideas","title":"Ideas","collect":{}},
  {"id":"end","title":{"en":"After","cy":"Ar ôl"},"ballot":{"kind":"scale"},"series":"s"},
  {"id":"tables","title":"Tables","carry":{"from":"ideas"},"seats":{},"collect":{"fields":[
    {"id":"point","title":"Point"},
    {"id":"who","title":"Who","required":false,"names_person":true,"retention_days":1}]}},
  {"id":"gallery","title":"Gallery","carry":{"from":"tables"},"ballot":{"kind":"dots"}},
  {"id":"best","title":"Best","carry":{"from":"gallery","top":3},"ballot":{"kind":"rank"}},
  {"id":"badge","title":"Badge","collect":{"fields":[
    {"id":"name","title":"Name","names_person":true}]}})";

TEST(SchemaLabels, FollowFromTheSettings) {
  const RunSheet sheet = SheetOf(kDay);
  std::vector<std::string> english, welsh;
  for (const ActivityLabel& label : LabelsOf(sheet)) {
    english.push_back(label.activity + ": " + LabelSentence(label, sheet, "en"));
    welsh.push_back(LabelSentence(label, sheet, "cy"));
  }
  EXPECT_EQ(english, (std::vector<std::string>{
                         "start: Linked to your answer in “After”", "ideas: Anonymous",
                         "end: Linked to your answer in “Before”", "tables: Anonymous",
                         "gallery: Anonymous", "best: Anonymous", "badge: Shows a name"}));
  EXPECT_EQ(welsh, (std::vector<std::string>{"Yn gysylltiedig â’ch ateb yn “Ar ôl”", "Dienw",
                                             "Yn gysylltiedig â’ch ateb yn “Cyn”", "Dienw", "Dienw",
                                             "Dienw", "Yn dangos enw"}));
}

TEST(SchemaLabels, AFieldThatMayNameAPersonSaysSo) {
  const RunSheet sheet = SheetOf(kDay);
  const std::vector<ActivityLabel> labels = LabelsOf(sheet);
  EXPECT_EQ(labels[3].naming_fields, std::vector<std::string>{"who"});
  EXPECT_EQ(labels[6].naming_fields, std::vector<std::string>{"name"});
  EXPECT_TRUE(labels[1].naming_fields.empty());
  const std::vector<Field>& fields = sheet.activities[3].collect->fields;
  EXPECT_EQ(FieldSentence(fields[1], "en"), "May name a person; destroyed within 1 day");
  EXPECT_EQ(FieldSentence(fields[1], "cy"),
            "Gall enwi person; yn cael ei ddinistrio o fewn 1 diwrnod");
  EXPECT_EQ(FieldSentence(sheet.activities[6].collect->fields[0], "en"), "May name a person");
}

TEST(SchemaLabels, WhatIsCarriedIsFollowedToItsBeginning) {
  const RunSheet sheet = SheetOf(kDay);
  const std::vector<ActivityLabel> labels = LabelsOf(sheet);
  EXPECT_EQ(labels[3].texts_from, std::vector<ActivityId>{"ideas"});
  EXPECT_EQ(labels[4].texts_from, std::vector<ActivityId>{"tables"}) << "notes, and not topics";
  EXPECT_EQ(labels[5].texts_from, (std::vector<ActivityId>{"gallery", "tables"}));
  EXPECT_EQ(DescribeLinks(sheet),
            (std::vector<std::string>{
                "The same person is known again in \"start\" and \"end\" (series \"s\").",
                "What people write in \"ideas\" is shown again in \"tables\".",
                "What people write in \"tables\" is shown again in \"gallery\" and \"best\"."}));
}

TEST(SchemaLabels, AnActivityThatCarriesInACircleEnds) {
  // A sheet cannot say so; activities that are added and moved during the day can.
  ActivitySpec one, two;
  one.id = "one";
  one.carry = Carry{.from = "two"};
  two.id = "two";
  two.carry = Carry{.from = "one"};
  const std::vector<const ActivitySpec*> all = {&one, &two};
  EXPECT_EQ(LabelOf(one, all).texts_from, (std::vector<ActivityId>{"two", "one"}));
}

}  // namespace
}  // namespace plenum
