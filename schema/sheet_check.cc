#include "schema/sheet_check.h"

#include <algorithm>

#include "schema/event.h"
#include "schema/json.h"
#include "schema/labels.h"
#include "schema/limits.h"
#include "schema/privacy_notice.h"
#include "schema/sheet_warnings.h"

namespace plenum {
namespace {

void WriteProblems(json::Writer& writer, std::string_view key,
                   const std::vector<Problem>& problems) {
  writer.Key(key).BeginArray();
  for (const Problem& problem : problems) {
    writer.BeginObject().Key("pointer").String(problem.pointer);
    writer.Key("line").Int(static_cast<int64_t>(problem.place.line));
    writer.Key("column").Int(static_cast<int64_t>(problem.place.column));
    writer.Key("text").String(problem.what).EndObject();
  }
  writer.EndArray();
}

template <class Sentence>
void WriteBoth(json::Writer& writer, const Sentence& sentence) {
  writer.Key("text").BeginObject();
  for (const std::string_view language : {"en", "cy"}) {
    writer.Key(language).String(sentence(language));
  }
  writer.EndObject();
}

void WriteLabel(json::Writer& writer, const RunSheet& sheet, const ActivityLabel& label,
                const ActivitySpec& spec) {
  writer.BeginObject().Key("activity").String(label.activity);
  writer.Key("label").String(LabelName(label.label));
  WriteBoth(writer,
            [&](std::string_view language) { return LabelSentence(label, sheet, language); });
  writer.Key("linked_with").BeginArray();
  for (const ActivityId& id : label.linked_with) writer.String(id);
  writer.EndArray().Key("texts_from").BeginArray();
  for (const ActivityId& id : label.texts_from) writer.String(id);
  writer.EndArray().Key("fields").BeginArray();
  for (const std::string& id : label.naming_fields) {
    const Field& field = *std::ranges::find(spec.collect->fields, id, &Field::id);
    writer.BeginObject().Key("field").String(id);
    WriteBoth(writer, [&](std::string_view language) { return FieldSentence(field, language); });
    writer.EndObject();
  }
  writer.EndArray().EndObject();
}

}  // namespace

std::optional<Problem> FirstTooLarge(const RunSheet& sheet) {
  Event event;
  event.activity = std::string(limits::kSlugBytes, 'a');  // no real one is longer
  for (size_t i = 0; i < sheet.activities.size(); ++i) {
    ActivityAdded added;
    added.spec = sheet.activities[i];
    event.payload = std::move(added);
    if (EncodeEvent(event).size() > limits::kEventBytes) {
      return Problem{"/activities/" + std::to_string(i),
                     {},
                     "This activity is too large: all its texts together must fit in 32 KiB."};
    }
  }
  return std::nullopt;
}

SheetCheck CheckSheet(std::string_view text) {
  auto sheet = ParseRunSheet(text);
  if (!sheet) return {.problems = std::move(sheet.error()), .sheet = {}, .warnings = {}};
  if (auto problem = FirstTooLarge(*sheet)) {
    problem->place = json::Locate(text, problem->pointer);
    return {.problems = {*std::move(problem)}, .sheet = {}, .warnings = {}};
  }
  SheetCheck check{.problems = {}, .sheet = {}, .warnings = WarningsOf(*sheet, text)};
  check.sheet = *std::move(sheet);
  return check;
}

std::string EncodeSheetCheck(const SheetCheck& check) {
  json::Writer writer;
  writer.BeginObject();
  WriteProblems(writer, "problems", check.problems);
  if (check.sheet) {
    const RunSheet& sheet = *check.sheet;
    WriteProblems(writer, "warnings", check.warnings);
    writer.Key("activities").Int(static_cast<int64_t>(sheet.activities.size()));
    writer.Key("links").BeginArray();
    for (const std::string& link : DescribeLinks(sheet)) writer.String(link);
    writer.EndArray().Key("labels").BeginArray();
    const std::vector<ActivityLabel> labels = LabelsOf(sheet);
    for (size_t i = 0; i < labels.size(); ++i) {
      WriteLabel(writer, sheet, labels[i], sheet.activities[i]);
    }
    writer.EndArray().Key("notice").String(MakeNotice(sheet).version.Hex());
  }
  writer.EndObject();
  return writer.Take();
}

}  // namespace plenum
