#include "gateway/commands/commands.h"

#include <fstream>
#include <iostream>
#include <sstream>

#include "gateway/commands/settings.h"

namespace plenum {

std::vector<Subcommand> AllCommands(CLI::App& app) {
  return {AddDemo(app),     AddServe(app),  AddCheck(app),  AddLibrary(app), AddRoomCreate(app),
          AddRehearse(app), AddExport(app), AddAudit(app),  AddReplay(app),  AddReport(app),
          AddFsck(app),     AddCopy(app),   AddTopics(app), AddProject(app)};
}

int RunCommand(Subcommand& command) {
  if (auto filled = FillSettings(*command.app); !filled) return Fail(filled.error(), kExitUsage);
  return command.run();
}

int Fail(const std::string& sentence, int code) {
  std::cerr << "plenum: " << sentence << "\n";
  return code;
}

std::expected<std::string, std::string> ReadFile(const std::string& path) {
  std::ostringstream text;
  if (path == "-") {
    text << std::cin.rdbuf();
    return text.str();
  }
  std::ifstream file(path, std::ios::binary);
  if (file) text << file.rdbuf();
  if (!file) return std::unexpected(path + " cannot be read.");
  return text.str();
}

void AddTokenFlags(CLI::App& command, std::string& token, std::string& file,
                   const std::string& whose) {
  command.add_option("--token", token, whose + "; better in PLENUM_TOKEN or a file");
  command.add_option("--token-file", file, "A file that holds the token");
}

std::expected<std::string, std::string> TokenFrom(const std::string& token,
                                                  const std::string& file) {
  if (file.empty() && token.empty()) {
    return std::unexpected("a token is needed: --token-file, --token, or PLENUM_TOKEN.");
  }
  if (!token.empty()) return token;
  auto text = ReadFile(file);
  if (!text) return text;
  while (!text->empty() && (text->back() == '\n' || text->back() == ' ')) text->pop_back();
  return text;
}

}  // namespace plenum
