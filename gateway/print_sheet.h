// What can be printed of a room, from its state: before the day, from what the run sheet says.
#pragma once

#include <string>

#include "gateway/print/print_pack.h"
#include "projector/views/view_builder.h"

namespace plenum {

// `base` as in PrintSheet. On the projector's thread.
PrintSheet MakePrintSheet(const ViewContext& context, std::string base, bool codes_only);

}  // namespace plenum
