// What the table planner is asked when a round at the tables opens, and its answer as an event.
#pragma once

#include "projector/fold/state.h"
#include "schema/event.h"

namespace plenum {

// The plan that the activity asks for, of the people who are in it now: their wishes are their
// ballot, their past is where they really were. The same on every node that has folded as much; the
// lot is drawn from the room and the index of the asking event, so that anybody can draw it again.
// REQUIRES: seats.plan_asked is not 0.
SeatsPlanned PlanSeats(const RoomId& room, const Activity& activity);

}  // namespace plenum
