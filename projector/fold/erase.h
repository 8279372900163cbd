// What goes when a text is erased: for the fold, and for whoever takes it out of the vault.
#pragma once

#include <vector>

#include "projector/fold/state.h"

namespace plenum {

// The texts that an item has and had, and those of every item that shares one of them, wherever it
// was carried to and whatever it was reworded to there. Empty for items without a text.
std::vector<EventId> TextsToErase(const RoomState& state, const Item& item);

// Whether one of the item's texts, of now or before, is among these.
bool HasTextOf(const Item& item, const std::vector<EventId>& texts);

}  // namespace plenum
