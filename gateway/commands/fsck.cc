#include "projector/fsck.h"

#include <unistd.h>

#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/data_folder.h"
#include "projector/read_models.h"

namespace plenum {
namespace {

struct FsckFlags {
  std::string data;
  bool json = false;
};

int RunFsck(const FsckFlags& flags) {
  auto folder = OpenDataFolder(flags.data, false);
  if (!folder) return Fail(folder.error());
  FsckProgress progress;
  if (::isatty(STDERR_FILENO)) {
    progress = [](uint64_t folded, uint64_t of) {
      std::cerr << "\rfolded " << folded << " of " << of << (folded == of ? "\n" : "");
    };
  }
  std::filesystem::path models = std::filesystem::path(flags.data) / kReadModelsFolder;
  auto report = FsckFolder(models, *folder->log, progress);
  if (!report) return Fail(report.error());
  std::cout << (flags.json ? EncodeFsck(*report) + "\n" : DescribeFsck(*report));
  return report->Agrees() ? kExitOk : kExitFailed;
}

}  // namespace

Subcommand AddFsck(CLI::App& app) {
  auto flags = std::make_shared<FsckFlags>();
  CLI::App* command = app.add_subcommand(
      "fsck", "Rebuild the read models of a data folder beside the old ones, and compare digests");
  command->add_option("--data", flags->data, "Data folder, while no server runs on it")->required();
  command->add_flag("--json", flags->json, "Print one JSON object");
  return {command, [flags] { return RunFsck(*flags); }};
}

}  // namespace plenum
