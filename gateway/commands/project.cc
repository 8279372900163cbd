// `plenum project`: the projector alone. Keeps a data folder's read models up to date, so that a
// node that is started on it (or on a checkpoint of it) serves at once.
#include <signal.h>

#include <chrono>
#include <iostream>
#include <thread>

#include "gateway/commands/commands.h"
#include "gateway/commands/node_options.h"
#include "gateway/storage.h"
#include "projector/projector_thread.h"
#include "projector/read_models.h"
#include "projector/replay.h"

namespace plenum {
namespace {

constexpr std::chrono::milliseconds kEvery{1000};
constexpr std::chrono::milliseconds kLook{20};

struct Project {
  StorageFlags storage;
  std::string checkpoint;
  bool until_end = false;
  bool json = false;
};

volatile sig_atomic_t stop_asked = 0;

void Print(const Project& project, const ProjectorThread& projector) {
  const uint64_t folded = projector.ReadCounters().folded, lag = projector.Lag();
  if (project.json) {
    std::cout << "{\"folded\":" << folded << ",\"lag\":" << lag << "}" << std::endl;
  } else {
    std::cerr << "folded " << folded << " entries, " << lag << " to go" << std::endl;
  }
}

// Prints once a second while something changes, until the end or a signal.
void Follow(const Project& project, const ProjectorThread& projector,
            const std::atomic<bool>& failed) {
  uint64_t printed = ~0ull;
  auto last = std::chrono::steady_clock::now() - kEvery;
  while (stop_asked == 0 && !failed) {
    const bool at_end = projector.Ready() && projector.Lag() == 0;
    const auto now = std::chrono::steady_clock::now();
    const uint64_t folded = projector.ReadCounters().folded;
    if ((now - last >= kEvery || at_end) && folded != printed) {
      Print(project, projector);
      printed = folded;
      last = now;
    }
    if (at_end && project.until_end) return;
    std::this_thread::sleep_for(kLook);
  }
}

int RunProject(const Project& project) {
  auto options = ToStorageOptions(project.storage);
  if (!options) return Fail(options.error(), kExitUsage);
  if (!options->kafka.used()) {
    return Fail(
        "project takes --kafka: beside a server with the built-in log there is no room "
        "for a second one; see fsck.",
        kExitUsage);
  }
  auto storage = OpenStorage(*options, true);
  if (!storage) return Fail(storage.error());
  auto models = OpenReadModels(options->data / kReadModelsFolder, *storage->log);
  if (!models) return Fail(models.error());
  if (!models->set_aside.empty()) std::cerr << "plenum: " << models->set_aside << "\n";
  NoSink sink;
  NoTexts texts;
  Projector projector(*storage->log, *models->store, texts, sink);
  std::string failure;
  std::atomic<bool> failed = false;
  ProjectorThread thread(*storage->log, projector,
                         {.clock = {},
                          .on_fatal =
                              [&](std::string_view why) {
                                failure = why;
                                failed = true;
                              },
                          .silent = true});
  if (auto started = projector.Start(); !started) return Fail(started.error());
  ::signal(SIGINT, [](int) { stop_asked = 1; });
  ::signal(SIGTERM, [](int) { stop_asked = 1; });
  thread.Start();
  Follow(project, thread, failed);
  storage->log->Stop();
  thread.Stop();
  if (failed) return Fail(failure);
  if (project.checkpoint.empty()) return kExitOk;
  if (auto copied = models->store->Checkpoint(project.checkpoint); !copied) {
    return Fail(copied.error());
  }
  return kExitOk;
}

}  // namespace

Subcommand AddProject(CLI::App& app) {
  auto project = std::make_shared<Project>();
  CLI::App* command = app.add_subcommand(
      "project", "Keep read models up to date without serving: standby, catching up ahead of use");
  AddStorageFlags(*command, project->storage);
  command->add_flag("--until-end", project->until_end, "End once the log's end is reached");
  command->add_option(
      "--checkpoint", project->checkpoint,
      "At the end, copy the read models to this folder, which must not exist: a new "
      "node takes it as its DATA/read-models");
  command->add_flag("--json", project->json, "Progress as JSON lines on standard output");
  return {command, [project] { return RunProject(*project); }};
}

}  // namespace plenum
