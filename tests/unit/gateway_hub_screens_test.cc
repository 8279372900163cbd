// The hub and big screens: reports, orders, pinned activities, and phones that were lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/gateway_hub_kit.h"

namespace plenum::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Screen Wall(uint8_t n) {
  Screen screen;
  screen.screen.bytes.fill(n);
  screen.name = "wall " + std::to_string(n);
  return screen;
}
Command OfRoom(uint8_t id, Request request) { return {IdOf(id), "", 0, 0, std::move(request)}; }

// What came since the last look.
template <class T>
std::vector<T> New(HubNode::Phone& phone) {
  auto all = phone.All<T>();
  phone.messages.clear();
  return all;
}
std::vector<std::string> Names(const ScreenList& list) {
  std::vector<std::string> names;
  for (const Screen& screen : list.screens) names.push_back(screen.name);
  return names;
}
std::string LastError(HubNode::Phone& phone) {
  const auto errors = New<ErrorMessage>(phone);
  return errors.empty() ? "" : errors.back().code;
}

TEST(HubScreens, ConsolesSeeTheScreensOfTheirRoom) {
  HubNode node;
  auto presenter = node.Connect(Role::kPresenter);
  ASSERT_THAT(New<ScreenList>(*presenter).size(), 1u) << "after welcome";
  auto display = node.Connect(Role::kDisplay);
  EXPECT_THAT(display->All<ScreenList>(), IsEmpty());
  display->Send(OfRoom(1, ScreenHere{Wall(1)}));
  node.Tick(1000);
  auto lists = New<ScreenList>(*presenter);
  ASSERT_EQ(lists.size(), 1u);
  EXPECT_THAT(Names(lists[0]), ElementsAre("wall 1"));
  auto moderator = node.Connect(Role::kModerator);
  lists = New<ScreenList>(*moderator);
  ASSERT_EQ(lists.size(), 1u);
  EXPECT_THAT(Names(lists[0]), ElementsAre("wall 1"));
  display->Leave();
  node.Tick(1000);
  lists = New<ScreenList>(*presenter);
  ASSERT_EQ(lists.size(), 1u);
  EXPECT_THAT(Names(lists[0]), IsEmpty());
  moderator->Leave();
  node.Tick(1000);
}

TEST(HubScreens, OrdersAreAnsweredAndNothingIsRecorded) {
  HubNode node;
  auto presenter = node.Connect(Role::kPresenter);
  auto left = node.Connect(Role::kDisplay);
  auto right = node.Connect(Role::kDisplay);
  left->Send(OfRoom(1, ScreenHere{Wall(1)}));
  right->Send(OfRoom(2, ScreenHere{Wall(2)}));
  const uint64_t entries = node.Entries();
  presenter->Send(OfRoom(3, OrderScreens{std::nullopt, IdentifyScreen{}}));
  presenter->Send(OfRoom(4, OrderScreens{Wall(2).screen, SetScreen{.held = true}}));
  const auto ordered = New<Ordered>(*presenter);
  ASSERT_EQ(ordered.size(), 2u);
  EXPECT_EQ(ordered[0].id, IdOf(3));
  EXPECT_EQ(ordered[0].screens, 2u);
  EXPECT_EQ(ordered[1].screens, 1u);
  EXPECT_EQ(New<ToScreen>(*left).size(), 1u);
  EXPECT_EQ(New<ToScreen>(*right).size(), 2u);
  node.Settle();
  EXPECT_EQ(node.Entries(), entries);
}

TEST(HubScreens, WhoMayNotIsTold) {
  struct Case {
    Role role;
    Request request;
    std::string error;
  };
  const OrderScreens gong{std::nullopt, ScreenSound::kGong};
  const std::vector<Case> cases = {
      {Role::kAttendee, ScreenHere{Wall(1)}, "not-permitted"},
      {Role::kPresenter, ScreenHere{Wall(1)}, "not-permitted"},
      {Role::kAuditor, ScreenHere{Wall(1)}, "not-permitted"},
      {Role::kDisplay, ScreenHere{Wall(1)}, ""},
      {Role::kAttendee, gong, "not-permitted"},
      {Role::kDisplay, gong, "not-permitted"},
      {Role::kKeyer, gong, "not-permitted"},
      {Role::kModerator, gong, ""},
      {Role::kProducer, gong, ""},
      {Role::kProducer, OrderScreens{std::nullopt, SetScreen{.sound = true}}, "bad-message"},
      {Role::kAttendee, WatchActivity{"start"}, "not-permitted"},
      {Role::kAuditor, WatchActivity{"start"}, "not-permitted"},
      {Role::kDisplay, WatchActivity{"start"}, ""},
      {Role::kPresenter, WatchActivity{"start"}, ""},
      {Role::kDisplay, WatchActivity{"none"}, "unknown-activity"},
      {Role::kDisplay, WatchActivity{""}, ""},
  };
  for (const Case& one : cases) {
    HubNode node;
    auto client = node.Connect(one.role, 1);
    const Command command = OfRoom(1, one.request);
    client->Send(command);
    EXPECT_EQ(LastError(*client), one.error) << RoleName(one.role) << EncodeCommand(command);
  }
}

TEST(HubScreens, ARoomHasSoManyScreens) {
  HubNode node;
  std::vector<std::unique_ptr<HubNode::Phone>> displays;
  for (uint8_t n = 1; n <= limits::kScreens + 1; ++n) {
    displays.push_back(node.Connect(Role::kDisplay));
    displays.back()->Send(OfRoom(1, ScreenHere{Wall(n)}));
    displays.back()->Send(OfRoom(2, WatchActivity{"start"}));
    const auto errors = New<ErrorMessage>(*displays.back());
    EXPECT_EQ(errors.size(), n <= limits::kScreens ? 0u : 2u);
    for (const ErrorMessage& error : errors) EXPECT_EQ(error.code, "too-many-screens");
  }
  displays.front()->Leave();
  displays.back()->Send(OfRoom(3, ScreenHere{Wall(99)}));
  displays.back()->Send(OfRoom(4, WatchActivity{"start"}));
  EXPECT_EQ(LastError(*displays.back()), "");
}

TEST(HubScreens, APinnedScreenGetsItsOwnViews) {
  HubNode node;
  auto pinned = node.Connect(Role::kDisplay);
  auto other = node.Connect(Role::kDisplay);
  auto plain = node.Connect(Role::kDisplay);
  const auto shown = [](HubNode::Phone& display) {
    std::vector<std::string> activities;
    for (const ViewMessage& view : New<ViewMessage>(display)) {
      if (view.topic != Topic::kActivity) continue;
      const size_t at = view.data.find(R"("now":{"activity":")") + 19;
      activities.push_back(view.data.substr(at, view.data.find('"', at) - at));
    }
    return activities;
  };
  pinned->Send(OfRoom(1, WatchActivity{"start"}));
  other->Send(OfRoom(1, WatchActivity{"ideas"}));
  node.Settle();
  EXPECT_THAT(shown(*pinned), ElementsAre("start"));
  EXPECT_THAT(shown(*other), ElementsAre("ideas"));
  node.Append(node.script.Advance("start", {}, Phase::kVoting));
  node.Settle();
  EXPECT_THAT(shown(*pinned), ElementsAre("start"));
  EXPECT_THAT(shown(*other), ElementsAre("ideas"));
  EXPECT_THAT(shown(*plain), IsEmpty());
  pinned->Send(OfRoom(2, WatchActivity{"ideas"}));
  other->Send(OfRoom(2, WatchActivity{""}));
  node.Settle();
  shown(*pinned);
  node.Append(node.script.Advance("start", {1, Phase::kVoting, 0}, Phase::kClosing));
  node.Settle();
  EXPECT_THAT(shown(*pinned), ElementsAre("ideas"));
  EXPECT_THAT(shown(*other), IsEmpty());
}

TEST(HubScreens, PhonesThatWereLostAreCountedForAMinute) {
  HubNode node;
  auto presenter = node.Connect(Role::kPresenter);
  auto one = node.Connect(Role::kAttendee, 1);
  auto two = node.Connect(Role::kAttendee, 2);
  auto display = node.Connect(Role::kDisplay);
  const auto dropped = [&presenter] {
    std::vector<int> told;
    for (const Beat& beat : New<Beat>(*presenter)) {
      told.push_back(static_cast<int>(beat.dropped.value_or(999)));
    }
    return told;
  };
  node.Tick(1000);
  EXPECT_THAT(dropped(), IsEmpty()) << "nothing is new";
  one->Leave();
  display->Leave();
  node.Tick(1000);
  EXPECT_THAT(dropped(), ElementsAre(1)) << "people only";
  node.Tick(1000);
  EXPECT_THAT(dropped(), IsEmpty());
  two->Leave();
  node.Tick(1000);
  EXPECT_THAT(dropped(), ElementsAre(2));
  auto again = node.Connect(Role::kAttendee, 1);
  node.Tick(1000);
  EXPECT_THAT(dropped(), ElementsAre(1));
  node.Tick(limits::kDroppedMs - 5000);
  dropped();
  node.Tick(5000);
  EXPECT_THAT(dropped(), ElementsAre(0)) << "a minute is over";
  EXPECT_EQ(node.away, std::vector{ParticipantNumber(2)}) << "the room heard of it once";
  for (const Beat& beat : again->All<Beat>()) EXPECT_EQ(beat.dropped, std::nullopt);
}

}  // namespace
}  // namespace plenum::testing
