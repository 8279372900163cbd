// What is written into a room's page, for whom, and that no text gets out of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "gateway/first_page.h"
#include "gateway/guess_limit.h"
#include "schema/json.h"
#include "schema/privacy_notice.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr TimeMs kNow = 1'790'000'000'000;
constexpr std::string_view kPage = "<html><body><main></main></body></html>\n";

const std::string kTitle = "A </script><script src=/assets/x.js></script> <!-- room";

RoomInfo Info() {
  RoomInfo info;
  info.title = Text{{{"en", kTitle}}};
  info.notice = std::make_shared<PrivacyNotice>(MakeNotice({}));
  return info;
}

std::string FactsOf(const RoomInfo& info, const Frame& stage) {
  return FirstFacts(RoomId{}, info, stage, kNow);
}

std::string Unpacked(const std::string& packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string bytes(1 << 20, '\0');
  std::string from = packed;
  stream.next_in = reinterpret_cast<Bytef*>(from.data());
  stream.avail_in = static_cast<uInt>(from.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  bytes.resize(stream.total_out);
  inflateEnd(&stream);
  return bytes;
}

TEST(FirstPage, IsThatOfARoomAndOfNothingElse) {
  EXPECT_EQ(CodeOfPath("/r/482913"), "482913");
  for (std::string_view other : {"/", "/r/", "/r/48291", "/r/4829130", "/r/48291a", "/r/482913/",
                                 "/t/482913", "/d/482913"}) {
    EXPECT_EQ(CodeOfPath(other), "") << other;
  }
}

TEST(FirstPage, TellsWhatThePageWouldAsk) {
  const Frame stage = std::make_shared<const std::string>(R"({"room":{},"run":[]})");
  auto facts = json::Parse(FactsOf(Info(), stage));
  ASSERT_TRUE(facts);
  EXPECT_EQ(*facts->Find("time_ms")->AsInt(), kNow);
  EXPECT_EQ(*facts->Find("code")->Find("join")->AsString(), "open");
  EXPECT_EQ(*facts->Find("code")->Find("notice")->AsString(),
            *facts->Find("privacy")->Find("version")->AsString());
  EXPECT_NE(facts->Find("privacy")->Find("notices"), nullptr);
  EXPECT_EQ(facts->Find("privacy")->Find("text"), nullptr);
  EXPECT_NE(facts->Find("stage")->Find("run"), nullptr);
}

TEST(FirstPage, IsAsItIsDescribed) {
  const test::SchemaValidator schema("http.json#/definitions/first-page");
  const Frame stage = std::make_shared<const std::string>(R"({"room":{}})");
  for (const Frame& one : {stage, Frame()}) {
    const std::string facts = FactsOf(Info(), one);
    EXPECT_TRUE(schema.Accepts(facts)) << schema.Check(facts);
  }
  EXPECT_FALSE(schema.Accepts(R"({"time_ms":1,"stage":{}})"));
}

TEST(FirstPage, ShowsTheStageOnlyWhereAnybodyMayJoin) {
  const Frame stage = std::make_shared<const std::string>(R"({"room":{}})");
  EXPECT_THAT(FactsOf(Info(), stage), HasSubstr("\"stage\""));
  RoomInfo locked = Info();
  locked.doors_locked = true;
  EXPECT_THAT(FactsOf(locked, stage), Not(HasSubstr("\"stage\"")));
  RoomInfo codes = Info();
  codes.join = JoinBy::kCodes;
  EXPECT_THAT(FactsOf(codes, stage), Not(HasSubstr("\"stage\"")));
  EXPECT_THAT(FactsOf(codes, stage), HasSubstr(R"("join":"codes")"));
  EXPECT_THAT(FactsOf(Info(), nullptr), Not(HasSubstr("\"stage\"")));
  const Frame large =
      std::make_shared<const std::string>("\"" + std::string(kFirstStageBytes, 'x') + "\"");
  EXPECT_THAT(FactsOf(Info(), large), Not(HasSubstr("\"stage\"")));
}

TEST(FirstPage, NoTextEndsTheElement) {
  const std::string whole = WithFacts(kPage, FactsOf(Info(), nullptr));
  const std::string_view begin = "<script type=\"application/json\" id=\"first\">";
  const size_t from = whole.find(begin) + begin.size();
  const size_t to = whole.find('<', from);
  EXPECT_EQ(whole.substr(to), "</script>\n</body></html>\n");
  auto facts = json::Parse(whole.substr(from, to - from));
  ASSERT_TRUE(facts);
  EXPECT_EQ(*facts->Find("code")->Find("title")->Find("en")->AsString(), kTitle);
  EXPECT_EQ(WithFacts("no body", "{}"), "no body");
}

TEST(FirstPage, IsPacked) {
  const std::string whole = WithFacts(kPage, FactsOf(Info(), nullptr));
  const std::string packed = Gzipped(whole);
  EXPECT_LT(packed.size(), whole.size() / 2);
  EXPECT_EQ(Unpacked(packed), whole);
  EXPECT_EQ(Unpacked(Gzipped("")), "");
}

TEST(FirstPage, WhoGuessesCodesIsKnownForAWhile) {
  GuessLimit limit;
  EXPECT_FALSE(limit.Spent("10.0.0.1", kNow));
  for (int i = 0; i < kGuessesAtOnce; ++i) {
    EXPECT_FALSE(limit.Spent("10.0.0.1", kNow));
    limit.Spend("10.0.0.1", kNow);
  }
  EXPECT_TRUE(limit.Spent("10.0.0.1", kNow));
  EXPECT_FALSE(limit.Spent("10.0.0.2", kNow));
  EXPECT_FALSE(limit.Spent("10.0.0.1", kNow + kGuessAgainMs));
}

}  // namespace
}  // namespace plenum
