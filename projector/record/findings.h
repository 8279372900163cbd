// Findings: what an activity came to, as figures and tables. A new kind of result is one more
// overload in findings.cc; no writer changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projector/fold/state.h"
#include "projector/record/item_words.h"
#include "projector/record/record.h"
#include "projector/views/room_groups.h"

namespace plenum {

struct FindingsContext {
  const WordsContext& words;
  const Activity& activity;
  uint64_t index = 0;                  // of the entry after which the result stood so
  bool compare = true;                 // with the earlier poll of the series
  const GroupFrame* groups = nullptr;  // what may be shown of the groups; null: nothing
  const Say& say() const { return words.say; }
};

// Fills figures, tables, notes, comparison, headline and late_effect of the section.
// REQUIRES: everybody may see the activity's totals.
void AddFindings(const FindingsContext& context, RecordSection& section);

// --- parts of it ---
RecordRow RowOf(const FindingsContext& context, const ItemId& id, uint32_t rank);
void MergeInto(const FindingsContext& context, RecordRow& row, const std::vector<ItemId>& merged);
// Headings for the fields of the activity's contributions, if it has any.
std::vector<Words> FieldsOf(const FindingsContext& context);
// findings_items.cc: what was written and not judged, words, notes of tables, tables and topics.
void DescribeItems(const FindingsContext& context, RecordSection& section);
void DescribeWords(const FindingsContext& context, RecordSection& section);
void DescribeTables(const FindingsContext& context, RecordSection& section);
// findings_groups.cc
void DescribeGroups(const FindingsContext& context, RecordSection& section);
// "1. this (25); 2. that (24)": the first rows, once it is known what they may show.
void AddHeadline(RecordSection& section);

// "Scale poll".
std::string MethodOf(const Say& say, const Activity& activity);
// How it went, in one sentence, from the settings.
std::string RulesOf(const Say& say, const Activity& activity, std::string_view language);
// Who is known again where.
std::string PrivacyOf(const Say& say, const RoomState& state, const Activity& activity,
                      std::string_view language);

// Whether those who came too late could have changed the order (or the mean): an upper bound.
// Empty if nobody was late.
std::string LateEffect(const Say& say, const Activity& activity);

}  // namespace plenum
