// Texts that are not there when a view is built: they come later from another node, or never, for
// they were erased; and texts that are erased after they were shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "projector/text_cache.h"
#include "schema/hash.h"
#include "tests/unit/projector_kit.h"

namespace plenum::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// People write down what comes to their mind, and everybody who presents sees it.
ActivitySpec OpenWall() {
  ActivitySpec spec = DotsSpec("ideas");
  spec.items.clear();
  spec.collect = Collect{.each = 3};
  return spec;
}

class ProjectorTexts : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(node.projector.Start());
    node.Do(script.Create());
    node.Do(script.Add(spec));
    node.Advance(script, spec.id, Phase::kCollecting);
  }
  // The event of a contribution; its text comes with Arrive.
  EventId Contribute(uint32_t person, const std::string& text) {
    Event event = script.Contribute(person, spec);
    event.payload = ItemAdded{.text = HashOf(text)};
    EXPECT_EQ(node.Do(event).code, OutcomeCode::kAccepted);
    return event.id;
  }
  void Arrive(const EventId& event, const std::string& text) { node.texts.texts[event] = text; }
  void Watch(uint64_t connection, uint32_t person, TimeMs now) {
    node.projector.Watch({.connection = connection,
                          .room = script.room(),
                          .participant = ParticipantNumber(person),
                          .stage = false,
                          .console = false},
                         now);
  }
  // What is sent until `until`, if the projector is stepped whenever it asks for it.
  std::vector<View> Run(TimeMs from, TimeMs until) {
    node.sink.views.clear();
    std::optional<TimeMs> due = from;
    while (due && *due <= until) {
      const TimeMs now = *due;
      due = node.projector.SendViews(now);
      if (due && *due <= now) throw std::runtime_error("it asks to be called again at once");
    }
    next = due;
    return std::exchange(node.sink.views, {});
  }

  MemoryStorage disk{"log-a"};
  MemoryStore store;
  Node node{disk, store};
  Script script{RoomNumber(7)};
  ActivitySpec spec = OpenWall();
  std::optional<TimeMs> next;
};

TEST_F(ProjectorTexts, ATextThatComesLaterIsShownSoon) {
  Watch(1, 1, kMorning);
  const EventId event = Contribute(1, "plant trees");
  std::vector<View> views = Run(kMorning, kMorning + 250);
  ASSERT_EQ(views.size(), 1u) << "nothing new, nothing sent";
  EXPECT_THAT(*views[0].data, AllOf(HasSubstr("contributions"), Not(HasSubstr("plant trees"))));
  ASSERT_TRUE(next);
  Arrive(event, "plant trees");
  views = Run(*next, kMorning + 350);
  ASSERT_EQ(views.size(), 1u);
  EXPECT_THAT(*views[0].data, HasSubstr("plant trees"));
  EXPECT_FALSE(next) << "nothing is missing any more";
}

// The view lacks the text; only then does the text come, and nothing else happens in the room.
TEST_F(ProjectorTexts, ATextThatAWatcherFirstMissedIsShownSoon) {
  const EventId event = Contribute(1, "plant trees");
  Watch(1, 1, kMorning);
  Run(kMorning, kMorning + 50);
  Arrive(event, "plant trees");
  const std::vector<View> views = Run(kMorning + 60, kMorning + 300);
  ASSERT_EQ(views.size(), 1u);
  EXPECT_THAT(*views[0].data, HasSubstr("plant trees"));
}

TEST_F(ProjectorTexts, OnlyViewsThatLackedATextAreBuiltAgain) {
  Watch(1, 1, kMorning);
  Watch(2, 2, kMorning);
  const EventId mine = Contribute(1, "one");
  Arrive(Contribute(2, "two"), "two");
  Run(kMorning, kMorning + 50);
  Arrive(mine, "one");
  const std::vector<View> views = Run(kMorning + 60, kMorning + 300);
  ASSERT_EQ(views.size(), 1u);
  EXPECT_EQ(views[0].participant, ParticipantNumber(1));
}

// Another view finds the text before it is looked for again.
TEST_F(ProjectorTexts, ATextThatAnotherViewFindsIsShownInAll) {
  const EventId event = Contribute(1, "plant trees");
  Watch(1, 1, kMorning);
  Run(kMorning, kMorning + 50);
  Arrive(event, "plant trees");
  node.projector.Watch(
      {.connection = 2, .room = script.room(), .participant = {}, .stage = false, .console = true},
      kMorning + 60);
  EXPECT_THAT(*node.sink.views.back().data, HasSubstr("plant trees"));
  const std::vector<View> views = Run(kMorning + 61, kMorning + 80);
  ASSERT_EQ(views.size(), 1u);
  EXPECT_EQ(views[0].topic, Topic::kPerson);
}

TEST_F(ProjectorTexts, AnErasedTextIsNotLookedForEver) {
  Contribute(1, "gone");
  Watch(1, 1, kMorning);
  const int before = node.texts.reads;
  EXPECT_TRUE(Run(kMorning, kMorning + 3'600'000).empty());
  EXPECT_FALSE(next);
  EXPECT_EQ(node.texts.reads - before, 19) << "every 100 ms for a second, then every second";
  // The view changes anyway: one look at it, and no new series of looks.
  Arrive(Contribute(1, "here"), "here");
  const int then = node.texts.reads;
  const std::vector<View> views = Run(kMorning + 4'000'000, kMorning + 5'000'000);
  ASSERT_EQ(views.size(), 1u);
  EXPECT_THAT(*views[0].data, HasSubstr("here"));
  EXPECT_EQ(node.texts.reads - then, 2);
}

TEST_F(ProjectorTexts, AClockThatIsSetBackDelaysNoText) {
  const EventId event = Contribute(1, "plant trees");
  Watch(1, 1, kMorning);
  Run(kMorning, kMorning + 50);
  Arrive(event, "plant trees");
  EXPECT_EQ(Run(kMorning - 3'600'000, kMorning - 3'600'000).size(), 1u);
}

TEST_F(ProjectorTexts, ATextThatIsErasedWhileItIsShownLeavesTheScreen) {
  const EventId event = Contribute(1, "my neighbour's name");
  Arrive(event, "my neighbour's name");
  Watch(1, 1, kMorning);
  EXPECT_THAT(*node.sink.views.back().data, HasSubstr("my neighbour's name"));
  EXPECT_TRUE(Run(kMorning, kMorning).empty());
  node.texts.texts.erase(event);
  ++node.texts.revision;
  const std::vector<View> views = Run(kMorning + 100, kMorning + 100);
  ASSERT_EQ(views.size(), 1u);
  EXPECT_THAT(*views[0].data, Not(HasSubstr("my neighbour's name")));
}

// A node that was cut off for longer than it looked for a text shows it when it is back.
TEST_F(ProjectorTexts, AVaultThatHasCaughtUpIsReadAnew) {
  const EventId event = Contribute(1, "plant trees");
  Watch(1, 1, kMorning);
  Run(kMorning, kMorning + 60'000);
  Arrive(event, "plant trees");
  EXPECT_TRUE(Run(kMorning + 70'000, kMorning + 70'000).empty());
  ++node.texts.revision;
  const std::vector<View> views = Run(kMorning + 80'000, kMorning + 80'000);
  ASSERT_EQ(views.size(), 1u);
  EXPECT_THAT(*views[0].data, HasSubstr("plant trees"));
}

Item ItemNumber(uint32_t n) {
  Item item;
  item.added_by.bytes[0] = 1;
  item.added_by.bytes[14] = static_cast<uint8_t>(n >> 8);
  item.added_by.bytes[15] = static_cast<uint8_t>(n);
  item.text = HashOf(std::to_string(n));
  return item;
}

// More texts than are remembered: those that may still come stay, those that were given up go.
TEST(TextCache, WhatIsMissingIsBounded) {
  KitTexts source;
  TextCache cache(source);
  const RoomId room = RoomNumber(1);
  for (uint32_t i = 0; i < kMissingTexts + 5; ++i) cache.TextOf(room, ItemNumber(i));
  EXPECT_EQ(cache.missed(), kMissingTexts + 5);
  EXPECT_EQ(cache.NextLook(kMorning), kMorning + kSoonLookMs);
  source.reads = 0;
  EXPECT_TRUE(cache.LookAgain(kMorning + kSoonLookMs).empty());
  EXPECT_EQ(source.reads, static_cast<int>(kMissingTexts));
  EXPECT_TRUE(cache.LookAgain(kMorning + kLateLooksMs).empty());
  EXPECT_FALSE(cache.NextLook(kMorning + kLateLooksMs)) << "all are given up";

  const Item late = ItemNumber(kMissingTexts + 7);
  cache.TextOf(room, late);
  const auto look = cache.NextLook(kMorning + kLateLooksMs);
  ASSERT_EQ(look, kMorning + kLateLooksMs + kSoonLookMs);
  source.texts[late.added_by] = "late";
  EXPECT_THAT(cache.LookAgain(*look), ElementsAre(room));
}

TEST(TextCache, TheLeastRecentlyUsedTextGoesFirst) {
  KitTexts source;
  for (uint32_t i = 0; i < 4; ++i) source.texts[ItemNumber(i).added_by] = std::string(100, 'x');
  TextCache cache(source, 700);  // three of them, with what they cost beside their bytes
  const RoomId room = RoomNumber(1);
  for (const uint32_t i : {0, 1, 2, 0, 3}) EXPECT_TRUE(cache.TextOf(room, ItemNumber(i)));
  EXPECT_EQ(source.reads, 4);
  EXPECT_LE(cache.bytes(), 700u);
  cache.TextOf(room, ItemNumber(0));
  EXPECT_EQ(source.reads, 4) << "used lately";
  cache.TextOf(room, ItemNumber(1));
  EXPECT_EQ(source.reads, 5) << "had to go";
}

}  // namespace
}  // namespace plenum::testing
