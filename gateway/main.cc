// plenum: one program, many commands. Each is a file in gateway/commands.
#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <iostream>

#include "gateway/commands/commands.h"

namespace {

int Run(int argc, char** argv) {
  CLI::App app("Live voting for large rooms on an event log that anyone can replay.", "plenum");
  app.require_subcommand(1);
  app.set_version_flag("--version", "plenum " PLENUM_VERSION);
  app.set_help_all_flag("--help-all", "Help of all commands");
  std::vector<plenum::Subcommand> commands = plenum::AllCommands(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? plenum::kExitOk : plenum::kExitUsage;
  }
  for (plenum::Subcommand& command : commands) {
    if (command.app->parsed()) return plenum::RunCommand(command);
  }
  return plenum::kExitUsage;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "plenum: " << error.what() << "\n";
    return plenum::kExitFailed;
  }
}
