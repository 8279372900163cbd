// Results by group as screens show them.
#pragma once

#include "projector/views/view_builder.h"
#include "schema/json.h"

namespace plenum {

// `"by_group":{…}`, if the result is public and there is a split of it that may be shown
// (groups.h); otherwise nothing.
void WriteByGroupIfPublic(json::Writer& writer, const ViewContext& context,
                          const Activity& activity);

}  // namespace plenum
