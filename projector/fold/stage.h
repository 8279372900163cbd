// What a presenter may do next with an activity: the same rules by which the fold decides.
#pragma once

#include <vector>

#include "projector/fold/state.h"

namespace plenum {

// The phases that an activity.advanced event could move the activity to now, in the order of Phase.
// A swap is among them only if it could be dealt, and an opening only if what it carries over is
// there.
std::vector<Phase> LegalSteps(const RoomState& state, const Activity& activity);

}  // namespace plenum
