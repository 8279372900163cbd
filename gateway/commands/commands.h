// The commands of the program: each adds itself to the command line, and runs once it is parsed.
#pragma once

#include <CLI/CLI.hpp>
#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace plenum {

// Exit codes. (`audit` has its own: see its help.)
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;  // one sentence is on standard error
inline constexpr int kExitUsage = 2;   // the command line is wrong

struct Subcommand {
  CLI::App* app = nullptr;
  std::function<int()> run;
};

Subcommand AddServe(CLI::App& app);
Subcommand AddDemo(CLI::App& app);
Subcommand AddCheck(CLI::App& app);
Subcommand AddLibrary(CLI::App& app);
Subcommand AddRoomCreate(CLI::App& app);
Subcommand AddRehearse(CLI::App& app);
Subcommand AddExport(CLI::App& app);
Subcommand AddAudit(CLI::App& app);
Subcommand AddReplay(CLI::App& app);
Subcommand AddReport(CLI::App& app);
Subcommand AddFsck(CLI::App& app);
Subcommand AddCopy(CLI::App& app);
Subcommand AddTopics(CLI::App& app);
Subcommand AddProject(CLI::App& app);
std::vector<Subcommand> AllCommands(CLI::App& app);

// Fills the settings that were not given as flags, then runs.
int RunCommand(Subcommand& command);

// Says one sentence on standard error, with the program's name.
int Fail(const std::string& sentence, int code = kExitFailed);

// A file's bytes; "-" is standard input. The error is one sentence.
std::expected<std::string, std::string> ReadFile(const std::string& path);

// The flags --token and --token-file, and the token that they give.
void AddTokenFlags(CLI::App& command, std::string& token, std::string& file,
                   const std::string& whose);
std::expected<std::string, std::string> TokenFrom(const std::string& token,
                                                  const std::string& file);

}  // namespace plenum
