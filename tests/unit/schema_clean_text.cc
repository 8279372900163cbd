// What people type, before anybody else sees it.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "schema/command.h"

namespace plenum {
namespace {

std::string Repeated(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

constexpr std::string_view kAcute = "\xCC\x81";    // U+0301
constexpr std::string_view kZwj = "\xE2\x80\x8D";  // U+200D
constexpr std::string_view kFamily =               // four people, one grapheme
    "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
constexpr std::string_view kWales =
    "\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F";

TEST(SchemaCleanText, CleansAndKeeps) {
  struct Case {
    std::string text;
    size_t most;
    std::string clean;
  };
  const std::vector<Case> cases = {
      {"plain", 100, "plain"},
      {"  spaces \t\r\n around  ", 100, "spaces     around"},
      {"two\nlines", 100, "two lines"},
      {"a\xE2\x80\xA8"
       "b",
       100, "a b"},                                // U+2028
      {"e" + std::string(kAcute), 100, "\u00e9"},  // NFC
      {std::string("nul\0l", 5), 100, "null"},
      {"del\x7F and C1 \xC2\x85", 100, "del and C1"},
      {"\u202Eevil\u202C \u2066x\u2069", 100, "evil x"},
      {"<script>alert(1)</script>", 100, "<script>alert(1)</script>"},  // pages never run it
      {"=1+1", 100, "=1+1"},
      {std::string(kFamily), 1, std::string(kFamily)},
      {std::string(kWales) + "!", 1, std::string(kWales)},
      {"abc", 2, "ab"},
      {"ab c", 3, "ab"},
      {"abc", 0, ""},
      {"", 10, ""},
      {" \n ", 10, ""},
      {std::string("\u200B\u200D\u2060\uFEFF"), 10, ""},  // nothing that can be seen
      {"\xCC\x81\xCC\x81", 10, ""},
      {"\u3000wide\u3000", 10, "wide"},
      {"bad \xC3\x28 utf-8", 100, ""},
      {"bad \xED\xA0\x80", 100, ""},
      {"\u0645\u0631\u062D\u0628\u0627", 100, "\u0645\u0631\u062D\u0628\u0627"},
  };
  for (const Case& c : cases) EXPECT_EQ(CleanText(c.text, c.most), c.clean) << c.text;
}

TEST(SchemaCleanText, CleansToTheSameAgain) {
  const std::vector<std::string> texts = {
      "a" + Repeated(kAcute, 50),       Repeated("\U0001F468\u200D", 100),
      Repeated("\u1100", 100),          "x\u202Ey",
      " e" + std::string(kAcute) + " ", Repeated("\u0F71\u0F72", 20)};
  for (const std::string& text : texts) {
    const std::string clean = CleanText(text, 40);
    EXPECT_EQ(CleanText(clean, 40), clean) << text;
  }
}

// Marks without end: neither do they climb over the next line, nor does it take long.
TEST(SchemaCleanText, TenThousandMarksDoNoHarm) {
  const std::vector<std::string> stacks = {
      "Z" + Repeated(kAcute, 10'000),
      "Z" + Repeated("\xCC\xA1\xCC\x95", 10'000),  // of classes that change places
      "Z" + Repeated(kZwj, 10'000),
      Repeated("\u1100", 10'000),            // one Hangul syllable
      Repeated("\U0001F468\u200D", 10'000),  // one family
      Repeated("\U0001F1E6", 10'001),
      "a" + Repeated("\uFE0F", 10'000),
  };
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& text : stacks) EXPECT_LE(CleanText(text, 1).size(), 64u);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace plenum
