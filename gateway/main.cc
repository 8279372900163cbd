// plenum: one program, many commands. Each is a file in gateway/commands.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

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
    if (error.get_exit_code() == 0) return app.exit(error);  // help, version
    return plenum::Fail(std::string(error.what()) + ". See --help.", plenum::kExitUsage);
  }
  for (plenum::Subcommand& command : commands) {
    if (command.app->parsed()) return plenum::RunCommand(command);
  }
  return plenum::kExitUsage;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  // Standard output is for what a command prints.
  spdlog::set_default_logger(spdlog::stderr_color_mt("plenum"));
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "plenum: " << error.what() << "\n";
    return plenum::kExitFailed;
  }
}
