// The formats of the record: hostile texts stay texts, and every figure is where it belongs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projector/record/facts.h"
#include "projector/record/html_text.h"
#include "projector/record/writers.h"
#include "schema/json.h"
#include "tests/unit/record_kit.h"
#include "tests/unit/schema_validator.h"

namespace plenum::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::string_view kScript = "</style></title><script>alert(1)</script>\"'&";
constexpr std::string_view kFormula = "=HYPERLINK(\"http://x\",\"y\")";

// A room whose every text wants to be something else.
Record HostileRecord() {
  RecordedRoom room;
  const ActivitySpec spec = DotsSpec("gallery");
  room.Add(spec);
  room.Join(1);
  room.Advance("gallery", Phase::kVoting);
  room.Do(room.script.Of(1, spec, BallotCast{DotsCast{{{"t1", 3}, {"t2", 1}}}}));
  room.Reveal("gallery");
  Record record = room.Finish();
  record.title = {std::string(kScript), "cy"};
  // More than a run sheet may hold, so that nothing rests on what was checked before.
  RecordSection& section = record.sections.front();
  section.title.text = kScript;
  section.prompt.text = "| a | [b](javascript:c)\n# d";
  section.table.rows.at(0).title.text = kFormula;
  section.table.rows.at(0).detail.text = kScript;
  section.table.rows.at(1).title.text = "@SUM(1)";
  section.table.rows.at(2).title.text = "\u202Egnp.exe";
  return record;
}

TEST(RecordWriters, HtmlEscapesWhateverPeopleWrote) {
  const std::string html = WriteHtml(HostileRecord());
  EXPECT_THAT(html, StartsWith("<!doctype html>\n<html lang=\"en\">"));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_EQ(html.find("</style>"), html.rfind("</style>")) << "the style sheet ends once";
  EXPECT_THAT(html, HasSubstr("<h1><bdi lang=\"cy\">&lt;/style&gt;&lt;/title&gt;&lt;script&gt;"));
  EXPECT_THAT(html, HasSubstr("<bdi lang=\"en\">\u202Egnp.exe</bdi>"))
      << "isolated, so it turns nothing else";
  EXPECT_THAT(html, Not(HasSubstr("javascript:c)\">")));
  EXPECT_THAT(StyleHashOf(html), StartsWith("sha256-"));
}

TEST(RecordWriters, NoCellBecomesAFormula) {
  const std::string csv = WriteCsv(HostileRecord());
  EXPECT_THAT(csv, StartsWith("activity,item,measure,value,index\r\n"));
  EXPECT_THAT(csv, HasSubstr("gallery,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",dots,3,"));
  EXPECT_THAT(csv, HasSubstr("gallery,'@SUM(1),dots,1,"));
  Record record;
  record.title = {"＝1+1", ""};
  EXPECT_THAT(WriteCsv(record), HasSubstr("'＝1+1"));
  record.title = {" \t-1", ""};
  EXPECT_THAT(WriteCsv(record), HasSubstr("' \t-1"));
}

TEST(RecordWriters, NegativeNumbersStayNumbers) {
  Record record;
  RecordSection section{.activity = "q", .generation = 1, .generations = 1};
  section.comparison = RecordComparison{.paired = 1, .mean_change = "-0.50"};
  record.sections.push_back(section);
  EXPECT_THAT(WriteCsv(record), HasSubstr("q,,mean_change,-0.50,"));
}

TEST(RecordWriters, MarkdownKeepsTextsOnOneLineAndPlain) {
  const std::string text = WriteMarkdown(HostileRecord());
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, HasSubstr("\\| a \\| \\[b\\](javascript:c) \\# d"));
  EXPECT_THAT(text, HasSubstr("\\=HYPERLINK"));
}

TEST(RecordWriters, JsonIsWhatTheRecordHolds) {
  const auto parsed = json::Parse(WriteJson(HostileRecord()));
  ASSERT_TRUE(parsed) << parsed.error().what;
  EXPECT_EQ(*parsed->Find("title")->Find("text")->AsString(), kScript);
  const test::SchemaValidator schema("record.json");
  EXPECT_EQ(schema.Check(WriteJson(HostileRecord())), "");
  const json::Value& section = parsed->Find("activities")->AsArray()->front();
  const json::Value& row = section.Find("table")->Find("rows")->AsArray()->front();
  EXPECT_EQ(*row.Find("score")->AsString(), "3");
  EXPECT_EQ(*row.Find("values")->Find("dots")->AsString(), "3");
  EXPECT_EQ(*parsed->Find("log")->Find("root")->AsString(), HostileRecord().root.Hex());
}

TEST(RecordWriters, EqualRecordsAreEqualBytes) {
  for (const RecordFormat format : {RecordFormat::kHtml, RecordFormat::kCsv, RecordFormat::kJson,
                                    RecordFormat::kMarkdown, RecordFormat::kXlsx}) {
    const auto one = WriteRecord(HostileRecord(), format);
    ASSERT_TRUE(one) << one.error();
    EXPECT_FALSE(one->empty());
    EXPECT_EQ(*one, WriteRecord(HostileRecord(), format)) << FormatName(format);
  }
}

TEST(RecordWriters, EveryFactNamesAnEntryThatIsThere) {
  const Record record = HostileRecord();
  for (const Fact& fact : FactsOf(record)) {
    EXPECT_LT(fact.index, record.entries) << fact.measure;
    EXPECT_FALSE(fact.measure.empty());
  }
}

TEST(RecordWriters, FormatsByNameAndByFile) {
  EXPECT_EQ(ParseFormat("xlsx"), RecordFormat::kXlsx);
  EXPECT_EQ(ParseFormat("pdf"), std::nullopt);
  EXPECT_EQ(FormatOfFile("a.b/day.html"), RecordFormat::kHtml);
  EXPECT_EQ(FormatOfFile("day.md"), RecordFormat::kMarkdown);
  EXPECT_EQ(FormatOfFile("day"), std::nullopt);
}

TEST(RecordWriters, CssStringsCannotEndTheirStyleSheet) {
  EXPECT_EQ(html::CssString("a\"}</style>"), "\"a\\000022\\00007d\\00003c\\00002fstyle\\00003e\"");
  EXPECT_EQ(html::CssString("é"), "\"\\0000e9\"");
}

TEST(RecordWriters, LongTitlesAreWrappedBetweenCharacters) {
  EXPECT_THAT(html::Wrapped("one two three", 7, 2), ElementsAre("one two", "three"));
  EXPECT_THAT(html::Wrapped("one two three four", 7, 2), ElementsAre("one two", "three…"));
  EXPECT_THAT(html::Wrapped("éééé", 2, 3), ElementsAre("éé", "éé"));
  EXPECT_THAT(html::Wrapped("", 7, 2), ElementsAre());
}

TEST(RecordWriters, WhatIsANumber) {
  for (const char* yes : {"0", "12", "-0.20", "3.33"}) EXPECT_TRUE(IsNumber(yes)) << yes;
  for (const char* no : {"", "-", ".5", "5.", "1e9", "69*", "0x1", "１"}) {
    EXPECT_FALSE(IsNumber(no)) << no;
  }
}

}  // namespace
}  // namespace plenum::testing
