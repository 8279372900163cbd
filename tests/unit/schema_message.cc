// Messages to clients, as they stand in schema/wire.md.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/message.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

constexpr std::string_view kId = "000102030405060708090a0b0c0d0e0f";

EventId SomeId() { return *EventId::FromHex(kId); }

TEST(SchemaMessage, IsWrittenAsTheWireSays) {
  const Outcome refused{OutcomeCode::kRefused, Reason::kOverBudget, 14, 0};
  const Outcome duplicate{OutcomeCode::kDuplicate, Reason::kNone, 15, 0};
  const std::string id = "\"id\":\"" + std::string(kId) + "\"";
  const std::vector<std::pair<Message, std::string>> cases = {
      {Welcome{Role::kTableHost, {}, 5},
       R"({"type":"welcome","role":"table-host","room":"00000000000000000000000000000000",)"
       R"("time_ms":5})"},
      {Recorded{SomeId(), 17}, "{\"type\":\"recorded\"," + id + ",\"offset\":17}"},
      {Answer{SomeId(), {OutcomeCode::kCounted, Reason::kNone, 12, 3}, ""},
       "{\"type\":\"outcome\"," + id + ",\"outcome\":\"counted\",\"index\":12}"},
      {Answer{SomeId(), refused, ""},
       "{\"type\":\"outcome\"," + id +
           ",\"outcome\":\"refused\",\"index\":14,\"reason\":\"over-budget\","
           "\"text\":\"You have placed more dots than you have.\"}"},
      // The index 0 is one like any other.
      {Answer{SomeId(), duplicate, ""},
       "{\"type\":\"outcome\"," + id + ",\"outcome\":\"duplicate\",\"index\":15,\"ref\":0}"},
      {Answer{SomeId(), {OutcomeCode::kAccepted, Reason::kNone, 1, 0}, R"({"kind":"items"})"},
       "{\"type\":\"outcome\"," + id +
           ",\"outcome\":\"accepted\",\"index\":1,\"result\":{\"kind\":\"items\"}}"},
      {ViewMessage{Topic::kConsole, 412, R"({"a":[1]})"},
       R"({"type":"view","topic":"console","version":412,"data":{"a":[1]}})"},
      {ErrorMessage{{}, "bad-message", "No.", 0},
       R"({"type":"error","code":"bad-message","text":"No."})"},
      {ErrorMessage{SomeId(), "busy", "Later.", 500},
       "{\"type\":\"error\"," + id + ",\"code\":\"busy\",\"text\":\"Later.\",\"retry_ms\":500}"},
      {Beat{1'790'000'000'000}, R"({"type":"beat","time_ms":1790000000000})"},
      {Beat{5, CopyState{2, 3, 400}},
       R"({"type":"beat","time_ms":5,"copy":{"connected":2,"behind":3,"behind_ms":400}})"},
      {Beat{5, CopyState{2, 3, 400}, 12},
       R"({"type":"beat","time_ms":5,"dropped":12,"copy":{"connected":2,"behind":3,"behind_ms":400}})"},
      {ScreenList{}, R"({"type":"screens","screens":[]})"},
      {ToScreen{ScreenSound::kMinute}, R"({"type":"screen.order","order":{"play":"minute"}})"},
      {Ordered{SomeId(), 2}, "{\"type\":\"ordered\"," + id + ",\"screens\":2}"},
      {ViewMessage{Topic::kActivity, 7, "{}"},
       R"({"type":"view","topic":"activity","version":7,"data":{}})"},
      {Welcome{Role::kDisplay, {}, 5, 7, "abc", 0},
       R"({"type":"welcome","role":"display","room":"00000000000000000000000000000000",)"
       R"("time_ms":5,"epoch":7,"proof":"abc","kept":0})"},
  };
  for (const auto& [message, text] : cases) {
    EXPECT_EQ(EncodeMessage(message), text);
    const auto read = ParseMessage(text);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(EncodeMessage(*read), text);
  }
}

TEST(SchemaMessage, EveryOutcomeAndReasonComesThroughAndIsValid) {
  const test::SchemaValidator schema("message.json");
  for (int code = 0; code <= static_cast<int>(OutcomeCode::kDisputed); ++code) {
    for (int reason = 0; reason <= static_cast<int>(Reason::kUnknownVersion); ++reason) {
      Answer answer{SomeId(), {}, ""};
      answer.outcome.code = static_cast<OutcomeCode>(code);
      answer.outcome.reason = static_cast<Reason>(reason);
      answer.outcome.index = 7;
      const std::string text = EncodeMessage(answer);
      const auto read = ParseMessage(text);
      ASSERT_TRUE(read) << read.error();
      EXPECT_EQ(std::get<Answer>(*read).outcome, answer.outcome) << text;
      if (code == 0 || reason == 0) {
        EXPECT_EQ(schema.Check(text), "") << text;
      }
    }
  }
}

TEST(SchemaMessage, IgnoresWhatALaterServerAdds) {
  EXPECT_TRUE(ParseMessage(R"({"type":"beat","time_ms":1,"mood":"good"})"));
}

TEST(SchemaMessage, RefusesWithASentence) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"x", "A value is expected here (line 1, column 1)."},
      {R"({"type":"note"})",
       "This must be \"welcome\", \"recorded\", \"outcome\", \"view\", \"error\", "
       "\"beat\", \"screens\", \"screen.order\" or \"ordered\", not \"note\" (at /type)."},
      {R"({"type":"beat"})", "The member \"time_ms\" is missing."},
      {R"({"type":"view","topic":"stage","version":1,"data":"{}"})",
       "This must be an object (at /data)."},
      {R"({"type":"outcome","id":"000102030405060708090a0b0c0d0e0f","outcome":"won","index":1})",
       "There is no such outcome (at /outcome)."},
  };
  for (const auto& [text, what] : cases) {
    const auto message = ParseMessage(text);
    ASSERT_FALSE(message) << text;
    EXPECT_EQ(message.error(), what);
  }
}

}  // namespace
}  // namespace plenum
