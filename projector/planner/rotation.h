// The classical rotation: people in rows, one at each table, and each row moves on by its own
// number of tables in each round. For rounds planned from the beginning, without wishes, at even
// tables.
#pragma once

#include "projector/fold/draw.h"
#include "projector/planner/planner.h"
#include "projector/planner/schedule.h"

namespace plenum::planner {

// Whether a rotation keeps all rules of places.
bool CanRotate(const PlanRequest& request, const Schedule& schedule);

// REQUIRES: CanRotate, and nobody but hosts sits anywhere.
void Rotate(Schedule& schedule, Draw& draw);

}  // namespace plenum::planner
