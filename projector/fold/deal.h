// 25/10: who gets which card, and who swaps with whom, as pure functions over plain numbers.
// Exact definitions: schema/rules.md, Deal and Pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "projector/fold/draw.h"

namespace plenum {

// Cards and people are numbered from 0, in the order of the log.
struct DealTable {
  struct Card {
    uint32_t scores = 0;           // so far
    std::vector<uint32_t> barred;  // people who may not hold it; each once
  };
  std::vector<Card> cards;     // those to be dealt
  std::vector<bool> newcomer;  // one a person: has written no card
};

// The person of each card; nullopt for a card that waits.
std::vector<std::optional<uint32_t>> DealCards(const DealTable& table, Draw& draw);

// Whom to swap with among `others` holders, for whom `legal` says whether both may hold what they
// would get; nullopt after 64 draws without one.
std::optional<size_t> DrawPartner(size_t others, Draw& draw,
                                  const std::function<bool(size_t)>& legal);

}  // namespace plenum
