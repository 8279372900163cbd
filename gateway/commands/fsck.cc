#include "projector/fsck.h"

#include <unistd.h>

#include <iostream>

#include "gateway/commands/commands.h"
#include "gateway/commands/node_options.h"
#include "gateway/storage.h"
#include "projector/read_models.h"

namespace plenum {
namespace {

struct FsckFlags {
  StorageFlags storage;
  bool json = false;
};

int RunFsck(const FsckFlags& flags) {
  auto options = ToStorageOptions(flags.storage);
  if (!options) return Fail(options.error(), kExitUsage);
  auto storage = OpenStorage(*options, false);
  if (!storage) return Fail(storage.error());
  FsckProgress progress;
  if (::isatty(STDERR_FILENO)) {
    progress = [](uint64_t folded, uint64_t of) {
      std::cerr << "\rfolded " << folded << " of " << of << (folded == of ? "\n" : "");
    };
  }
  std::filesystem::path models = options->data / kReadModelsFolder;
  if (!std::filesystem::exists(models)) {
    return Fail(options->data.string() +
                " has no read models to compare; a server makes them anew from its log.");
  }
  auto report = FsckFolder(models, *storage->log, progress);
  if (!report) return Fail(report.error());
  std::cout << (flags.json ? EncodeFsck(*report) + "\n" : DescribeFsck(*report));
  return report->Agrees() ? kExitOk : kExitFailed;
}

}  // namespace

Subcommand AddFsck(CLI::App& app) {
  auto flags = std::make_shared<FsckFlags>();
  CLI::App* command = app.add_subcommand(
      "fsck", "Rebuild the read models of a data folder beside the old ones, and compare digests");
  flags->storage.data.clear();
  AddStorageFlags(*command, flags->storage);
  command->get_option("--data")->description("Data folder, while no server runs on it")->required();
  command->add_flag("--json", flags->json, "Print one JSON object");
  return {command, [flags] { return RunFsck(*flags); }};
}

}  // namespace plenum
