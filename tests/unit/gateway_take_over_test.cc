// A copy takes over: clients are told what it kept, what it lacks comes back in its old order, and
// who was replaced takes nothing more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/epoch.h"
#include "tests/unit/gateway_hub_kit.h"
#include "tests/unit/ingest_temp_folder.h"

namespace plenum::testing {
namespace {

constexpr uint64_t kLater = 1'800'000'000;

// A real epoch of a folder, over a log of its own name.
class Served {
 public:
  // `copied` in epoch 1, with three events of the hub's room; or never copied.
  explicit Served(bool copied) {
    Script script(RoomNumber(1));
    for (const Event& event :
         {script.Create(), script.Add(ScaleSpec("start")), script.Add(DeckSpec("ideas"))}) {
      (void)log_.Append(kRoomPartition, EncodeEvent(event), Urgency::kStaff, [](auto) {});
    }
    while (log_.Step()) {
    }
    CopyMarker marker{.from = "x", .log = log_.LogId(), .name = "c", .epoch = {}, .in_step = 1};
    if (copied) (void)WriteCopyMarker(folder_.path(), marker);
    epoch_ = Epoch::Open(log_, {.data = folder_.path(),
                                .keys = {{"k1", std::string(32, 's')}},
                                .clock = [] { return static_cast<TimeMs>(kLater) * 1000; },
                                .serve_anyway = false})
                 .value();
  }
  Epoch& operator*() { return *epoch_; }

 private:
  TempFolder folder_;
  MemoryStorage disk_{"a copied log"};
  MemoryLog log_{disk_};
  std::unique_ptr<Epoch> epoch_;
};

Command Vote(uint8_t id, int32_t value, uint32_t seq = 1) {
  return {IdOf(id), "start", 1, seq, BallotCast{ScaleCast{value}}};
}

Command Advance(uint8_t id, Stage seen, Phase to) {
  return {IdOf(id), "start", 0, 0, ActivityAdvanced{seen, to}};
}

Command Again(Command command, uint64_t index) {
  command.again = index;
  return command;
}

OutcomeCode OutcomeOf(HubNode::Phone& phone, uint8_t id) {
  for (const Answer& answer : phone.All<Answer>()) {
    if (answer.id == IdOf(id)) return answer.outcome.code;
  }
  return OutcomeCode::kMalformed;  // nothing was said
}

TEST(TakeOver, AClientIsToldWhoServesAndWhatWasKept) {
  Served copy(true);
  HubNode node(&*copy);
  auto new_here = node.Connect(Role::kAttendee, 1);
  const auto first = new_here->All<Welcome>();
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].epoch, kLater);
  EXPECT_EQ(first[0].proof, (*copy).Proof());
  EXPECT_EQ(first[0].kept, std::nullopt);

  auto returning = std::make_unique<HubNode::Phone>(node);
  returning->Send({IdOf(0xee), "", 0, 0,
                   plenum::Hello{node.TokenFor(Role::kAttendee, 2), 9, 1, "of the first server"}});
  node.Settle();
  const auto second = returning->All<Welcome>();
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].kept, 3u);
}

TEST(TakeOver, WhatIsOfferedAgainIsRecordedInItsOldOrder) {
  Served copy(true);
  HubNode node(&*copy);
  node.hub.GatherUntil(node.now + 25'000);
  auto presenter = node.Connect(Role::kPresenter);
  auto phone = node.Connect(Role::kAttendee, 1);
  // On the first server: opened, voted, closed. The close comes back first, the vote last.
  presenter->Send(Again(Advance(3, {1, Phase::kVoting, 0}, Phase::kClosed), 5));
  presenter->Send(Again(Advance(1, {}, Phase::kVoting), 3));
  node.Settle();
  phone->Send(Again(Vote(2, 4), 4));
  node.Settle();
  EXPECT_TRUE(phone->All<Recorded>().empty()) << "held";
  EXPECT_TRUE(node.hub.Gathering());
  node.Tick(25'001);
  node.Settle();
  EXPECT_FALSE(node.hub.Gathering());
  EXPECT_EQ(OutcomeOf(*presenter, 1), OutcomeCode::kAccepted);
  EXPECT_EQ(OutcomeOf(*phone, 2), OutcomeCode::kCounted) << "before the close, as it was";
  EXPECT_EQ(OutcomeOf(*presenter, 3), OutcomeCode::kAccepted);
}

TEST(TakeOver, MeanwhileVotesAreTakenAndStagesStay) {
  Served copy(true);
  HubNode node(&*copy);
  node.Append(node.script.Advance("start", {}, Phase::kVoting));
  node.Settle();
  node.hub.GatherUntil(node.now + 25'000);
  auto presenter = node.Connect(Role::kPresenter);
  auto phone = node.Connect(Role::kAttendee, 1);
  phone->Send(Vote(1, 4));
  presenter->Send(Advance(2, {1, Phase::kVoting, 0}, Phase::kClosing));
  node.Settle();
  EXPECT_EQ(OutcomeOf(*phone, 1), OutcomeCode::kCounted);
  const auto errors = presenter->All<ErrorMessage>();
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].code, "busy");
  EXPECT_GT(errors[0].retry_ms, 0u);
  node.Tick(25'001);
  presenter->Send(Advance(2, {1, Phase::kVoting, 0}, Phase::kClosing));
  node.Settle();
  EXPECT_EQ(OutcomeOf(*presenter, 2), OutcomeCode::kAccepted);
}

TEST(TakeOver, WhatIsThereAlreadyCountsOnce) {
  Served copy(true);
  HubNode node(&*copy);
  node.Append(node.script.Advance("start", {}, Phase::kVoting));
  node.Settle();
  auto phone = node.Connect(Role::kAttendee, 1);
  phone->Send(Vote(1, 4));
  node.Settle();
  node.hub.GatherUntil(node.now + 1000);
  phone->Read();
  phone->messages.clear();
  phone->Send(Again(Vote(1, 4), 5));
  node.Tick(1001);
  EXPECT_EQ(OutcomeOf(*phone, 1), OutcomeCode::kDuplicate);
}

TEST(TakeOver, AnsweredOnTheConnectionThatIsThereThen) {
  Served copy(true);
  HubNode node(&*copy);
  node.Append(node.script.Advance("start", {}, Phase::kVoting));
  node.Settle();
  node.hub.GatherUntil(node.now + 25'000);
  auto phone = node.Connect(Role::kAttendee, 1);
  phone->Send(Again(Vote(1, 4), 4));
  phone->Leave();
  auto back = node.Connect(Role::kAttendee, 1);
  back->Send(Again(Vote(1, 4), 4));
  node.Tick(25'001);
  EXPECT_EQ(OutcomeOf(*back, 1), OutcomeCode::kCounted);
  EXPECT_EQ(back->All<Answer>().size(), 1u);
}

TEST(TakeOver, AfterGatheringWhatComesAgainIsAnOrdinaryCommand) {
  Served copy(true);
  HubNode node(&*copy);
  node.Append(node.script.Advance("start", {}, Phase::kVoting));
  auto phone = node.Connect(Role::kAttendee, 1);
  phone->Send(Again(Vote(1, 4), 4));
  node.Settle();
  EXPECT_EQ(OutcomeOf(*phone, 1), OutcomeCode::kCounted);
}

TEST(TakeOver, WhoWasReplacedTakesNothingMore) {
  Served old(false);
  Served copy(true);
  HubNode node(&*old);
  node.Append(node.script.Advance("start", {}, Phase::kVoting));
  node.Settle();
  auto phone = node.Connect(Role::kAttendee, 1);
  ASSERT_EQ(phone->All<Welcome>().at(0).epoch, 1u);
  auto liar = std::make_unique<HubNode::Phone>(node);
  liar->Send({IdOf(0xee), "", 0, 0,
              plenum::Hello{node.TokenFor(Role::kAttendee, 2), 0, kLater, "made up"}});
  node.Settle();
  EXPECT_EQ(liar->All<Welcome>().size(), 1u) << "what is not proven says nothing";

  auto knows = std::make_unique<HubNode::Phone>(node);
  knows->Send({IdOf(0xee), "", 0, 0,
               plenum::Hello{node.TokenFor(Role::kAttendee, 3), 0, kLater, (*copy).Proof()}});
  EXPECT_EQ(knows->client.session.closing(), CloseCode::kReplaced);
  EXPECT_EQ(knows->All<ErrorMessage>().at(0).code, "replaced");
  phone->Send(Vote(1, 4));
  EXPECT_EQ(phone->All<ErrorMessage>().at(0).code, "busy") << "not even before the next tick";
  node.Tick(1000);
  EXPECT_EQ(phone->client.session.closing(), CloseCode::kReplaced);
  auto late = std::make_unique<HubNode::Phone>(node);
  late->Hello(node.TokenFor(Role::kAttendee, 4));
  EXPECT_EQ(late->client.session.closing(), CloseCode::kReplaced);
}

TEST(TakeOver, WhoRunsTheDayHearsHowTheCopyStands) {
  HubNode node;
  auto presenter = node.Connect(Role::kPresenter);
  auto phone = node.Connect(Role::kAttendee, 1);
  node.copy = CopyState{1, 0, 0};
  node.Tick(1000);
  node.copy = CopyState{1, 7, 400};
  node.Tick(1000);
  node.Tick(1000);
  const auto beats = presenter->All<Beat>();
  ASSERT_EQ(beats.size(), 2u) << "when it changes";
  EXPECT_EQ(beats[0].copy, (CopyState{1, 0, 0}));
  EXPECT_EQ(beats[1].copy, (CopyState{1, 7, 400}));
  node.Tick(10'000);
  for (const Beat& beat : phone->All<Beat>()) EXPECT_EQ(beat.copy, std::nullopt);
}

}  // namespace
}  // namespace plenum::testing
