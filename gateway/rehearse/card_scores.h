// CardScores: which score somebody gives to the card in their hand. Who will hold which card is
// drawn by the room and cannot be known before; so each card gets a list of scores that add up to
// what it shall have, and whoever comes to hold it gives the next of them. Where others vote in
// browsers and nobody here knows what they give, it is the round's score instead: then the sum is
// right if they, too, give what `Planned` says for the round.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gateway/rehearse/random.h"
#include "schema/activity.h"

namespace plenum::rehearse {

class CardScores {
 public:
  enum class Order : uint8_t { kNext, kOfTheRound };

  // `topics`: texts of the cards that shall be on top, in this order, with different totals, all
  // others below. Empty: every score by chance.
  CardScores(const ActivitySpec& spec, std::vector<std::string> topics, Random random,
             Order order = Order::kNext);

  // The score of `who` for this card: the same when asked again.
  int32_t ScoreOf(uint32_t who, const ItemId& card, const std::string& text, uint32_t round = 0);
  // The scores that the card of this text shall get, round by round; empty: any.
  std::vector<int32_t> Planned(const std::string& text) const;
  // It did not count after all: somebody else shall give it.
  void GiveBack(uint32_t who, const ItemId& card);

 private:
  struct Card {
    std::vector<int32_t> ahead;         // scores to come, the next one last
    std::vector<int32_t> of_rounds;     // the first for round 1
    std::map<uint32_t, int32_t> given;  // by who
  };
  int32_t Next(Card& card, uint32_t round);
  std::vector<int32_t> Spread(int64_t total, Random& random) const;
  bool StaysBelow(const std::vector<int32_t>& scores, int64_t total) const;

  const int32_t low_;
  const int32_t high_;
  const uint32_t rounds_;
  const std::vector<std::string> topics_;
  const Order order_;
  const Random plans_;  // forked only: by text
  Random random_;
  std::map<ItemId, Card> cards_;
};

}  // namespace plenum::rehearse
