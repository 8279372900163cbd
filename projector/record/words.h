// The words of the record: which text of a run sheet is shown, what items are called, and how
// counts, phases and types of events are put for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "projector/record/record.h"
#include "projector/record/say.h"
#include "schema/activity.h"

namespace plenum {

// The text in this language, or in the first that it has.
Words WordsOf(const Text& text, std::string_view language);

std::string Quoted(std::string_view text);

// "voting opened", of a step.
std::string StepLabel(const Say& say, const RecordStep& step);
// "org.plenum.ballot.cast.v1" -> "ballot.cast".
std::string ShortType(std::string_view type);
// "Ballots", of a short type; the type itself if it has no other name.
std::string TypeLabel(const Say& say, std::string_view short_type);

// "2026-09-21", "09:31:07", "2026-09-21 09:31" and "21 September 2026", in UTC.
std::string DayOf(TimeMs time);
std::string ClockOf(TimeMs time);
std::string MinuteOf(TimeMs time);
std::string LongDayOf(const Say& say, TimeMs time);

}  // namespace plenum
