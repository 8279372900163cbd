// What the record does not show, though it is not erased: it says so, and why, in its place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "projector/fold/state.h"
#include "projector/record/record.h"
#include "projector/record/say.h"

namespace plenum {

class Redactions {
 public:
  Redactions(const RoomState& state, const Say& say);

  // What stands for the item; nullopt: it is shown. `texts` are its keys in the vault: a text that
  // was carried on is redacted wherever it stands.
  std::optional<std::string> Of(const ActivityId& activity, const ItemId& item,
                                const std::vector<EventId>& texts) const;
  // Puts that into all rows of the section.
  void Apply(RecordSection& section) const;
  bool empty() const { return items_.empty(); }

 private:
  void ApplyTo(const ActivityId& activity, RecordTable& table) const;

  std::map<std::pair<ActivityId, ItemId>, std::string> items_;
  std::map<EventId, std::string> texts_;
};

// "it tells about a person"
std::string ReasonWords(const Say& say, Redaction reason);
// The version of the record from which on a redaction of that log entry stands.
uint32_t VersionFrom(const RoomState& state, uint64_t index);

}  // namespace plenum
