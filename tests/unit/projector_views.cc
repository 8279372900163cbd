// Who gets which view when: at once when they begin to watch, then what changed, never too often.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projector/view_schedule.h"
#include "tests/unit/projector_kit.h"

namespace plenum::testing {
namespace {

class ProjectorViews : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(node.projector.Start());
    node.Do(script.Create());
    node.Do(script.Add(spec));
    node.Advance(script, spec.id, Phase::kVoting);
    node.sink.views.clear();
  }
  void WatchStage(uint64_t connection, TimeMs now) {
    node.projector.Watch({.connection = connection, .room = script.room(), .participant = {}}, now);
  }
  void WatchAs(uint64_t connection, uint32_t person, TimeMs now) {
    node.projector.Watch(
        {.connection = connection, .room = script.room(), .participant = ParticipantNumber(person)},
        now);
  }
  std::vector<View> Take() { return std::exchange(node.sink.views, {}); }
  static std::vector<Topic> Topics(const std::vector<View>& views) {
    std::vector<Topic> topics;
    for (const View& view : views) topics.push_back(view.topic);
    return topics;
  }

  MemoryStorage disk{"log-a"};
  MemoryStore store;
  Node node{disk, store};
  Script script{RoomNumber(7)};
  ActivitySpec spec = ScaleSpec("confidence");
};

TEST_F(ProjectorViews, AWatcherGetsEveryViewItWantsAtOnce) {
  node.projector.Watch({.connection = 5,
                        .room = script.room(),
                        .participant = ParticipantNumber(1),
                        .stage = true,
                        .console = true},
                       kMorning);
  const std::vector<View> views = Take();
  EXPECT_THAT(Topics(views),
              ::testing::ElementsAre(Topic::kStage, Topic::kConsole, Topic::kPerson));
  for (const View& view : views) {
    EXPECT_EQ(view.connection, 5u);
    EXPECT_EQ(view.version, 3u);
    EXPECT_EQ(view.room, script.room());
  }
  EXPECT_EQ(views[2].participant, ParticipantNumber(1));
  EXPECT_FALSE(node.projector.SendViews(kMorning)) << "nothing has changed";
  EXPECT_TRUE(Take().empty());
}

TEST_F(ProjectorViews, AScreenMayBePinnedToOneActivity) {
  const auto pin = [this](uint64_t connection, const ActivityId& activity) {
    node.projector.Watch(
        {.connection = connection, .room = script.room(), .participant = {}, .activity = activity},
        kMorning);
  };
  const auto told = [this] {
    std::vector<std::string> all;
    for (const View& view : Take()) {
      if (view.topic != Topic::kActivity) continue;
      all.push_back(std::to_string(view.connection) + " " + view.activity);
      const bool shows = view.data->contains(R"("now":{"activity":")" + view.activity + "\"");
      EXPECT_TRUE(shows) << *view.data;
    }
    return all;
  };
  node.Do(script.Add(ScaleSpec("end")));
  pin(1, spec.id);
  pin(2, "end");
  pin(3, "end");
  EXPECT_THAT(told(), ::testing::ElementsAre("1 " + spec.id, "2 end", "3 end")) << "at once";
  node.Do(script.Scale(1, spec, 3));
  EXPECT_FALSE(node.projector.SendViews(kMorning));
  EXPECT_THAT(told(), ::testing::ElementsAre("0 " + spec.id, "0 end")) << "one for all who see it";
  node.Do(script.Scale(2, spec, 3));
  EXPECT_EQ(node.projector.SendViews(kMorning + 10), kMorning + 50) << "not too often";
  EXPECT_THAT(told(), ::testing::IsEmpty());
  node.projector.Unwatch(2);
  node.projector.Unwatch(3);
  EXPECT_FALSE(node.projector.SendViews(kMorning + 50));
  EXPECT_THAT(told(), ::testing::ElementsAre("0 " + spec.id)) << "nobody looks at the other";
  pin(1, "");
  Take();
  node.Do(script.Scale(3, spec, 3));
  node.projector.SendViews(kMorning + 100);
  EXPECT_THAT(Topics(Take()), ::testing::ElementsAre(Topic::kStage));
  node.projector.Unwatch(1);
  EXPECT_FALSE(node.projector.SendViews(kMorning + 200)) << "all are forgotten";
}

TEST_F(ProjectorViews, NobodyWatchesNothingIsBuilt) {
  node.Do(script.Scale(1, spec, 3));
  EXPECT_FALSE(node.projector.SendViews(kMorning));
  EXPECT_TRUE(Take().empty());
  EXPECT_EQ(node.projector.counters().views, 0u);
}

TEST_F(ProjectorViews, AChangeIsSentToAllOnceAnInterval) {
  WatchStage(1, kMorning);
  WatchStage(2, kMorning);
  Take();
  node.Do(script.Scale(1, spec, 3));
  EXPECT_FALSE(node.projector.SendViews(kMorning)) << "all is sent";
  std::vector<View> views = Take();
  ASSERT_EQ(views.size(), 1u) << "one view, shared by all";
  EXPECT_EQ(views[0].connection, 0u);
  EXPECT_EQ(views[0].version, 4u);
  node.Do(script.Scale(2, spec, 3));
  node.Do(script.Scale(3, spec, 3));
  EXPECT_EQ(node.projector.SendViews(kMorning + 10), kMorning + 50);
  EXPECT_EQ(node.projector.SendViews(kMorning + 49), kMorning + 50);
  EXPECT_TRUE(Take().empty());
  EXPECT_FALSE(node.projector.SendViews(kMorning + 50));
  views = Take();
  ASSERT_EQ(views.size(), 1u) << "the newest state, not every state";
  EXPECT_EQ(views[0].version, 6u);
}

// A long view that many watch comes seldom, so that it leaves room for answers.
TEST_F(ProjectorViews, ALongViewForManyIsSentLessOften) {
  WatchStage(1, kMorning);
  const auto bytes = static_cast<int64_t>(Take().at(0).data->size());
  const int64_t many = 100 * ViewSchedule::kBytesPerMs / bytes;  // so many may see it every 100 ms
  for (int64_t n = 2; n <= many; ++n) WatchStage(static_cast<uint64_t>(n), kMorning);
  node.Do(script.Scale(1, spec, 3));
  node.projector.SendViews(kMorning);
  Take();
  node.Do(script.Scale(2, spec, 3));
  const auto due = node.projector.SendViews(kMorning + 50);
  ASSERT_TRUE(due);
  EXPECT_GT(*due, kMorning + 90);
  EXPECT_LT(*due, kMorning + 110);
  EXPECT_TRUE(Take().empty());
  node.Do(script.Make(Role::kModerator, OrganiserHeard{}));
  EXPECT_EQ(node.projector.SendViews(kMorning + 50), due)
      << "not every word of the staff is a step";
  node.Advance(script, spec.id, Phase::kClosed);
  EXPECT_FALSE(node.projector.SendViews(kMorning + 50)) << "a step is not kept waiting";
  EXPECT_EQ(Take().size(), 1u);
}

// What moderators do concerns few of the many people whose views are looked at again for it.
TEST_F(ProjectorViews, PeopleAreToldAtOnceOfWhatTheyDoAndOfSteps) {
  constexpr uint32_t kMany = 200;
  for (uint32_t person = 1; person <= kMany; ++person) WatchAs(person, person, kMorning);
  Take();
  node.Advance(script, spec.id, Phase::kClosed);
  node.projector.SendViews(kMorning);
  EXPECT_EQ(Take().size(), kMany + 1) << "and the stage";
  node.Do(script.Make(Role::kProducer, DoorsSet{true, 10}));
  EXPECT_EQ(node.projector.SendViews(kMorning + 50), kMorning + kMany);
  EXPECT_THAT(Topics(Take()), ::testing::ElementsAre(Topic::kStage));
  node.Advance(script, spec.id, Phase::kRevealed);
  EXPECT_FALSE(node.projector.SendViews(kMorning + 100));
  EXPECT_EQ(Take().size(), kMany + 1);
}

TEST_F(ProjectorViews, AClockThatIsSetBackSilencesNobody) {
  WatchStage(1, kMorning);
  node.Do(script.Scale(1, spec, 3));
  node.projector.SendViews(kMorning);
  Take();
  node.Do(script.Scale(2, spec, 3));
  EXPECT_FALSE(node.projector.SendViews(kMorning - 3'600'000));
  EXPECT_EQ(Take().size(), 1u);
}

TEST_F(ProjectorViews, ABallotChangesThePersonsViewAndNobodyElses) {
  WatchAs(1, 1, kMorning);
  WatchAs(2, 2, kMorning);
  Take();
  node.Do(script.Scale(2, spec, 3));
  node.projector.SendViews(kMorning);
  const std::vector<View> views = Take();
  EXPECT_THAT(Topics(views), ::testing::ElementsAre(Topic::kStage, Topic::kPerson));
  EXPECT_EQ(views[1].participant, ParticipantNumber(2));
  EXPECT_THAT(*views[1].data, ::testing::HasSubstr(R"("value":3)"));
}

// Who comes and goes while ballots are matched with the people who watch.
TEST_F(ProjectorViews, ABallotFindsWhoeverWatchesNow) {
  WatchAs(1, 1, kMorning);
  node.Do(script.Scale(1, spec, 3));
  WatchAs(2, 2, kMorning);
  node.projector.Unwatch(1);
  node.projector.SendViews(kMorning);
  Take();
  node.Do(script.Scale(1, spec, 4, 2));
  node.projector.SendViews(kMorning + 50);
  EXPECT_THAT(Topics(Take()), ::testing::ElementsAre(Topic::kStage)) << "person 1 has gone";
  node.Do(script.Scale(2, spec, 4));
  node.projector.SendViews(kMorning + 100);
  const std::vector<View> views = Take();
  EXPECT_THAT(Topics(views), ::testing::ElementsAre(Topic::kStage, Topic::kPerson));
  EXPECT_EQ(views[1].participant, ParticipantNumber(2));
}

TEST_F(ProjectorViews, ABallotInAnotherSeriesFindsItsPerson) {
  WatchAs(1, 1, kMorning);
  node.Do(script.Scale(1, spec, 3));
  node.Advance(script, spec.id, Phase::kClosed);
  const ActivitySpec next = ScaleSpec("another");
  node.Do(script.Add(next));
  node.Advance(script, next.id, Phase::kVoting);
  node.projector.SendViews(kMorning);
  Take();
  node.Do(script.Scale(1, next, 2));
  node.projector.SendViews(kMorning + 50);
  EXPECT_THAT(Topics(Take()), ::testing::ElementsAre(Topic::kStage, Topic::kPerson));
}

TEST_F(ProjectorViews, AStepChangesEverybodysView) {
  WatchAs(1, 1, kMorning);
  WatchAs(2, 2, kMorning);
  Take();
  node.Advance(script, spec.id, Phase::kClosed);
  node.projector.SendViews(kMorning);
  EXPECT_THAT(Topics(Take()),
              ::testing::ElementsAre(Topic::kStage, Topic::kPerson, Topic::kPerson));
}

// A whole room that reconnects is one build of the stage an interval, not one a phone.
TEST_F(ProjectorViews, ALateWatcherGetsTheStageThatWasBuiltLast) {
  WatchStage(1, kMorning);
  const auto first = Take()[0].data;
  WatchStage(2, kMorning);
  const auto second = Take()[0].data;
  EXPECT_EQ(first, second) << "the same bytes, not a copy";
}

TEST_F(ProjectorViews, WhoHasGoneGetsNothing) {
  WatchAs(1, 1, kMorning);
  WatchStage(2, kMorning);
  node.projector.Unwatch(1);
  node.projector.Unwatch(77);  // was never here
  Take();
  node.Do(script.Scale(1, spec, 3));
  node.projector.SendViews(kMorning);
  EXPECT_THAT(Topics(Take()), ::testing::ElementsAre(Topic::kStage));
  node.projector.Unwatch(2);
  node.Do(script.Scale(2, spec, 3));
  node.projector.SendViews(kMorning + 50);
  EXPECT_TRUE(Take().empty());
}

TEST_F(ProjectorViews, TwoPhonesOfOneParticipantShareAViewUntilBothAreGone) {
  WatchAs(1, 1, kMorning);
  WatchAs(2, 1, kMorning);
  node.projector.Unwatch(1);
  Take();
  node.Do(script.Scale(1, spec, 3));
  node.projector.SendViews(kMorning);
  EXPECT_THAT(Topics(Take()), ::testing::ElementsAre(Topic::kStage, Topic::kPerson));
}

TEST_F(ProjectorViews, ARoomCanBeWatchedBeforeItExists) {
  Script later(RoomNumber(9));
  node.projector.Watch({.connection = 9, .room = later.room(), .participant = {}}, kMorning);
  EXPECT_TRUE(Take().empty());
  node.Do(later.Create());
  node.projector.SendViews(kMorning);
  const std::vector<View> views = Take();
  ASSERT_EQ(views.size(), 1u);
  EXPECT_EQ(views[0].room, later.room());
}

TEST_F(ProjectorViews, AnotherCodeChangesTheStage) {
  WatchStage(1, kMorning);
  Take();
  node.Append(kDirectoryPartition,
              EncodeEvent(script.Make(Role::kProducer, RoomClaimed{"482913", script.room()})));
  node.Fold();
  node.projector.SendViews(kMorning);
  const std::vector<View> views = Take();
  ASSERT_EQ(views.size(), 1u);
  EXPECT_THAT(*views[0].data, ::testing::HasSubstr(R"("code":"482913")"));
}

TEST_F(ProjectorViews, WatchedRoomsStayInMemory) {
  WatchStage(1, kMorning);
  for (int minute = 0; minute < 60; minute += 5) {
    node.projector.SendViews(kMorning + minute * 60'000);
  }
  EXPECT_TRUE(node.sink.evicted.empty());
  node.projector.Unwatch(1);
  for (int minute = 60; minute < 80; minute += 5) {
    node.projector.SendViews(kMorning + minute * 60'000);
  }
  EXPECT_THAT(node.sink.evicted, ::testing::ElementsAre(script.room()));
}

TEST_F(ProjectorViews, TheRoomIsToldBeforeItsFirstView) {
  MemoryStore copy;
  copy.rows() = store.rows();
  Node again(disk, copy);
  ASSERT_TRUE(again.projector.Start());
  EXPECT_TRUE(again.sink.rooms.empty());
  again.projector.Watch({.connection = 1, .room = script.room(), .participant = {}}, kMorning);
  ASSERT_EQ(again.sink.rooms.size(), 1u);
  EXPECT_EQ(again.sink.rooms[0]->version, 3u);
  EXPECT_EQ(again.sink.views.size(), 1u);
  EXPECT_TRUE(again.projector.Announce(script.room()));
  EXPECT_EQ(again.sink.rooms.size(), 2u);
  EXPECT_FALSE(again.projector.Announce(RoomNumber(200)));
}

}  // namespace
}  // namespace plenum::testing
