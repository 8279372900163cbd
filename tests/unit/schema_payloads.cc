// The members of every payload: the ends of their ranges come back, and what is outside is refused
// at its place.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "schema/event.h"
#include "schema/event_shape.h"
#include "schema/limits.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

const std::string kHex(32, 'f');
constexpr uint32_t kMost = 0x7FFFFFFF;

Digest SomeDigest() {
  Digest digest;
  digest.bytes.fill(0xD1);
  return digest;
}

EventId SomeId() {
  EventId id;
  id.bytes.fill(0x33);
  return id;
}

// An event with every attribute that its type has.
Event Carrying(const Payload& payload) {
  Event event;
  event.id.bytes.fill(0x11);
  event.room.bytes.fill(0x5A);
  event.time = 1'790'000'000'007;
  event.payload = payload;
  const EventShape& shape = ShapeOf(payload.index());
  if (shape.activity) event.activity = "cafe";
  if (shape.generation) event.generation = 2;
  if (shape.person) event.person = PersonId{};
  if (shape.person) event.series = "s";
  if (shape.seq) event.seq = 3;
  return event;
}

Text En(std::string_view text) { return Text{{{"en", std::string(text)}}}; }

ActivitySpec Named(const ActivityId& id) {
  ActivitySpec spec;
  spec.id = id;
  spec.title = En(id);
  return spec;
}

// An activity that says everything that can be said together.
ActivitySpec FullSpec() {
  ActivitySpec spec = Named("full");
  spec.prompt = En("Two\nlines");
  spec.collect = Collect{.who = Contributors::kTableHosts,
                         .each = 1000,
                         .max_graphemes = 1000,
                         .fields = {{.id = "what", .title = En("What"), .max_graphemes = 1000},
                                    {.id = "who",
                                     .title = En("Who"),
                                     .max_graphemes = 1,
                                     .required = false,
                                     .names_person = true,
                                     .retention_days = 3650}},
                         .moderation = Moderation::kHideAfter,
                         .picture_of = "pictures"};
  spec.ballot = RankBallot{20};
  spec.seats = Seats{.rounds = 20, .capacity = 1000, .tables = 500, .planned = false};
  spec.carry = Carry{.from = "ideas", .top = 500};
  spec.items = {{.id = "trust", .number = 7, .title = En("Trust"), .detail = En("More")}};
  spec.shuffle_items = false;
  spec.reveal = Reveal::kLive;
  spec.series = "me";
  spec.time = {.collect_ms = 1,
               .vote_ms = 2,
               .swap_ms = 3,
               .score_ms = 4,
               .seat_ms = 86'400'000,
               .grace_ms = 0};
  return spec;
}

ActivitySpec WordsSpec() {
  ActivitySpec spec = Named("words");
  spec.collect = Collect{.words = 10, .moderation = Moderation::kApproveFirst};
  spec.ballot = UpvoteBallot{};
  return spec;
}

ActivitySpec PictureSpec() {
  ActivitySpec spec = Named("pictures");
  spec.ballot = ChoiceBallot{.options = {{.id = "seed", .title = En("A seed"), .picture = "seed"},
                                         {.id = "none", .title = En("None")}}};
  return spec;
}

// One at least of every type, with the ends of its ranges: first what is about the room and the
// run.
std::vector<Payload> RunPayloads() {
  const Stage stage{kMost, Phase::kSeated, kMost};
  TokenId token;
  token.bytes.fill(0xFF);
  RoomId room;
  room.bytes.fill(0x5A);
  return {RoomCreated{.title = En("T"), .languages = {"en"}},
          RoomCreated{.title = En("T"),
                      .languages = {"en", "cy"},
                      .expected_people = 100'000,
                      .groups = {{.id = "g", .title = En("G")}},
                      .privacy = {"C", "c@example.org", 3650},
                      .join = JoinBy::kCodes},
          ActivityAdded{FullSpec(), "before"},
          ActivityAdded{WordsSpec(), ""},
          ActivityChanged{PictureSpec()},
          ActivityMoved{"before"},
          ActivityMoved{},
          ActivitySkipped{true},
          ActivitySkipped{false},
          ControlTaken{},
          ScreensBlanked{true},
          ScreensBlanked{false},
          DoorsSet{true, 100'000},
          ParticipantJoined{},
          ParticipantJoined{SomeDigest()},
          ParticipantJoined{.notice = {}, .device = token},
          LinkMade{token, Role::kModerator, Digest{}},
          LinkRevoked{token},
          LinksRevoked{},
          ActivityAdvanced{stage, Phase::kSeated},
          ActivityRestarted{stage},
          ActivityExtended{stage, -86'400'000},
          ResultTold{stage, 4},
          ResultTold{stage, 0},
          TimerFired{1},
          RoomClaimed{"482913", room},
          CodePointed{"482913", room}};
}

// And what people do, and what becomes of it.
std::vector<Payload> RoomPayloads() {
  const Digest text = SomeDigest();
  const std::vector<uint16_t> nobody;
  return {ItemAdded{text, kMost, 9999},
          ItemAdded{text, 0, 0},
          ItemReworded{kHex, text},
          ItemModerated{kHex, true},
          ItemModerated{"a", false},
          AuthorHeld{kHex, true},
          AuthorHeld{"a", false},
          ItemWithdrawn{kHex},
          ItemErased{kHex},
          ItemMarked{kHex, Mark::kNone},
          ItemMarked{kHex, Mark::kLive},
          ItemMarked{"a", Mark::kAnswered},
          ItemsMerged{kHex, {"a"}},
          ItemsUnmerged{kHex},
          BallotCast{ChoiceCast{{"a", "b"}}},
          BallotCast{ScaleCast{-1'000'000}},
          BallotCast{DotsCast{{{kHex, 1'000'000}}}},
          BallotCast{UpvoteCast{kHex, true}},
          BallotCast{UpvoteCast{"a", false}},
          BallotCast{RankCast{}},
          BallotCast{RankCast{std::vector<ItemId>(20, kHex)}},
          BallotCast{RatingCast{}},
          BallotCast{RatingCast{{{kHex, -1'000'000}, {"b", 1'000'000}}}},
          BallotCast{ScoreCast{1, "a", 0, 5}},
          CardPassed{kMost},
          PresenceHere{},
          PresenceAway{0},
          TablesSet{{{1, 1, ""}, {9999, 1000, kHex}}},
          SeatsPlanned{118, 20, {{1, 2, 0}, {9999, 65535, 0}}},
          SeatsPlanned{0, 1, {nobody}},
          SeatsPlanned{0, 1, {std::vector<uint16_t>(limits::kSeatsPlanned, 7)}},
          TableVisited{1},
          TableVisited{9999},
          TableHosted{9999, true},
          TableHosted{1, false},
          GroupTold{text},
          OrganiserTold{text},
          OrganiserHeard{SomeId()},
          RecordRedacted{kHex, Redaction::kNone},
          RecordRedacted{"a", Redaction::kOther},
          RecordApproved{1000, 1, {{"en", text, {text}}}, {}},
          RecordApproved{1, 29, {{"en", text, {text}}, {"cy", text, {text, text}}}, text},
          RecordPublished{1000},
          EarlyLook{},
          ResultRecorded{1, 29, text, R"({"kind":"rank"})"}};
}

TEST(SchemaPayloads, EveryTypeComesBackFromItsBytes) {
  const test::SchemaValidator schema("event.json");
  std::set<size_t> types;
  std::vector<Payload> payloads = RunPayloads();
  std::ranges::copy(RoomPayloads(), std::back_inserter(payloads));
  for (const Payload& payload : payloads) {
    types.insert(payload.index());
    const Event event = Carrying(payload);
    const std::string bytes = EncodeEvent(event);
    EXPECT_LE(bytes.size(), limits::kEventBytes) << EventType(payload);
    const auto again = DecodeEvent(bytes);
    ASSERT_TRUE(again) << again.error() << "\n" << bytes;
    EXPECT_EQ(*again, event) << bytes;
    EXPECT_EQ(EncodeEvent(*again), bytes);
    EXPECT_EQ(schema.Check(bytes), "") << bytes;
  }
  EXPECT_EQ(types.size(), std::variant_size_v<Payload>);
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from << " in " << text;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(SchemaPayloads, WhatIsOutsideOfTheRangesIsRefusedAtItsPlace) {
  struct Case {
    Payload payload;
    std::string from;
    std::string to;
    std::string what;
  };
  const std::string slug = "This must be 1 to 40 lower-case letters, digits and hyphens";
  const std::string round = "This must be the tables of a round, in base64url";
  const BallotCast rank{RankCast{{"a"}}};
  const RecordApproved approved{1, 1, {{"en", SomeDigest(), {SomeDigest()}}}, {}};
  const BallotCast ratings{RatingCast{{{"a", 1}}}};
  const SeatsPlanned planned{118, 2, {{1, 7}, {7, 1}}};  // "AAEABw", "AAcAAQ"
  const std::vector<Case> cases = {
      {ActivityMoved{"b"}, "\"b\"", "\"B\"", slug + " (at /data/before)."},
      {ActivitySkipped{true}, "true", "1",
       "This must be true or false, not a number (at /data/skipped)."},
      {ScreensBlanked{}, "\"blank\"", "\"blanc\"", "The member \"blank\" is missing (at /data)."},
      {ItemAdded{SomeDigest(), 0, 7}, ":7", ":0",
       "This must be a whole number from 1 to 9999 (at /data/table)."},
      {ItemReworded{"a", SomeDigest()}, "\"text\":\"d", "\"text\":\"D",
       "This must be 64 lower-case hex digits (at /data/text)."},
      {ItemModerated{"a", true}, ",\"show\":true", "",
       "The member \"show\" is missing (at /data)."},
      {AuthorHeld{"a", true}, "\"item\":\"a\"", "\"item\":\"\"", slug + " (at /data/item)."},
      {ItemMarked{"a", Mark::kLive}, "live", "dead",
       "This must be \"none\", \"live\" or \"answered\", not \"dead\" (at /data/mark)."},
      {BallotCast{UpvoteCast{"a", true}}, ",\"up\":true", "",
       "The member \"up\" is missing (at /data/ballot)."},
      {rank, "[\"a\"]", "[\"a\",\"A\"]", slug + " (at /data/ballot/items/1)."},
      {BallotCast{RankCast{std::vector<ItemId>(20, "a")}}, "[\"a\",", "[\"a\",\"a\",",
       "No more than 20 may stand here (at /data/ballot/items)."},
      {ratings, "\"value\":1", "\"value\":1000001",
       "This must be a whole number from -1000000 to 1000000 (at /data/ballot/ratings/0/value)."},
      {TablesSet{{{1, 1, ""}}}, "[{\"number\":1,\"capacity\":1}]", "[]",
       "At least 1 must stand here (at /data/tables)."},
      {TablesSet{{{1, 1, ""}}}, "\"number\":1", "\"number\":10000",
       "This must be a whole number from 1 to 9999 (at /data/tables/0/number)."},
      {planned, "\"AAcAAQ\"", "\"AAcAAR\"", round + " (at /data/rounds/1)."},  // not canonical
      {planned, "\"AAcAAQ\"", "\"AAcA\"", round + " (at /data/rounds/1)."},    // half a seat
      {planned, "\"AAEABw\"", "\"AAEABw==\"", round + " (at /data/rounds/0)."},
      {planned, "\"from_round\":2", "\"from_round\":21",
       "This must be a whole number from 1 to 20 (at /data/from_round)."},
      {SeatsPlanned{0, 1, {std::vector<uint16_t>(limits::kSeatsPlanned, 7)}}, "\"rounds\":[",
       "\"rounds\":[\"AAc\",", "These are too many seats (at /data/rounds)."},
      {TableVisited{1}, ":1}", ":0}",
       "This must be a whole number from 1 to 9999 (at /data/table)."},
      {TableHosted{1, true}, ",\"hosts\":true", "", "The member \"hosts\" is missing (at /data)."},
      {RecordRedacted{"a", Redaction::kAsked}, "asked", "asks",
       "This must be \"none\", \"personal\", \"hurtful\", \"confidential\", \"asked\" or "
       "\"other\", not "
       "\"asks\" (at /data/reason)."},
      {approved, "\"version\":1", "\"version\":1001",
       "This must be a whole number from 1 to 1000 (at /data/version)."},
      {approved, "\"language\":\"en\"", "\"language\":\"e\"",
       "This must be a language tag (at /data/documents/0/language)."},
      {approved, "\"pieces\":[\"d", "\"pieces\":[\"D",
       "This must be 64 lower-case hex digits (at /data/documents/0/pieces/0)."},
      {RecordPublished{1}, ":1}", ":0}",
       "This must be a whole number from 1 to 1000 (at /data/version)."},
      {OrganiserHeard{SomeId()}, "\"told\":\"3", "\"told\":\"",
       "This must be 32 lower-case hex digits (at /data/told)."},
  };
  for (const Case& c : cases) {
    const auto event = DecodeEvent(Replaced(EncodeEvent(Carrying(c.payload)), c.from, c.to));
    ASSERT_FALSE(event) << c.from << " -> " << c.to;
    EXPECT_EQ(event.error(), c.what) << c.from << " -> " << c.to;
  }
}

TEST(SchemaPayloads, ALinkIsOfTheStaff) {
  for (const char* role : {"\"attendee\"", "\"table-host\"", "\"node\"", "\"boss\""}) {
    const auto event =
        DecodeEvent(Replaced(EncodeEvent(Carrying(LinkMade{})), "\"display\"", role));
    ASSERT_FALSE(event) << role;
    EXPECT_EQ(event.error(), "This must be a role of the staff (at /data/role).");
  }
}

}  // namespace
}  // namespace plenum
