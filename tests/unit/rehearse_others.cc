// What others said in the room, read in the log after the day: the recount is of everybody.
#include <gtest/gtest.h>

#include "gateway/rehearse/others.h"
#include "tests/unit/rehearse_story.h"

namespace plenum::rehearse {
namespace {

class RehearseOthers : public ::testing::Test {
 protected:
  RehearseOthers() {
    story.Add("poll", ScaleBallot{});
    ConsoleActivity activity;
    activity.activity = "poll";
    console.activities.push_back(activity);
  }

  // In the log at `index`.
  void Log(uint64_t index, uint8_t who, Payload payload, uint32_t seq = 0) {
    Event event;
    event.id.bytes[0] = static_cast<uint8_t>(100 + index);
    event.room.bytes[0] = 1;
    event.activity = "poll";
    event.seq = seq;
    if (who == 0) event.actor.role = Role::kPresenter;
    if (who != 0) {
      event.person.emplace();
      event.person->bytes[0] = who;
      event.series = "poll";
      event.generation = 1;
    }
    event.payload = std::move(payload);
    others.Add(index, EncodeEvent(event));
  }
  void Step(uint64_t index, uint32_t generation, Phase from, Phase to) {
    Log(index, 0, ActivityAdvanced{{generation, from, 0}, to});
  }

  Story story;
  ConsoleView console;
  Others others;
};

TEST_F(RehearseOthers, TheirBallotsCountAsLongAsVotingIsOpen) {
  Step(1, 0, Phase::kWaiting, Phase::kVoting);
  story.next = 2;
  story.Cast(1, "poll", ScaleCast{4});
  Log(3, 7, BallotCast{ScaleCast{1}}, 1);
  Log(4, 7, BallotCast{ScaleCast{2}}, 2);
  Log(5, 8, BallotCast{ScaleCast{9}}, 1);  // not on the scale
  Step(6, 1, Phase::kVoting, Phase::kClosed);
  Step(7, 1, Phase::kVoting, Phase::kClosed);  // pressed twice
  Log(8, 9, BallotCast{ScaleCast{5}}, 1);      // too late
  Step(9, 1, Phase::kClosed, Phase::kRevealed);
  others.Tell(console, story.history);
  const Tally tally(story.sheet, story.history);
  const Totals totals = tally.Of("poll");
  EXPECT_EQ(totals.people, 2u);
  EXPECT_EQ(totals.mean, "3.00");
  EXPECT_EQ(tally.counts().late, 1u);
  EXPECT_EQ(tally.counts().superseded, 1u);
  EXPECT_TRUE(tally.wrong_outcomes().empty()) << tally.wrong_outcomes().front();
  EXPECT_TRUE(tally.WasOpened("poll"));
}

TEST_F(RehearseOthers, AnItemStandsIfTheConsoleHasItWithTheTextThatItShows) {
  story.sheet.activities.front().collect = Collect{};
  story.sheet.activities.front().ballot = {};
  Step(1, 0, Phase::kWaiting, Phase::kCollecting);
  Log(2, 7, ItemAdded{});
  Log(3, 7, ItemAdded{});  // refused: one too many
  EventId shown;
  shown.bytes[0] = 102;
  console.activities.front().items.push_back({shown.Hex(), 0, "courage", 0, ""});
  others.Tell(console, story.history);
  const Tally tally(story.sheet, story.history);
  ASSERT_EQ(tally.ItemsOf("poll").size(), 1u);
  EXPECT_EQ(tally.ItemsOf("poll").front().text, "courage");
}

}  // namespace
}  // namespace plenum::rehearse
