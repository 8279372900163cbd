#include <iomanip>
#include <iostream>

#include "gateway/commands/commands.h"
#include "schema/labels.h"
#include "schema/limits.h"
#include "schema/privacy_notice.h"
#include "schema/sheet_check.h"

namespace plenum {
namespace {

struct Check {
  std::string sheet;
  bool json = false;
  bool privacy = false;
};

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

int RunCheck(const Check& check) {
  auto text = ReadFile(check.sheet);
  if (!text) return Fail(text.error());
  const SheetCheck found = CheckSheet(*text);
  const bool good = found.sheet.has_value();
  if (check.privacy && good) {
    const PrivacyNotice notice = MakeNotice(*found.sheet);
    std::cout << (check.json ? EncodeNotice(notice) + "\n" : notice.plain);
  } else if (check.json) {
    std::cout << EncodeSheetCheck(found) << "\n";
  } else if (good) {
    PrintSheet(check, *found.sheet, found.warnings);
  } else {
    PrintPlaces(check, found.problems, "");
  }
  return good ? kExitOk : kExitFailed;
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
