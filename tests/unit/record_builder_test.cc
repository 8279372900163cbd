// The record of the day from scripted rooms: every figure against what was done.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "projector/record/facts.h"
#include "projector/record/writers.h"
#include "tests/unit/record_kit.h"

namespace plenum::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Event Choose(Script& script, uint32_t person, const ActivitySpec& spec, const OptionId& option,
             uint32_t seq = 1) {
  return script.Of(person, spec, BallotCast{ChoiceCast{{option}}}, 1, seq);
}

Event Place(Script& script, uint32_t person, const ActivitySpec& spec, std::vector<ItemDots> dots,
            uint32_t seq = 1) {
  return script.Of(person, spec, BallotCast{DotsCast{std::move(dots)}}, 1, seq);
}

void Vote(RecordedRoom& room, const ActivitySpec& spec, const std::vector<int32_t>& values) {
  room.Advance(spec.id, Phase::kVoting);
  for (uint32_t person = 1; person <= values.size(); ++person) {
    if (values[person - 1] == 0) continue;
    room.Do(room.script.Scale(person, spec, values[person - 1]));
  }
  room.Reveal(spec.id);
}

TEST(Record, TwoPollsOfOneSeriesAreCompared) {
  RecordedRoom room;
  const ActivitySpec before = ScaleSpec("before", "trust");
  const ActivitySpec after = ScaleSpec("after", "trust");
  room.Add(before);
  room.Add(after);
  room.Join(4);
  Vote(room, before, {3, 3, 4, 0});
  const uint64_t closed_before = room.At("before").closed_index;
  Vote(room, after, {4, 3, 5, 4});
  const Record record = room.Finish();

  const RecordSection& first = SectionOf(record, "before");
  EXPECT_EQ(ValueOf(first, "mean"), "3.33");
  EXPECT_EQ(ValueOf(first, "people"), "3");
  EXPECT_EQ(ValueOf(first, "median"), "3.0");
  EXPECT_EQ(first.figures.front().index, closed_before);
  EXPECT_FALSE(first.comparison);
  EXPECT_EQ(first.answered.value, "3");
  EXPECT_EQ(first.of.value, "4");
  EXPECT_EQ(first.table.rows[2].values, (std::vector<std::string>{"2", "66.7"}));
  EXPECT_EQ(first.table.rows[0].title.text, "1 – not at all");
  EXPECT_THAT(first.privacy, HasSubstr("linked to the same person’s answer"));

  const RecordSection& second = SectionOf(record, "after");
  EXPECT_EQ(ValueOf(second, "mean"), "4.00");
  ASSERT_TRUE(second.comparison);
  EXPECT_EQ(second.comparison->before.mean, "3.33");
  EXPECT_EQ(second.comparison->before.index, closed_before);
  EXPECT_EQ(second.comparison->after.mean, "4.00");
  EXPECT_EQ(second.comparison->paired, 3u);
  EXPECT_EQ(second.comparison->mean_change, "0.67");
  EXPECT_EQ(second.comparison->up, 2u);
  EXPECT_EQ(second.comparison->same, 1u);
  EXPECT_TRUE(second.comparison->groups_differ) << "one of four answered only once";
  EXPECT_EQ(record.joined.value, "4");
  EXPECT_EQ(record.expected.value, "8");
}

TEST(Record, EveryBallotIsCountedInExactlyOneLine) {
  RecordedRoom room;
  const ActivitySpec spec = ChoiceSpec("areas");
  room.Add(spec);
  room.Join(4);
  room.Advance("areas", Phase::kVoting);
  const Event first = Choose(room.script, 1, spec, "north");
  room.Do(first);
  room.Do(first);                                     // repeated
  room.Do(Choose(room.script, 1, spec, "east", 3));   // replaces the first
  room.Do(Choose(room.script, 1, spec, "north", 2));  // overtaken
  room.Do(Choose(room.script, 2, spec, "nowhere"));   // refused
  room.Do(Choose(room.script, 2, spec, "east"));      // stands
  room.Advance("areas", Phase::kClosed);
  room.Do(Choose(room.script, 3, spec, "north"));     // late
  room.Do(Choose(room.script, 2, spec, "north", 2));  // late, and had voted
  const uint64_t last_late = room.size() - 1;
  room.Advance("areas", Phase::kRevealed);
  const Record record = room.Finish();
  const RecordSection& section = SectionOf(record, "areas");
  const BallotCount& count = section.ballots;
  EXPECT_EQ(count.all, 8u);
  EXPECT_EQ(count.standing, 2u);
  EXPECT_EQ(count.replaced, 1u);
  EXPECT_EQ(count.overtaken, 1u);
  EXPECT_EQ(count.repeated, 1u);
  EXPECT_EQ(count.late, 2u);
  EXPECT_EQ(count.refused, 1u);
  EXPECT_EQ(count.other, 0u);
  EXPECT_EQ(count.index, last_late);
  EXPECT_EQ(section.late_people.value, "2");
  EXPECT_EQ(section.late_people.index, last_late);
  EXPECT_EQ(section.events.at("ballot.cast").refused.at(Reason::kUnknownOption).n, 1u);
  // east 2, north 0: one new voter can add one, and one who had voted could take one over.
  EXPECT_THAT(section.late_effect, HasSubstr("could have changed the order in 1 of 1 pair"));
  EXPECT_THAT(section.notes, ElementsAre("Nobody chose: North."));
  EXPECT_EQ(section.table.rows[0].title.text, "East");
  EXPECT_EQ(section.table.rows[0].values[0], "2");
}

TEST(Record, EveryEntryOfTheLogIsAccountedFor) {
  RecordedRoom room;
  const ActivitySpec spec = ScaleSpec("q");
  room.Add(spec);
  room.Join(2);
  room.DoBytes("not an event");
  Vote(room, spec, {1, 7});
  const Record record = room.Finish();
  uint64_t all = 0;
  for (const auto& [type, outcomes] : record.events) {
    uint64_t of_type = 0;
    for (const auto& [code, count] : outcomes.by_code) of_type += count.n;
    EXPECT_EQ(of_type, outcomes.all.n) << type;
    all += of_type;
  }
  EXPECT_EQ(all, record.entries);
  EXPECT_EQ(record.entries, room.size());
  EXPECT_EQ(record.events.at("malformed").all, (Count{1, 4}));
  EXPECT_EQ(record.events.at("participant.joined").all.n, 2u);
  EXPECT_EQ(record.root, room.room().Root());
  EXPECT_EQ(record.state, room.room().StateDigest());
}

TEST(Record, MergedIdeasAreMarkedAndUndoneOnesStandInTheChanges) {
  RecordedRoom room;
  const ActivitySpec spec = DotsSpec("gallery");
  room.Add(spec);
  room.Join(3);
  room.Advance("gallery", Phase::kVoting);
  room.Do(Place(room.script, 1, spec, {{"t1", 3}, {"t2", 1}}));
  room.Do(Place(room.script, 2, spec, {{"t2", 2}}));
  room.Do(Place(room.script, 3, spec, {{"t3", 5}}));
  room.Advance("gallery", Phase::kClosed);
  const auto merge = [&](Payload payload) {
    return room.Do(room.script.Make(Role::kModerator, std::move(payload), "gallery"));
  };
  merge(ItemsMerged{.into = "t3", .from = {"t1"}});
  merge(ItemsUnmerged{.into = "t3"});
  merge(ItemsMerged{.into = "t1", .from = {"t2"}});
  const uint64_t merged_at = room.size() - 1;
  room.Advance("gallery", Phase::kRevealed);
  const Record record = room.Finish();
  const RecordTable& table = SectionOf(record, "gallery").table;
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(ScoreOf(table, table.rows[0]), "6*");
  EXPECT_EQ(table.rows[0].title.text, "First poster");
  EXPECT_EQ(table.rows[0].values, (std::vector<std::string>{"6", "2"}));
  ASSERT_EQ(table.rows[0].merged.size(), 1u);
  EXPECT_EQ(table.rows[0].merged[0].title.text, "Second poster");
  EXPECT_EQ(table.rows[0].index, merged_at) << "the figures stand since the merge";
  EXPECT_EQ(ScoreOf(table, table.rows[1]), "5");
  ASSERT_EQ(record.interventions.size(), 3u);
  EXPECT_EQ(record.interventions[0].text, "“First poster” merged into “Third poster”.");
  EXPECT_EQ(record.interventions[1].text, "Merges into “Third poster” undone.");
  EXPECT_EQ(record.interventions[2].at.index, merged_at);
}

TEST(Record, WhatWasStartedAgainIsASectionOfItsOwn) {
  RecordedRoom room;
  const ActivitySpec spec = ScaleSpec("q");
  room.Add(spec);
  room.Join(2);
  Vote(room, spec, {5, 5});
  room.Restart("q");
  room.Advance("q", Phase::kVoting);
  room.Do(room.script.Of(1, spec, BallotCast{ScaleCast{2}}, 2));
  room.Reveal("q");
  const Record record = room.Finish();
  ASSERT_EQ(record.sections.size(), 2u);
  const RecordSection& first = SectionOf(record, "q", 0);
  const RecordSection& second = SectionOf(record, "q", 1);
  EXPECT_TRUE(first.restarted);
  EXPECT_EQ(ValueOf(first, "mean"), "5.00") << "it had been revealed";
  EXPECT_EQ(first.ballots.standing, 2u);
  EXPECT_EQ(ValueOf(second, "mean"), "2.00");
  EXPECT_EQ(second.generation, 2u);
  EXPECT_EQ(second.ballots.all, 1u);
  EXPECT_EQ(NameOf(first), "q#1");
  ASSERT_EQ(record.interventions.size(), 1u);
  EXPECT_EQ(record.interventions[0].what, "restarted");
  EXPECT_EQ(record.ballots.standing, 3u);
}

TEST(Record, AnEarlyLookAndAReopeningStandInTheChanges) {
  RecordedRoom room;
  const ActivitySpec spec = ScaleSpec("q");
  room.Add(spec);
  room.Join(1);
  room.Advance("q", Phase::kVoting);
  room.Do(room.script.Make(Role::kPresenter, EarlyLook{}, "q"));
  const uint64_t look = room.size() - 1;
  room.Advance("q", Phase::kClosed);
  room.Advance("q", Phase::kVoting);
  room.Do(room.script.Scale(1, spec, 4));
  room.Reveal("q");
  const Record record = room.Finish();
  const RecordSection& section = SectionOf(record, "q");
  EXPECT_EQ(section.early_looks.value, "1");
  EXPECT_EQ(section.early_looks.index, look);
  ASSERT_EQ(record.interventions.size(), 2u);
  EXPECT_EQ(record.interventions[0].what, "early-look");
  EXPECT_EQ(record.interventions[1].what, "reopened");
  EXPECT_EQ(section.steps.size(), 5u);
}

TEST(Record, CardsThatAreShortOfScoresAreFlagged) {
  RecordedRoom room;
  const ActivitySpec spec = DeckSpec("ideas");
  room.Add(spec);
  room.Join(6);
  room.Advance("ideas", Phase::kCollecting);
  std::vector<Event> cards;
  for (uint32_t person = 1; person <= 6; ++person) {
    cards.push_back(room.Contribute(person, spec, "idea " + std::to_string(person)));
  }
  room.texts.texts.erase(cards[5].id);
  for (uint32_t round = 1; round <= 3; ++round) {
    room.Advance("ideas", Phase::kSwapping);
    room.Advance("ideas", Phase::kScoring);
    for (uint32_t person = 1; person <= 6; ++person) {
      const PersonId who = PersonNumber(person, "ideas");
      const ItemId card = room.At("ideas").deck->people.at(who).to_score;
      if (card.empty()) continue;
      const ScoreCast score{.round = round, .card = card, .score = 4};
      ASSERT_EQ(room.Do(room.script.Of(person, spec, BallotCast{score}, 1, round)).code,
                OutcomeCode::kCounted);
    }
  }
  room.Reveal("ideas");
  const Record record = room.Finish();
  const RecordSection& section = SectionOf(record, "ideas");
  EXPECT_EQ(ValueOf(section, "cards"), "6");
  EXPECT_EQ(ValueOf(section, "complete"), "0");
  EXPECT_EQ(section.answered.value, "6");
  ASSERT_EQ(section.table.rows.size(), 6u);
  for (const RecordRow& row : section.table.rows) {
    EXPECT_EQ(row.values, (std::vector<std::string>{"20.0", "3"}));
    EXPECT_EQ(row.flag, "3 of 5 scores: mean × 5");
    EXPECT_EQ(row.rank, 1u);
    ASSERT_TRUE(row.added_at);
    EXPECT_EQ(row.title.text == "(text erased)", row.id == cards[5].id.Hex());
  }
  EXPECT_EQ(section.table.top, 6u) << "everybody who is tied at the cut";
  EXPECT_EQ(section.ballots.standing, 18u);
  EXPECT_THAT(section.notes.front(), HasSubstr("standard error"));
}

// The same day twice, with other answers: what is not revealed yet tells no difference.
std::string UnrevealedDay(int32_t value, const OptionId& option) {
  RecordedRoom room;
  const ActivitySpec scale = ScaleSpec("q");
  const ActivitySpec choice = ChoiceSpec("areas");
  const ActivitySpec open = ScaleSpec("again");
  for (const ActivitySpec& spec : {scale, choice, open}) room.Add(spec);
  room.Join(2);
  room.Advance("q", Phase::kVoting);
  for (uint32_t person : {1, 2}) room.Do(room.script.Scale(person, scale, value));
  room.Advance("q", Phase::kClosed);
  room.Do(room.script.Scale(2, scale, value, 2));  // late
  room.Advance("areas", Phase::kVoting);
  room.Do(Choose(room.script, 1, choice, option));
  room.Restart("areas");  // never revealed
  room.Advance("again", Phase::kVoting);
  room.Do(room.script.Scale(1, open, value));
  Record record = room.Finish();
  record.root = record.state = {};  // these depend on every byte, and tell nothing
  return WriteJson(record) + WriteHtml(record) + WriteCsv(record) + WriteMarkdown(record);
}

TEST(Record, TellsNoTotalBeforeTheReveal) {
  const std::string one = UnrevealedDay(1, "north");
  EXPECT_EQ(one, UnrevealedDay(5, "east"));
  EXPECT_THAT(one, HasSubstr("has not been revealed"));
  EXPECT_THAT(one, HasSubstr("before anything was revealed"));
}

TEST(Record, WhatWasNeverOpenedIsSaid) {
  RecordedRoom room;
  room.Add(ScaleSpec("q"));
  const Record record = room.Finish();
  EXPECT_EQ(SectionOf(record, "q").hidden, "This was not held.");
  EXPECT_THAT(record.interventions, IsEmpty());
  EXPECT_THAT(WriteHtml(record), HasSubstr("This was not held."));
}

TEST(Record, WhoIsLateCanOnlyMoveTheMeanSoFar) {
  RecordedRoom room;
  const ActivitySpec spec = ScaleSpec("q");
  room.Add(spec);
  room.Join(4);
  room.Advance("q", Phase::kVoting);
  for (uint32_t person : {1, 2, 3}) room.Do(room.script.Scale(person, spec, 3));
  room.Advance("q", Phase::kClosed);
  room.Do(room.script.Scale(4, spec, 5));
  room.Do(room.script.Scale(1, spec, 5, 2));
  room.Advance("q", Phase::kRevealed);
  // Least: 1 + 3 + 3 + 1 of four, most: 5 + 3 + 3 + 5.
  EXPECT_EQ(SectionOf(room.Finish(), "q").late_effect,
            "With them the mean would have been between 2.00 and 4.00.");
}

}  // namespace
}  // namespace plenum::testing
