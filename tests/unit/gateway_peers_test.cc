// What nodes tell each other: who agrees, who does not, and which of two is contradicted by the
// log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "gateway/peer_watch.h"
#include "gateway/room_check.h"
#include "projector/memory_store.h"
#include "tests/unit/projector_kit.h"

namespace plenum::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A line on which everybody hears everybody, at once.
struct Line {
  std::vector<Peers::Hear> hearers;
};
class OnLine final : public Peers {
 public:
  explicit OnLine(Line& line) : line_(line) {}
  void Tell(std::string bytes) override {
    for (const Hear& hear : line_.hearers) hear(bytes);
  }
  void SetHear(Hear hear) override { line_.hearers.push_back(std::move(hear)); }
  void Start() override {}
  void Stop() override {}

 private:
  Line& line_;
};

struct Watching {
  Watching(Line& line, uint8_t number)
      : peers(line), watch(peers, Name(number), OnDissent(), OnHere()) {}
  static NodeId Name(uint8_t number) {
    NodeId node;
    node.bytes.fill(number);
    return node;
  }
  std::function<void(const PeerWatch::Dissent&)> OnDissent() {
    return [this](const PeerWatch::Dissent& dissent) { dissents.push_back(dissent); };
  }
  std::function<void(std::vector<EventId>)> OnHere() {
    return [this](std::vector<EventId> some) { here.insert(here.end(), some.begin(), some.end()); };
  }

  std::vector<PeerWatch::Dissent> dissents;
  std::vector<EventId> here;
  OnLine peers;
  PeerWatch watch;
};

RoomStatus At(uint64_t index, uint8_t state = 1) {
  RoomStatus status{.room = RoomNumber(1), .index = index, .root = {}, .state = {}, .rules = 1};
  status.state.bytes.fill(state);
  return status;
}

class PeerWatchTest : public ::testing::Test {
 protected:
  Line line;
  Watching a{line, 1}, b{line, 2};
};

TEST_F(PeerWatchTest, EqualDigestsAreCompared) {
  for (uint64_t index : {64, 128}) {
    a.watch.OnMilestone(At(index));
    b.watch.OnMilestone(At(index));
  }
  EXPECT_EQ(a.watch.counters().compared, 2u) << "told of what it had";
  EXPECT_EQ(b.watch.counters().compared, 2u) << "told before it had it";
  EXPECT_EQ(a.watch.counters().differing, 0u);
  EXPECT_EQ(a.watch.counters().nodes, 1u);
  EXPECT_THAT(a.dissents, IsEmpty());
}

TEST_F(PeerWatchTest, ADifferenceIsFoundOnBothSides) {
  a.watch.OnMilestone(At(64));
  b.watch.OnMilestone(At(64, 2));
  for (Watching* watching : {&a, &b}) {
    ASSERT_THAT(watching->dissents, SizeIs(1));
    EXPECT_EQ(watching->watch.counters().differing, 1u);
  }
  EXPECT_EQ(a.dissents[0].other, Watching::Name(2));
  EXPECT_EQ(a.dissents[0].mine, At(64));
  EXPECT_EQ(a.dissents[0].theirs, At(64, 2));
  EXPECT_EQ(a.dissents[0].their_fold, kFoldVersion);
}

TEST_F(PeerWatchTest, OtherPlacesAreNotCompared) {
  a.watch.OnMilestone(At(64));
  b.watch.OnMilestone(At(65, 2));
  RoomStatus elsewhere = At(64, 2);
  elsewhere.room = RoomNumber(2);
  b.watch.OnMilestone(elsewhere);
  EXPECT_EQ(a.watch.counters().compared, 0u);
}

TEST_F(PeerWatchTest, WhomANodeLetsInTheOthersHear) {
  EventId one, two;
  one.bytes.fill(1);
  two.bytes.fill(2);
  a.watch.TellHere(one);
  a.watch.TellHere(two);
  EXPECT_THAT(b.here, IsEmpty());
  a.watch.Tick();
  EXPECT_THAT(b.here, ElementsAre(one, two));
  EXPECT_THAT(a.here, IsEmpty()) << "it does not hear itself";
  a.watch.Tick();
  EXPECT_THAT(b.here, SizeIs(2));
}

// Who begins to hear late has missed what was told before; with a quiet room, for as long as that
// is quiet.
TEST_F(PeerWatchTest, WhatWasMissedIsToldAgain) {
  a.watch.OnMilestone(At(64));
  a.watch.OnMilestone(At(128));
  Watching late(line, 3);
  late.watch.OnMilestone(At(128));
  EXPECT_EQ(late.watch.counters().compared, 0u);
  const auto second = [&] {
    for (Watching* node : {&a, &b, &late}) node->watch.Tick();
  };
  second();  // they hear of each other
  second();  // and tell again
  EXPECT_EQ(late.watch.counters().compared, 1u);
  EXPECT_EQ(a.watch.counters().compared, 1u);
  for (int i = 0; i < 5; ++i) second();
  EXPECT_EQ(late.watch.counters().compared, 1u) << "the same twice is no news";
}

TEST_F(PeerWatchTest, ADifferenceIsReportedOnceHoweverOftenItIsTold) {
  a.watch.OnMilestone(At(64));
  Watching late(line, 3);
  late.watch.OnMilestone(At(64, 2));
  for (int i = 0; i < 5; ++i) {
    for (Watching* node : {&a, &b, &late}) node->watch.Tick();
  }
  EXPECT_THAT(a.dissents, SizeIs(1));
  EXPECT_THAT(late.dissents, SizeIs(1));
}

TEST_F(PeerWatchTest, NoiseIsNotHeard) {
  for (const char* noise : {"", "{}", "[1]", R"({"node":"xx"})", R"({"node":7,"here":[1,null]})"}) {
    a.peers.Tell(noise);
  }
  EXPECT_EQ(b.watch.counters().nodes, 0u);
}

// However the log is cut into batches.
TEST(Milestones, AreAtTheSamePlacesWithTheSameDigests) {
  MemoryStorage disk("a log");
  std::vector<RoomStatus> at_once, one_by_one;
  const auto into = [](std::vector<RoomStatus>& list) {
    return ProjectorOptions{.on_milestone = [&list](const RoomStatus& s) { list.push_back(s); }};
  };
  MemoryStore first_store, second_store;
  Node first(disk, first_store, into(one_by_one));
  Script script(RoomNumber(1));
  const ActivitySpec spec = ScaleSpec("start");
  first.Do(script.Create());
  first.Do(script.Add(spec));
  first.Do(script.Advance("start", {}, Phase::kVoting));
  for (uint32_t person = 1; person <= 130; ++person) first.Do(script.Scale(person, spec, 3));
  Node second(disk, second_store, into(at_once));
  second.Fold();
  EXPECT_EQ(at_once, one_by_one);
  std::vector<uint64_t> places;
  for (const RoomStatus& status : at_once) places.push_back(status.index);
  EXPECT_THAT(places, ElementsAre(1, 2, 3, 64, 128));
}

class RoomCheckTest : public ::testing::Test {
 protected:
  RoomCheckTest() {
    node.Do(script.Create());
    node.Do(script.Add(ScaleSpec("start")));
    node.Do(script.Advance("start", {}, Phase::kVoting));
    thread.Start();
  }
  ~RoomCheckTest() override { thread.Stop(); }
  std::expected<RoomStatus, std::string> Check(const RoomStatus& claimed) {
    std::promise<std::expected<RoomStatus, std::string>> answer;
    std::vector<std::jthread> jobs;
    std::mutex mutex;
    RoomCheck::Start(
        thread,
        [&](auto job) {
          std::lock_guard lock(mutex);
          jobs.emplace_back([job = std::move(job)]() mutable { job(); });
        },
        claimed, [&](auto found) { answer.set_value(std::move(found)); });
    auto found = answer.get_future().get();
    std::lock_guard lock(mutex);
    return found;
  }

  MemoryStorage disk{"a log"};
  MemoryStore store;
  Script script{RoomNumber(1)};
  Node node{disk, store};
  ProjectorThread thread{node.log, node.projector, {.clock = {}, .on_fatal = {}}};
};

TEST_F(RoomCheckTest, SaysWhatTheLogGives) {
  const RoomStatus right = *node.projector.Status(script.room());
  EXPECT_EQ(Check(right), right);
  RoomStatus wrong = right;
  wrong.state.bytes.fill(9);
  EXPECT_EQ(Check(wrong), right);
}

TEST_F(RoomCheckTest, SaysWhenTheLogHasLess) {
  RoomStatus ahead = *node.projector.Status(script.room());
  ahead.index += 1;
  EXPECT_FALSE(Check(ahead).has_value());
}

// Read models that were found to be wrong are never used again.
TEST(Distrust, LastsUntilTheyAreRebuilt) {
  MemoryStorage disk("a log");
  MemoryStore store;
  Script script(RoomNumber(1));
  {
    Node node(disk, store);
    node.Do(script.Create());
    node.projector.Distrust("the read models differ from the log");
    EXPECT_FALSE(node.projector.error().empty());
    EXPECT_FALSE(node.projector.CatchUp(kRoomPartition));
  }
  KitTexts texts;
  KitSink sink;
  MemoryLog log(disk);
  Projector again(log, store, texts, sink);
  EXPECT_EQ(again.Start(), std::unexpected("the read models differ from the log"));
}

}  // namespace
}  // namespace plenum::testing
