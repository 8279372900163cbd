// ExportedLog: the room's events as exported, as far as the rehearsal has to know them: the ids in
// the order of the room, and what nodes said of who sits where.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/event.h"

namespace plenum::rehearse {

struct ExportedPlan {
  uint64_t index = 0;  // where it stands
  ActivityId activity;
  SeatsPlanned plan;
};

class ExportedLog {
 public:
  // One event, a line of the export; false if it is none.
  bool Add(std::string_view line);
  uint64_t size() const { return ids_.size(); }
  const std::vector<EventId>& ids() const { return ids_; }
  // Indexes at which the id stands, in order.
  const std::vector<uint64_t>& PlacesOf(const EventId& id) const;
  const std::vector<ExportedPlan>& plans() const { return plans_; }

 private:
  std::vector<EventId> ids_;
  std::unordered_map<EventId, std::vector<uint64_t>> places_;
  std::vector<ExportedPlan> plans_;
};

}  // namespace plenum::rehearse
