// Sessions: answers to commands, refusals, resends and limits.
#include <gtest/gtest.h>

#include <set>

#include "tests/unit/gateway_session_kit.h"

namespace plenum {
namespace {

FoldedEvent Folded(uint8_t id) {
  return {{}, IdOf(id), {.code = OutcomeCode::kCounted, .index = 12}, ""};
}

TEST(SessionAnswers, RecordedThenOutcome) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  client.Send(Choose(1));
  EXPECT_TRUE(client.outbox.empty()) << "nothing is promised before it is durable";
  client.session.OnRecorded(IdOf(1), 17);
  auto recorded = client.Only<Recorded>();
  ASSERT_TRUE(recorded.has_value());
  EXPECT_EQ(recorded->id, IdOf(1));
  EXPECT_EQ(recorded->offset, 17u);
  client.session.OnFolded(Folded(1));
  auto answer = client.Only<Answer>();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->outcome.code, OutcomeCode::kCounted);
  EXPECT_EQ(answer->outcome.index, 12u);
}

TEST(SessionAnswers, OutcomeImpliesRecorded) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  client.Send(Choose(1));
  client.session.OnFolded(Folded(1));
  EXPECT_TRUE(client.Only<Answer>().has_value());
  client.session.OnRecorded(IdOf(1), 17);
  client.session.OnFolded(Folded(1));
  EXPECT_TRUE(client.outbox.empty()) << "one answer a command";
}

TEST(SessionAnswers, AResendOnItsWayIsNotPublishedTwice) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  client.Send(Choose(1));
  client.Send(Choose(1));
  EXPECT_EQ(desk.published.size(), 1u);
  client.session.OnFolded(Folded(1));
  client.Send(Choose(1));
  EXPECT_EQ(desk.published.size(), 2u) << "after its outcome the fold is asked again";
}

TEST(SessionAnswers, RefusalsOfTheLog) {
  struct Case {
    LogError error;
    std::string code;
    bool again;
  };
  for (const Case& c :
       {Case{LogError::kBusy, "busy", true}, Case{LogError::kDiskFull, "disk-full", true},
        Case{LogError::kAway, "not-recorded-yet", true},
        Case{LogError::kTooLarge, "too-large", false}, Case{LogError::kFailed, "failed", true}}) {
    Desk desk;
    AtDesk client(desk, Role::kAttendee);
    desk.refusal = c.error;
    client.Send(Choose(1));
    auto error = client.Only<ErrorMessage>();
    ASSERT_TRUE(error.has_value()) << c.code;
    EXPECT_EQ(error->code, c.code);
    EXPECT_EQ(error->id, IdOf(1));
    EXPECT_EQ(error->retry_ms > 0, c.again) << c.code;
    desk.refusal.reset();
    client.Send(Choose(1));
    EXPECT_EQ(desk.published.size(), 1u) << "the same command may be sent again";
    client.session.OnFailed(IdOf(1), c.error);
    EXPECT_EQ(client.OnlyError(), c.code) << "also when the refusal comes later";
  }
}

TEST(SessionAnswers, WhatMayHaveBeenRecordedIsNotCalledRefused) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  client.Send(Choose(1));
  client.session.OnFailed(IdOf(1), LogError::kUnknown);
  EXPECT_EQ(client.OnlyError(), "not-recorded-yet");
  client.Send(Choose(1));
  EXPECT_EQ(desk.published.size(), 2u) << "the same command may be sent again";
}

TEST(SessionAnswers, FormErrorsNameTheirCommand) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  const std::string id = IdOf(1).Hex();
  for (const std::string& text :
       {R"({"id":")" + id + R"(","type":"ballot.cast"})",
        R"({"id":")" + id + R"(","type":"no.such","activity":"ideas"})",
        R"({"id":")" + id +
            R"(","type":"card.pass","activity":"ideas","generation":1,"seq":-1})"}) {
    client.session.OnText(text, kNow);
    auto error = client.Only<ErrorMessage>();
    ASSERT_TRUE(error.has_value()) << text;
    EXPECT_EQ(error->code, "bad-message");
    EXPECT_EQ(error->id, IdOf(1)) << text;
    EXPECT_EQ(error->retry_ms, 0u);
  }
  EXPECT_TRUE(desk.published.empty());
  EXPECT_FALSE(client.session.closing().has_value()) << "a mistake costs nobody their place";
}

TEST(SessionAnswers, UnknownActivities) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  client.Send(Choose(1, "nothing"));
  EXPECT_EQ(client.OnlyError(), "unknown-activity");
  EXPECT_TRUE(desk.published.empty());
}

TEST(SessionAnswers, ADestroyedKeyEndsVoting) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  desk.key.clear();
  client.Send(Choose(1));
  EXPECT_EQ(TakeMessages(client.outbox).size(), 1u);
  EXPECT_TRUE(desk.published.empty());
}

TEST(SessionAnswers, InFlightIsLimited) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  for (size_t i = 1; i <= limits::kInFlight; ++i) client.Send(Choose(static_cast<uint8_t>(i)));
  EXPECT_TRUE(client.outbox.empty());
  client.Send(Choose(200));
  auto error = client.Only<ErrorMessage>();
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, "busy");
  EXPECT_GT(error->retry_ms, 0u);
  EXPECT_EQ(desk.published.size(), limits::kInFlight);
  client.session.OnFolded(Folded(1));
  client.Send(Choose(200));
  EXPECT_EQ(desk.published.size(), limits::kInFlight + 1);
}

TEST(SessionAnswers, WhoDoesNotReadIsEnded) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  for (int i = 0; i < 100'000 && !client.session.closing(); ++i) {
    client.Send({IdOf(1), "", 0, 0, Ping{}}, kNow + i * 20);
  }
  EXPECT_EQ(client.session.closing(), CloseCode::kSlow);
  EXPECT_LE(client.outbox.bytes(), limits::kOutboxBytes);
}

TEST(SessionAnswers, WhoSaysTooMuchIsPutOff) {
  Desk desk;
  AtDesk client(desk, Role::kAttendee);
  for (int i = 0; i < limits::kMessageBurst; ++i) {
    client.Send({IdOf(1), "", 0, 0, Ping{}});
    ASSERT_TRUE(client.Only<Beat>().has_value()) << i;
  }
  client.Send(Choose(1));
  auto error = client.Only<ErrorMessage>();
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code, "busy");
  EXPECT_GT(error->retry_ms, 0u);
  EXPECT_TRUE(desk.published.empty());
  EXPECT_FALSE(client.session.closing().has_value());
  const TimeMs later = kNow + error->retry_ms;
  for (uint32_t i = 0; i < error->retry_ms * limits::kMessagesPerSecond / 1000; ++i) {
    client.Send({IdOf(1), "", 0, 0, Ping{}}, later);
    ASSERT_TRUE(client.Only<Beat>().has_value()) << i;
  }
  client.Send(Choose(1), later);
  EXPECT_EQ(client.OnlyError(), "busy") << "no more than the rate allows";
}

TEST(SessionAnswers, NoViewBeforeTheWelcome) {
  Desk desk;
  desk.loaded = false;
  AtDesk client(desk);
  client.session.OnView(Topic::kStage, 4, MakeTextFrame("{}"));
  client.Hello(desk.TokenFor(Role::kDisplay));
  client.session.OnView(Topic::kStage, 4, MakeTextFrame("{}"));
  EXPECT_TRUE(client.outbox.empty());
  client.session.OnRoom(desk.info, kNow);
  client.session.OnView(Topic::kStage, 4, MakeTextFrame("{}"));
  EXPECT_EQ(client.outbox.TakeAll().size(), 2u);
}

}  // namespace
}  // namespace plenum
