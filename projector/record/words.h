// The words of the record: which text of a run sheet is shown, what items are called, and how
// counts, phases and types of events are put for people.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "projector/fold/state.h"
#include "projector/record/record.h"
#include "projector/views/view_builder.h"
#include "schema/activity.h"

namespace plenum {

// The text in this language, or in the first that it has.
Words WordsOf(const Text& text, std::string_view language);

std::string Counted(uint64_t n, std::string_view one, std::string_view many);  // "1 person"
std::string Listed(const std::vector<std::string>& parts);                     // "a, b and c"
std::string Quoted(std::string_view text);

// "voting opened", of a step.
std::string StepLabel(const RecordStep& step);
// "org.plenum.ballot.cast.v1" -> "ballot.cast".
std::string ShortType(std::string_view type);
// "Ballots", of a short type; the type itself if it has no other name.
std::string TypeLabel(std::string_view short_type);

// "2026-09-21", "09:31:07", "2026-09-21 09:31" and "21 September 2026", in UTC.
std::string DayOf(TimeMs time);
std::string ClockOf(TimeMs time);
std::string MinuteOf(TimeMs time);
std::string LongDayOf(TimeMs time);

// Titles of an activity's items: of the sheet's own from the sheet, of contributions from the
// vault.
class ItemWords {
 public:
  ItemWords(const RoomId& room, const Activity& activity, TextSource& texts,
            std::string_view language, std::string_view no_text);

  Words TitleOf(const Item& item) const;
  Words DetailOf(const Item& item) const;  // empty for most

 private:
  const RoomId& room_;
  TextSource& texts_;
  std::string_view language_;
  std::string_view no_text_;
  std::map<std::string_view, const SheetItem*> sheet_;
};

}  // namespace plenum
