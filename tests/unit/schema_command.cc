// Commands: what a client may ask for, what it is told otherwise, and the event that comes of it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "schema/command.h"
#include "schema/limits.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

constexpr std::string_view kId = "000102030405060708090a0b0c0d0e0f";

std::string Json(std::string_view members) {
  return "{\"id\":\"" + std::string(kId) + "\"," + std::string(members) + "}";
}

std::string What(std::string_view text) {
  const auto command = ParseCommand(text);
  return command ? "accepted" : command.error().what;
}

const std::string kBadFields =
    "Its members must be named as the fields are, and be strings of at most 2800 bytes "
    "(at /fields).";

const std::vector<std::pair<std::string, std::string>> kRefused = {
    {"", "The text ends where a value is expected (line 1, column 1)."},
    {"hello", "A value is expected here (line 1, column 1)."},
    {"[]", "This must be an object, not an array."},
    {"{}", "The member \"id\" is missing."},
    {R"({"id":"x","type":"ping"})", "This must be 32 lower-case hex digits (at /id)."},
    {R"({"id":"00000000000000000000000000000000","type":"ping"})",
     "This must not be zero (at /id)."},
    {Json(R"("kind":"ping")"), "The member \"type\" is missing."},
    {Json(R"("type":"ping","more":1)"), "There is no member \"more\" here (at /more)."},
    {Json(R"("type":"vote")"), "There is no such command (at /type)."},
    {Json(R"("type":"hello")"), "The member \"token\" is missing."},
    {Json(R"("type":"hello","token":"t","version":-1)"),
     "This must be a whole number from 0 to 9007199254740991 (at /version)."},
    {Json(R"("type":"presence.here","activity":"ideas")"), "The member \"generation\" is missing."},
    {Json(R"("type":"presence.here","activity":"ideas","generation":0)"),
     "This must be a whole number from 1 to 2147483647 (at /generation)."},
    {Json(R"("type":"presence.here","activity":"ideas","genaration":1,"generation":1)"),
     "There is no member \"genaration\" here; is \"generation\" meant? (at /genaration)."},
    {Json(
         R"("type":"ballot.cast","activity":"a","generation":1,"ballot":{"kind":"scale","value":1})"),
     "The member \"seq\" is missing."},
    {Json(
         R"("type":"ballot.cast","activity":"a","generation":1,"seq":1,"ballot":{"kind":"dots","dots":[{"item":"t4","dots":1},{"item":"t5","dots":-3}]})"),
     "This must be a whole number from 1 to 1000000 (at /ballot/dots/1/dots)."},
    {Json(
         R"("type":"ballot.cast","activity":"a","generation":1,"seq":1,"ballot":{"kind":"score","round":1,"card":"a","number":1,"score":5})"),
     "Either \"card\" or \"number\" must say which card is scored (at /ballot)."},
    {Json(
         R"("type":"activity.advance","activity":"a","seen":{"generation":1,"phase":"open"},"to":"closed")"),
     "This must be \"waiting\", \"collecting\", \"voting\", \"swapping\", \"scoring\", "
     "\"seated\", \"closing\", \"closed\", \"revealed\" or \"sealed\", not \"open\" "
     "(at /seen/phase)."},
    {Json(R"("type":"items.merge","activity":"a","into":"t4","from":[])"),
     "At least 1 must stand here (at /from)."},
    {Json(
         R"("type":"activity.add","spec":{"id":"x","title":"X","ballot":{"kind":"scale","low":5}})"),
     "This must be more than \"low\" (at /spec/ballot/high)."},
    {Json(R"("type":"item.add","activity":"a","generation":1,"text":")" +
          std::string(limits::kTextBytes + 1, 'x') + "\""),
     "This text is longer than 2800 bytes (at /text)."},
    {Json(R"("type":"item.add","activity":"a","generation":1)"), "The member \"text\" is missing."},
    {Json(R"("type":"item.add","activity":"a","generation":1,"text":"x","fields":{"a":"x"})"),
     "Either \"text\" or \"fields\" says what is meant."},
    {Json(R"("type":"item.add","activity":"a","generation":1,"fields":{})"),
     "This must be an object with 1 to 20 members (at /fields)."},
    {Json(R"("type":"item.add","activity":"a","generation":1,"fields":{"a":1})"), kBadFields},
    {Json(R"("type":"item.add","activity":"a","generation":1,"fields":{"A":"x"})"), kBadFields},
    {Json(R"("type":"item.add","activity":"a","generation":1,"fields":{"a":")" +
          std::string(limits::kTextBytes + 1, 'x') + "\"}"),
     kBadFields},
    {Json(R"("type":"item.add","activity":"a","generation":1,"text":"x","serial":"No 7")"),
     "This must be 1 to 40 lower-case letters, digits and hyphens (at /serial)."},
    {Json(R"("type":"presence.here","activity":"a","generation":1,"serial":"7")"),
     "There is no member \"serial\" here (at /serial)."},
    {Json(R"("type":"item.reword","activity":"a","item":"b","fields":{"a":"x"})"),
     "The member \"text\" is missing."},
    {Json(R"("type":"group.tell","activity":"a","group":"The council")"),
     "This must be 1 to 40 lower-case letters, digits and hyphens (at /group)."},
    {Json(R"("type":"item.mark","activity":"a","item":"b","mark":"gone")"),
     "This must be \"none\", \"live\" or \"answered\", not \"gone\"; is \"none\" meant? (at "
     "/mark)."},
    {Json(
         R"("type":"tables.set","activity":"a","generation":1,"tables":[{"number":1,"capacity":0}])"),
     "This must be a whole number from 1 to 1000 (at /tables/0/capacity)."},
    {Json(R"("type":"table.visit","activity":"a","generation":1,"table":10000)"),
     "This must be a whole number from 1 to 9999 (at /table)."},
};

TEST(SchemaCommand, SaysWhatIsWrongAndWhere) {
  for (const auto& [text, what] : kRefused) EXPECT_EQ(What(text), what) << text.substr(0, 200);
}

TEST(SchemaCommand, ErrorsCarryTheIdAsFarAsItCanBeRead) {
  EXPECT_EQ(ParseCommand(Json(R"("type":"vote")")).error().id.Hex(), kId);
  EXPECT_TRUE(ParseCommand(R"({"id":7,"type":"ping"})").error().id.IsZero());
  EXPECT_TRUE(ParseCommand("nothing").error().id.IsZero());
}

TEST(SchemaCommand, OptionalMembersHaveDefaults) {
  const auto hello = ParseCommand(Json(R"("type":"hello","token":"t")"));
  ASSERT_TRUE(hello);
  EXPECT_EQ(std::get<Hello>(hello->request).version, 0u);
  const auto advance = ParseCommand(Json(
      R"("type":"activity.advance","activity":"a","seen":{"generation":1,"phase":"closed"},"to":"revealed")"));
  ASSERT_TRUE(advance);
  EXPECT_EQ(std::get<ActivityAdvanced>(advance->request).seen.round, 0u);
}

TEST(SchemaCommand, BareTextsAreInTheRoomsLanguage) {
  const auto add =
      ParseCommand(Json(R"("type":"activity.add","spec":{"id":"x","title":"Croeso"})"), "cy");
  ASSERT_TRUE(add);
  const Text expected{{{"cy", "Croeso"}}};
  EXPECT_EQ(std::get<ActivityAdded>(add->request).spec.title, expected);
}

Identity Ana() {
  Identity ana;
  ana.actor.epoch = 2;
  ana.person = PersonId{};
  ana.person->bytes.fill(7);
  ana.series = "confidence";
  return ana;
}

TEST(SchemaCommand, EveryCommandBecomesAValidEvent) {
  RoomId room;
  room.bytes.fill(9);
  const test::SchemaValidator schema("event.json");
  size_t stamped = 0;
  for (const auto& [name, text] : test::Examples("commands")) {
    const auto command = ParseCommand(text);
    ASSERT_TRUE(command) << name;
    if (!IsRecorded(command->request)) continue;
    const Event event = StampEvent(*command, room, Ana(), 1'790'000'000'000);
    EXPECT_EQ(event.id, command->id) << name;
    EXPECT_EQ(event.room, room) << name;
    const std::string bytes = EncodeEvent(event);
    EXPECT_EQ(DecodeEvent(bytes), event) << name;
    EXPECT_EQ(schema.Check(bytes), "") << name;
    ++stamped;
  }
  EXPECT_GE(stamped, 40u);
}

// What is written goes to the vault: the event has its digest, and no word of it.
TEST(SchemaCommand, WhatIsWrittenStaysOutOfTheEvent) {
  Digest digest;
  digest.bytes.fill(0xAB);
  size_t written = 0;
  for (const auto& [name, text] : test::Examples("commands")) {
    const auto command = ParseCommand(text);
    ASSERT_TRUE(command) << name;
    const Writing* writing = WritingIn(command->request);
    if (writing == nullptr) continue;
    ++written;
    EXPECT_NE(writing->text.empty(), writing->fields.empty()) << name;
    Event event = StampEvent(*command, RoomId{}, Ana(), 5, digest);
    const std::string bytes = EncodeEvent(event);
    EXPECT_NE(bytes.find(digest.Hex()), std::string::npos) << name;
    EXPECT_EQ(bytes.find(writing->text.empty() ? writing->fields[0].second : writing->text),
              std::string::npos)
        << name;
    // As the gateway does it, once the text is in the vault.
    event = StampEvent(*command, RoomId{}, Ana(), 5);
    SetTextDigest(event.payload, digest);
    EXPECT_EQ(EncodeEvent(event), bytes) << name;
  }
  EXPECT_GE(written, 7u);
}

TEST(SchemaCommand, ASerialIsOfThePaperAndNotOfTheEvent) {
  const auto examples = test::Examples("commands");
  const auto command = ParseCommand(examples.at("ballot.cast-serial.json"));
  ASSERT_TRUE(command);
  EXPECT_EQ(command->serial, "p-0417");
  const std::string event = EncodeEvent(StampEvent(*command, RoomId{}, Ana(), 5));
  EXPECT_EQ(event.find("p-0417"), std::string::npos);
}

TEST(SchemaCommand, StampsWhatTheTypeHasAndNoMore) {
  const auto examples = test::Examples("commands");
  const Event vote = StampEvent(*ParseCommand(examples.at("ballot.cast.json")), RoomId{}, Ana(), 5);
  EXPECT_EQ(vote.person, Ana().person);
  EXPECT_EQ(vote.series, "confidence");
  EXPECT_EQ(vote.seq, 1u);
  EXPECT_EQ(vote.time, 5);
  EXPECT_EQ(vote.actor, Ana().actor);
  const Event merge =
      StampEvent(*ParseCommand(examples.at("items.merge.json")), RoomId{}, Ana(), 5);
  EXPECT_EQ(merge.person, std::nullopt);
  EXPECT_EQ(merge.series, "");
  EXPECT_EQ(merge.activity, "gallery");
  Digest text;
  text.bytes.fill(3);
  const Event item =
      StampEvent(*ParseCommand(examples.at("item.add-paper.json")), RoomId{}, Ana(), 5, text);
  EXPECT_EQ(std::get<ItemAdded>(item.payload), (ItemAdded{text, 17, 0}));
}

}  // namespace
}  // namespace plenum
