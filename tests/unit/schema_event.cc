// Events: the bytes that are written, and the bytes that are refused.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "schema/event.h"
#include "schema/limits.h"
#include "schema/rfc3339.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

RoomId SomeRoom() {
  RoomId room;
  room.bytes.fill(0x5A);
  return room;
}

Event Vote() {
  Event event;
  event.id.bytes.fill(0x11);
  event.room = SomeRoom();
  event.time = 1'790'000'000'007;
  event.activity = "ideas";
  event.person = PersonId{};
  event.person->bytes.fill(0x22);
  event.series = "ideas";
  event.generation = 1;
  event.seq = 3;
  event.payload = BallotCast{ScaleCast{4}};
  return event;
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(SchemaEvent, IsWrittenInAFixedOrder) {
  EXPECT_EQ(EncodeEvent(Vote()),
            R"({"specversion":"1.0","id":"11111111111111111111111111111111","source":"/plenum",)"
            R"("type":"org.plenum.ballot.cast.v1","time":"2026-09-21T14:13:20.007Z",)"
            R"("partitionkey":"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a","datacontenttype":)"
            R"("application/json","actorrole":"attendee","actorepoch":0,"activity":"ideas",)"
            R"("generation":1,"person":"22222222222222222222222222222222","series":"ideas",)"
            R"("seq":3,"data":{"ballot":{"kind":"scale","value":4}}})");
}

TEST(SchemaEvent, RefusesOneSentenceSaysWhatAndWhere) {
  const std::string vote = EncodeEvent(Vote());
  struct Case {
    std::string from;
    std::string to;
    std::string what;
  };
  const std::vector<Case> cases = {
      {"\"1.0\"", "\"1.1\"", "This must be \"1.0\" (at /specversion)."},
      {"\"/plenum\"", "\"/other\"", "This must be \"/plenum\" (at /source)."},
      {"ballot.cast.v1", "ballot.cast.v2", "There is no such type of event (at /type)."},
      {"application/json", "text/json", "This must be \"application/json\" (at /datacontenttype)."},
      {"\"id\":\"1", "\"id\":\"A", "This must be 32 lower-case hex digits (at /id)."},
      {"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a", "00000000000000000000000000000000",
       "This must not be zero (at /partitionkey)."},
      {"2026-09-21T14:13:20.007Z", "2026-09-21T14:13:20Z",
       "This must be a time such as \"2026-09-21T09:00:00.000Z\" (at /time)."},
      {"\"attendee\"", "\"admin\"", "There is no such role (at /actorrole)."},
      {"\"actorepoch\":0,", "", "The member \"actorepoch\" is missing."},
      {"\"actorepoch\":0", "\"actorepoch\":0,\"actortoken\":\"0000000000000000\"",
       "This must not be zero (at /actortoken)."},
      {"\"activity\":\"ideas\",", "", "The member \"activity\" is missing."},
      {"\"activity\":\"ideas\"", "\"activity\":\"Ideas\"",
       "This must be 1 to 40 lower-case letters, digits and hyphens (at /activity)."},
      {"\"generation\":1", "\"generation\":0",
       "This must be a whole number from 1 to 2147483647 (at /generation)."},
      {"\"series\":\"ideas\",", "", "The members \"person\" and \"series\" go together."},
      {"\"seq\":3", "\"seq\":\"3\"",
       "This must be a whole number from 1 to 2147483647, not a string (at /seq)."},
      {"\"seq\":3", "\"sequence\":3", "There is no member \"sequence\" here (at /sequence)."},
      {"\"seq\":3", "\"seq\":3,\"seq\":3",
       "The member \"seq\" stands there twice (line 1, column 384)."},
      {"\"data\":{\"ballot\":{\"kind\":\"scale\",\"value\":4}}", "\"data\":[]",
       "This must be an object, not an array (at /data)."},
      {"\"kind\":\"scale\"", "\"kind\":\"vote\"",
       "This must be \"choice\", \"scale\", \"dots\", \"upvote\", \"rank\", \"ratings\" or "
       "\"score\", not \"vote\"; is \"upvote\" meant? (at /data/ballot/kind)."},
      {"\"value\":4", "\"value\":4.5",
       "Only whole numbers are allowed, without a fraction or an exponent (line 1, column 419)."},
  };
  for (const Case& c : cases) {
    const auto event = DecodeEvent(Replaced(vote, c.from, c.to));
    ASSERT_FALSE(event) << c.from << " -> " << c.to;
    EXPECT_EQ(event.error(), c.what) << c.from << " -> " << c.to;
  }
}

TEST(SchemaEvent, IgnoresWhatALaterVersionAdds) {
  const std::string vote = EncodeEvent(Vote());
  const auto event =
      DecodeEvent(Replaced(vote, "\"kind\":\"scale\"", "\"note\":{\"by\":[1]},\"kind\":\"scale\""));
  ASSERT_TRUE(event) << event.error();
  EXPECT_EQ(*event, Vote());
  EXPECT_TRUE(DecodeEvent(Replaced(vote, "\"data\":{", "\"data\":{\"mood\":\"good\",")));
}

TEST(SchemaEvent, HasOnlyTheAttributesOfItsType) {
  Event doors = Vote();
  doors.payload = DoorsSet{true, 180};
  for (int attribute = 0; attribute < 4; ++attribute) {
    Event event = doors;
    if (attribute != 0) event.activity.clear();
    if (attribute != 1) event.generation = 0;
    if (attribute != 2) event.person.reset(), event.series.clear();
    if (attribute != 3) event.seq = 0;
    EXPECT_FALSE(DecodeEvent(EncodeEvent(event))) << EncodeEvent(event);
  }
  doors.activity.clear();
  doors.generation = doors.seq = 0;
  doors.person.reset();
  doors.series.clear();
  EXPECT_EQ(DecodeEvent(EncodeEvent(doors)), doors);
  // Only in the directory may there be no room that speaks.
  doors.room = {};
  EXPECT_FALSE(DecodeEvent(EncodeEvent(doors)));
  doors.payload = CodePointed{"482913", SomeRoom()};
  EXPECT_EQ(DecodeEvent(EncodeEvent(doors)), doors);
}

TEST(SchemaEvent, IsAtMost32KiB) {
  std::string vote = EncodeEvent(Vote());
  vote.insert(1, std::string(limits::kEventBytes - vote.size(), ' '));
  EXPECT_TRUE(DecodeEvent(vote));
  vote.insert(1, " ");
  const auto event = DecodeEvent(vote);
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error(), "The event is larger than 32 KiB.");
}

TEST(SchemaEvent, TakesAnyBytes) {
  std::mt19937 random(25'10);
  const std::string vote = EncodeEvent(Vote());
  size_t refused = 0;
  for (int n = 0; n < 20'000; ++n) {
    std::string bytes = vote;
    for (int changes = 1 + static_cast<int>(random() % 3); changes > 0; --changes) {
      const size_t at = random() % bytes.size();
      if (random() % 4 == 0) {
        bytes.erase(at, 1 + random() % 5);
      } else {
        bytes[at] = static_cast<char>(random());
      }
    }
    const auto event = DecodeEvent(bytes);
    if (event) {
      EXPECT_EQ(DecodeEvent(EncodeEvent(*event)), event);
    } else {
      EXPECT_FALSE(event.error().empty());
      ++refused;
    }
  }
  EXPECT_GT(refused, 10'000u);
}

// The ends of every range come back, and are valid by the schema.
TEST(SchemaEvent, ComesBackFromItsBytes) {
  constexpr uint32_t kMost = 0x7FFFFFFF;
  Event most = Vote();
  most.time = 253'402'300'799'999;
  most.generation = most.seq = kMost;
  most.actor = {Role::kProducer, kMost, {}};
  most.actor.token.bytes.fill(0xFF);
  most.activity = most.series = std::string(40, '-');
  Event least;
  least.id.bytes[15] = 1;
  least.room = SomeRoom();
  least.activity = "a";
  const std::string hex(32, 'f');
  const Stage stage{kMost, Phase::kSealed, kMost};
  const std::vector<Payload> payloads = {BallotCast{ScaleCast{-1'000'000}},
                                         BallotCast{ChoiceCast{}},
                                         BallotCast{ChoiceCast{std::vector<OptionId>(100, hex)}},
                                         BallotCast{DotsCast{}},
                                         BallotCast{DotsCast{{{hex, 1'000'000}, {"b", 1}}}},
                                         BallotCast{ScoreCast{kMost, hex, 0, 1'000'000}},
                                         BallotCast{ScoreCast{1, "", kMost, 0}},
                                         CardPassed{kMost},
                                         CardPassed{1}};
  const test::SchemaValidator schema("event.json");
  for (const Payload& payload : payloads) {
    for (Event* event : {&most, &least}) {
      event->payload = payload;
      const std::string bytes = EncodeEvent(*event);
      EXPECT_EQ(DecodeEvent(bytes), *event) << bytes;
      EXPECT_EQ(schema.Check(bytes), "") << bytes;
    }
  }
  const std::vector<Payload> of_activities = {ActivityAdvanced{stage, Phase::kWaiting},
                                              ActivityRestarted{stage},
                                              ActivityExtended{stage, -86'400'000},
                                              ActivityExtended{Stage{}, 86'400'000},
                                              ItemsMerged{hex, {"a"}},
                                              ItemsUnmerged{hex},
                                              EarlyLook{}};
  for (const Payload& payload : of_activities) {
    least.payload = payload;
    EXPECT_EQ(DecodeEvent(EncodeEvent(least)), least);
    EXPECT_EQ(schema.Check(EncodeEvent(least)), "") << EncodeEvent(least);
  }
}

TEST(SchemaEvent, TimesHaveMillisecondsAndAreUtc) {
  const std::vector<std::pair<TimeMs, std::string>> cases = {
      {0, "1970-01-01T00:00:00.000Z"},
      {951'782'400'000, "2000-02-29T00:00:00.000Z"},
      {1'790'000'000'123, "2026-09-21T14:13:20.123Z"},
      {253'402'300'799'999, "9999-12-31T23:59:59.999Z"},
  };
  for (const auto& [time, text] : cases) {
    EXPECT_EQ(FormatTime(time), text);
    EXPECT_EQ(ParseTime(text), time);
  }
  for (const char* text :
       {"", "2026-09-21T14:13:20Z", "2026-09-21t14:13:20.123Z", "2026-09-21T14:13:20.123z",
        "2026-09-21 14:13:20.123Z", "2026-09-21T14:13:20.123+", "2026-02-29T00:00:00.000Z",
        "2026-09-31T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-09-21T24:00:00.000Z",
        "2026-09-21T14:60:20.123Z", "2026-09-21T14:13:60.123Z", "1969-12-31T23:59:59.999Z",
        "2026-09-21T14:13:20,123Z", "2026-09-21T-1:13:20.123Z", "+026-09-21T14:13:20.123Z"}) {
    EXPECT_EQ(ParseTime(text), std::nullopt) << text;
  }
}

TEST(SchemaEvent, PhasesHaveNames) {
  for (int n = 0; n <= static_cast<int>(Phase::kSealed); ++n) {
    EXPECT_EQ(ParsePhase(PhaseName(static_cast<Phase>(n))), static_cast<Phase>(n));
  }
  EXPECT_EQ(PhaseName(Phase::kSwapping), "swapping");
  EXPECT_EQ(ParsePhase("open"), std::nullopt);
}

}  // namespace
}  // namespace plenum
