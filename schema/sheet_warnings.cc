#include "schema/sheet_warnings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "schema/limits.h"

namespace plenum {
namespace {

std::string Element(const std::string& array, size_t at) {
  return array + "/" + std::to_string(at);
}

// Looks at every text of the sheet, and says in which of its languages it is not.
class LanguageCheck {
 public:
  LanguageCheck(const RunSheet& sheet, std::vector<Problem>& warnings)
      : languages_(sheet.languages), warnings_(warnings) {}

  void Check(const RunSheet& sheet) {
    Check(sheet.title, "/title");
    CheckOptions(sheet.groups, "/groups");
    for (size_t i = 0; i < sheet.activities.size(); ++i) {
      Check(sheet.activities[i], Element("/activities", i));
    }
  }

 private:
  void Check(const Text& text, const std::string& pointer) {
    if (text.empty()) return;  // optional, and left out
    std::string missing;
    for (const std::string& language : languages_) {
      const auto& texts = text.by_language;
      if (std::ranges::find(texts, language, [](const auto& t) { return t.first; }) != texts.end())
        continue;
      missing += (missing.empty() ? "\"" : " and \"") + language + '"';
    }
    if (!missing.empty()) {
      warnings_.push_back({pointer, {}, "This text is not there in " + missing + "."});
    }
  }

  void CheckOptions(const std::vector<Option>& options, const std::string& pointer) {
    for (size_t i = 0; i < options.size(); ++i) {
      Check(options[i].title, Element(pointer, i) + "/title");
    }
  }

  void Check(const ActivitySpec& spec, const std::string& pointer) {
    Check(spec.title, pointer + "/title");
    Check(spec.prompt, pointer + "/prompt");
    if (spec.collect) {
      for (size_t i = 0; i < spec.collect->fields.size(); ++i) {
        Check(spec.collect->fields[i].title, Element(pointer + "/collect/fields", i) + "/title");
      }
    }
    if (const auto* choice = std::get_if<ChoiceBallot>(&spec.ballot)) {
      CheckOptions(choice->options, pointer + "/ballot/options");
    }
    if (const auto* scale = std::get_if<ScaleBallot>(&spec.ballot)) {
      Check(scale->low_label, pointer + "/ballot/low_label");
      Check(scale->high_label, pointer + "/ballot/high_label");
    }
    for (size_t i = 0; i < spec.items.size(); ++i) {
      Check(spec.items[i].title, Element(pointer + "/items", i) + "/title");
      Check(spec.items[i].detail, Element(pointer + "/items", i) + "/detail");
    }
  }

  const std::vector<std::string>& languages_;
  std::vector<Problem>& warnings_;
};

// One activity's settings, held against each other and against the sheet.
class ActivityCheck {
 public:
  ActivityCheck(const RunSheet& sheet, const ActivitySpec& spec, std::string pointer,
                std::vector<Problem>& warnings)
      : sheet_(sheet), spec_(spec), pointer_(std::move(pointer)), warnings_(warnings) {}

  void Check() {
    CheckTimes();
    CheckJudging();
    CheckPeople();
    CheckNames();
  }

 private:
  void Warn(std::string_view member, std::string what) {
    warnings_.push_back({pointer_ + std::string(member), {}, std::move(what)});
  }

  void NeverUsed(uint32_t limit, bool used, std::string_view member, std::string_view without) {
    if (limit == 0 || used) return;
    Warn("/time/" + std::string(member),
         "This limit is never used: there is no " + std::string(without) + ".");
  }

  void CheckTimes() {
    const TimeLimits& time = spec_.time;
    NeverUsed(time.collect_ms, spec_.collect || spec_.seats, "collect_ms", "\"collect\"");
    NeverUsed(time.vote_ms, spec_.HasBallot() && !spec_.deal, "vote_ms", "voting");
    NeverUsed(time.swap_ms, spec_.deal.has_value(), "swap_ms", "\"deal\"");
    NeverUsed(time.score_ms, spec_.deal.has_value(), "score_ms", "\"deal\"");
    NeverUsed(time.seat_ms, spec_.seats.has_value(), "seat_ms", "\"seats\"");
  }

  // How many items there will be, if that is said.
  std::optional<size_t> ItemsKnown() const {
    if (spec_.collect || spec_.carry) return std::nullopt;
    return spec_.items.size();
  }

  void CheckJudging() {
    const std::optional<size_t> items = ItemsKnown();
    if (!items) return;
    if (const auto* dots = std::get_if<DotsBallot>(&spec_.ballot)) {
      if (*items * dots->cap < dots->budget) {
        Warn("/ballot", "Nobody can give all their dots: " + std::to_string(*items) +
                            " item(s) take at most " + std::to_string(dots->cap) + " each.");
      }
    }
    const auto* rank = std::get_if<RankBallot>(&spec_.ballot);
    if (rank && rank->top > *items) {
      Warn("/ballot", "People are to rank " + std::to_string(rank->top) + ", and there are " +
                          std::to_string(*items) + " items.");
    }
  }

  void CheckPeople() {
    const size_t people = sheet_.expected_people;
    if (people == 0) return;
    if (spec_.deal && people < limits::kDeckPeople) {
      Warn("/deal", "Swapping cards takes at least " + std::to_string(limits::kDeckPeople) +
                        " people, and " + std::to_string(people) + " are expected.");
    }
    if (!spec_.seats || !spec_.seats->planned || spec_.carry) return;
    const size_t tables = spec_.seats->tables != 0 ? spec_.seats->tables : spec_.items.size();
    const size_t places = tables * spec_.seats->capacity;
    if (places < people) {
      Warn("/seats", std::to_string(tables) + " tables of " +
                         std::to_string(spec_.seats->capacity) + " have " + std::to_string(places) +
                         " places, and " + std::to_string(people) + " people are expected.");
    }
  }

  void CheckNames() {
    if (!spec_.collect) return;
    for (size_t i = 0; i < spec_.collect->fields.size(); ++i) {
      const Field& field = spec_.collect->fields[i];
      const uint32_t all = sheet_.privacy.retention_days;
      if (all == 0 || field.retention_days < all) continue;
      Warn(Element("/collect/fields", i) + "/retention_days",
           "This is not sooner than all texts are destroyed, which is within " +
               std::to_string(all) + " days.");
    }
  }

  const RunSheet& sheet_;
  const ActivitySpec& spec_;
  const std::string pointer_;
  std::vector<Problem>& warnings_;
};

void CheckSeries(const RunSheet& sheet, std::vector<Problem>& warnings) {
  std::map<std::string, size_t> members;
  for (const ActivitySpec& spec : sheet.activities) ++members[spec.Series()];
  for (size_t i = 0; i < sheet.activities.size(); ++i) {
    const ActivitySpec& spec = sheet.activities[i];
    if (spec.series.empty() || spec.series == spec.id || members[spec.series] > 1) continue;
    warnings.push_back({Element("/activities", i) + "/series",
                        {},
                        "No other activity is of the series \"" + spec.series +
                            "\", so there is nothing to compare with."});
  }
}

}  // namespace

std::vector<Problem> WarningsOf(const RunSheet& sheet, std::string_view text) {
  std::vector<Problem> warnings;
  if (sheet.privacy == Privacy{}) {
    warnings.push_back({"",
                        {},
                        "The member \"privacy\" is missing, so people are not told who answers for "
                        "their data and for how long it is kept."});
  }
  LanguageCheck(sheet, warnings).Check(sheet);
  for (size_t i = 0; i < sheet.activities.size(); ++i) {
    ActivityCheck(sheet, sheet.activities[i], Element("/activities", i), warnings).Check();
  }
  CheckSeries(sheet, warnings);
  return WithPlaces(std::move(warnings), text);
}

}  // namespace plenum
