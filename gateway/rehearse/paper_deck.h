// PaperDeck: the real cards of a paper deck, as they lie in people's hands. The server deals
// nothing there: the room mills, and at each bell everybody holds some card; here a simulated room
// does.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "gateway/rehearse/random.h"

namespace plenum::rehearse {

class PaperDeck {
 public:
  // `cards`: who wrote each, card number n at n - 1. A card has `rounds` scores when it is full.
  PaperDeck(std::vector<uint32_t> cards, uint32_t rounds, Random random);

  // The number of the card that `who` holds at the bell of this round: never their own, nor one
  // that they have scored; nullopt if their hands are empty.
  std::optional<uint32_t> InHand(uint32_t who, uint32_t round);
  // What they wrote themselves, as a slip of the pen has it; nullopt if nothing.
  std::optional<uint32_t> Own(uint32_t who) const;
  void Scored(uint32_t who, uint32_t number) { scored_.insert({who, number}); }

 private:
  using Hands = std::map<uint32_t, uint32_t>;  // card by holder

  Hands Mill(uint32_t round);
  bool MayHold(uint32_t who, uint32_t number) const;
  uint32_t ScoresOf(uint32_t number) const;

  const std::vector<uint32_t> cards_;
  const uint32_t rounds_;
  Random random_;
  std::vector<uint32_t> holders_;                   // whoever wrote one
  std::set<std::pair<uint32_t, uint32_t>> scored_;  // who, which card
  std::map<uint32_t, Hands> hands_;                 // by round
};

}  // namespace plenum::rehearse
