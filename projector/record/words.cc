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
    {"activity.changed", "Activities changed"},
    {"activity.moved", "Activities moved"},
    {"activity.skipped", "Activities skipped"},
    {"control.taken", "Control taken"},
    {"screens.blanked", "Screens blanked"},
    {"doors.set", "Doors locked or opened"},
    {"participant.joined", "People joining"},
    {"link.made", "Links made"},
    {"link.revoked", "Links withdrawn"},
    {"links.revoked", "All links withdrawn"},
    {"activity.advanced", "Steps of activities"},
    {"activity.restarted", "Restarts"},
    {"activity.extended", "Time added or taken away"},
    {"result.told", "Places told before the reveal"},
    {"timer.fired", "Time limits that ended"},
    {"item.added", "Contributions"},
    {"item.reworded", "Texts put in other words"},
    {"item.moderated", "Texts shown or hidden"},
    {"author.held", "Authors held back"},
    {"item.withdrawn", "Texts withdrawn by their authors"},
    {"item.erased", "Texts erased"},
    {"item.marked", "Questions marked"},
    {"items.merged", "Merges"},
    {"items.unmerged", "Merges undone"},
    {"ballot.cast", "Ballots and scores"},
    {"card.passed", "Cards passed on"},
    {"presence.here", "“I’m here”"},
    {"presence.away", "Away"},
    {"tables.set", "Tables set"},
    {"seats.planned", "Table plans"},
    {"table.visited", "Visits to tables"},
    {"table.hosted", "Hosts of tables"},
    {"group.told", "Groups told"},
    {"organiser.told", "Words to the organisers"},
    {"organiser.heard", "Words to the organisers heard"},
    {"record.redacted", "Redactions"},
    {"record.approved", "Records approved"},
    {"record.published", "Records published"},
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

std::string Quoted(std::string_view text) { return "“" + std::string(text) + "”"; }

std::string StepLabel(const Say& say, const RecordStep& step) {
  const std::string round = std::to_string(step.round);
  switch (step.phase) {
    case Phase::kWaiting:
      return say("set back to the start");
    case Phase::kCollecting:
      return say("contributions opened");
    case Phase::kVoting:
      return say("voting opened");
    case Phase::kSwapping:
      return say("round {0}: cards move", {round});
    case Phase::kScoring:
      return say("round {0}: scoring", {round});
    case Phase::kSeated:
      return say("round {0} at the tables", {round});
    case Phase::kClosing:
      return say("last seconds");
    case Phase::kClosed:
      return say("closed");
    case Phase::kRevealed:
      return say("revealed");
    case Phase::kSealed:
      return say("sealed");
  }
  return "";
}

std::string ShortType(std::string_view type) {
  constexpr std::string_view kPrefix = "org.plenum.";
  if (type.starts_with(kPrefix)) type.remove_prefix(kPrefix.size());
  return std::string(type.substr(0, type.rfind(".v")));
}

std::string TypeLabel(const Say& say, std::string_view short_type) {
  const auto it = std::ranges::find(kTypes, short_type, &TypeName::type);
  return it == kTypes.end() ? std::string(short_type) : say(it->label);
}

std::string DayOf(TimeMs time) { return FormatTime(time).substr(0, 10); }
std::string ClockOf(TimeMs time) { return FormatTime(time).substr(11, 8); }
std::string MinuteOf(TimeMs time) { return DayOf(time) + " " + FormatTime(time).substr(11, 5); }

std::string LongDayOf(const Say& say, TimeMs time) {
  const std::string day = DayOf(time);
  size_t month = 1;
  std::from_chars(day.data() + 5, day.data() + 7, month);
  const std::string name = say(kMonths[(month - 1) % kMonths.size()]);
  const std::string_view number = std::string_view(day).substr(day[8] == '0' ? 9 : 8);
  return std::string(number) + " " + name + " " + day.substr(0, 4);
}

}  // namespace plenum
