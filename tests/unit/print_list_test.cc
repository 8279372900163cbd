// Lists of attendees (RFC 4180), and what of them is told before anything is printed.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "gateway/print/attendee_list.h"
#include "gateway/print/print_pack.h"

namespace plenum {
namespace {

// "Ana|Ben; 3 is empty." or the error.
std::string Read(std::string_view csv, const std::vector<std::string>& columns = {}) {
  auto list = ReadAttendees(csv, columns);
  if (!list) return list.error();
  std::string text;
  for (const std::string& name : list->names) text += (text.empty() ? "" : "|") + name;
  for (const ListNote& note : list->notes) {
    text += "; " + std::to_string(note.line) + " " + note.what;
  }
  return text;
}

TEST(AttendeeList, AsTable) {
  struct Row {
    const char* what;
    std::string csv;
    std::vector<std::string> columns;
    std::string read;
  };
  const std::vector<Row> rows = {
      {"one column", "Name\nAna\nBen\n", {}, "Ana|Ben"},
      {"no end of the last line", "Name\nAna", {}, "Ana"},
      {"lines of Windows", "Name,Town\r\nAna,X\r\n", {}, "Ana"},
      {"lines of old Macs", "Name\rAna\rBen\r", {}, "Ana|Ben"},
      {"a byte order mark", "\xEF\xBB\xBFName\nAna\n", {}, "Ana"},
      {"the column called a name", "Town,Full name\nX,Ana\n", {}, "Ana"},
      {"in Welsh", "Tref,Enw\nX,Siân\n", {}, "Siân"},
      {"otherwise the first", "Who,Town\nAna,X\n", {}, "Ana"},
      {"a column by its heading", "Town,Who\nX,Ana\n", {"who"}, "Ana"},
      {"a column by its number", "Town,Who\nX,Ana\n", {"2"}, "Ana"},
      {"two columns", "Surname,First\nB,Ana\n", {"First", "Surname"}, "Ana B"},
      {"semicolons", "Name;Town\nAna;X, Y\n", {}, "Ana"},
      {"tabs", "Town\tName\nX\tAna\n", {}, "Ana"},
      {"quotes", "Name\n\"B, Ana \"\"Annie\"\"\"\n", {}, "B, Ana \"Annie\""},
      {"lines in quotes",
       "Name,X\n\"Ana\nB\",1\nBen,2\nBen,3\n",
       {},
       "Ana B|Ben|Ben; 5 has the same name as line 4; both get a badge."},
      {"empty lines", "Name\n\nAna\n\n", {}, "Ana; 2 is empty.; 4 is empty."},
      {"nobody in it", "Name,Town\n,X\n", {}, "; 2 has no name; left out."},
      {"fields missing", "Name,Town\nAna\n", {}, "Ana; 2 has 1 fields, and the first line has 2."},
      {"the same in capitals",
       "Name\nAna\nANA\n",
       {},
       "Ana|ANA; 3 has the same name as line 2; both get a badge."},
      {"spaces", "Name\n  Ana   B \n", {}, "Ana B"},
      {"empty", "", {}, "the list is empty."},
      {"no such column", "A,B\n1,2\n", {"C"}, "there is no column \"C\"; there are \"A\", \"B\"."},
      {"quote never closed",
       "Name\n\nx\n\"Ana\nBen\n",
       {},
       "line 4: a quotation mark is opened here and never closed."},
      {"after a quote",
       "Name\n\"Ana\" B\n",
       {},
       "line 2: something stands after a closing quotation mark."},
      {"Latin-1",
       "Name\nSi\xE2n\n",
       {},
       "line 2: this is not UTF-8; export the list as \"CSV UTF-8\"."},
      {"overlong",
       "Name\n\xC0\xAF\n",
       {},
       "line 2: this is not UTF-8; export the list as \"CSV UTF-8\"."},
      {"half a pair",
       "Name\n\xED\xA0\x80\n",
       {},
       "line 2: this is not UTF-8; export the list as \"CSV UTF-8\"."},
  };
  for (const Row& row : rows) EXPECT_EQ(Read(row.csv, row.columns), row.read) << row.what;
}

TEST(PrintPack, AWifiCodeEscapesWhatHasAMeaningInIt) {
  EXPECT_EQ(WifiCode({"Guests", "", false}), "WIFI:T:nopass;S:Guests;;");
  EXPECT_EQ(WifiCode({"a;b", "p\\q:r,s\"t", true}),
            R"(WIFI:T:WPA;S:a\;b;P:p\\q\:r\,s\"t;H:true;;)");
}

TEST(PrintPack, WhatPeopleWroteIsText) {
  PrintSheet sheet{
      .base = "http://h", .code = "482913", .title = {{{"en", "<i>Day</i>"}}}, .languages = {"en"}};
  const std::string html = PrintBadges(sheet, {{"<script>x</script>", "A"}}, Paper::kA4);
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_EQ(html.find("<i>"), std::string::npos);
}

TEST(PrintPack, AnOfferIsReadAsItWasWritten) {
  PrintSheet sheet{.base = "http://h:1",
                   .code = "482913",
                   .title = {{{"en", "T"}, {"cy", "Y"}}},
                   .languages = {"en", "cy"},
                   .codes_only = true,
                   .expected_people = 180};
  auto offer = ParsePrintOffer(EncodePrintOffer(sheet));
  ASSERT_TRUE(offer) << offer.error();
  EXPECT_EQ(offer->sheet.base, sheet.base);
  EXPECT_EQ(offer->sheet.title, sheet.title);
  EXPECT_TRUE(offer->sheet.codes_only);
  EXPECT_EQ(offer->sheet.expected_people, 180u);
  EXPECT_EQ(offer->documents, (std::vector<std::string>{"join", "badges"}));
  EXPECT_FALSE(ParsePrintOffer("{}"));
  EXPECT_FALSE(ParsePrintOffer("no"));
}

}  // namespace
}  // namespace plenum
