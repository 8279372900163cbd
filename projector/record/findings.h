// Findings: what an activity came to, as figures and a table. A new kind of result is one more
// overload in findings.cc; no writer changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projector/fold/state.h"
#include "projector/record/record.h"
#include "projector/views/view_builder.h"

namespace plenum {

struct FindingsContext {
  const RoomId& room;
  const RoomState& state;
  const Activity& activity;
  TextSource& texts;
  std::string_view language;
  std::string_view no_text;
  uint64_t index = 0;   // of the entry after which the result stood so
  bool compare = true;  // with the earlier poll of the series
};

// Fills figures, table, notes, comparison, headline and late_effect of the section.
// REQUIRES: everybody may see the activity's totals.
void AddFindings(const FindingsContext& context, RecordSection& section);

// "Scale poll".
std::string MethodOf(const Activity& activity);
// How it went, in one sentence, from the settings.
std::string RulesOf(const Activity& activity, std::string_view language);
// Who is known again where.
std::string PrivacyOf(const RoomState& state, const Activity& activity, std::string_view language);

// Whether those who came too late could have changed the order (or the mean): an upper bound.
// Empty if nobody was late.
std::string LateEffect(const Activity& activity);

}  // namespace plenum
