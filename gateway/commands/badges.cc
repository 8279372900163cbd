#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/commands/out_file.h"
#include "gateway/commands/print_source.h"
#include "gateway/personal_code.h"
#include "gateway/print/attendee_list.h"

namespace plenum {
namespace {

constexpr size_t kNamesShown = 5;

struct Badges {
  PrintFlags print;
  uint32_t first = 1;
  uint32_t count = 0;
  std::string names;
  std::vector<std::string> columns;
  bool preview = false;
  std::string out = "badges.html";
};

// On standard error, before anything is made.
void ShowPreview(const AttendeeList& list) {
  std::cerr << "columns";
  for (size_t i = 0; i < list.columns.size(); ++i) {
    std::cerr << (i == 0 ? "    " : ", ") << i + 1 << " \"" << list.columns[i] << "\"";
  }
  std::cerr << "\nthe name  ";
  for (const size_t column : list.chosen) std::cerr << " \"" << list.columns[column] << "\"";
  std::cerr << "\npeople     " << list.names.size() << "\n";
  for (size_t i = 0; i < std::min(kNamesShown, list.names.size()); ++i) {
    std::cerr << "           " << list.names[i] << "\n";
  }
  if (list.names.size() > kNamesShown) std::cerr << "           …\n";
  for (const ListNote& note : list.notes) {
    std::cerr << "line " << note.line << " " << note.what << "\n";
  }
}

std::expected<std::vector<std::string>, std::string> NamesFor(const Badges& chosen) {
  if (chosen.names.empty()) return std::vector<std::string>();
  auto csv = ReadFile(chosen.names);
  if (!csv) return std::unexpected(csv.error());
  auto list = ReadAttendees(*csv, chosen.columns);
  if (!list) return std::unexpected(chosen.names + ", " + list.error());
  ShowPreview(*list);
  return std::move(list->names);
}

int RunBadges(const Badges& chosen) {
  auto names = NamesFor(chosen);
  if (!names) return Fail(names.error());
  if (chosen.preview) {
    return chosen.names.empty() ? Fail("--preview is of --names.", kExitUsage) : kExitOk;
  }
  const size_t count = std::max<size_t>(chosen.count, names->size());
  if (count == 0) return Fail("how many? Give --count or --names.", kExitUsage);
  if (count > kMaxPersonalCode + 1 - chosen.first) {
    return Fail("codes go up to number " + std::to_string(kMaxPersonalCode) + ".", kExitUsage);
  }
  auto room = PrintRoom::Open(chosen.print);
  if (!room) return Fail(room.error());
  auto codes = room->Codes(chosen.first, chosen.first + static_cast<uint32_t>(count) - 1);
  if (!codes) return Fail(codes.error());
  std::vector<Badge> badges;
  for (size_t i = 0; i < count; ++i) {
    badges.push_back({i < names->size() ? (*names)[i] : std::string(), (*codes)[i]});
  }
  OutFile out(chosen.out);
  out.stream() << PrintBadges(room->offer().sheet, badges, chosen.print.Size());
  if (auto finished = out.Finish(); !finished) return Fail(finished.error());
  if (chosen.out != "-") {
    std::cout << chosen.out << ": " << count << " badges, numbers " << chosen.first << " to "
              << chosen.first + count - 1 << "\n";
  }
  return kExitOk;
}

}  // namespace

Subcommand AddBadges(CLI::App& app) {
  auto chosen = std::make_shared<Badges>();
  CLI::App* command = app.add_subcommand(
      "badges",
      "Make a page of badges, each with a personal code; names stay on this machine, and in that "
      "page alone");
  AddPrintFlags(*command, chosen->print);
  command->add_option("--count", chosen->count, "How many; with names, at least one for each");
  command->add_option("--first", chosen->first, "Number of the first: 1, or after those printed")
      ->check(CLI::Range(1u, kMaxPersonalCode))
      ->capture_default_str();
  command->add_option("--names", chosen->names,
                      "A list of attendees (CSV, UTF-8), only for the names; - for standard input");
  command->add_option(
      "--column", chosen->columns,
      "The column of the names, by its heading or number; several are put together");
  command->add_flag("--preview", chosen->preview, "Only show what was read of the list");
  command->add_option("-o,--out", chosen->out, "File; - for standard output")
      ->capture_default_str();
  return {command, [chosen] { return RunBadges(*chosen); }};
}

}  // namespace plenum
