// What goes when a text is erased: for the fold, and for whoever takes it out of the vault.
#pragma once

#include <vector>

#include "projector/fold/state.h"

namespace plenum {

// The texts that an item has and had, in this generation and former ones, and those of every item
// that shares one of them, wherever it was carried to and whatever it was reworded to there. Empty
// if there is no such item, or if it has no text.
std::vector<EventId> TextsToErase(const RoomState& state, const Activity& activity,
                                  const ItemId& item);

// Whether one of the item's texts, of now or before, is among these.
bool HasTextOf(const Item& item, const std::vector<EventId>& texts);

}  // namespace plenum
