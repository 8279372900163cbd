// Cards on paper: what the simulated room holds at each bell is what a real room might hold.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "gateway/rehearse/paper_deck.h"

namespace plenum::rehearse {
namespace {

std::vector<uint32_t> OneEach(uint32_t people) {
  std::vector<uint32_t> cards;
  for (uint32_t who = 0; who < people; ++who) cards.push_back(who);
  return cards;
}

// Everybody scores what they hold; how often each card was scored.
std::map<uint32_t, uint32_t> Play(PaperDeck& deck, const std::vector<uint32_t>& cards,
                                  uint32_t rounds, uint32_t silent_every = 0) {
  std::map<uint32_t, uint32_t> scores;
  for (uint32_t round = 1; round <= rounds; ++round) {
    std::set<uint32_t> in_hands;
    for (uint32_t who : std::set<uint32_t>(cards.begin(), cards.end())) {
      const auto number = deck.InHand(who, round);
      EXPECT_EQ(number, deck.InHand(who, round)) << "the same when looked at again";
      if (!number) continue;
      EXPECT_NE(cards.at(*number - 1), who) << "their own card";
      EXPECT_TRUE(in_hands.insert(*number).second) << "one card in two hands";
      if (silent_every != 0 && (who * 3 + round * 5) % silent_every == 0) continue;
      deck.Scored(who, *number);
      ++scores[*number];
    }
  }
  return scores;
}

TEST(RehearsePaperDeck, EveryCardGetsAScoreInEveryRound) {
  for (uint32_t people : {6u, 7u, 20u, 180u}) {
    const std::vector<uint32_t> cards = OneEach(people);
    PaperDeck deck(cards, 5, Random(people));
    for (const auto& [number, scores] : Play(deck, cards, 5)) EXPECT_EQ(scores, 5u) << number;
  }
}

TEST(RehearsePaperDeck, MakeUpRoundsFillWhatSilentPeopleLeft) {
  const std::vector<uint32_t> cards = OneEach(30);
  PaperDeck deck(cards, 5, Random(3));
  const auto before = Play(deck, cards, 5, 7);
  EXPECT_TRUE(std::ranges::any_of(before, [](const auto& card) { return card.second < 5; }));
  std::map<uint32_t, uint32_t> scores = before;
  for (uint32_t round = 6; round < 16; ++round) {
    for (uint32_t who : cards) {
      const auto number = deck.InHand(who, round);
      if (!number) continue;
      EXPECT_LT(scores[*number], 5u) << "a full card goes round no more";
      deck.Scored(who, *number);
      ++scores[*number];
    }
  }
  EXPECT_EQ(scores.size(), 30u);
  for (const auto& [number, count] : scores) EXPECT_EQ(count, 5u) << number;
}

TEST(RehearsePaperDeck, SomebodyWithTwoCardsScoresNeither) {
  const std::vector<uint32_t> cards = {0, 0, 1, 2, 3, 4, 5};
  PaperDeck deck(cards, 3, Random(9));
  Play(deck, cards, 8);
  EXPECT_EQ(deck.Own(0), 1u);
  EXPECT_EQ(deck.Own(9), std::nullopt);
}

}  // namespace
}  // namespace plenum::rehearse
