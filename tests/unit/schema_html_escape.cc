#include <gtest/gtest.h>

#include "schema/html_escape.h"

namespace plenum {
namespace {

using html::Escaped;

TEST(HtmlEscape, MarkupAndQuotesAreOnlyText) {
  EXPECT_EQ(Escaped("<a title=\"x\" lang='y'>&amp;"),
            "&lt;a title=&quot;x&quot; lang=&#39;y&#39;&gt;&amp;amp;");
}

TEST(HtmlEscape, ControlCharactersGoAndLineBreaksStay) {
  using namespace std::string_view_literals;
  EXPECT_EQ(Escaped("a\0b\x01\x0b\x0c\r\x1b\x7f"
                    "c\td\n"sv),
            "abc\td\n");
  EXPECT_EQ(Escaped("\xc2\x80x\xc2\x9fy"), "xy");
}

TEST(HtmlEscape, CodePointsThatAreNoCharactersGo) {
  EXPECT_EQ(Escaped("\uFDD0a\uFDEFb\uFFFEc\uFFFFd\U0001FFFEe\U0010FFFFf"), "abcdef");
}

TEST(HtmlEscape, EveryOtherCharacterStays) {
  const std::string words = "Tŷ £5 \u00a0\u00a1 \uFDCF\uFDF0 \uFFFD \U0001F44D \U0001FFFD 家";
  EXPECT_EQ(Escaped(words), words);
}

TEST(HtmlEscape, BytesThatAreNotUtf8AreNotReadBeyond) {
  EXPECT_EQ(Escaped("\xc2"), "\xc2");
  EXPECT_EQ(Escaped("\xef\xbf"), "\xef\xbf");
  EXPECT_EQ(Escaped("\xf0\x9f\xbf<"), "\xf0\x9f\xbf&lt;");
}

}  // namespace
}  // namespace plenum
