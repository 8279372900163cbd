// What is kept of a writing: one text, or one object of the fields; and words, as they are counted.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/field_texts.h"
#include "schema/limits.h"

namespace plenum {
namespace {

Collect TwoFields() {
  Collect collect;
  collect.fields = {{.id = "what", .title = {{{"en", "What"}}}, .max_graphemes = 5},
                    {.id = "who", .title = {{{"en", "Who"}}}, .required = false}};
  return collect;
}

// What is kept, or the sentence that refuses it.
std::string Kept(const Writing& writing, const Collect* collect) {
  const auto kept = TextToKeep(writing, collect);
  return kept ? *kept : "refused: " + kept.error();
}

TEST(SchemaFieldTexts, OneTextIsCleanedAndCut) {
  const Collect five{.max_graphemes = 5};
  EXPECT_EQ(Kept({.text = "  a\tcup "}, &five), "a cup");
  EXPECT_EQ(Kept({.text = "teacups"}, &five), "teacu");
  EXPECT_EQ(Kept({.text = "  "}, &five), "refused: There is no text to keep.");
  EXPECT_EQ(Kept({}, &five), "refused: There is no text to keep.");
  EXPECT_EQ(Kept({.text = "", .fields = {{"what", "x"}}}, &five),
            "refused: This takes one text, and no fields.");
  // A word to the organisers is of no activity.
  EXPECT_EQ(Kept({.text = std::string(1001, 'x')}, nullptr), std::string(1000, 'x'));
  EXPECT_EQ(Kept({.text = "", .fields = {{"what", "x"}}}, nullptr),
            "refused: This takes one text, and no fields.");
  // A thousand characters may still be too many bytes.
  std::string long_text;
  for (int n = 0; n < 1000; ++n) long_text += "\u20AC";
  EXPECT_EQ(Kept({.text = long_text}, nullptr), "refused: This text is too long.");
}

TEST(SchemaFieldTexts, AnAnswerHasSoManyWords) {
  Collect collect;
  collect.words = 2;
  EXPECT_EQ(Kept({.text = " open  minds "}, &collect), "open  minds");
  EXPECT_EQ(Kept({.text = "open minds meet"}, &collect), "refused: Please write at most 2 words.");
  EXPECT_EQ(Kept({.text = "open\u00A0minds meet"}, &collect),
            "refused: Please write at most 2 words.");
  collect.words = 1;
  EXPECT_EQ(Kept({.text = "open minds"}, &collect), "refused: Please write at most 1 word.");
}

TEST(SchemaFieldTexts, FieldsAreKeptInTheOrderOfTheActivity) {
  const Collect collect = TwoFields();
  const Writing both{.text = "", .fields = {{"who", "Ana\n"}, {"what", " a \"b\" c"}}};
  EXPECT_EQ(Kept(both, &collect), R"({"what":"a \"b\"","who":"Ana"})");
  EXPECT_EQ(Kept({.text = "", .fields = {{"what", "x"}, {"who", "  "}}}, &collect),
            R"({"what":"x"})");
  EXPECT_EQ(Kept({.text = "", .fields = {{"what", "x"}}}, &collect), R"({"what":"x"})");
  EXPECT_EQ(Kept({.text = "", .fields = {{"who", "Ana"}}}, &collect),
            "refused: The field \"what\" is empty.");
  EXPECT_EQ(Kept({.text = "", .fields = {{"what", "x"}, {"where", "y"}}}, &collect),
            "refused: There is no field \"where\" here.");
  EXPECT_EQ(Kept({.text = "x"}, &collect), "refused: This takes a text for each field.");
  Collect optional = TwoFields();
  for (Field& field : optional.fields) field.required = false;
  EXPECT_EQ(Kept({.text = "", .fields = {{"what", " "}}}, &optional),
            "refused: There is no text to keep.");
}

TEST(SchemaFieldTexts, AllFieldsTogetherFitIntoTheVault) {
  Collect collect;
  Writing writing;
  for (int n = 0; n < 4; ++n) {
    const std::string id = "f" + std::to_string(n);
    collect.fields.push_back({.id = id, .title = {{{"en", "F"}}}, .max_graphemes = 1000});
    writing.fields.emplace_back(id, std::string(900, 'x'));
  }
  EXPECT_EQ(Kept(writing, &collect), "refused: This text is too long.");
}

TEST(SchemaFieldTexts, ComeBackAsTheyWereKept) {
  const Collect collect = TwoFields();
  const FieldTexts expected = {{"what", "a \"b\""}, {"who", "Ana"}};
  EXPECT_EQ(ReadFieldTexts(R"({"what":"a \"b\"","who":"Ana"})", collect.fields), expected);
  EXPECT_EQ(ReadFieldTexts(R"({"who":"Ana","what":"a \"b\"","else":"x"})", collect.fields),
            expected);
  EXPECT_EQ(ReadFieldTexts(R"({"what":7,"who":"Ana"})", collect.fields),
            (FieldTexts{{"who", "Ana"}}));
  for (const char* text : {"", "plain", "[]", "\"what\"", "{\"what\":", "{}"}) {
    EXPECT_TRUE(ReadFieldTexts(text, collect.fields).empty()) << text;
  }
}

TEST(SchemaFieldTexts, SpellingsOfAWordAreFoldedTogether) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Trust", "trust"},
      {"TRUST", "trust"},
      {"Stra\u00DFe", "strasse"},
      {"STRASSE", "strasse"},
      {"e\u0301te\u0301", "\u00E9t\u00E9"},  // written apart, counted as one
      {"\uFF34rust", "trust"},               // a full-width T
      {"\uFB01ne", "fine"},                  // a ligature
      {"open\u00A0  minds", "open minds"},   // no-break space
      {"  open minds ", "open minds"},
      {"", ""},
      {" ", ""},
      {"\u03A3\u03BF\u03C6\u03CC\u03C2", "\u03C3\u03BF\u03C6\u03CC\u03C3"},  // final sigma
  };
  for (const auto& [text, folded] : cases) {
    EXPECT_EQ(FoldSpelling(text), folded) << text;
    EXPECT_EQ(FoldSpelling(folded), folded) << text;
  }
}

TEST(SchemaFieldTexts, WordsStandBetweenBlanks) {
  EXPECT_EQ(CountWords(""), 0u);
  EXPECT_EQ(CountWords("   "), 0u);
  EXPECT_EQ(CountWords("one"), 1u);
  EXPECT_EQ(CountWords(" one  two-and three "), 3u);
}

}  // namespace
}  // namespace plenum
