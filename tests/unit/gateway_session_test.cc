// Sessions: who gets in, what each wrong message is answered, and that every command is authorised.
#include <gtest/gtest.h>

#include "tests/unit/gateway_session_kit.h"

namespace plenum {
namespace {

TEST(SessionHello, IsWelcomedAndWatches) {
  Desk desk;
  AtDesk client(desk);
  client.Hello(desk.TokenFor(Role::kDisplay), 41);
  auto welcome = client.Only<Welcome>();
  ASSERT_TRUE(welcome.has_value());
  EXPECT_EQ(welcome->role, Role::kDisplay);
  EXPECT_EQ(welcome->room, desk.room);
  EXPECT_EQ(welcome->time, kNow);
  EXPECT_EQ(desk.subscribed, (std::vector<std::pair<uint64_t, uint64_t>>{{7, 41}}));
  EXPECT_FALSE(client.session.closing().has_value());
}

TEST(SessionHello, WrongTokensAreTurnedAway) {
  Desk desk;
  Claims organiser;
  organiser.role = Role::kProducer;
  organiser.expires = kNow + 1000;
  Claims node = organiser;
  node.room = desk.room;
  node.role = Role::kNode;
  Claims expired = node;
  expired.role = Role::kDisplay;
  expired.expires = kNow;
  for (const std::string& token :
       {std::string(), std::string("v1.k1.x.y"), desk.signer.Sign(organiser),
        desk.signer.Sign(node), desk.signer.Sign(expired)}) {
    AtDesk client(desk);
    client.Hello(token);
    EXPECT_EQ(client.OnlyError(), "not-permitted") << token;
    EXPECT_EQ(client.session.closing(), CloseCode::kPolicy);
    EXPECT_FALSE(client.session.claims().has_value());
  }
  EXPECT_TRUE(desk.subscribed.empty());
}

TEST(SessionHello, MustComeFirst) {
  Desk desk;
  for (const std::string& text :
       {EncodeCommand(Choose(1)), EncodeCommand({IdOf(1), "", 0, 0, Ping{}}), std::string("{"),
        std::string("hello"), std::string()}) {
    AtDesk client(desk);
    client.session.OnText(text, kNow);
    EXPECT_EQ(client.OnlyError(), "bad-message") << text;
    EXPECT_EQ(client.session.closing(), CloseCode::kPolicy);
  }
  EXPECT_TRUE(desk.published.empty());
}

TEST(SessionHello, MustComeInTime) {
  Desk desk;
  AtDesk client(desk);
  client.session.OnTick(kNow + limits::kFirstMessageMs - 1);
  EXPECT_FALSE(client.session.closing().has_value());
  client.session.OnTick(kNow + limits::kFirstMessageMs);
  EXPECT_EQ(client.session.closing(), CloseCode::kSilent);
}

TEST(SessionHello, WaitsForTheRoom) {
  Desk desk;
  desk.loaded = false;
  AtDesk client(desk);
  client.Hello(desk.TokenFor(Role::kDisplay), 3);
  EXPECT_TRUE(client.outbox.empty());
  EXPECT_TRUE(desk.subscribed.empty());
  client.session.OnRoom(desk.info, kNow + 1);
  EXPECT_TRUE(client.Only<Welcome>().has_value());
  EXPECT_EQ(desk.subscribed.size(), 1u);
}

TEST(SessionHello, WaitsForTheRoomNotForEver) {
  Desk desk;
  desk.loaded = false;
  AtDesk client(desk);
  client.Hello(desk.TokenFor(Role::kDisplay));
  client.session.OnTick(kNow + limits::kFirstMessageMs);
  EXPECT_EQ(client.OnlyError(), "busy");
  EXPECT_EQ(client.session.closing(), CloseCode::kTryAgain);
}

TEST(SessionHello, ARoomThatIsNotThereIsFinal) {
  Desk desk;
  desk.loaded = false;
  AtDesk client(desk);
  client.Hello(desk.TokenFor(Role::kDisplay));
  client.session.OnRoom(nullptr, kNow);
  EXPECT_EQ(client.OnlyError(), "unknown-room");
  EXPECT_EQ(client.session.closing(), CloseCode::kPolicy);
}

TEST(SessionHello, OldEpochsAndRevokedLinksAreTurnedAway) {
  Desk desk;
  RoomInfo info = desk.InfoCopy();
  info.epoch = 3;
  desk.SetInfo(info);
  AtDesk presenter(desk);
  presenter.Hello(desk.TokenFor(Role::kPresenter));
  EXPECT_EQ(presenter.OnlyError(), "not-permitted");
  EXPECT_EQ(presenter.session.closing(), CloseCode::kPolicy);
  AtDesk attendee(desk);
  attendee.Hello(desk.TokenFor(Role::kAttendee));
  EXPECT_TRUE(attendee.Only<Welcome>().has_value()) << "who came by the code stays";

  info.epoch = 2;
  TokenId revoked;
  revoked.bytes.fill(static_cast<uint8_t>(Role::kDisplay) + 1);
  info.revoked = {revoked};
  desk.SetInfo(info);
  AtDesk display(desk);
  display.Hello(desk.TokenFor(Role::kDisplay));
  EXPECT_EQ(display.OnlyError(), "not-permitted");
}

TEST(Session, ALinkThatIsWithdrawnMeanwhileEnds) {
  Desk desk;
  AtDesk client(desk, Role::kPresenter);
  RoomInfo info = desk.InfoCopy();
  info.epoch = 3;
  client.session.OnRoom(std::make_shared<RoomInfo>(info), kNow);
  EXPECT_EQ(client.OnlyError(), "not-permitted");
  EXPECT_EQ(client.session.closing(), CloseCode::kPolicy);
  client.Send(Choose(1));
  EXPECT_TRUE(desk.published.empty()) << "nothing is taken after that";
}

TEST(Session, ATokenExpiresWhileConnected) {
  Desk desk;
  AtDesk client(desk, Role::kDisplay);
  client.session.OnTick(kNow + 3'600'000);
  EXPECT_EQ(client.session.closing(), CloseCode::kPolicy);
}

TEST(Session, SaysHelloOnce) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  client.Hello(desk.TokenFor(Role::kProducer));
  EXPECT_EQ(client.OnlyError(), "bad-message");
  EXPECT_EQ(client.session.claims()->role, Role::kAttendee);
  EXPECT_FALSE(client.session.closing().has_value());
}

TEST(Session, BeatsEveryTenSecondsAndAnswersPings) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  client.session.OnTick(kNow + limits::kBeatMs - 1);
  EXPECT_TRUE(client.outbox.empty());
  client.session.OnTick(kNow + limits::kBeatMs);
  auto beat = client.Only<Beat>();
  ASSERT_TRUE(beat.has_value());
  EXPECT_EQ(beat->time, kNow + limits::kBeatMs);
  client.Send({IdOf(1), "", 0, 0, Ping{}}, kNow + 5);
  beat = client.Only<Beat>();
  ASSERT_TRUE(beat.has_value());
  EXPECT_EQ(beat->time, kNow + 5);
}

TEST(Session, LargeMessagesEndIt) {
  Desk desk;
  AtDesk attendee(desk, Role::kAttendee);
  attendee.session.OnText(std::string(limits::kAttendeeMessageBytes, ' '), kNow);
  EXPECT_EQ(attendee.OnlyError(), "bad-message");
  attendee.session.OnText(std::string(limits::kAttendeeMessageBytes + 1, ' '), kNow);
  EXPECT_EQ(attendee.session.closing(), CloseCode::kTooBig);
  AtDesk presenter(desk);
  presenter.session.OnText(std::string(limits::kAttendeeMessageBytes + 1, ' '), kNow);
  EXPECT_EQ(presenter.session.closing(), CloseCode::kTooBig) << "nobody is staff before hello";
  AtDesk staff(desk, Role::kPresenter);
  staff.session.OnText(std::string(limits::kStaffMessageBytes, ' '), kNow);
  EXPECT_FALSE(staff.session.closing().has_value());
  staff.session.OnText(std::string(limits::kStaffMessageBytes + 1, ' '), kNow);
  EXPECT_EQ(staff.session.closing(), CloseCode::kTooBig);
}

TEST(Session, AttendeesActAsPersonsOfTheSeries) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  client.Send(Choose(1, "end"));
  ASSERT_EQ(desk.published.size(), 1u);
  const Event& event = desk.published[0].event;
  EXPECT_EQ(event.series, "confidence");
  EXPECT_EQ(event.person, PersonOf(desk.key, desk.participant, "confidence"));
  EXPECT_TRUE(event.actor.token.IsZero()) << "a token would link activities";
  EXPECT_EQ(event.time, kNow);
  EXPECT_EQ(event.id, IdOf(1));
}

TEST(Session, StaffActByTheirToken) {
  Desk desk;
  AtDesk client(desk, Role::kPresenter);
  client.Send({IdOf(1), "ideas", 0, 0, ActivityAdvanced{{}, Phase::kVoting}});
  ASSERT_EQ(desk.published.size(), 1u);
  const Event& event = desk.published[0].event;
  EXPECT_FALSE(event.person.has_value());
  EXPECT_EQ(event.actor.role, Role::kPresenter);
  EXPECT_EQ(event.actor.epoch, 2u);
  EXPECT_EQ(event.actor.token, client.session.claims()->id);
}

TEST(Session, TextsAreCleanedCappedAndKeptOutOfTheEvent) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  client.Send(
      {IdOf(1), "ideas", 1, 0, AddItem{{"  an \u202Eidea that is far too long for this  "}, 0, 0}});
  ASSERT_EQ(desk.published.size(), 1u);
  EXPECT_EQ(desk.published[0].text, "an idea that is far");
  EXPECT_EQ(EncodeEvent(desk.published[0].event).find("idea that"), std::string::npos);
  client.Send({IdOf(2), "ideas", 1, 0, AddItem{{" \u202E "}, 0, 0}});
  EXPECT_EQ(client.OnlyError(), "bad-message");
  client.Send({IdOf(3), "ideas", 1, 0, AddItem{{""}, 17, 0}});
  ASSERT_EQ(desk.published.size(), 2u);
  EXPECT_FALSE(desk.published[1].text.has_value()) << "a number of the paper deck has no text";
}

}  // namespace
}  // namespace plenum
