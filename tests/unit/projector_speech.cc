// What a node says by itself: timers, results and absences, once, and again after a restart.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/unit/projector_kit.h"

namespace plenum::testing {
namespace {

class ProjectorSpeech : public ::testing::Test {
 protected:
  void SetUp() override { Restart(); }

  void Restart() {
    node.reset();
    node = std::make_unique<Node>(disk, store);
    ASSERT_TRUE(node->projector.Start());
  }
  void Open(const ActivitySpec& spec) {
    node->Do(script.Create());
    node->Do(script.Add(spec));
    node->Advance(script, spec.id, Phase::kVoting);
  }
  Phase PhaseNow(const ActivitySpec& spec) { return node->At(script.room(), spec.id).stage.phase; }
  // What the node would say now, without anything being folded.
  std::vector<std::string> Hear(TimeMs now) {
    std::vector<std::string> said;
    due = node->projector.SpeakForNode(
        now, [&](const RoomId&, std::string bytes) { said.push_back(std::move(bytes)); });
    return said;
  }

  MemoryStorage disk{"log-a"};
  MemoryStore store;
  std::unique_ptr<Node> node;
  Script script{RoomNumber(7)};
  std::optional<TimeMs> due;
};

TEST_F(ProjectorSpeech, ATimerFiresOnceWhenItsTimeHasCome) {
  ActivitySpec spec = ScaleSpec("confidence");
  spec.time.vote_ms = 60'000;
  Open(spec);
  EXPECT_TRUE(Hear(kMorning + 59'999).empty());
  EXPECT_EQ(due, kMorning + 60'000);
  const auto said = Hear(kMorning + 60'000);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_TRUE(Hear(kMorning + 60'001).empty()) << "it is on its way";
  const auto event = DecodeEvent(said[0]);
  ASSERT_TRUE(event) << event.error();
  EXPECT_EQ(event->actor.role, Role::kNode);
  EXPECT_EQ(event->time, kMorning + 60'000);
  EXPECT_EQ(event->id, NodeEventId(script.room(), "org.plenum.timer.fired.v1", "confidence", 1,
                                   std::get<TimerFired>(event->payload).armed_at));
  node->Append(kRoomPartition, said[0]);
  node->Fold();
  EXPECT_EQ(PhaseNow(spec), Phase::kClosed);
}

ActivitySpec CafeSpec() {
  ActivitySpec spec;
  spec.id = "cafe";
  spec.title = InEnglish("World cafe");
  spec.seats = Seats{.rounds = 3, .capacity = 4, .tables = 5};
  return spec;
}

TEST_F(ProjectorSpeech, WhenARoundAtTheTablesOpensItSaysWhoSitsWhere) {
  const ActivitySpec spec = CafeSpec();
  node->Do(script.Create());
  node->Do(script.Add(spec));
  node->Advance(script, spec.id, Phase::kCollecting);
  for (uint32_t i = 0; i < 20; ++i) node->Do(script.Of(i, spec, PresenceHere{}, 1, 0));
  EXPECT_TRUE(Hear(kMorning).empty());
  for (uint32_t round = 1; round <= 3; ++round) {
    node->Advance(script, spec.id, Phase::kSeated);
    EXPECT_EQ(node->Speak(kMorning + round * 100'000), 1);
    const Activity& cafe = node->At(script.room(), spec.id);
    EXPECT_EQ(cafe.seats->plan_asked, 0u) << "the plan was taken";
    std::map<uint32_t, int> taken;
    for (const auto& [person, seat] : cafe.seats->people) {
      std::set<uint32_t> been;
      for (uint32_t r = 1; r <= round; ++r) been.insert(TableIn(seat, r));
      EXPECT_EQ(been.size(), round) << "at a table twice, or nowhere";
      EXPECT_EQ(been.count(0), 0u);
      ++taken[TableIn(seat, round)];
    }
    for (const auto& [table, people] : taken) EXPECT_EQ(people, 4) << table;
    EXPECT_EQ(node->Speak(kMorning + round * 100'000 + 50'000), 0);
  }
}

TEST_F(ProjectorSpeech, AnotherNodesPlanIsTheSame) {
  const ActivitySpec spec = CafeSpec();
  node->Do(script.Create());
  node->Do(script.Add(spec));
  node->Advance(script, spec.id, Phase::kCollecting);
  for (uint32_t i = 0; i < 7; ++i) node->Do(script.Of(i, spec, PresenceHere{}, 1, 0));
  node->Advance(script, spec.id, Phase::kSeated);
  const auto said = Hear(kMorning);
  Restart();
  const auto again = Hear(kMorning);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said, again);
}

TEST_F(ProjectorSpeech, TheSameTimerFromAnotherNodeIsIgnored) {
  ActivitySpec spec = ScaleSpec("confidence");
  spec.time.vote_ms = 60'000;
  Open(spec);
  const auto mine = Hear(kMorning + 60'000);
  MemoryStore other_store;
  Node other(disk, other_store);
  ASSERT_TRUE(other.projector.Start());
  other.Fold();
  std::vector<std::string> theirs;
  other.projector.SpeakForNode(kMorning + 60'003, [&](const RoomId&, std::string bytes) {
    theirs.push_back(std::move(bytes));
  });
  ASSERT_EQ(mine.size(), 1u);
  ASSERT_EQ(theirs.size(), 1u);
  EXPECT_EQ(DecodeEvent(mine[0])->id, DecodeEvent(theirs[0])->id);
  EXPECT_NE(mine[0], theirs[0]) << "the times differ";
  EXPECT_EQ(node->Do(*DecodeEvent(mine[0])).code, OutcomeCode::kAccepted);
  EXPECT_EQ(node->Do(*DecodeEvent(theirs[0])).code, OutcomeCode::kIgnored);
}

TEST_F(ProjectorSpeech, WhatWasLostIsSaidAgainUnderTheSameId) {
  ActivitySpec spec = ScaleSpec("confidence");
  spec.time.vote_ms = 60'000;
  Open(spec);
  const auto lost = Hear(kMorning + 60'000);
  EXPECT_TRUE(Hear(kMorning + 64'999).empty());
  const auto again = Hear(kMorning + 65'000);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(DecodeEvent(again[0])->id, DecodeEvent(lost[0])->id);
}

TEST_F(ProjectorSpeech, ATimerSurvivesARestart) {
  ActivitySpec spec = ScaleSpec("confidence");
  spec.time.vote_ms = 60'000;
  Open(spec);
  Restart();
  EXPECT_TRUE(Hear(kMorning + 1).empty());
  EXPECT_EQ(due, kMorning + 60'000);
  EXPECT_EQ(Hear(kMorning + 61'000).size(), 1u) << "though nobody has asked for the room yet";
}

TEST_F(ProjectorSpeech, AMovedDeadlineIsAnotherTimer) {
  ActivitySpec spec = ScaleSpec("confidence");
  spec.time.vote_ms = 60'000;
  Open(spec);
  const auto first = Hear(kMorning + 60'000);
  const Stage seen = node->At(script.room(), spec.id).stage;
  node->Do(script.Make(Role::kPresenter, ActivityExtended{.seen = seen, .by_ms = 30'000}, spec.id));
  node->Append(kRoomPartition, first[0]);  // comes too late to close anything
  node->Fold();
  EXPECT_EQ(PhaseNow(spec), Phase::kVoting);
  EXPECT_EQ(node->Speak(kMorning + 89'999), 0);
  EXPECT_EQ(node->Speak(kMorning + 90'000), 1);
  EXPECT_EQ(PhaseNow(spec), Phase::kClosed);
}

TEST_F(ProjectorSpeech, AResultIsRecordedOnceAfterTheClose) {
  const ActivitySpec spec = ScaleSpec("confidence");
  Open(spec);
  node->Do(script.Scale(1, spec, 4));
  EXPECT_EQ(node->Speak(kMorning), 0);
  node->Advance(script, spec.id, Phase::kClosed);
  EXPECT_EQ(node->Speak(kMorning), 1);
  EXPECT_EQ(node->Speak(kMorning + 60'000), 0);
  const auto& results = node->projector.Find(script.room())->state().results;
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results.begin()->second.status, StoredResult::Status::kConfirmed);
}

TEST_F(ProjectorSpeech, AResultThatACrashSwallowedIsSaidAfterTheRestart) {
  const ActivitySpec spec = ScaleSpec("confidence");
  Open(spec);
  node->Do(script.Scale(1, spec, 4));
  node->Advance(script, spec.id, Phase::kClosed);
  const auto swallowed = Hear(kMorning);
  ASSERT_EQ(swallowed.size(), 1u);
  Restart();
  const auto again = Hear(kMorning + 1000);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(DecodeEvent(again[0])->id, DecodeEvent(swallowed[0])->id);
  EXPECT_EQ(node->Do(*DecodeEvent(again[0])).code, OutcomeCode::kConfirmed);
  Restart();
  EXPECT_TRUE(Hear(kMorning + 90'000).empty());
}

TEST_F(ProjectorSpeech, StaysSilentUntilTheOldLogIsFolded) {
  ActivitySpec spec = ScaleSpec("confidence");
  spec.time.vote_ms = 60'000;
  Open(spec);
  node->Speak(kMorning + 60'000);
  node.reset();
  store.rows().clear();
  Restart();
  auto first = *node->log.Read(kRoomPartition, 0, 3);
  ASSERT_TRUE(node->projector.Apply(kRoomPartition, first));
  EXPECT_FALSE(node->projector.Ready());
  EXPECT_TRUE(Hear(kMorning + 90'000).empty()) << "the log already holds that timer";
  node->Fold();
  EXPECT_TRUE(node->projector.Ready());
  EXPECT_EQ(Hear(kMorning + 90'000).size(), 1u) << "the result";
}

TEST_F(ProjectorSpeech, AnAbsenceNamesTheLatestPresence) {
  const ActivitySpec spec = DeckSpec("ideas");
  node->Do(script.Create());
  node->Do(script.Add(spec));
  node->Advance(script, spec.id, Phase::kCollecting);
  for (uint32_t i = 0; i < 7; ++i) node->Do(script.Contribute(i, spec));
  const PersonId gone = PersonNumber(3, "ideas");
  const auto& people = [&]() -> const auto& {
    return node->At(script.room(), spec.id).deck->people;
  };
  ASSERT_TRUE(people().at(gone).present);
  node->projector.ReportAway(script.room(), ParticipantNumber(3));
  node->projector.ReportAway(script.room(), ParticipantNumber(99));  // nobody here
  EXPECT_EQ(node->Speak(kMorning), 1);
  EXPECT_FALSE(people().at(gone).present);
  EXPECT_TRUE(people().at(PersonNumber(2, "ideas")).present);
  node->projector.ReportAway(script.room(), ParticipantNumber(3));
  EXPECT_EQ(node->Speak(kMorning), 0) << "gone already";
}

}  // namespace
}  // namespace plenum::testing
