#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/rooms.h"
#include "schema/json.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

struct Check {
  std::string sheet;
  bool json = false;
};

void PrintProblems(const Check& check, const std::vector<Problem>& problems) {
  if (!check.json) {
    for (const Problem& problem : problems) {
      std::cout << check.sheet << ":" << problem.place.line << ":" << problem.place.column << ": "
                << problem.what;
      if (!problem.pointer.empty()) std::cout << " (" << problem.pointer << ")";
      std::cout << "\n";
    }
    return;
  }
  json::Writer writer;
  writer.BeginObject().Key("problems").BeginArray();
  for (const Problem& problem : problems) {
    writer.BeginObject().Key("pointer").String(problem.pointer);
    writer.Key("line").Int(static_cast<int64_t>(problem.place.line));
    writer.Key("column").Int(static_cast<int64_t>(problem.place.column));
    writer.Key("text").String(problem.what).EndObject();
  }
  writer.EndArray().EndObject();
  std::cout << writer.Take() << "\n";
}

void PrintSheet(const Check& check, const RunSheet& sheet) {
  std::vector<std::string> links = DescribeLinks(sheet);
  if (!check.json) {
    std::cout << check.sheet << ": " << sheet.activities.size() << " activities, no mistakes.\n";
    for (const std::string& link : links) std::cout << link << "\n";
    return;
  }
  json::Writer writer;
  writer.BeginObject().Key("problems").BeginArray().EndArray();
  writer.Key("activities").Int(static_cast<int64_t>(sheet.activities.size()));
  writer.Key("links").BeginArray();
  for (const std::string& link : links) writer.String(link);
  writer.EndArray().EndObject();
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
    PrintProblems(check, problems);
    return kExitFailed;
  }
  PrintSheet(check, *sheet);
  return kExitOk;
}

}  // namespace

Subcommand AddCheck(CLI::App& app) {
  auto check = std::make_shared<Check>();
  CLI::App* command = app.add_subcommand(
      "check",
      "Check a run sheet; tells every mistake with its place, and who is known again where");
  command->add_option("RUNSHEET", check->sheet, "The run sheet (JSON); - for standard input")
      ->required();
  command->add_flag("--json", check->json, "Print one JSON object");
  return {command, [check] { return RunCheck(*check); }};
}

}  // namespace plenum
