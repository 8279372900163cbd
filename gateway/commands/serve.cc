#include <unistd.h>

#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/commands/node_options.h"
#include "gateway/commands/settings.h"
#include "gateway/stop_signals.h"

namespace plenum {
namespace {

struct Serve {
  NodeFlags flags;
  std::string config;
  bool print_config = false;
};

int RunServe(const Serve& serve, const CLI::App& app) {
  if (serve.print_config) {
    std::cout << PrintSettings(app);
    return kExitOk;
  }
  CatchStopSignals();
  auto options = ToNodeOptions(serve.flags);
  if (!options) return Fail(options.error(), kExitUsage);
  WarnAboutPlainHttp(*options);
  auto node = Node::Start(*options);
  if (!node) return Fail(node.error());
  const std::string token_file = (options->storage.data / "organiser.token").string();
  std::cout << "plenum serves at " << (*node)->url() << "\n";
  // A token does not belong into the journal of a service: there, only where it is to be found.
  if (isatty(STDOUT_FILENO) != 0) {
    std::cout << "Organisers make rooms at " << StartLink(**node) << "\n";
  } else {
    std::cout << "Organisers make rooms at " << (*node)->url() << "/start, with their token.\n";
  }
  std::cout << "The organiser's token is in " << token_file
            << ": without a browser, make a room with\n"
            << "  plenum room create RUNSHEET --url " << (*node)->url() << " --token-file "
            << token_file << std::endl;
  if ((*node)->has_own_log()) {
    std::cout << "The log is on this one disk. Keep a copy of it on another machine with\n"
              << "  plenum copy --from " << (*node)->url()
              << " --token-file organiser.token --data "
              << "DIR" << std::endl;
  }
  if (auto ran = (*node)->Run(); !ran) return Fail(ran.error());
  std::cout << "plenum has stopped; nothing that was answered is lost." << std::endl;
  return kExitOk;
}

}  // namespace

Subcommand AddServe(CLI::App& app) {
  auto serve = std::make_shared<Serve>();
  CLI::App* command = app.add_subcommand("serve", "Serve rooms from a data folder");
  AddNodeFlags(*command, serve->flags);
  command->add_option("--config", serve->config, "Settings file; flags and PLENUM_… go before it");
  command->add_flag("--print-config", serve->print_config, "Print all settings, and end");
  return {command, [serve, command] { return RunServe(*serve, *command); }};
}

}  // namespace plenum
