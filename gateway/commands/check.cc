#include <algorithm>
#include <iomanip>
#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/rooms.h"
#include "schema/json.h"
#include "schema/labels.h"
#include "schema/limits.h"
#include "schema/privacy_notice.h"
#include "schema/run_sheet.h"
#include "schema/sheet_warnings.h"

namespace plenum {
namespace {

struct Check {
  std::string sheet;
  bool json = false;
  bool privacy = false;
};

// --- for people ---

void PrintPlaces(const Check& check, const std::vector<Problem>& problems, std::string_view kind) {
  for (const Problem& problem : problems) {
    std::cout << check.sheet << ":" << problem.place.line << ":" << problem.place.column << ": "
              << kind << problem.what;
    if (!problem.pointer.empty()) std::cout << " (" << problem.pointer << ")";
    std::cout << "\n";
  }
  if (problems.size() == limits::kProblems) {
    std::cerr << "There may be more; these are the first " << limits::kProblems << ".\n";
  }
}

void PrintRow(const std::string& name, const std::string& text, int indent = 2) {
  std::cout << std::string(static_cast<size_t>(indent), ' ') << std::left << std::setw(26 - indent)
            << name << " " << text << "\n";
}

void PrintLinks(const RunSheet& sheet) {
  std::cout << "\nWho is known again\n";
  const std::vector<std::string> links = DescribeLinks(sheet);
  if (links.empty()) std::cout << "  Nobody: each activity has pseudonyms of its own.\n";
  for (const std::string& link : links) std::cout << "  " << link << "\n";
}

void PrintLabels(const RunSheet& sheet) {
  std::cout << "\nWhat people read beside each activity\n";
  const std::vector<ActivityLabel> labels = LabelsOf(sheet);
  for (size_t i = 0; i < labels.size(); ++i) {
    PrintRow(labels[i].activity, LabelSentence(labels[i], sheet, "en"));
    if (labels[i].naming_fields.empty()) continue;
    for (const Field& field : sheet.activities[i].collect->fields) {
      if (field.names_person) PrintRow("\"" + field.id + "\"", FieldSentence(field, "en"), 4);
    }
  }
}

std::string ListActivities(const RunSheet& sheet, bool (*stores)(const ActivitySpec&)) {
  std::string list;
  for (const ActivitySpec& spec : sheet.activities) {
    if (stores(spec)) list += (list.empty() ? "" : ", ") + spec.id;
  }
  return list.empty() ? "none" : list;
}

void PrintStored(const RunSheet& sheet) {
  const uint32_t days = sheet.privacy.retention_days;
  const std::string until = days == 0
                                ? "for how long is not said (\"privacy\")"
                                : "to be destroyed within " + std::to_string(days) +
                                      (days == 1 ? " day" : " days") +
                                      " by the organisers, since no program does it by itself";
  std::cout << "\nWhat is stored, where and for how long\n";
  PrintRow("log", "who joined and answered, as pseudonyms, and when; kept for good");
  PrintRow("  answers of", ListActivities(sheet, [](const ActivitySpec& spec) {
             return spec.HasBallot() || spec.seats.has_value();
           }));
  PrintRow("vault", "texts, words to the organisers" +
                        std::string(sheet.groups.empty() ? "" : ", groups") +
                        " and the key of the pseudonyms; " + until);
  PrintRow("  texts of", ListActivities(sheet, [](const ActivitySpec& spec) {
             return spec.collect.has_value();
           }));
  PrintRow("browsers", "a random key, drafts, the latest answers; until people clear them");
}

void PrintSheet(const Check& check, const RunSheet& sheet, const std::vector<Problem>& warnings) {
  PrintPlaces(check, warnings, "warning: ");
  const size_t count = sheet.activities.size();
  std::cout << check.sheet << ": " << count << (count == 1 ? " activity" : " activities")
            << ", no mistakes, " << warnings.size()
            << (warnings.size() == 1 ? " warning" : " warnings") << ".\n";
  PrintLinks(sheet);
  PrintLabels(sheet);
  PrintStored(sheet);
  std::cout << "\nWhat people are told before they join (--privacy prints it)\n";
  PrintRow("privacy notice", "version " + MakeNotice(sheet).version.Hex());
}

// --- for programs ---

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

void PrintSheetJson(const RunSheet& sheet, const std::vector<Problem>& warnings) {
  json::Writer writer;
  writer.BeginObject();
  WriteProblems(writer, "problems", {});
  WriteProblems(writer, "warnings", warnings);
  writer.Key("activities").Int(static_cast<int64_t>(sheet.activities.size()));
  writer.Key("links").BeginArray();
  for (const std::string& link : DescribeLinks(sheet)) writer.String(link);
  writer.EndArray().Key("labels").BeginArray();
  const std::vector<ActivityLabel> labels = LabelsOf(sheet);
  for (size_t i = 0; i < labels.size(); ++i) {
    WriteLabel(writer, sheet, labels[i], sheet.activities[i]);
  }
  writer.EndArray().Key("notice").String(MakeNotice(sheet).version.Hex());
  writer.EndObject();
  std::cout << writer.Take() << "\n";
}

void PrintWrong(const Check& check, const std::vector<Problem>& problems) {
  if (!check.json) return PrintPlaces(check, problems, "");
  json::Writer writer;
  writer.BeginObject();
  WriteProblems(writer, "problems", problems);
  writer.EndObject();
  std::cout << writer.Take() << "\n";
}

int RunCheck(const Check& check) {
  auto text = ReadFile(check.sheet);
  if (!text) return Fail(text.error());
  auto sheet = ParseRunSheet(*text);
  std::vector<Problem> problems;
  if (!sheet) {
    problems = sheet.error();
  } else if (auto problem = FirstTooLarge(*sheet)) {
    problem->place = json::Locate(*text, problem->pointer);
    problems.push_back(*problem);
  }
  if (!problems.empty()) {
    PrintWrong(check, problems);
    return kExitFailed;
  }
  if (check.privacy) {
    const PrivacyNotice notice = MakeNotice(*sheet);
    std::cout << (check.json ? EncodeNotice(notice) + "\n" : notice.plain);
    return kExitOk;
  }
  const std::vector<Problem> warnings = WarningsOf(*sheet, *text);
  check.json ? PrintSheetJson(*sheet, warnings) : PrintSheet(check, *sheet, warnings);
  return kExitOk;
}

}  // namespace

Subcommand AddCheck(CLI::App& app) {
  auto check = std::make_shared<Check>();
  CLI::App* command = app.add_subcommand(
      "check",
      "Check a run sheet; tells every mistake with its place, who is known again where, what "
      "people read beside each activity, and what is stored for how long");
  command->add_option("RUNSHEET", check->sheet, "The run sheet (JSON); - for standard input")
      ->required();
  command->add_flag("--json", check->json, "Print one JSON object");
  command->add_flag("--privacy", check->privacy,
                    "Print the privacy notice: what people are told before they join; the SHA-256 "
                    "of what is printed is its version");
  return {command, [check] { return RunCheck(*check); }};
}

}  // namespace plenum
