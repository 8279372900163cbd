// Which attributes an event of each type has, inside schema: one table for writing and reading.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "schema/event.h"

namespace plenum {

struct EventShape {
  std::string_view type;  // the full name
  bool activity = false;  // concerns one activity: then it is always named
  // May be there:
  bool generation = false;
  bool person = false;  // and series
  bool seq = false;
  bool directory = false;  // stands in the directory's log; its room is the one that speaks
};

// By the index in Payload.
const EventShape& ShapeOf(size_t payload_index);
std::optional<size_t> FindEventType(std::string_view type);

}  // namespace plenum
