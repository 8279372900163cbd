// The client's protocol: what it sends on which connection, and what it keeps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "gateway/rehearse/client.h"

namespace plenum::rehearse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

// Time that passes when the test says so.
class ManualLoop : public Loop {
 public:
  TimePoint Now() const override { return now_; }
  void After(Duration wait, std::function<void()> then) override {
    timers_.emplace(now_ + wait, std::move(then));
  }
  void Advance(Duration by) {
    const TimePoint end = now_ + by;
    while (!timers_.empty() && timers_.begin()->first <= end) {
      auto timer = timers_.extract(timers_.begin());
      now_ = timer.key();
      timer.mapped()();
    }
    now_ = end;
  }

 private:
  TimePoint now_{};
  std::multimap<TimePoint, std::function<void()>> timers_;
};

// A wire on which the test is the server.
struct Wire {
  LinkEvents* events = nullptr;
  int opened = 0;
  std::vector<Command> received;  // on this connection

  std::vector<std::string> Types() const {
    std::vector<std::string> types;
    for (const Command& command : received) {
      types.push_back(std::holds_alternative<Hello>(command.request)        ? "hello"
                      : std::holds_alternative<BallotCast>(command.request) ? "ballot"
                                                                            : "other");
    }
    return types;
  }
  void Say(const Message& message) { events->OnText(EncodeMessage(message)); }
  void Accept() {
    events->OnOpen();
    Say(Welcome{Role::kAttendee, {}, 0});
  }
  void AcceptAs(uint64_t epoch, std::optional<uint64_t> kept = {}) {
    events->OnOpen();
    Say(Welcome{Role::kAttendee, {}, 0, epoch, "proof of " + std::to_string(epoch), kept});
  }
};

class WireLink : public Link {
 public:
  explicit WireLink(Wire& wire) : wire_(wire) {}
  void Open(LinkEvents& events) override {
    wire_.events = &events;
    wire_.received.clear();
    ++wire_.opened;
  }
  void Send(std::string text) override {
    auto command = ParseCommand(text);
    ASSERT_TRUE(command) << text;
    wire_.received.push_back(*command);
  }
  void Drop() override { wire_.events = nullptr; }
  void Close() override { wire_.events = nullptr; }

 private:
  Wire& wire_;
};

class Sink : public ClientSink {
 public:
  void OnStage(const StageView& view) override { versions.push_back(view.version); }
  void OnDone(const Command&, const Outcome* outcome) override {
    done.push_back(outcome == nullptr ? "refused" : std::string(OutcomeName(outcome->code)));
  }
  void OnDoneAgain(const Command& command, const Outcome* outcome) override {
    OnDone(command, outcome);
    done.back() += " again";
  }
  std::vector<uint64_t> versions;
  std::vector<std::string> done;
};

class RehearseClient : public testing::Test {
 protected:
  RehearseClient() { client_.Connect(); }

  EventId Vote(uint32_t times = 1) {
    Command command;
    command.activity = "poll";
    command.generation = 1;
    command.seq = ++seq_;
    command.request = BallotCast{ScaleCast{4}};
    return client_.Say(command, times);
  }
  void Counted(const EventId& id, uint64_t index = 9) {
    wire_.Say(Answer{id, {OutcomeCode::kCounted, Reason::kNone, index, 0}, ""});
  }
  void LoseAndComeBack() {
    Lose();
    loop_.Advance(seconds(5));
  }
  void Lose(uint16_t code = 0) { wire_.events->OnClosed(code); }
  void Stage(uint64_t version) { wire_.Say(ViewMessage{Topic::kStage, version, "{}"}); }

  ManualLoop loop_;
  History history_;
  Shared shared_{loop_, Pace(0, 10), history_, {}, {}};
  Wire wire_;
  Sink sink_;
  uint32_t seq_ = 0;
  Client client_{shared_, std::make_unique<WireLink>(wire_), 3, "v1.token", Random(1), sink_};
};

TEST_F(RehearseClient, SaysHelloFirstAndCommandsOnlyWhenWelcome) {
  Vote();
  wire_.events->OnOpen();
  EXPECT_THAT(wire_.Types(), ElementsAre("hello"));
  wire_.Say(Welcome{Role::kAttendee, {}, 0});
  EXPECT_THAT(wire_.Types(), ElementsAre("hello", "ballot"));
}

TEST_F(RehearseClient, SendsWhatHasNoOutcomeAgainWithTheSameIds) {
  wire_.Accept();
  const EventId counted = Vote();
  const EventId recorded = Vote();
  const EventId unheard = Vote();
  Counted(counted);
  wire_.Say(Recorded{recorded, 17});
  Lose();
  loop_.Advance(seconds(5));
  ASSERT_EQ(wire_.opened, 2);
  wire_.Accept();
  ASSERT_THAT(wire_.Types(), ElementsAre("hello", "ballot", "ballot"));
  EXPECT_EQ(wire_.received[1].id, recorded);
  EXPECT_EQ(wire_.received[2].id, unheard);
  EXPECT_EQ(history_.reconnects(), 1u);
  EXPECT_EQ(history_.Find(recorded)->times, 2u);
  EXPECT_EQ(history_.Find(counted)->times, 1u);
  EXPECT_EQ(client_.unanswered(), 2u);
}

TEST_F(RehearseClient, ComesBackWithinAMinuteHoweverOftenItFails) {
  wire_.Accept();
  for (int i = 0; i < 30; ++i) {
    int opened = wire_.opened;
    Lose();
    loop_.Advance(seconds(2));
    EXPECT_EQ(wire_.opened, opened + 1);
  }
}

TEST_F(RehearseClient, StaysAwayWhenSentAwayForGood) {
  wire_.Accept();
  Lose(static_cast<uint16_t>(CloseCode::kPolicy));
  loop_.Advance(seconds(60));
  EXPECT_EQ(wire_.opened, 1);
  EXPECT_TRUE(client_.gone());
  EXPECT_EQ(shared_.failures.size(), 1u);
}

TEST_F(RehearseClient, SilenceIsADeadConnection) {
  wire_.Accept();
  loop_.Advance(seconds(20));
  wire_.Say(Beat{0});
  loop_.Advance(seconds(20));
  EXPECT_EQ(wire_.opened, 1);
  loop_.Advance(seconds(20));
  EXPECT_EQ(wire_.opened, 2);
}

TEST_F(RehearseClient, ABusyServerIsAskedAgainWithTheSameId) {
  wire_.Accept();
  const EventId id = Vote();
  wire_.Say(ErrorMessage{id, "busy", "Too much at once.", 500});
  loop_.Advance(milliseconds(499));
  EXPECT_EQ(wire_.received.size(), 2u);
  loop_.Advance(milliseconds(600));
  ASSERT_EQ(wire_.received.size(), 3u);
  EXPECT_EQ(wire_.received[2].id, id);
  EXPECT_THAT(sink_.done, testing::IsEmpty());
  Counted(id);
  EXPECT_THAT(sink_.done, ElementsAre("counted"));
}

TEST_F(RehearseClient, AnErrorWithoutRetryEndsTheCommand) {
  wire_.Accept();
  const EventId id = Vote();
  wire_.Say(ErrorMessage{id, "bad-message", "No.", 0});
  EXPECT_THAT(sink_.done, ElementsAre("refused"));
  EXPECT_EQ(history_.Find(id)->refused, "bad-message");
  EXPECT_EQ(client_.unanswered(), 0u);
}

TEST_F(RehearseClient, PressedTwiceIsTheSameCommandTwiceAndOneAnswer) {
  wire_.Accept();
  const EventId id = Vote(2);
  ASSERT_THAT(wire_.Types(), ElementsAre("hello", "ballot", "ballot"));
  EXPECT_EQ(wire_.received[1].id, wire_.received[2].id);
  Counted(id);
  wire_.Say(Answer{id, {OutcomeCode::kDuplicate, Reason::kNone, 10, 9}, ""});
  EXPECT_THAT(sink_.done, ElementsAre("counted"));
  EXPECT_EQ(history_.Find(id)->outcome->code, OutcomeCode::kCounted);
  EXPECT_THAT(history_.contradictions(), testing::IsEmpty());
}

TEST_F(RehearseClient, CountedTwiceIsNoticed) {
  wire_.Accept();
  const EventId id = Vote();
  Counted(id);
  wire_.Say(Answer{id, {OutcomeCode::kCounted, Reason::kNone, 12, 0}, ""});
  EXPECT_EQ(history_.contradictions().size(), 1u);
}

TEST_F(RehearseClient, AnOlderViewIsDroppedAndTheNewestIsNamedInTheNextHello) {
  wire_.Accept();
  Stage(5);
  Stage(7);
  Stage(5);  // from the cache
  Stage(6);
  Stage(7);
  EXPECT_THAT(sink_.versions, ElementsAre(5, 7, 7));
  Lose();
  loop_.Advance(seconds(5));
  wire_.Accept();
  EXPECT_EQ(std::get<Hello>(wire_.received[0].request).version, 7u);
}

TEST_F(RehearseClient, OffersACopyWhatItLacksInTheOrderThatItHad) {
  wire_.AcceptAs(1);
  const EventId kept = Vote(), lost = Vote(), also_lost = Vote(), unheard = Vote();
  Counted(kept, 9);
  Counted(also_lost, 12);
  Counted(lost, 10);
  Stage(12);
  LoseAndComeBack();
  const EventId said_meanwhile = Vote();
  wire_.AcceptAs(7, 10);
  EXPECT_EQ(std::get<Hello>(wire_.received[0].request).epoch, 1u);
  EXPECT_EQ(std::get<Hello>(wire_.received[0].request).proof, "proof of 1");
  ASSERT_EQ(wire_.received.size(), 5u);
  EXPECT_EQ(wire_.received[1].id, lost);
  EXPECT_EQ(wire_.received[1].again, 10u);
  EXPECT_EQ(wire_.received[2].id, also_lost);
  EXPECT_EQ(wire_.received[2].again, 12u);
  EXPECT_EQ(wire_.received[3].id, unheard);
  EXPECT_EQ(wire_.received[3].again, 12u) << "after all that it had seen";
  EXPECT_EQ(wire_.received[4].id, said_meanwhile);
  EXPECT_EQ(wire_.received[4].again, std::nullopt);

  EXPECT_TRUE(history_.Find(kept)->outcome);
  EXPECT_FALSE(history_.Find(lost)->outcome) << "what was said of it holds no more";
  EXPECT_TRUE(history_.Find(lost)->Acknowledged()) << "but it must be there in the end";
  Counted(lost, 11);
  EXPECT_EQ(history_.Find(lost)->outcome->index, 11u);
  EXPECT_THAT(history_.contradictions(), testing::IsEmpty());
  EXPECT_THAT(sink_.done, ElementsAre("counted", "counted", "counted", "counted again"));
}

TEST_F(RehearseClient, WhatWasOfferedIsKeptOverAnotherLossAndAnotherTakeOver) {
  wire_.AcceptAs(1);
  const EventId id = Vote();
  Counted(id, 9);
  LoseAndComeBack();
  wire_.AcceptAs(7, 9);
  LoseAndComeBack();
  wire_.AcceptAs(7);
  ASSERT_EQ(wire_.received.size(), 2u) << "it has no answer yet";
  EXPECT_EQ(wire_.received[1].again, 9u);
  Counted(id, 20);
  LoseAndComeBack();
  wire_.AcceptAs(8, 20);
  ASSERT_EQ(wire_.received.size(), 2u);
  EXPECT_EQ(wire_.received[1].again, 20u);
}

TEST_F(RehearseClient, SaysNothingToAServerThatWasReplaced) {
  wire_.AcceptAs(7);
  Vote();
  LoseAndComeBack();
  wire_.AcceptAs(1);
  EXPECT_THAT(wire_.Types(), ElementsAre("hello"));
  EXPECT_FALSE(client_.ready());
  loop_.Advance(seconds(5));
  wire_.AcceptAs(7);
  EXPECT_THAT(wire_.Types(), ElementsAre("hello", "ballot"));
}

TEST_F(RehearseClient, AfterATakeOverViewsBeginAnew) {
  wire_.AcceptAs(1);
  Stage(12);
  LoseAndComeBack();
  wire_.AcceptAs(7, 10);
  Stage(11);
  EXPECT_THAT(sink_.versions, ElementsAre(12, 11));
}

TEST_F(RehearseClient, WhatIsNotOfTheWiresFormIsCounted) {
  wire_.Accept();
  wire_.events->OnText("{\"type\":\"no such message\"}");
  wire_.events->OnText("garbage");
  EXPECT_EQ(shared_.bad_messages, 2u);
}

}  // namespace
}  // namespace plenum::rehearse
