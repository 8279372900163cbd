// Codes that are printed: what people type is read with their slips in mind, and nobody guesses
// one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "gateway/guess_limit.h"
#include "gateway/personal_code.h"

namespace plenum {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kKey = "the key of a room";
constexpr std::string_view kSymbols = "2345679ABCDEFGHJKLMNPQRTUVWXY";

std::string Plain(std::string code) {
  std::erase(code, '-');
  return code;
}

TEST(PersonalCode, EveryNumberHasItsOwnAndComesBack) {
  std::set<std::string> codes;
  std::set<ParticipantId> participants;
  for (const uint32_t number : {1u, 2u, 28u, 29u, 841u, 5000u, kMaxPersonalCode}) {
    const std::string code = PersonalCodeOf(kKey, number);
    EXPECT_EQ(code.size(), 19u);
    EXPECT_TRUE(codes.insert(code).second);
    EXPECT_TRUE(participants.insert(ParticipantOfCode(kKey, number)).second);
    EXPECT_EQ(ReadPersonalCode(kKey, code), number);
    EXPECT_EQ(ParticipantOfCode(kKey, number), ParticipantOfCode(kKey, number));
  }
  EXPECT_NE(ParticipantOfCode("another key", 1), ParticipantOfCode(kKey, 1));
}

TEST(PersonalCode, IsReadHoweverItIsTyped) {
  const std::string code = PersonalCodeOf(kKey, 77);
  std::string typed;
  for (const char c : Plain(code)) typed += static_cast<char>(std::tolower(c)), typed += ' ';
  EXPECT_EQ(ReadPersonalCode(kKey, typed), 77u);
  std::string mistaken = code;
  for (char& c : mistaken)
    c = c == 'B' ? '8' : c == '5' ? 's' : c == '2' ? 'Z' : c == 'L' ? '1' : c;
  EXPECT_EQ(ReadPersonalCode(kKey, mistaken), 77u) << mistaken;
}

// Every wrong symbol, and every two that were swapped: a slip, told as one, and no guess.
TEST(PersonalCode, ASlipIsFound) {
  const std::string code = Plain(PersonalCodeOf(kKey, 4711));
  for (size_t at = 0; at < code.size(); ++at) {
    for (const char symbol : kSymbols) {
      std::string wrong = code;
      wrong[at] = symbol;
      if (wrong == code) continue;
      const auto read = ReadPersonalCode(kKey, wrong);
      ASSERT_FALSE(read) << wrong;
      EXPECT_FALSE(read.error().guessed) << wrong;
      EXPECT_THAT(read.error().what, HasSubstr("slip"));
    }
    for (size_t with = at + 1; with < code.size(); ++with) {
      std::string wrong = code;
      std::swap(wrong[at], wrong[with]);
      if (wrong == code) continue;
      ASSERT_FALSE(ReadPersonalCode(kKey, wrong)) << wrong;
      EXPECT_FALSE(ReadPersonalCode(kKey, wrong).error().guessed) << wrong;
    }
  }
}

TEST(PersonalCode, WhatIsNoCodeAndWhatIsOfAnotherRoom) {
  for (const std::string& wrong : {std::string(), std::string("ABCD"), std::string(17, 'A'),
                                   std::string(5000, 'A'), std::string("ABCD-EFGH-JKLM-NPQ!"),
                                   std::string("\xc3\xa9"
                                               "BCD-EFGH-JKLM-NPQ")}) {
    const auto read = ReadPersonalCode(kKey, wrong);
    ASSERT_FALSE(read) << wrong;
    EXPECT_FALSE(read.error().guessed);
    EXPECT_THAT(read.error().what, HasSubstr("16 letters and digits"));
  }
  const auto foreign = ReadPersonalCode(kKey, PersonalCodeOf("another key", 3));
  ASSERT_FALSE(foreign);
  EXPECT_TRUE(foreign.error().guessed);
  EXPECT_THAT(foreign.error().what, HasSubstr("not of this room"));
}

TEST(PaperSerial, IsOfOneActivity) {
  const std::string serial = PaperSerialOf(kKey, "areas", 17);
  EXPECT_TRUE(serial.starts_with("17-"));
  EXPECT_TRUE(IsSlug(serial)) << serial;
  EXPECT_EQ(FaultOfSerial(kKey, "areas", serial), std::nullopt);
  for (const std::string& wrong :
       {std::string("17"), serial + "2", "18" + serial.substr(2), PaperSerialOf(kKey, "dots", 17),
        std::string("-"), std::string("99999999999-aaaaaaa")}) {
    const auto fault = FaultOfSerial(kKey, "areas", wrong);
    ASSERT_TRUE(fault) << wrong;
    EXPECT_THAT(*fault, HasSubstr("was not printed for this activity"));
  }
}

TEST(GuessLimit, AnAddressMayTrySomeAndThenOneAfterTheOther) {
  GuessLimit limit;
  TimeMs now = 1'000'000;
  for (int i = 0; i < kGuessesAtOnce; ++i) EXPECT_TRUE(limit.Spend("10.0.0.1", now));
  EXPECT_FALSE(limit.Spend("10.0.0.1", now));
  EXPECT_TRUE(limit.Spend("10.0.0.2", now));
  now += kGuessAgainMs - 1;
  EXPECT_FALSE(limit.Spend("10.0.0.1", now));
  now += 1;
  EXPECT_TRUE(limit.Spend("10.0.0.1", now));
  EXPECT_FALSE(limit.Spend("10.0.0.1", now));
  for (size_t i = 0; i < 3 * kGuessAddresses; ++i) limit.Spend("a" + std::to_string(i), now);
  EXPECT_FALSE(limit.Spend("10.0.0.1", now)) << "who guessed most is remembered longest";
  EXPECT_FALSE(limit.Spend("10.0.0.1", now - 500'000)) << "a clock that was set back";
}

}  // namespace
}  // namespace plenum
