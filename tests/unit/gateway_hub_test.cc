// The hub: outcomes find their sender, views are made once for all, a participant has one
// connection, and what cannot be taken is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/gateway_hub_kit.h"

namespace plenum::testing {
namespace {

using ::testing::Contains;
using ::testing::UnorderedElementsAre;

Command Vote(uint8_t id, int32_t value, uint32_t seq = 1) {
  return {IdOf(id), "start", 1, seq, BallotCast{ScaleCast{value}}};
}

void Open(HubNode& node) {
  node.Append(node.script.Advance("start", {}, Phase::kVoting));
  node.Settle();
}

TEST(Hub, AVoteIsRecordedAndCounted) {
  HubNode node;
  Open(node);
  auto phone = node.Connect(Role::kAttendee, 1);
  ASSERT_EQ(phone->All<Welcome>().size(), 1u);
  phone->Send(Vote(1, 4));
  EXPECT_TRUE(phone->All<Recorded>().empty()) << "nothing is promised before the sync";
  node.Settle();
  ASSERT_EQ(phone->All<Recorded>().size(), 1u);
  auto answers = phone->All<Answer>();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].id, IdOf(1));
  EXPECT_EQ(answers[0].outcome.code, OutcomeCode::kCounted);
}

TEST(Hub, AnswersGoToWhoAsked) {
  HubNode node;
  Open(node);
  auto one = node.Connect(Role::kAttendee, 1);
  auto two = node.Connect(Role::kAttendee, 2);
  one->Send(Vote(1, 4));
  two->Send(Vote(2, 5));
  node.Settle();
  ASSERT_EQ(one->All<Answer>().size(), 1u);
  EXPECT_EQ(one->All<Answer>()[0].id, IdOf(1));
  ASSERT_EQ(two->All<Answer>().size(), 1u);
  EXPECT_EQ(two->All<Answer>()[0].id, IdOf(2));
}

TEST(Hub, AnAnswerFollowsTheResendToTheNewConnection) {
  HubNode node;
  Open(node);
  auto phone = node.Connect(Role::kAttendee, 1);
  phone->Send(Vote(1, 4));
  phone->Leave();
  auto again = std::make_unique<HubNode::Phone>(node);
  again->Hello(node.TokenFor(Role::kAttendee, 1));
  again->Send(Vote(1, 4));
  node.Settle();
  auto answers = again->All<Answer>();
  ASSERT_EQ(answers.size(), 1u) << "one answer, however often it was sent";
  EXPECT_EQ(answers[0].outcome.code, OutcomeCode::kCounted);
}

TEST(Hub, AViewIsOneFrameForAll) {
  HubNode node;
  std::vector<std::unique_ptr<HubNode::Phone>> displays;
  for (int i = 0; i < 3; ++i) displays.push_back(node.Connect(Role::kDisplay));
  for (auto& display : displays) {
    ASSERT_EQ(display->All<ViewMessage>().size(), 1u) << "the stage, at once";
    display->frames.clear();
  }
  Open(node);
  for (auto& display : displays) {
    display->Read();
    ASSERT_FALSE(display->frames.empty());
    EXPECT_EQ(display->frames.back(), displays[0]->frames.back()) << "the very same bytes";
  }
}

TEST(Hub, TopicsGoByRole) {
  HubNode node;
  auto topics = [](HubNode::Phone& phone) {
    std::set<Topic> seen;
    for (const ViewMessage& view : phone.All<ViewMessage>()) seen.insert(view.topic);
    return seen;
  };
  using enum Topic;
  EXPECT_EQ(topics(*node.Connect(Role::kAttendee, 1)), (std::set{kStage, kPerson}));
  EXPECT_EQ(topics(*node.Connect(Role::kDisplay)), (std::set{kStage}));
  EXPECT_EQ(topics(*node.Connect(Role::kAuditor)), (std::set{kStage}));
  EXPECT_EQ(topics(*node.Connect(Role::kPresenter)), (std::set{kStage, kConsole}));
  EXPECT_EQ(topics(*node.Connect(Role::kModerator)), (std::set{kStage, kConsole}));
}

TEST(Hub, APersonViewGoesToThatPersonOnly) {
  HubNode node;
  Open(node);
  auto one = node.Connect(Role::kAttendee, 1);
  auto two = node.Connect(Role::kAttendee, 2);
  node.Settle();
  two->Read();
  two->messages.clear();
  one->Send(Vote(1, 4));
  node.Settle();
  for (const ViewMessage& view : two->All<ViewMessage>()) EXPECT_EQ(view.topic, Topic::kStage);
  bool has_ballot = false;
  for (const ViewMessage& view : one->All<ViewMessage>()) {
    has_ballot |= view.topic == Topic::kPerson && view.data.find("\"value\":4") != view.data.npos;
  }
  EXPECT_TRUE(has_ballot);
}

TEST(Hub, AParticipantHasOneConnection) {
  HubNode node;
  auto first = node.Connect(Role::kAttendee, 1);
  auto other = node.Connect(Role::kAttendee, 2);
  first->wakes = 0;
  auto second = node.Connect(Role::kAttendee, 1);
  EXPECT_EQ(first->client.session.closing(), CloseCode::kMoved);
  EXPECT_GT(first->wakes, 0);
  EXPECT_FALSE(second->client.session.closing().has_value());
  EXPECT_FALSE(other->client.session.closing().has_value());
  first->Leave();
  Open(node);
  second->Read();
  second->messages.clear();
  second->Send(Vote(1, 4));
  node.Settle();
  EXPECT_EQ(second->All<Answer>().size(), 1u) << "the older one's leaving takes nothing away";
  EXPECT_FALSE(second->All<ViewMessage>().empty());
}

TEST(Hub, StaffMayHaveManyConnections) {
  HubNode node;
  auto one = node.Connect(Role::kPresenter);
  auto two = node.Connect(Role::kPresenter);
  EXPECT_FALSE(one->client.session.closing().has_value());
}

TEST(Hub, AParticipantJoinsOnceHoweverOftenTheyConnect) {
  HubNode node;
  const uint64_t before = node.Entries();
  for (int i = 0; i < 3; ++i) node.Connect(Role::kAttendee, 1)->Leave();
  EXPECT_EQ(node.Entries(), before + 1);
  node.Connect(Role::kAttendee, 2);
  EXPECT_EQ(node.Entries(), before + 2);
  node.Connect(Role::kDisplay);
  EXPECT_EQ(node.Entries(), before + 2);
  EXPECT_EQ(node.projector.Find(node.script.room())->state().joined.size(), 2u);
}

TEST(Hub, JoiningIsTriedAgainWhenTheLogWasBusy) {
  HubNode node;
  node.lag = limits::kFoldLagEvents + 1;
  auto phone = node.Connect(Role::kAttendee, 1);
  EXPECT_TRUE(node.projector.Find(node.script.room())->state().joined.empty());
  node.lag = 0;
  node.Tick(1000);
  EXPECT_EQ(node.projector.Find(node.script.room())->state().joined.size(), 1u);
}

TEST(Hub, BehindLockedDoorsANewcomerIsTold) {
  HubNode node;
  auto inside = node.Connect(Role::kAttendee, 1);
  node.Append(node.script.Make(Role::kProducer, DoorsSet{true, 10}));
  node.Settle();
  auto outside = node.Connect(Role::kAttendee, 2);
  auto errors = outside->All<ErrorMessage>();
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].code, "doors-locked");
  EXPECT_EQ(outside->client.session.closing(), CloseCode::kPolicy);
  inside->Leave();
  auto again = node.Connect(Role::kAttendee, 1);
  EXPECT_FALSE(again->client.session.closing().has_value());
}

TEST(Hub, RefusesWhileTheFoldIsBehindAndWhileStopping) {
  HubNode node;
  Open(node);
  auto phone = node.Connect(Role::kAttendee, 1);
  const uint64_t before = node.Entries();
  node.lag = limits::kFoldLagEvents + 1;
  phone->Send(Vote(1, 4));
  node.lag = 0;
  node.hub.BeginStop();
  phone->Send(Vote(2, 4));
  node.Settle();
  auto errors = phone->All<ErrorMessage>();
  ASSERT_EQ(errors.size(), 2u);
  for (const ErrorMessage& error : errors) {
    EXPECT_EQ(error.code, "busy");
    EXPECT_GT(error.retry_ms, 0u);
  }
  EXPECT_EQ(node.Entries(), before);
}

TEST(Hub, AFullDiskRefusesVotesButNotThePresenter) {
  HubNode node;
  Open(node);
  auto phone = node.Connect(Role::kAttendee, 1);
  auto presenter = node.Connect(Role::kPresenter);
  node.disk.SetFreeBytes(limits::kDiskFloorBytes - 1);
  phone->Send(Vote(1, 4));
  presenter->Send(
      {IdOf(2), "start", 0, 0, ActivityAdvanced{{1, Phase::kVoting, 0}, Phase::kClosed}});
  node.Settle();
  auto errors = phone->All<ErrorMessage>();
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].code, "disk-full");
  auto answers = presenter->All<Answer>();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].outcome.code, OutcomeCode::kAccepted);
}

TEST(Hub, TextsGoIntoTheVaultAndTheirDigestIntoTheEvent) {
  HubNode node;
  node.Append(node.script.Advance("ideas", {}, Phase::kCollecting));
  node.Settle();
  auto phone = node.Connect(Role::kAttendee, 1);
  phone->Send({IdOf(1), "ideas", 1, 0, AddItem{{"a bold idea"}, 0, 0}});
  node.Settle();
  auto answers = phone->All<Answer>();
  ASSERT_EQ(answers.size(), 1u);
  EXPECT_EQ(answers[0].outcome.code, OutcomeCode::kAccepted);
  auto entries = node.log.Read(kRoomPartition, 0, 100);
  ASSERT_TRUE(entries.has_value());
  const std::string& last = entries->back().bytes;
  EXPECT_EQ(last.find("bold"), std::string::npos);
  auto event = DecodeEvent(last);
  ASSERT_TRUE(event.has_value());
  const Digest digest = std::get<ItemAdded>(event->payload).text;
  auto kept = node.vault.GetText(node.script.room(), IdOf(1), digest);
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->text, "a bold idea");
}

Claims DisplayOf(const RoomId& room, TimeMs expires) {
  Claims claims;
  claims.room = room;
  claims.role = Role::kDisplay;
  claims.expires = expires;
  return claims;
}

TEST(Hub, ARoomThatDoesNotExistIsLookedForAgainAndThenRefused) {
  HubNode node;
  HubNode::Phone phone(node);
  phone.Hello(node.signer.Sign(DisplayOf(RoomNumber(9), node.now + 10'000)));
  for (int seconds = 0; seconds < 2; ++seconds) {
    node.Settle();
    EXPECT_TRUE(phone.All<ErrorMessage>().empty());
    node.Tick(1000);
  }
  auto errors = phone.All<ErrorMessage>();
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].code, "unknown-room");
  phone.Leave();
}

TEST(Hub, ARoomThatAnotherNodeMadeAMomentAgoIsEntered) {
  HubNode node;
  Script other(RoomNumber(9));
  HubNode::Phone phone(node);
  phone.Hello(node.signer.Sign(DisplayOf(other.room(), node.now + 10'000)));
  node.Settle();
  node.Append(other.Create());
  node.Tick(1000);
  EXPECT_TRUE(phone.All<ErrorMessage>().empty());
  EXPECT_EQ(phone.All<Welcome>().size(), 1u);
  phone.Leave();
}

TEST(Hub, LinksThatAreWithdrawnEnd) {
  HubNode node;
  auto presenter = node.Connect(Role::kPresenter);
  auto phone = node.Connect(Role::kAttendee, 1);
  node.Append(node.script.Make(Role::kProducer, LinksRevoked{}));
  node.Settle();
  EXPECT_EQ(presenter->client.session.closing(), CloseCode::kPolicy);
  EXPECT_FALSE(phone->client.session.closing().has_value());
}

TEST(Hub, AWatchThatWasRefusedIsTriedAgain) {
  HubNode node;
  node.refuse_watch = true;
  auto display = node.Connect(Role::kDisplay);
  EXPECT_TRUE(display->All<ViewMessage>().empty());
  node.refuse_watch = false;
  node.Tick(1000);
  EXPECT_EQ(display->All<ViewMessage>().size(), 1u);
}

TEST(Hub, WhoIsGoneForLongIsReportedOnce) {
  HubNode node;
  auto gone = node.Connect(Role::kAttendee, 1);
  auto back = node.Connect(Role::kAttendee, 2);
  gone->Leave();
  back->Leave();
  node.Tick(10'000);
  auto again = node.Connect(Role::kAttendee, 2);
  node.Tick(30'000);
  node.Tick(30'000);
  EXPECT_EQ(node.away, std::vector{ParticipantNumber(1)});
}

TEST(Hub, WhoWasLetInByAnotherNodeIsNotMissed) {
  HubNode node;
  auto moved = node.Connect(Role::kAttendee, 1);  // to another node, and then left this one
  auto late = node.Connect(Role::kAttendee, 2);   // left this one before it reached another
  auto gone = node.Connect(Role::kAttendee, 3);
  auto back = node.Connect(Role::kAttendee, 4);  // came back from another, and then went
  ASSERT_EQ(node.here.size(), 4u);
  node.hub.HearHere({node.here[0], node.here[3]}, node.now);
  back->Leave();
  node.now += 10;
  back = node.Connect(Role::kAttendee, 4);
  for (auto* phone : {&moved, &late, &gone, &back}) (*phone)->Leave();
  node.Tick(10'000);
  node.hub.HearHere({node.here[1]}, node.now);
  node.Tick(30'000);
  EXPECT_THAT(node.away, UnorderedElementsAre(ParticipantNumber(3), ParticipantNumber(4)));
}

TEST(Hub, ALogThatHasFailedIsTheEndOfTheNode) {
  HubNode node;
  Open(node);
  auto phone = node.Connect(Role::kAttendee, 1);
  node.disk.FailNextSync();
  phone->Send(Vote(1, 3));
  node.Settle();
  ASSERT_EQ(phone->All<ErrorMessage>().size(), 1u);
  EXPECT_EQ(phone->All<ErrorMessage>()[0].code, "not-recorded-yet");
  phone->Send(Vote(2, 4, 2));
  EXPECT_THAT(node.fatal, Contains(LogError::kFailed));
}

TEST(Hub, WhoDoesNotReadIsEnded) {
  HubNode node;
  auto display = node.Connect(Role::kDisplay);
  node.Tick(1000);
  EXPECT_FALSE(display->client.session.closing().has_value());
  display->stalled = true;
  node.Tick(1000);
  EXPECT_EQ(display->client.session.closing(), CloseCode::kSlow);
}

}  // namespace
}  // namespace plenum::testing
