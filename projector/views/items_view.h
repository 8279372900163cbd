// Items as screens show them: topics, questions, ideas, notes.
#pragma once

#include "projector/fold/state.h"
#include "projector/views/view_builder.h"
#include "schema/json.h"

namespace plenum {

// Of what people write, and nobody judges, the stage shows the newest: it goes to every phone.
inline constexpr int kStageContributions = 300;

// `"items":[…]`: what everybody may see now; nothing if that is none. `"more_items":N` says how
// many older contributions are left out.
void WriteStageItems(json::Writer& writer, const ViewContext& context, const Activity& activity);

// `"items":[…]` and `"waiting":N` for those who moderate and merge: with what is not shown, and
// why. What waits for approval comes first.
void WriteConsoleItems(json::Writer& writer, const ViewContext& context, const Activity& activity);

}  // namespace plenum
