#include "gateway/library/library.h"

#include <iostream>

#include "gateway/commands/commands.h"
#include "schema/labels.h"

namespace plenum {
namespace {

struct Library {
  std::string name;
  bool json = false;
  bool schema = false;
};

void PrintList() {
  const LibraryList& list = ListLibrary();
  std::cout << "Days\n";
  for (const ReadyDay& day : list.days) {
    std::cout << "  " << day.name << "\n      " << TextIn(day.title, "en") << ": " << day.activities
              << " activities, " << day.expected_people << " people,";
    for (const std::string& language : day.languages) std::cout << " " << language;
    std::cout << "\n";
  }
  std::cout << "Activities\n";
  for (const ReadyActivity& ready : list.activities) {
    std::cout << "  " << ready.name << "\n      " << TextIn(ready.about, "en");
    for (size_t i = 0; i < ready.after.size(); ++i) {
      std::cout << (i == 0 ? " After: " : ", ") << ready.after[i];
    }
    std::cout << "\n";
  }
}

int RunLibrary(const Library& library) {
  if (library.schema) {
    std::cout << RunSheetSchema();
    return kExitOk;
  }
  if (library.name.empty()) {
    library.json ? void(std::cout << EncodeLibraryList() << "\n") : PrintList();
    return kExitOk;
  }
  auto text = FindLibraryDay(library.name);
  if (!text) text = FindLibraryActivity(library.name);
  if (!text) {
    return Fail("There is no \"" + library.name +
                "\" in the library; `plenum library` lists what there is.");
  }
  std::cout << *text;
  return kExitOk;
}

}  // namespace

Subcommand AddLibrary(CLI::App& app) {
  auto library = std::make_shared<Library>();
  CLI::App* command = app.add_subcommand(
      "library", "List the ready activities and sample days, or print one to begin with");
  command->add_option("NAME", library->name, "Which one to print, as JSON; without it, the list");
  command->add_flag("--json", library->json, "Print the list as one JSON object");
  command->add_flag("--schema", library->schema,
                    "Print the JSON Schema of run sheets, for editors that help with it");
  return {command, [library] { return RunLibrary(*library); }};
}

}  // namespace plenum
