#include "projector/record/words.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "schema/rfc3339.h"

namespace plenum {
namespace {

struct TypeName {
  std::string_view type;
  std::string_view label;
};

constexpr auto kTypes = std::to_array<TypeName>({
    {"room.created", "Room set up"},
    {"activity.added", "Activities set up"},
    {"doors.set", "Doors locked or opened"},
    {"participant.joined", "People joining"},
    {"link.revoked", "Links withdrawn"},
    {"links.revoked", "All links withdrawn"},
    {"activity.advanced", "Steps of activities"},
    {"activity.restarted", "Restarts"},
    {"activity.extended", "Time added or taken away"},
    {"timer.fired", "Time limits that ended"},
    {"item.added", "Contributions"},
    {"items.merged", "Merges"},
    {"items.unmerged", "Merges undone"},
    {"ballot.cast", "Ballots and scores"},
    {"card.passed", "Cards passed on"},
    {"presence.here", "\"I'm here\""},
    {"presence.away", "Away"},
    {"result.seen-early", "Early looks"},
    {"result.recorded", "Results recorded"},
    {"malformed", "Not an event"},
});

constexpr auto kMonths =
    std::to_array<std::string_view>({"January", "February", "March", "April", "May", "June", "July",
                                     "August", "September", "October", "November", "December"});

}  // namespace

Words WordsOf(const Text& text, std::string_view language) {
  if (text.empty()) return {};
  auto it =
      std::ranges::find(text.by_language, language, &std::pair<std::string, std::string>::first);
  if (it == text.by_language.end()) it = text.by_language.begin();
  return {it->second, it->first};
}

std::string Counted(uint64_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

std::string Listed(const std::vector<std::string>& parts) {
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

std::string Quoted(std::string_view text) { return "“" + std::string(text) + "”"; }

std::string StepLabel(const RecordStep& step) {
  const std::string round = step.round > 0 ? " " + std::to_string(step.round) : "";
  switch (step.phase) {
    case Phase::kWaiting:
      return "set back to the start";
    case Phase::kCollecting:
      return "contributions opened";
    case Phase::kVoting:
      return "voting opened";
    case Phase::kSwapping:
      return "round" + round + ": cards move";
    case Phase::kScoring:
      return "round" + round + ": scoring";
    case Phase::kSeated:
      return "round" + round + " at the tables";
    case Phase::kClosing:
      return "last seconds";
    case Phase::kClosed:
      return "closed";
    case Phase::kRevealed:
      return "revealed";
    case Phase::kSealed:
      return "sealed";
  }
  return "";
}

std::string ShortType(std::string_view type) {
  constexpr std::string_view kPrefix = "org.plenum.";
  if (type.starts_with(kPrefix)) type.remove_prefix(kPrefix.size());
  return std::string(type.substr(0, type.rfind(".v")));
}

std::string TypeLabel(std::string_view short_type) {
  const auto it = std::ranges::find(kTypes, short_type, &TypeName::type);
  return std::string(it == kTypes.end() ? short_type : it->label);
}

std::string DayOf(TimeMs time) { return FormatTime(time).substr(0, 10); }
std::string ClockOf(TimeMs time) { return FormatTime(time).substr(11, 8); }
std::string MinuteOf(TimeMs time) { return DayOf(time) + " " + FormatTime(time).substr(11, 5); }

std::string LongDayOf(TimeMs time) {
  const std::string day = DayOf(time);
  size_t month = 1;
  std::from_chars(day.data() + 5, day.data() + 7, month);
  const std::string_view name = kMonths[(month - 1) % kMonths.size()];
  const std::string_view number = std::string_view(day).substr(day[8] == '0' ? 9 : 8);
  return std::string(number) + " " + std::string(name) + " " + day.substr(0, 4);
}

ItemWords::ItemWords(const RoomId& room, const Activity& activity, TextSource& texts,
                     std::string_view language, std::string_view no_text)
    : room_(room), texts_(texts), language_(language), no_text_(no_text) {
  for (const SheetItem& item : activity.spec.items) sheet_[item.id] = &item;
}

Words ItemWords::TitleOf(const Item& item) const {
  if (auto it = sheet_.find(item.id); it != sheet_.end()) {
    return WordsOf(it->second->title, language_);
  }
  auto text = texts_.TextOf(room_, item);
  return {text ? *std::move(text) : std::string(no_text_), ""};
}

Words ItemWords::DetailOf(const Item& item) const {
  auto it = sheet_.find(item.id);
  return it == sheet_.end() ? Words{} : WordsOf(it->second->detail, language_);
}

}  // namespace plenum
