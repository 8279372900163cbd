// The screens of the methods beside polls, 25/10 and dots: words, questions, ranks, ratings, tables
// and pictures. After each event every view is held against the JSON Schema, and no total may
// be seen before its reveal.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "projector/views/items_view.h"
#include "schema/json.h"
#include "tests/unit/projector_kit.h"
#include "tests/unit/schema_validator.h"

namespace plenum::testing {
namespace {

constexpr uint32_t kPeople = 6;

ActivitySpec Named(const ActivityId& id) {
  ActivitySpec spec;
  spec.id = id;
  spec.title = InEnglish(id);
  return spec;
}

// A room with one activity of each kind, and its screens.
class MethodsRoom {
 public:
  MethodsRoom() {
    EXPECT_TRUE(node_.projector.Start());
    Event created = script_.Create();
    auto& room = std::get<RoomCreated>(created.payload);
    room.groups = {{.id = "council", .title = InEnglish("A council")}};
    room.privacy = {"The library", "privacy@library.example", 90};
    Do(created);
    for (uint32_t person = 0; person < kPeople; ++person) Do(script_.Join(person));
  }

  Outcome Do(const Event& event) {
    script_.now += 1000;
    const Outcome outcome = node_.Do(event);
    EXPECT_TRUE(outcome.code == OutcomeCode::kAccepted || outcome.code == OutcomeCode::kCounted)
        << EventType(event.payload) << ": " << OutcomeName(outcome.code) << " "
        << ReasonName(outcome.reason);
    CheckViews();
    return outcome;
  }
  Outcome By(Role role, Payload payload, const ActivityId& activity = {}, uint32_t generation = 0) {
    Event event = script_.Make(role, std::move(payload), activity);
    event.generation = generation;
    return Do(event);
  }
  Outcome Of(uint32_t person, const ActivitySpec& spec, Payload payload, uint32_t seq = 0) {
    return Do(script_.Of(person, spec, std::move(payload), 1, seq));
  }
  // Writes a contribution; gives its id.
  ItemId Write(uint32_t person, const ActivitySpec& spec, const std::string& text) {
    Event event = script_.Contribute(person, spec);
    node_.texts.texts[event.id] = text;
    Do(event);
    return event.id.Hex();
  }
  Outcome Step(const ActivitySpec& spec, Phase to) {
    return Do(script_.Advance(spec.id, node_.At(script_.room(), spec.id).stage, to));
  }
  void CloseAndReveal(const ActivitySpec& spec) {
    Step(spec, Phase::kClosed);
    EXPECT_GE(node_.Speak(script_.now), 1) << "the result of " << spec.id;
    CheckViews();
    Step(spec, Phase::kRevealed);
  }

  std::string Stage() { return BuildStageView(Context()); }
  std::string Console() { return BuildConsoleView(Context()); }
  std::string Person(uint32_t person) {
    return BuildPersonView(Context(), ParticipantNumber(person));
  }
  Node& node() { return node_; }
  Script& script() { return script_; }

 private:
  const RoomState& State() { return node_.projector.Find(script_.room())->state(); }
  ViewContext Context() { return {script_.room(), State(), "482913", node_.texts}; }

  void CheckViews() {
    const std::string stage = Stage();
    EXPECT_EQ(stage_schema_.Check(stage), "") << stage;
    const std::string console = Console();
    EXPECT_EQ(console_schema_.Check(console), "") << console;
    for (const uint32_t person : {0u, 1u}) {
      const std::string own = Person(person);
      EXPECT_EQ(person_schema_.Check(own), "") << own;
      EXPECT_TRUE(json::Parse(own)) << own;
    }
    const Activity* now = State().Find(State().current);
    if (now == nullptr || now->spec.reveal == Reveal::kLive) return;
    if (now->stage.phase >= Phase::kRevealed || now->told_down_to != 0) return;
    for (const char* total : {"\"votes\":", "\"points\":", "\"firsts\":", "\"mean\":"}) {
      EXPECT_EQ(stage.find(total), std::string::npos) << total << " in " << stage;
    }
  }

  MemoryStorage disk_{"log-a"};
  MemoryStore store_;
  Node node_{disk_, store_};
  Script script_{RoomNumber(7)};
  test::SchemaValidator stage_schema_{"view.json#/definitions/stage"};
  test::SchemaValidator console_schema_{"view.json#/definitions/console"};
  test::SchemaValidator person_schema_{"view.json#/definitions/person"};
};

void ExpectHas(const std::string& view, const std::string& part) {
  EXPECT_NE(view.find(part), std::string::npos) << part << " in " << view;
}
void ExpectLacks(const std::string& view, const std::string& part) {
  EXPECT_EQ(view.find(part), std::string::npos) << part << " in " << view;
}

TEST(ViewMethods, WordsAreCountedBySpelling) {
  MethodsRoom room;
  ActivitySpec words = Named("words");
  words.collect = Collect{.each = 3, .words = 3};
  room.Do(room.script().Add(words));
  room.Step(words, Phase::kCollecting);
  const ItemId first = room.Write(0, words, "Trust");
  room.Write(1, words, "trust");
  room.Write(2, words, "trust");
  const ItemId time = room.Write(3, words, "time");
  ExpectLacks(room.Stage(), "trust");
  room.CloseAndReveal(words);
  ExpectHas(room.Stage(),
            R"("kind":"words","people":4,"items":4,"words":[{"word":"trust","count":3,)"
            R"("item":")" +
                first + R"("},{"word":"time","count":1)");
  // A facilitator merges what is meant alike; the ballots of nobody are rewritten by it.
  room.By(Role::kModerator, ItemsMerged{.into = first, .from = {time}}, words.id);
  ExpectHas(room.Stage(), R"("words":[{"word":"trust","count":4,)");
  room.By(Role::kModerator, ItemsUnmerged{.into = first}, words.id);
  ExpectHas(room.Stage(), R"({"word":"time","count":1)");
}

TEST(ViewMethods, QuestionsAreShownOnceTheyAreApproved) {
  MethodsRoom room;
  ActivitySpec questions = Named("questions");
  questions.collect = Collect{.each = 3, .moderation = Moderation::kApproveFirst};
  questions.ballot = UpvoteBallot{};
  questions.reveal = Reveal::kLive;
  room.Do(room.script().Add(questions));
  room.Step(questions, Phase::kCollecting);
  const ItemId who = room.Write(0, questions, "Who pays for it?");
  const ItemId when = room.Write(1, questions, "When?");
  ExpectLacks(room.Stage(), "Who pays");
  ExpectHas(room.Console(), R"("waiting":2,"items":[)");
  ExpectHas(room.Person(0), R"("text":"Who pays for it?","state":"pending")");
  room.By(Role::kModerator, ItemModerated{who, true}, questions.id);
  ExpectHas(room.Stage(), "Who pays for it?");
  ExpectLacks(room.Stage(), "When?");
  room.Of(1, questions, BallotCast{UpvoteCast{who, true}}, 1);
  room.Of(2, questions, BallotCast{UpvoteCast{who, true}}, 1);
  ExpectHas(room.Person(1), R"("upvotes":[{"item":")" + who + R"(","up":true,"seq":1}])");
  ExpectHas(room.Stage(), R"("rank":1,"votes":2)");
  room.Of(2, questions, BallotCast{UpvoteCast{who, false}}, 2);
  ExpectHas(room.Stage(), R"("rank":1,"votes":1)");
  room.By(Role::kModerator, ItemMarked{who, Mark::kLive}, questions.id);
  ExpectHas(room.Stage(), R"("mark":"live")");
  room.By(Role::kModerator, AuthorHeld{when, true}, questions.id);
  ExpectHas(room.Console(), R"("held":true)");
  room.By(Role::kModerator, ItemModerated{who, false}, questions.id);
  ExpectLacks(room.Stage(), "Who pays");
  Event withdrawn = room.script().Of(0, questions, ItemWithdrawn{who}, 0, 0);
  room.Do(withdrawn);
  ExpectHas(room.Person(0), R"("state":"withdrawn")");
  room.By(Role::kProducer, ItemErased{when}, questions.id);
  ExpectHas(room.Person(1), R"("state":"erased")");
}

TEST(ViewMethods, WhatWasCarriedOverIsRankedAndRated) {
  MethodsRoom room;
  ActivitySpec ideas = Named("ideas");
  ideas.collect = Collect{};
  ActivitySpec interest = Named("interest");
  interest.ballot = RankBallot{.top = 2};
  interest.carry = Carry{.from = ideas.id};
  ActivitySpec ratings = Named("ratings");
  ratings.ballot = ScaleBallot{};
  ratings.carry = Carry{.from = interest.id, .top = 1};
  for (const ActivitySpec& spec : {ideas, interest, ratings}) room.Do(room.script().Add(spec));
  room.Step(ideas, Phase::kCollecting);
  const ItemId charter = room.Write(0, ideas, "A charter");
  const ItemId promise = room.Write(1, ideas, "A promise");
  room.CloseAndReveal(ideas);
  room.Step(interest, Phase::kVoting);
  ExpectHas(room.Stage(), R"("title":{"en":"A charter"},"from":"ideas")");
  room.Of(0, interest, BallotCast{RankCast{{charter, promise}}}, 1);
  room.Of(1, interest, BallotCast{RankCast{{charter}}}, 1);
  ExpectHas(room.Person(0), R"("kind":"rank","items":[")" + charter);
  room.CloseAndReveal(interest);
  ExpectHas(room.Stage(), R"("rank":1,"points":4,"people":2,"firsts":2)");
  ExpectHas(room.Stage(), R"("rank":2,"points":1,"people":1,"firsts":0)");
  room.Step(ratings, Phase::kVoting);
  ExpectHas(room.Stage(), "A charter");
  ExpectLacks(room.Stage(), "A promise");
  room.Of(0, ratings, BallotCast{RatingCast{{{charter, 4}}}}, 1);
  room.Of(1, ratings, BallotCast{RatingCast{{{charter, 5}}}}, 1);
  ExpectHas(room.Person(0), R"("ratings":[{"item":")" + charter + R"(","value":4}])");
  room.CloseAndReveal(ratings);
  ExpectHas(room.Stage(), R"("rank":1,"people":2,"sum":9,"mean":"4.50","counts":[0,0,0,1,1])");
}

TEST(ViewMethods, ALeaderboardIsCountedDown) {
  MethodsRoom room;
  ActivitySpec topics = Named("topics");
  topics.ballot = RankBallot{.top = 3};
  for (const char* id : {"trust", "time", "tea"}) {
    topics.items.push_back({.id = id, .title = InEnglish(id), .detail = {}});
  }
  room.Do(room.script().Add(topics));
  room.Step(topics, Phase::kVoting);
  room.Of(0, topics, BallotCast{RankCast{{"tea", "time", "trust"}}}, 1);
  const Outcome closed = room.Step(topics, Phase::kClosed);
  EXPECT_EQ(closed.code, OutcomeCode::kAccepted);
  const Stage seen{1, Phase::kClosed, 0};
  const std::string tea = R"("title":{"en":"tea"},"rank":1)";
  const std::string time = R"("title":{"en":"time"},"rank":2)";
  const std::string trust = R"("title":{"en":"trust"},"rank":3)";
  const auto expect = [&](const std::string& view, std::vector<std::string> has,
                          std::vector<std::string> lacks) {
    for (const std::string& part : has) ExpectHas(view, part);
    for (const std::string& part : lacks) ExpectLacks(view, part);
  };
  expect(room.Stage(), {}, {"\"told\"", "\"result\"", "\"rank\":"});
  room.By(Role::kPresenter, ResultTold{seen, 3}, topics.id);
  expect(room.Stage(), {R"("told":3,"result")", trust}, {time, tea});
  expect(room.Console(), {R"("told":3,"result")", trust}, {time, tea});
  room.By(Role::kPresenter, ResultTold{seen, 2}, topics.id);
  expect(room.Stage(), {R"("told":2,"result")", trust, time}, {tea});
  room.By(Role::kPresenter, ResultTold{seen, 0}, topics.id);
  expect(room.Stage(), {}, {"\"told\"", "\"result\""});
  room.By(Role::kPresenter, ResultTold{seen, 1}, topics.id);
  room.Step(topics, Phase::kRevealed);
  expect(room.Stage(), {tea, time, trust}, {"\"told\""});
}

TEST(ViewMethods, OfAWallTheNewestAreShownAndTheOthersCounted) {
  MethodsRoom room;
  ActivitySpec wall = Named("wall");
  wall.collect = Collect{.each = 100};
  wall.reveal = Reveal::kLive;
  room.Do(room.script().Add(wall));
  room.Step(wall, Phase::kCollecting);
  constexpr int kMore = 3;
  for (int n = 0; n < kStageContributions; ++n) {
    room.Write(static_cast<uint32_t>(n) % kPeople, wall, "text " + std::to_string(n) + ".");
  }
  ExpectHas(room.Stage(), "text 0.");
  ExpectLacks(room.Stage(), "more_items");
  for (int n = 0; n < kMore; ++n) room.Write(0, wall, "later " + std::to_string(n) + ".");
  ExpectHas(room.Stage(), R"("more_items":3,"items":[)");
  for (int n = 0; n < kMore; ++n) {
    ExpectLacks(room.Stage(), "text " + std::to_string(n) + ".");
    ExpectHas(room.Stage(), "later " + std::to_string(n) + ".");
  }
  ExpectHas(room.Stage(), "text 3.");
  ExpectHas(room.Console(), "text 0.");
}

TEST(ViewMethods, PhonesSayWhichTableToGoTo) {
  MethodsRoom room;
  ActivitySpec cafe = Named("cafe");
  cafe.collect =
      Collect{.who = Contributors::kTableHosts,
              .each = 3,
              .fields = {{.id = "point", .title = InEnglish("A point")},
                         {.id = "step", .title = InEnglish("A step"), .required = false}}};
  cafe.seats = Seats{.rounds = 2, .capacity = 4, .tables = 2};
  cafe.items = {{.id = "trust", .number = 7, .title = InEnglish("Trust"), .detail = {}}};
  room.Do(room.script().Add(cafe));
  room.Step(cafe, Phase::kCollecting);
  for (const uint32_t person : {0u, 1u}) room.Of(person, cafe, PresenceHere{});
  ExpectHas(room.Person(0), R"("table":{"here":true})");
  ExpectHas(room.Person(2), R"("table":{"here":false})");
  const Outcome asked = room.Step(cafe, Phase::kSeated);
  room.By(Role::kNode, SeatsPlanned{asked.index, 1, {{7, 1}, {1, 7}}}, cafe.id, 1);
  ExpectHas(room.Person(0), R"("here":true,"now":7,"next":1)");
  ExpectHas(room.Person(1), R"("here":true,"now":1,"next":7)");
  ExpectHas(room.Stage(), R"("number":7,"places":4,"seated":1,"hosted":false,"topic":"trust",)"
                          R"("title":{"en":"Trust"})");
  room.Of(0, cafe, TableHosted{7, true});
  ExpectHas(room.Person(0), R"("hosts":7)");
  ExpectHas(room.Stage(), R"("hosted":true)");
  room.Write(0, cafe, R"({"point":"Trust needs time","step":"Ask"})");
  ExpectHas(room.Person(0), R"("fields":{"point":"Trust needs time","step":"Ask"},"table":7)");
  ExpectLacks(room.Stage(), "needs time");
  room.Of(2, cafe, TableVisited{1});
  ExpectHas(room.Person(2), R"("now":1)");
  room.By(Role::kPresenter, TablesSet{{{7, 4, "trust"}, {1, 6, ""}, {2, 4, ""}}}, cafe.id, 1);
  ExpectHas(room.Console(), R"("kind":"tables")");
  room.Step(cafe, Phase::kSeated);
  room.CloseAndReveal(cafe);
  ExpectHas(room.Stage(),
            R"("title":{"en":"Trust needs time"},"fields":{"point":"Trust needs time")");
}

TEST(ViewMethods, AContributionShowsThePictureOfItsAuthor) {
  MethodsRoom room;
  ActivitySpec pictures = Named("pictures");
  pictures.series = "me";
  pictures.ballot =
      ChoiceBallot{.options = {{.id = "a", .title = InEnglish("A seed"), .picture = "seed"},
                               {.id = "b", .title = InEnglish("A bridge"), .picture = "bridge"}}};
  ActivitySpec commitments = Named("commitments");
  commitments.series = "me";
  commitments.collect = Collect{.moderation = Moderation::kHideAfter, .picture_of = pictures.id};
  for (const ActivitySpec& spec : {pictures, commitments}) room.Do(room.script().Add(spec));
  room.Step(pictures, Phase::kVoting);
  ExpectHas(room.Stage(), R"("picture":"bridge")");
  room.Of(0, pictures, BallotCast{ChoiceCast{{"b"}}}, 1);
  room.CloseAndReveal(pictures);
  room.Step(commitments, Phase::kCollecting);
  room.Write(0, commitments, "Visit the other team");
  room.Write(1, commitments, "Listen");
  room.CloseAndReveal(commitments);
  ExpectHas(room.Stage(), R"("title":{"en":"Visit the other team"},"picture":"bridge")");
  ExpectHas(room.Stage(), R"("title":{"en":"Listen"}})");
}

TEST(ViewMethods, TheDayIsSeenByThoseWhoRunIt) {
  MethodsRoom room;
  const ActivitySpec first = Named("first");
  const ActivitySpec second = Named("second");
  for (const ActivitySpec& spec : {first, second}) room.Do(room.script().Add(spec));
  ExpectHas(room.Stage(), R"("groups":[{"id":"council","title":{"en":"A council"}}])");
  ExpectHas(room.Stage(), R"("privacy":{"controller":"The library",)");
  room.By(Role::kPresenter, ActivityMoved{"first"}, "second");
  ExpectHas(room.Stage(), R"("run":[{"activity":"second")");
  room.By(Role::kPresenter, ActivitySkipped{true}, "second");
  ExpectHas(room.Stage(), R"("phase":"waiting","skipped":true)");
  room.By(Role::kModerator, ScreensBlanked{true});
  ExpectHas(room.Stage(), R"("blank":true)");
  Event control = room.script().Make(Role::kPresenter, ControlTaken{});
  control.actor.token.bytes.fill(0x9A);
  room.Do(control);
  ExpectHas(room.Console(), R"("control":"9a9a9a9a9a9a9a9a")");
  ExpectLacks(room.Stage(), "9a9a");
  Event told = room.script().Join(1);
  told.id.bytes[13] = 1;
  told.payload = OrganiserTold{};
  room.node().texts.texts[told.id] = "The loop does not work";
  room.Do(told);
  ExpectHas(room.Console(), R"("text":"The loop does not work","heard":false)");
  ExpectLacks(room.Stage(), "loop");
  ExpectLacks(room.Person(1), "loop");
  room.By(Role::kModerator, OrganiserHeard{told.id});
  ExpectHas(room.Console(), R"("heard":true)");
}

}  // namespace
}  // namespace plenum::testing
