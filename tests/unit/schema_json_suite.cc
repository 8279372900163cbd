// JSONTestSuite (Nicolas Seriot): y_ must be accepted, n_ refused, i_ may be either but must do no
// harm. Without a copy beside the repository, the few cases below still stand for it.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <string>

#include "schema/json.h"
#include "tests/unit/schema_validator.h"

namespace plenum::json {
namespace {

// Accepted by JSON, and refused by I-JSON or by plenum, with the words of the refusal.
const std::map<std::string, std::string> kRefusedAlthoughJson = {
    // No fractions and exponents: equal events must have equal bytes and no rounding.
    {"y_number.json", "Only whole numbers"},
    {"y_number_0e+1.json", "Only whole numbers"},
    {"y_number_0e1.json", "Only whole numbers"},
    {"y_number_double_close_to_zero.json", "Only whole numbers"},
    {"y_number_int_with_exp.json", "Only whole numbers"},
    {"y_number_real_capital_e.json", "Only whole numbers"},
    {"y_number_real_capital_e_neg_exp.json", "Only whole numbers"},
    {"y_number_real_capital_e_pos_exp.json", "Only whole numbers"},
    {"y_number_real_exponent.json", "Only whole numbers"},
    {"y_number_real_fraction_exponent.json", "Only whole numbers"},
    {"y_number_real_neg_exp.json", "Only whole numbers"},
    {"y_number_real_pos_exponent.json", "Only whole numbers"},
    {"y_number_simple_real.json", "Only whole numbers"},
    {"y_object_extreme_numbers.json", "Only whole numbers"},
    {"y_structure_lonely_negative_real.json", "Only whole numbers"},
    // No duplicate names (RFC 7493, section 2.3).
    {"y_object_duplicated_key.json", "stands there twice"},
    {"y_object_duplicated_key_and_value.json", "stands there twice"},
    // No noncharacters (RFC 7493, section 2.1).
    {"y_string_escaped_noncharacter.json", "not allowed"},
    {"y_string_last_surrogates_1_and_2.json", "not allowed"},
    {"y_string_nonCharacterInUTF-8_U+10FFFF.json", "not allowed"},
    {"y_string_nonCharacterInUTF-8_U+FFFF.json", "not allowed"},
    {"y_string_unicode_U+10FFFE_nonchar.json", "not allowed"},
    {"y_string_unicode_U+1FFFE_nonchar.json", "not allowed"},
    {"y_string_unicode_U+FDD0_nonchar.json", "not allowed"},
    {"y_string_unicode_U+FFFE_nonchar.json", "not allowed"},
};

// In the spirit of the suite, for when it is not there.
const std::map<std::string, std::string> kOwnCases = {
    {"y_own_array_spaces.json", "[ \r\n\t]"},
    {"y_own_escapes.json", R"(["\"\\\/\b\f\n\r\t\u0041\ud834\udd1e"])"},
    {"y_own_lonely_int.json", "42"},
    {"y_own_minus_zero.json", "[-0]"},
    {"y_own_null_escape.json", R"(["\u0000"])"},
    {"y_own_utf8.json", "[\"\xE2\x82\xAC\xF0\x9D\x84\x9E\"]"},
    {"n_own_comma_first.json", "[,1]"},
    {"n_own_comma_last.json", "[1,]"},
    {"n_own_comment.json", "[1] // one"},
    {"n_own_control.json", std::string("[\"\0\"]", 5)},
    {"n_own_infinity.json", "[Infinity]"},
    {"n_own_leading_zero.json", "[-012]"},
    {"n_own_nan.json", "[NaN]"},
    {"n_own_plus.json", "[+1]"},
    {"n_own_single_quotes.json", "['a']"},
    {"n_own_two_values.json", "[][]"},
    {"n_own_unclosed.json", "{\"a\":[1"},
    {"n_own_word.json", "[tru]"},
    {"i_own_bom.json", "\xEF\xBB\xBF{}"},
    {"i_own_big.json", "[100000000000000000000]"},
    {"i_own_lone_surrogate.json", R"(["\uDADA"])"},
    {"i_own_utf16.json", std::string("[\0\"\0", 4)},
};

std::map<std::string, std::string> Cases() {
  std::map<std::string, std::string> cases = kOwnCases;
  const auto folder = test::RepositoryRoot() / "../shared/vectors/json";
  if (!std::filesystem::is_directory(folder)) {
    std::cout << "JSONTestSuite is not there: " << cases.size() << " own cases only\n";
    return cases;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    cases[entry.path().filename().string()] = test::ReadFile(entry.path());
  }
  return cases;
}

TEST(SchemaJsonSuite, AcceptsWhatIsIJsonAndNothingElse) {
  size_t accepted = 0;
  size_t refused = 0;
  for (const auto& [name, text] : Cases()) {
    const auto value = Parse(text);
    (value ? accepted : refused) += 1;
    const auto exception = kRefusedAlthoughJson.find(name);
    if (exception != kRefusedAlthoughJson.end()) {
      ASSERT_FALSE(value) << name;
      EXPECT_NE(value.error().what.find(exception->second), std::string::npos) << name;
    } else if (name.starts_with("y_")) {
      EXPECT_TRUE(value) << name << ": " << value.error().what;
    } else if (name.starts_with("n_")) {
      EXPECT_FALSE(value) << name;
    }
    if (!value) {
      EXPECT_GE(value.error().line, 1u) << name << " is refused without a place";
      EXPECT_GE(value.error().column, 1u) << name;
      continue;
    }
    // What was accepted is read again from what the writer makes of it.
    const std::string written = Writer().Put(*value).Take();
    const auto again = Parse(written);
    ASSERT_TRUE(again) << name;
    EXPECT_EQ(Writer().Put(*again).Take(), written) << name;
  }
  EXPECT_GE(accepted, 6u);
  EXPECT_GE(refused, 15u);
}

// A text cut short anywhere is refused, and reading it harms nothing.
TEST(SchemaJsonSuite, RefusesEveryPrefix) {
  const std::string text =
      "{\"a\":[1,-23,true,null,\"\\u00e9\\ud83d\\ude00\xC3\xA9\"],\"b\":{\"c\":false}}";
  ASSERT_TRUE(Parse(text));
  for (size_t size = 0; size < text.size(); ++size) {
    EXPECT_FALSE(Parse(std::string_view(text).substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace plenum::json
