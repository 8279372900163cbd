// How far copies are behind, what is held for its turn, and the words between a copy and its
// server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/copies.h"
#include "gateway/copy_wire.h"
#include "gateway/offers.h"
#include "tests/unit/schema_validator.h"

namespace plenum {
namespace {

using testing::ElementsAre;

EventId EventOf(uint8_t n) {
  EventId id;
  id.bytes.fill(n);
  return id;
}

TEST(Copies, ACopyIsAsFarBehindAsItsOldestMissingEntryIsOld) {
  Copies copies;
  EXPECT_EQ(copies.State(0), CopyState{});
  copies.Observe(100, 1000);
  copies.Heard("a", 100, 1000);
  EXPECT_EQ(copies.State(1000), (CopyState{1, 0, 0}));
  copies.Observe(110, 2000);
  copies.Observe(150, 2300);
  EXPECT_EQ(copies.State(2350), (CopyState{1, 50, 400})) << "in tenths, never less than it is";
  copies.Heard("a", 110, 2400);
  EXPECT_EQ(copies.List(2400).at(0).behind_ms, 100);
  copies.Heard("a", 150, 2500);
  EXPECT_EQ(copies.State(2500), (CopyState{1, 0, 0}));
}

TEST(Copies, WhoIsSilentIsNotConnectedAndTheNearestCounts) {
  Copies copies;
  copies.Observe(10, 0);
  copies.Heard("far", 0, 0);
  copies.Heard("near", 8, 0);
  EXPECT_EQ(copies.State(100), (CopyState{2, 2, 100}));
  copies.Heard("far", 1, 2900);
  EXPECT_EQ(copies.State(3000).connected, 1u);
  EXPECT_EQ(copies.State(3000).behind, 9u);
  EXPECT_EQ(copies.List(3000).size(), 2u) << "a lost copy is still shown";
  EXPECT_EQ(copies.State(9000).connected, 0u);
}

TEST(Offers, ComeInTheOrderThatTheyHadWhoeverCameFirst) {
  Offers offers;
  const auto offer = [](uint8_t n, uint64_t connection) {
    Offer made;
    made.connection = connection;
    made.event.id = EventOf(n);
    return made;
  };
  EXPECT_TRUE(offers.Hold(30, offer(3, 1)));
  EXPECT_TRUE(offers.Hold(10, offer(1, 2)));
  EXPECT_TRUE(offers.Hold(30, offer(4, 3)));
  EXPECT_TRUE(offers.Hold(20, offer(2, 4)));
  EXPECT_TRUE(offers.Hold(20, offer(1, 9))) << "sent again on a new connection";
  ASSERT_EQ(offers.size(), 4u);
  const auto all = offers.TakeAll();
  std::vector<uint8_t> order;
  for (const Offer& one : all) order.push_back(one.event.id.bytes[0]);
  EXPECT_THAT(order, ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(all.front().connection, 9u);
  EXPECT_EQ(offers.size(), 0u);
}

TEST(CopyWire, ComesThroughAndIsAsTheSchemasSay) {
  const auto check = [](const std::string& definition, const std::string& text) {
    const test::SchemaValidator schema("http.json#/definitions/" + definition);
    EXPECT_EQ(schema.Check(text), "") << text;
  };
  CopyKeys keys{.log = std::string(32, 'a'),
                .epoch = {},
                .keys = {},
                .organiser = "v1.a.b.c",
                .partitions = 2};
  keys.keys.master.fill(7);
  keys.keys.token_keys = {{"k1", std::string(32, '\x80')}};
  TakeOver take_over{.epoch = 1'790'000'000, .at = 5, .rooms = {}};
  take_over.rooms[RoomId{}] = 17;
  keys.epoch = {.epoch = 1'790'000'000, .take_overs = {take_over}};
  const auto read_keys = ParseCopyKeys(Encode(keys));
  ASSERT_TRUE(read_keys) << read_keys.error();
  EXPECT_EQ(read_keys->epoch, keys.epoch);
  EXPECT_EQ(read_keys->keys.master, keys.keys.master);
  EXPECT_EQ(read_keys->keys.token_keys[0].secret, keys.keys.token_keys[0].secret);
  check("copy-keys", Encode(keys));

  NextQuestion question{.copy = "c",
                        .log = "l",
                        .ends = {1, 2},
                        .last = {{}, {}},
                        .feed = "f",
                        .at = 3,
                        .wait_ms = 1000};
  const auto asked = ParseNextQuestion(Encode(question));
  ASSERT_TRUE(asked) << asked.error();
  EXPECT_EQ(asked->ends, question.ends);
  EXPECT_EQ(asked->last, question.last);
  check("copy-next-question", Encode(question));

  NextAnswer answer{.epoch = 1,
                    .ends = {1, 4},
                    .feed = "f",
                    .at = 4,
                    .compare = false,
                    .rows = {{"key", "value"}, {"gone", std::nullopt}, {"empty", ""}},
                    .runs = {{1, {{2, "{\"a\":1}"}, {3, std::string("\0\xff", 2)}}}}};
  const auto said = ParseNextAnswer(Encode(answer));
  ASSERT_TRUE(said) << said.error();
  EXPECT_EQ(said->rows, answer.rows);
  ASSERT_EQ(said->runs.size(), 1u);
  EXPECT_EQ(said->runs[0].entries[1].offset, 3u);
  EXPECT_EQ(said->runs[0].entries[1].bytes, answer.runs[0].entries[1].bytes);
  check("copy-next", Encode(answer));

  const VaultPage page{.to = "next", .digest = {}, .rows = {{"key", "value"}}};
  EXPECT_EQ(ParseVaultPage(Encode(page))->rows, page.rows);
  check("copy-vault", Encode(page));
  check("copy-vault-question", Encode(VaultPageQuestion{"from", true}));
}

TEST(CopyWire, WhatIsWrongIsRefused) {
  EXPECT_FALSE(ParseNextAnswer("{}"));
  EXPECT_FALSE(ParseNextQuestion(R"({"copy":"c"})"));
  EXPECT_FALSE(ParseVaultPage(R"({"to":"!","digest":""})"));
  EXPECT_FALSE(ParseCopyKeys("no"));
  EXPECT_FALSE(ParseVaultPageQuestion(R"({"from":17})"));
}

}  // namespace
}  // namespace plenum
