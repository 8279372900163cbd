// Which score a card gets from whoever comes to hold it: the topics end on top, in their order,
// whatever the deal, and whichever scores of the other cards are missing.
#include <gtest/gtest.h>

#include <numeric>

#include "gateway/rehearse/card_scores.h"

namespace plenum::rehearse {
namespace {

ActivitySpec Deck() {
  ActivitySpec spec;
  spec.id = "ideas";
  spec.collect = Collect{};
  spec.ballot = ScaleBallot{};
  spec.deal = Deal{};
  return spec;
}

const std::vector<std::string> kTopics = {"a", "b", "c", "d", "e", "f", "g", "h"};

TEST(RehearseCardScores, TopicsGetDistinctTotalsInOrder) {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    CardScores scores(Deck(), kTopics, Random(seed));
    for (size_t topic = 0; topic < kTopics.size(); ++topic) {
      int32_t total = 0;
      for (uint32_t who = 0; who < 5; ++who) {
        int32_t score = scores.ScoreOf(who, "card" + kTopics[topic], kTopics[topic]);
        EXPECT_TRUE(score >= 1 && score <= 5) << score;
        total += score;
      }
      EXPECT_EQ(total, 25 - static_cast<int32_t>(topic));
    }
  }
}

TEST(RehearseCardScores, OtherCardsStayBelowEvenWhenScoresAreMissing) {
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    CardScores scores(Deck(), kTopics, Random(seed));
    int32_t sum = 0;
    for (int32_t given = 1; given <= 5; ++given) {
      sum += scores.ScoreOf(static_cast<uint32_t>(given), "other", "another idea");
      if (given < 3) continue;
      EXPECT_LT(5 * sum, 18 * given) << seed;
    }
  }
}

TEST(RehearseCardScores, AskedAgainTheScoreIsTheSame) {
  CardScores scores(Deck(), kTopics, Random(1));
  int32_t first = scores.ScoreOf(7, "card", "c");
  scores.ScoreOf(8, "card", "c");
  EXPECT_EQ(scores.ScoreOf(7, "card", "c"), first);
}

TEST(RehearseCardScores, WhatIsGivenBackIsGivenByAnother) {
  CardScores scores(Deck(), kTopics, Random(1));
  for (uint32_t who = 0; who < 5; ++who) scores.ScoreOf(who, "card", "h");
  scores.GiveBack(2, "card");
  int32_t total = 0;
  for (uint32_t who : {0u, 1u, 3u, 4u, 9u}) total += scores.ScoreOf(who, "card", "h");
  EXPECT_EQ(total, 18);
}

// Where others vote in browsers: whoever scores in a round gives what is planned for it.
TEST(RehearseCardScores, OfTheRoundTheSumIsRightWhoeverGivesThem) {
  for (uint64_t seed = 1; seed <= 50; ++seed) {
    CardScores scores(Deck(), kTopics, Random(seed), CardScores::Order::kOfTheRound);
    const std::vector<int32_t> others = scores.Planned("h");
    ASSERT_EQ(others.size(), 5u);
    int32_t total = others[1] + others[4];  // those do not come from here
    for (uint32_t round : {3u, 1u, 4u}) total += scores.ScoreOf(round, "card", "h", round);
    EXPECT_EQ(total, 18) << seed;
    EXPECT_EQ(scores.Planned("h"), others);
  }
}

}  // namespace
}  // namespace plenum::rehearse
