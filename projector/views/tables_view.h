// People at tables, as screens show them.
#pragma once

#include "projector/fold/state.h"
#include "projector/views/view_builder.h"
#include "schema/json.h"

namespace plenum {

// `"tables":[…]`: number, topic, places, and how many sit there in this round; nothing without
// seats.
void WriteTables(json::Writer& writer, const ViewContext& context, const Activity& activity);
// `"table":{…}`: where one person sits now, where next, and the table that they host.
void WriteOwnTable(json::Writer& writer, const Activity& activity, const PersonId& person);

}  // namespace plenum
