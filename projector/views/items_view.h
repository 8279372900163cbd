// Items as screens show them: topics, questions, ideas, notes.
#pragma once

#include "projector/fold/state.h"
#include "projector/views/view_builder.h"
#include "schema/json.h"

namespace plenum {

// `"items":[…]`: what everybody may see now; nothing if that is none.
void WriteStageItems(json::Writer& writer, const ViewContext& context, const Activity& activity);

// `"items":[…]` and `"waiting":N` for those who moderate and merge: with what is not shown, and
// why. What waits for approval comes first.
void WriteConsoleItems(json::Writer& writer, const ViewContext& context, const Activity& activity);

}  // namespace plenum
