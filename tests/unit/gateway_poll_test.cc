// Conversations by polling: the hub's sessions, answered when there is something to say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/poll_desk.h"
#include "schema/json.h"
#include "tests/unit/gateway_hub_kit.h"

namespace plenum::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// What came of one poll, once something did.
struct Answered {
  int status = 0;  // 0: it waits
  std::string body;
  std::string poll;
  std::vector<std::string> types;  // of the messages; with the topic of views
  int64_t closed = 0;
  std::string reason;
};

void Read(HttpAnswer answer, Answered& into) {
  into.status = answer.status;
  into.body = answer.body ? *answer.body : "";
  const auto value = json::Parse(into.body);
  ASSERT_TRUE(value) << into.body;
  if (answer.status != 200) return;
  into.poll = *value->Find("poll")->AsString();
  for (const json::Value& message : *value->Find("messages")->AsArray()) {
    std::string type = *message.Find("type")->AsString();
    if (const json::Value* topic = message.Find("topic")) type = *topic->AsString();
    into.types.push_back(std::move(type));
  }
  const json::Value* closed = value->Find("closed");
  if (!closed) return;
  into.closed = *closed->Find("code")->AsInt();
  if (const json::Value* reason = closed->Find("reason")) into.reason = *reason->AsString();
}

class Polling : public ::testing::Test {
 protected:
  using Pending = std::shared_ptr<Answered>;

  Polling() {
    node.Append(node.script.Advance("start", {}, Phase::kVoting));
    node.Settle();
  }

  Pending Raw(const std::string& body) {
    auto pending = std::make_shared<Answered>();
    desk.Handle(body, [pending](HttpAnswer answer) { Read(std::move(answer), *pending); });
    return pending;
  }
  Pending Poll(const std::string& id, const std::vector<Command>& commands = {},
               uint32_t wait_ms = 20'000) {
    std::string body = id.empty() ? "{" : R"({"poll":")" + id + R"(",)";
    body += R"("messages":[)";
    for (size_t i = 0; i < commands.size(); ++i) {
      body += (i == 0 ? "" : ",") + EncodeCommand(commands[i]);
    }
    return Raw(body + R"(],"wait_ms":)" + std::to_string(wait_ms) + "}");
  }
  // All that happens without any time going by.
  void Settle() {
    for (bool moved = true; moved;) {
      node.Settle();
      moved = !soon.empty();
      for (auto& then : std::exchange(soon, {})) then();
    }
  }
  Command HelloOf(Role role, uint32_t participant = 0) {
    return {IdOf(0xee), "", 0, 0, Hello{node.TokenFor(role, participant), 0}};
  }
  Command Vote(uint8_t id, int32_t value, uint32_t seq = 1) {
    return {IdOf(id), "start", 1, seq, BallotCast{ScaleCast{value}}};
  }
  // The name of a new conversation that has heard all there is so far.
  std::string Begin(Role role, uint32_t participant = 0) {
    const Pending first = Poll("", {HelloOf(role, participant)});
    Settle();
    EXPECT_EQ(first->status, 200) << first->body;
    const std::string id = first->poll;
    const Pending rest = Poll(id, {}, 0);
    Settle();
    return id;
  }
  void Tick(TimeMs later) {
    node.Tick(later);
    desk.Tick();
    Settle();
  }

  HubNode node;
  std::vector<std::function<void()>> soon;
  uint8_t ids = 0;
  int polls = 0;
  PollDesk desk{{.hub = node.hub,
                 .clock = [this] { return node.now; },
                 .random = [this](std::span<uint8_t> bytes) { std::ranges::fill(bytes, ++ids); },
                 .soon = [this](std::function<void()> then) { soon.push_back(std::move(then)); },
                 .on_poll = [this] { ++polls; }}};
};

TEST_F(Polling, HelloIsAnsweredWithWelcomeAndTheViews) {
  const Pending first = Poll("", {HelloOf(Role::kAttendee, 1)});
  EXPECT_EQ(first->status, 0) << "what comes together leaves together";
  Settle();
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(first->poll, IdOf(1).Hex());
  EXPECT_THAT(first->types, ElementsAre("welcome", "stage", "person"));
  EXPECT_EQ(first->closed, 0);
  EXPECT_EQ(desk.open(), 1u);
  EXPECT_EQ(polls, 1);
}

TEST_F(Polling, AVoteIsAnsweredInTheSamePoll) {
  const std::string id = Begin(Role::kAttendee, 1);
  const Pending vote = Poll(id, {Vote(1, 4)});
  Settle();
  EXPECT_THAT(vote->types, ElementsAre("recorded", "outcome", "stage", "person"));
  EXPECT_THAT(vote->body, HasSubstr(R"("outcome":"counted")"));
  const Pending again = Poll(id, {Vote(1, 4)});
  Settle();
  EXPECT_THAT(again->body, HasSubstr(R"("outcome":"duplicate")"));
}

TEST_F(Polling, ItWaitsUntilThereIsSomethingToSay) {
  const std::string id = Begin(Role::kDisplay);
  const Pending quiet = Poll(id, {}, 5000);
  Tick(4000);
  EXPECT_EQ(quiet->status, 0);
  Tick(1000);
  EXPECT_EQ(quiet->status, 200);
  EXPECT_THAT(quiet->types, IsEmpty());
  const Pending news = Poll(id);
  node.Append(node.script.Advance("start", {1, Phase::kVoting, 0}, Phase::kClosing));
  Settle();
  EXPECT_THAT(news->types, ElementsAre("stage"));
  const Pending hurried = Poll(id, {}, 0);
  Settle();
  EXPECT_EQ(hurried->status, 200);
  EXPECT_THAT(hurried->types, IsEmpty());
}

TEST_F(Polling, ANewerPollTakesOver) {
  const std::string id = Begin(Role::kAttendee, 1);
  const Pending older = Poll(id);
  const Pending newer = Poll(id, {Vote(1, 4)});
  EXPECT_EQ(older->status, 200) << "at once";
  EXPECT_THAT(older->types, IsEmpty());
  EXPECT_EQ(older->closed, 0);
  Settle();
  EXPECT_THAT(newer->types, ElementsAre("recorded", "outcome", "stage", "person"));
}

TEST_F(Polling, WhatCannotBeReadIsRefusedWithASentence) {
  const std::string id = Begin(Role::kAttendee, 1);
  const size_t connections = node.hub.connections();
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "The text ends where a value is expected"},
      {"[]", "an object"},
      {"{}", "\\\"messages\\\" is missing"},
      {R"({"messages":[]})", "must say hello"},
      {R"({"messages":{}})", "an array"},
      {R"({"poll":"x","messages":[]})", "32 lower-case hex digits"},
      {R"({"poll":")" + id + R"(","messages":[],"wait_ms":25001})", "from 0 to 25000"},
      {R"({"poll":")" + id + R"(","messages":[],"wait":1})", "no member"},
      {R"({"poll":")" + id + R"(","messages":[)" + std::string(5000, '[') + "]}", "."},
  };
  for (const auto& [body, what] : cases) {
    const Pending refused = Raw(body);
    EXPECT_EQ(refused->status, 400) << body;
    EXPECT_THAT(refused->body, HasSubstr(what));
  }
  const Pending gone = Poll(std::string(32, 'f'), {HelloOf(Role::kAttendee, 2)});
  EXPECT_EQ(gone->status, 410);
  EXPECT_EQ(node.hub.connections(), connections);
}

TEST_F(Polling, TheSessionsLimitsHold) {
  const Pending stranger = Raw(R"({"messages":[{"type":"hello","id":")" + IdOf(1).Hex() +
                               R"(","token":"v1.x","version":0}]})");
  Settle();
  EXPECT_THAT(stranger->types, ElementsAre("error"));
  EXPECT_EQ(stranger->closed, 1008);
  EXPECT_EQ(desk.open(), 0u);

  const std::string id = Begin(Role::kAttendee, 1);
  const Pending large = Raw(R"({"poll":")" + id + R"(","messages":[{"type":"ping","x":")" +
                            std::string(limits::kAttendeeMessageBytes, 'x') + R"("}]})");
  Settle();
  EXPECT_EQ(large->closed, 1009);
  EXPECT_EQ(Poll(id)->status, 410);

  const std::string talker = Begin(Role::kAttendee, 2);
  const Command ping{IdOf(3), "", 0, 0, Ping{}};
  Poll(talker, std::vector<Command>(limits::kMessageBurst, ping));
  Settle();
  const Pending flood = Poll(talker, std::vector<Command>(100, ping));
  Settle();
  EXPECT_THAT(flood->body, HasSubstr(R"("code":"busy")"));
}

TEST_F(Polling, TheFirstMessageIsHello) {
  const Pending odd = Raw(R"({"messages":[{"type":"ping","id":")" + IdOf(1).Hex() + R"("}]})");
  Settle();
  EXPECT_THAT(odd->types, ElementsAre("error"));
  EXPECT_EQ(odd->closed, 1008);
  EXPECT_EQ(node.hub.connections(), 0u);
}

TEST_F(Polling, WhoDoesNotPollIsClosed) {
  const std::string id = Begin(Role::kAttendee, 1);
  Tick(limits::kPollSilenceMs - 1000);
  EXPECT_EQ(node.hub.connections(), 1u);
  const Pending waits = Poll(id, {}, limits::kPollWaitMs);
  Settle();
  Tick(limits::kPollSilenceMs - 1000);
  EXPECT_EQ(waits->status, 200) << "a beat, at the latest";
  EXPECT_EQ(desk.open(), 1u) << "from the answer on";
  Tick(limits::kPollSilenceMs);
  EXPECT_EQ(desk.open(), 0u);
  EXPECT_EQ(node.hub.connections(), 0u);
  EXPECT_EQ(Poll(id)->status, 410);
}

TEST_F(Polling, TheEndIsToldWithItsCodeAndItsSentence) {
  const std::string id = Begin(Role::kAttendee, 1);
  const Pending waits = Poll(id);
  auto elsewhere = node.Connect(Role::kAttendee, 1);
  Settle();
  EXPECT_EQ(waits->closed, 4001) << "moved to another connection";

  const std::string presenter = Begin(Role::kPresenter);
  const Pending watching = Poll(presenter);
  node.Append(node.script.Make(Role::kProducer, LinksRevoked{}));
  Settle();
  EXPECT_EQ(watching->closed, 1008);
  EXPECT_EQ(watching->reason, "This link was withdrawn.");
  EXPECT_EQ(desk.open(), 0u);
}

TEST_F(Polling, AStopIsToldToThoseWhoWait) {
  const std::string one = Begin(Role::kAttendee, 1);
  Begin(Role::kAttendee, 2);
  Poll(one, {}, 0);  // hears that somebody else came
  Settle();
  const Pending waits = Poll(one);
  Settle();
  node.hub.EndAll(CloseCode::kGoingAway);
  desk.Stop();
  EXPECT_EQ(desk.open(), 1u);
  Settle();
  EXPECT_EQ(waits->closed, 1001);
  EXPECT_EQ(node.hub.connections(), 0u);
}

}  // namespace
}  // namespace plenum::testing
