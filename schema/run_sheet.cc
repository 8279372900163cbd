#include "schema/run_sheet.h"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <tuple>

#include "schema/activity_codec.h"
#include "schema/limits.h"
#include "schema/member_reader.h"

namespace plenum {
namespace {

constexpr std::string_view kTooLargeActivity =
    "This activity is too large; it may take 30 KiB with all its texts.";

constexpr size_t kMostSchemaBytes = 1000;

bool FitsInEvent(const ActivitySpec& spec) {
  json::Writer writer;
  WriteActivity(writer, spec);
  return writer.Take().size() <= limits::kActivityBytes;
}

std::vector<std::string> ReadLanguages(MemberReader& sheet) {
  std::vector<std::string> languages;
  const json::Array& values = sheet.Array("languages", 1, limits::kLanguages);
  const Path path = sheet.path().Member("languages");
  for (size_t i = 0; i < values.size(); ++i) {
    const std::string* const tag = values[i].AsString();
    std::string what;
    if (!tag || !IsLanguageTag(*tag)) {
      what = "This must be a language tag, such as \"en\" or \"cy\".";
    } else if (std::ranges::find(languages, *tag) != languages.end()) {
      what = "This language stands here already.";
    } else {
      languages.push_back(*tag);
      continue;
    }
    sheet.context().issues.push_back({path.Element(i).Pointer(), std::move(what)});
  }
  return languages;
}

// Whether answers to both can be compared.
bool SameShape(const Ballot& a, const Ballot& b) {
  if (a.index() != b.index()) return false;
  if (const auto* scale = std::get_if<ScaleBallot>(&a)) {
    const auto& other = std::get<ScaleBallot>(b);
    return scale->low == other.low && scale->high == other.high;
  }
  if (const auto* choice = std::get_if<ChoiceBallot>(&a)) {
    const auto& other = std::get<ChoiceBallot>(b);
    return std::ranges::equal(choice->options, other.options, {}, &Option::id, &Option::id) &&
           choice->min == other.min && choice->max == other.max;
  }
  if (const auto* dots = std::get_if<DotsBallot>(&a)) return *dots == std::get<DotsBallot>(b);
  if (const auto* rank = std::get_if<RankBallot>(&a)) return *rank == std::get<RankBallot>(b);
  return true;
}

// Collects the activities of a sheet, and checks each against those before it.
class ActivityReader {
 public:
  ActivityReader(const Path& path, ReadContext& context) : path_(path), context_(context) {}

  void Add(const json::Value& value) {
    const Path at = path_.Element(index_++);
    const size_t issues = context_.issues.size();
    ActivitySpec spec = ReadSpec(value, at, context_);
    const bool sound = context_.issues.size() == issues;
    if (!spec.id.empty() && !ids_.insert(spec.id).second) {
      Refuse(at.Member("id"), "There is an activity \"" + spec.id + "\" already.");
    }
    CheckLinks(spec, at);
    if (sound) {
      CheckSeries(spec, at);
      if (!FitsInEvent(spec)) Refuse(at, std::string(kTooLargeActivity));
    } else {
      unsound_.insert(spec.id);
    }
    activities_.push_back(std::move(spec));
  }

  std::vector<ActivitySpec> Take() { return std::move(activities_); }

 private:
  void Refuse(const Path& path, std::string what) {
    context_.issues.push_back({path.Pointer(), std::move(what)});
  }

  void CheckSeries(const ActivitySpec& spec, const Path& at) {
    if (spec.ballot.index() == 0) return;
    const auto [first, added] =
        ballots_.try_emplace(spec.Series(), std::pair{spec.id, spec.ballot});
    if (added || SameShape(first->second.second, spec.ballot)) return;
    Refuse(at.Member(spec.series.empty() ? "id" : "series"),
           "The activities \"" + first->second.first + "\" and \"" + spec.id +
               "\" share the series \"" + spec.Series() +
               "\", so that their ballots must be of one kind and range.");
  }

  const ActivitySpec* Earlier(const ActivityId& id) const {
    const auto it = std::ranges::find(activities_, id, &ActivitySpec::id);
    return it == activities_.end() ? nullptr : &*it;
  }

  // What it takes from other activities must have happened before.
  void CheckLinks(const ActivitySpec& spec, const Path& at) {
    if (spec.carry && !spec.deal && !spec.carry->from.empty())
      CheckCarry(*spec.carry, at.Member("carry"));
    if (spec.collect && !spec.collect->picture_of.empty()) {
      CheckPictures(spec, at.Member("collect"));
    }
  }

  void CheckCarry(const Carry& carry, const Path& at) {
    const ActivitySpec* from = Earlier(carry.from);
    if (from == nullptr) {
      Refuse(at.Member("from"),
             "There is no activity \"" + carry.from + "\" before this one" + MeantOf(carry.from));
    } else if (!from->HasItems() && !unsound_.contains(from->id)) {
      Refuse(at.Member("from"), "The activity \"" + carry.from + "\" has no items to carry over.");
    }
  }

  void CheckPictures(const ActivitySpec& spec, const Path& at) {
    const ActivitySpec* pictures = Earlier(spec.collect->picture_of);
    if (pictures != nullptr && unsound_.contains(pictures->id)) return;
    if (pictures != nullptr && pictures->Series() == spec.Series() &&
        std::holds_alternative<ChoiceBallot>(pictures->ballot)) {
      return;
    }
    Refuse(at.Member("picture_of"), "This must be a choice before this one, of the same series" +
                                        MeantOf(spec.collect->picture_of));
  }

  // The end of a sentence about a name that is none of an earlier activity.
  std::string MeantOf(const ActivityId& id) const {
    if (Earlier(id) != nullptr) return ".";
    std::vector<std::string_view> known;
    for (const ActivitySpec& spec : activities_) known.push_back(spec.id);
    const std::string_view meant = NearestName(id, known);
    return meant.empty() ? "." : "; is \"" + std::string(meant) + "\" meant?";
  }

  const Path& path_;
  ReadContext& context_;
  size_t index_ = 0;
  std::set<std::string> ids_;
  std::set<std::string> unsound_;  // those of activities that could not be read whole
  std::map<std::string, std::pair<ActivityId, Ballot>> ballots_;  // the first of each series
  std::vector<ActivitySpec> activities_;
};

RunSheet ReadRunSheet(const json::Value& value, ReadContext& context) {
  const Path root = Path::Root("");
  MemberReader object(value, root, context);
  RunSheet sheet;
  if (object.Has("$schema")) object.String("$schema", kMostSchemaBytes);  // for editors
  sheet.languages = ReadLanguages(object);
  context.languages = sheet.languages;
  context.language = "en";
  if (!sheet.languages.empty()) context.language = sheet.languages.front();
  sheet.title = ReadText(object, "title", kTitleForm);
  sheet.expected_people = object.U32Or("expected_people", 0, limits::kExpectedPeople, 0);
  if (object.Has("groups")) {
    sheet.groups = ReadOptions(object, "groups", limits::kGroups, false);
  }
  sheet.privacy = ReadPrivacy(object);
  const json::Array& activities = object.Array("activities", 1, limits::kActivities);
  const Path path = root.Member("activities");
  ActivityReader reader(path, context);
  for (const json::Value& activity : activities) reader.Add(activity);
  sheet.activities = reader.Take();
  object.Finish();
  context.languages = {};
  context.language = {};
  return sheet;
}

}  // namespace

// To find a place takes a walk along the text, so a sheet that is wrong everywhere is not told
// everything at once.
std::vector<Problem> WithPlaces(std::vector<Problem> problems, std::string_view text) {
  if (problems.size() > limits::kProblems) problems.resize(limits::kProblems);
  for (Problem& problem : problems) problem.place = json::Locate(text, problem.pointer);
  std::ranges::stable_sort(problems, {}, [](const Problem& problem) {
    return std::pair(problem.place.line, problem.place.column);
  });
  return problems;
}

std::expected<RunSheet, std::vector<Problem>> ParseRunSheet(std::string_view text) {
  if (text.size() > limits::kRunSheetBytes) {
    return std::unexpected(std::vector<Problem>{{"", {}, "The run sheet is larger than 512 KiB."}});
  }
  const auto value = json::Parse(text);
  if (!value) {
    const json::Error& error = value.error();
    return std::unexpected(std::vector<Problem>{{"", {error.line, error.column}, error.what}});
  }
  ReadContext context;
  RunSheet sheet = ReadRunSheet(*value, context);
  if (context.issues.empty()) return sheet;
  std::vector<Problem> problems;
  for (Issue& issue : context.issues) {
    problems.push_back({std::move(issue.pointer), {}, std::move(issue.what)});
  }
  return std::unexpected(WithPlaces(std::move(problems), text));
}

std::string EncodeRunSheet(const RunSheet& sheet) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("title");
  WriteText(writer, sheet.title);
  writer.Key("languages").BeginArray();
  for (const std::string& language : sheet.languages) writer.String(language);
  writer.EndArray();
  if (sheet.expected_people != 0) writer.Key("expected_people").Int(sheet.expected_people);
  if (!sheet.groups.empty()) WriteOptions(writer, "groups", sheet.groups);
  WritePrivacy(writer, sheet.privacy);
  writer.Key("activities").BeginArray();
  for (const ActivitySpec& activity : sheet.activities) WriteActivity(writer, activity);
  writer.EndArray();
  writer.EndObject();
  return writer.Take();
}

std::expected<ActivitySpec, std::vector<Problem>> ReadActivity(const json::Value& value,
                                                               std::string_view language,
                                                               std::string_view pointer) {
  ReadContext context{.strict = true, .language = language, .languages = {}};
  const Path root = Path::Root(pointer);
  ActivitySpec spec = ReadSpec(value, root, context);
  if (context.issues.empty() && !FitsInEvent(spec)) {
    context.issues.push_back({root.Pointer(), std::string(kTooLargeActivity)});
  }
  if (context.issues.empty()) return spec;
  std::vector<Problem> problems;
  for (const Issue& issue : context.issues) problems.push_back({issue.pointer, {}, issue.what});
  return std::unexpected(std::move(problems));
}

}  // namespace plenum
