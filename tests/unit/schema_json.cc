// I-JSON: what is read, what is refused and where, and what is written.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/json.h"
#include "schema/limits.h"

namespace plenum::json {
namespace {

std::string Nested(int depth) {
  return std::string(static_cast<size_t>(depth), '[') +
         std::string(static_cast<size_t>(depth), ']');
}

TEST(SchemaJson, AcceptsAndWritesAgain) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      // text, the same as the writer has it
      {"null", "null"},
      {" [ true , false ] ", "[true,false]"},
      {R"({"b":1,"a":{"c":[]}})", R"({"b":1,"a":{"c":[]}})"},
      {"[0,-0,-1,9007199254740991,-9007199254740991]",
       "[0,0,-1,9007199254740991,-9007199254740991]"},
      {R"("\u00e9\ud83d\ude00\/")", "\"\u00e9\U0001F600/\""},
      {R"("\"\\\b\f\n\r\t\u0000\u001f\u007f")", R"("\"\\\b\f\n\r\t\u0000\u001f)"
                                                "\x7f\""},
      {Nested(limits::kJsonDepth), Nested(limits::kJsonDepth)},
  };
  for (const auto& [text, written] : cases) {
    const auto value = Parse(text);
    ASSERT_TRUE(value) << text << ": " << value.error().what;
    EXPECT_EQ(Writer().Put(*value).Take(), written);
  }
}

TEST(SchemaJson, RefusesWithTheReasonAndThePlace) {
  struct Case {
    std::string text;
    std::string what;
    size_t line;
    size_t column;
  };
  const std::vector<Case> cases = {
      {"", "The text ends where a value is expected.", 1, 1},
      {" \n ", "The text ends where a value is expected.", 2, 2},
      {"[1,\n  2,,3]", "A value is expected here.", 2, 5},
      {"{\"a\":1,}", "The name of a member is expected here.", 1, 8},
      {"{\"a\" 1}", "A colon is expected here.", 1, 6},
      {"[1 2]", "A comma or a closing bracket is expected here.", 1, 4},
      {"{\"a\":1 \"b\":2}", "A comma or a closing brace is expected here.", 1, 8},
      {"[1] x", "Something follows the end of the value.", 1, 5},
      {"[1.0]", "Only whole numbers are allowed, without a fraction or an exponent.", 1, 2},
      {"{\"a\":[0,\n 1e2]}", "Only whole numbers are allowed, without a fraction or an exponent.",
       2, 2},
      {"[01]", "A comma or a closing bracket is expected here.", 1, 3},
      {"[9007199254740992]", "This number is too large.", 1, 2},
      {"[-9007199254740992]", "This number is too large.", 1, 2},
      {"[123456789012345678901234567890]", "This number is too large.", 1, 2},
      {"{\"a\":1,\n\"a\":1}", "The member \"a\" stands there twice.", 2, 5},
      {"{\"a\":1,\"\\u0061\":1}", "The member \"a\" stands there twice.", 1, 17},
      {"[\"\\ud800\"]", "This is half of a surrogate pair.", 1, 3},
      {"[\"\\udc00\\ud800\"]", "This is half of a surrogate pair.", 1, 3},
      {"[\"\\ufffe\"]", "This text has characters that are not allowed.", 1, 2},
      {"[\"\\ud83f\\udfff\"]", "This text has characters that are not allowed.", 1, 2},
      {"[\"\\x\"]", "There is no such escape.", 1, 3},
      {"[\"a\tb\"]", "A control character must be escaped in a string.", 1, 4},
      {"[\"\xC3\x28\"]", "The text is not valid UTF-8.", 1, 3},
      {"[\"\xED\xA0\x80\"]", "The text is not valid UTF-8.", 1, 3},
      {"[\"abc", "The text ends within a string.", 1, 6},
      {"\xEF\xBB\xBF[]", "The text begins with a byte order mark; please leave it out.", 1, 1},
      {Nested(limits::kJsonDepth + 1), "This is nested too deep.", 1, limits::kJsonDepth + 1},
      {std::string(100'000, '['), "This is nested too deep.", 1, limits::kJsonDepth + 1},
  };
  for (const Case& c : cases) {
    const auto value = Parse(c.text);
    ASSERT_FALSE(value) << c.text.substr(0, 100);
    EXPECT_EQ(value.error().what, c.what) << c.text.substr(0, 100);
    EXPECT_EQ(value.error().line, c.line) << c.text.substr(0, 100);
    EXPECT_EQ(value.error().column, c.column) << c.text.substr(0, 100);
  }
}

// The parser may read behind the text: what another text left there must not matter.
TEST(SchemaJson, IsNotMisledByWhatCameBefore) {
  ASSERT_TRUE(Parse(R"(["a longer text that stays in the buffer", 1234567890]                )"));
  EXPECT_FALSE(Parse("[1"));
  EXPECT_FALSE(Parse("["));
  EXPECT_FALSE(Parse("[\""));
  EXPECT_FALSE(Parse("12 34"));
  EXPECT_TRUE(Parse("1"));
}

TEST(SchemaJson, FindsDuplicatesAmongManyMembers) {
  Writer writer;
  writer.BeginObject();
  for (int i = 0; i < 5000; ++i) writer.Key("m" + std::to_string(i)).Int(i);
  writer.EndObject();
  std::string text = writer.Take();
  const auto value = Parse(text);
  ASSERT_TRUE(value);
  ASSERT_NE(value->Find("m4999"), nullptr);
  EXPECT_EQ(*value->Find("m4999")->AsInt(), 4999);
  text.insert(text.size() - 1, ",\"m17\":1");
  EXPECT_FALSE(Parse(text));
}

TEST(SchemaJson, LocatesValues) {
  const std::string text = "{\n  \"a/b\": [1, {\"~\": 2}],\n  \"\\u0063\": 3\n}";
  const std::vector<std::tuple<std::string, size_t, size_t>> cases = {
      {"", 1, 1},
      {"/a~1b", 2, 10},
      {"/a~1b/0", 2, 11},
      {"/a~1b/1/~0", 2, 20},
      {"/c", 3, 13},
      // What is not there is where it would be.
      {"/missing", 1, 1},
      {"/a~1b/1/missing", 2, 14},
  };
  for (const auto& [pointer, line, column] : cases) {
    const Place place = Locate(text, pointer);
    EXPECT_EQ(place.line, line) << pointer;
    EXPECT_EQ(place.column, column) << pointer;
  }
}

TEST(SchemaJson, TellsKindsApart) {
  const auto value = Parse(R"([null,true,1,"s",[],{}])");
  ASSERT_TRUE(value);
  const std::vector<std::string> names = {"null",     "true or false", "a number",
                                          "a string", "an array",      "an object"};
  const Array& array = *value->AsArray();
  ASSERT_EQ(array.size(), names.size());
  for (size_t i = 0; i < array.size(); ++i) {
    EXPECT_EQ(array[i].KindName(), names[i]);
    EXPECT_EQ(array[i].IsNull(), i == 0);
    EXPECT_EQ(array[i].AsBool() != nullptr, i == 1);
    EXPECT_EQ(array[i].AsInt() != nullptr, i == 2);
    EXPECT_EQ(array[i].AsString() != nullptr, i == 3);
    EXPECT_EQ(array[i].AsArray() != nullptr, i == 4);
    EXPECT_EQ(array[i].AsObject() != nullptr, i == 5);
    EXPECT_EQ(array[i].Find("x"), nullptr);
  }
}

}  // namespace
}  // namespace plenum::json
