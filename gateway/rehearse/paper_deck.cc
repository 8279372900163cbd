#include "gateway/rehearse/paper_deck.h"

#include <algorithm>

namespace plenum::rehearse {

PaperDeck::PaperDeck(std::vector<uint32_t> cards, uint32_t rounds, Random random)
    : cards_(std::move(cards)), rounds_(rounds), random_(random) {
  const std::set<uint32_t> writers(cards_.begin(), cards_.end());
  holders_.assign(writers.begin(), writers.end());
}

std::optional<uint32_t> PaperDeck::InHand(uint32_t who, uint32_t round) {
  auto hands = hands_.find(round);
  if (hands == hands_.end()) hands = hands_.emplace(round, Mill(round)).first;
  auto hand = hands->second.find(who);
  if (hand == hands->second.end()) return std::nullopt;
  return hand->second;
}

std::optional<uint32_t> PaperDeck::Own(uint32_t who) const {
  auto card = std::ranges::find(cards_, who);
  if (card == cards_.end()) return std::nullopt;
  return static_cast<uint32_t>(card - cards_.begin()) + 1;
}

uint32_t PaperDeck::ScoresOf(uint32_t number) const {
  return static_cast<uint32_t>(
      std::ranges::count(scored_, number, [](const auto& one) { return one.second; }));
}

bool PaperDeck::MayHold(uint32_t who, uint32_t number) const {
  return cards_[number - 1] != who && !scored_.contains({who, number});
}

// In a round of the sheet the cards go round by some steps; in a make-up round those that lack
// scores go to whoever may still give one.
PaperDeck::Hands PaperDeck::Mill(uint32_t round) {
  Hands hands;
  const auto cards = static_cast<uint32_t>(cards_.size());
  if (round <= rounds_ && holders_.size() > rounds_) {
    for (uint32_t i = 0; i < cards && i < holders_.size(); ++i) {
      const uint32_t number = (i + round) % cards + 1;
      if (MayHold(cards_[i], number)) hands.try_emplace(cards_[i], number);
    }
    return hands;
  }
  std::vector<uint32_t> free = holders_;
  random_.Shuffle(free);
  for (uint32_t number = 1; number <= cards; ++number) {
    if (ScoresOf(number) >= rounds_) continue;
    auto holder = std::ranges::find_if(free, [&](uint32_t who) { return MayHold(who, number); });
    if (holder == free.end()) continue;
    hands.emplace(*holder, number);
    free.erase(holder);
  }
  return hands;
}

}  // namespace plenum::rehearse
