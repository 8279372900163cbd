#include <algorithm>
#include <filesystem>
#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/commands/out_file.h"
#include "gateway/commands/print_source.h"

namespace plenum {
namespace {

constexpr uint32_t kUsual = 60;  // where nobody said how many people are expected

struct Print {
  PrintFlags print;
  uint32_t badges = 0, cards = 0, ballots = 0;
  Wifi wifi;
  std::string folder;
};

std::expected<void, std::string> Save(const std::filesystem::path& path, const std::string& html) {
  OutFile out(path.string());
  out.stream() << html;
  if (auto finished = out.Finish(); !finished) return finished;
  std::cout << path.string() << "\n";
  return {};
}

// "ballots/areas" with sixty: asked for as "ballots/areas/1-60", kept as "ballots-areas.html".
std::string RangeOf(const std::string& document, const Print& chosen, uint32_t usual) {
  const uint32_t said = document == "badges"  ? chosen.badges
                        : document == "cards" ? chosen.cards
                                              : chosen.ballots;
  const bool whole = document == "join" || document == "tables" || document == "gallery";
  return whole ? "" : "/1-" + std::to_string(said != 0 ? said : usual);
}

std::expected<void, std::string> SaveAll(const Print& chosen, const PrintRoom& room) {
  const std::filesystem::path folder = chosen.folder;
  const PrintSheet& sheet = room.offer().sheet;
  const Paper paper = chosen.print.Size();
  const uint32_t usual =
      std::min(sheet.expected_people != 0 ? sheet.expected_people : kUsual, kMostPrinted);
  for (const std::string& document : room.offer().documents) {
    // Badges are for rooms that need them, and those who want them.
    if (document == "badges" && chosen.badges == 0 && !sheet.codes_only) continue;
    auto html = room.Document(document + RangeOf(document, chosen, usual), paper);
    if (!html) return std::unexpected(document + ": " + html.error());
    std::string name = document + ".html";
    std::ranges::replace(name, '/', '-');
    if (auto saved = Save(folder / name, *html); !saved) return saved;
  }
  if (chosen.wifi.name.empty()) return {};
  return Save(folder / "wifi.html", PrintWifiPoster(sheet, chosen.wifi, paper));
}

int RunPrint(const Print& chosen) {
  if (chosen.wifi.name.empty() && (!chosen.wifi.password.empty() || chosen.wifi.hidden)) {
    return Fail("which Wi-Fi? Give --wifi-name.", kExitUsage);
  }
  auto room = PrintRoom::Open(chosen.print);
  if (!room) return Fail(room.error());
  std::error_code error;
  std::filesystem::create_directories(chosen.folder, error);
  if (error) return Fail(chosen.folder + " cannot be made: " + error.message() + ".");
  if (auto saved = SaveAll(chosen, *room); !saved) return Fail(saved.error());
  return kExitOk;
}

}  // namespace

Subcommand AddPrint(CLI::App& app) {
  auto chosen = std::make_shared<Print>();
  CLI::App* command = app.add_subcommand("print",
                                         "Make the print pack of a room: posters, signs, cards and "
                                         "ballots, to be printed from a browser");
  AddPrintFlags(*command, chosen->print);
  const auto number = CLI::Range(1u, kMostPrinted);
  command->add_option("--badges", chosen->badges, "How many without names (see also: badges)")
      ->check(number);
  command->add_option("--cards", chosen->cards, "How many cards of a paper deck")->check(number);
  command->add_option("--ballots", chosen->ballots, "How many ballots of each activity")
      ->check(number);
  command->add_option("--wifi-name", chosen->wifi.name, "A poster for this Wi-Fi; stays here");
  command->add_option("--wifi-password", chosen->wifi.password, "Its password; stays here");
  command->add_flag("--wifi-hidden", chosen->wifi.hidden, "It does not tell its name by itself");
  command->add_option("-o,--out", chosen->folder, "Folder")->required();
  return {command, [chosen] { return RunPrint(*chosen); }};
}

}  // namespace plenum
