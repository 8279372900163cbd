#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <thread>

#include "gateway/commands/commands.h"
#include "gateway/commands/node_options.h"
#include "gateway/commands/rehearse_flags.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr double kDemoSpeed = 60;  // a minute a second
constexpr int kInterrupted = 130;

struct Demo {
  NodeFlags flags;
  RehearseOptions rehearsal;
  bool once = false;
};

// A data folder for this demo only; gone at its end, unless it is kept.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::random_device random;
    path_ = fs::temp_directory_path() /
            ("plenum-demo-" + std::to_string(random()) + std::to_string(random()));
  }
  ~TemporaryFolder() {
    if (!kept_) Remove();
  }
  void Keep() { kept_ = true; }
  void Remove() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  bool kept_ = false;
};

void PrintLinks(const RehearsedRoom& room) {
  std::ostream& out = std::cerr;
  out << "\nThe room is open: its code is " << room.code << "\n";
  for (const auto& [role, link] : room.links) out << "  " << role << "  " << link << "\n";
  out << "Open the display's link in a browser to watch.\n" << std::endl;
}

// The day can be looked at afterwards: its record, its export, the folder served again.
void TellWhereItIs(const std::string& data, const std::string& code) {
  std::cerr
      << "\nThe day is in " << data << ". Its record, as a document to print:\n"
      << "  plenum report --data " << data << " --room " << code << " -o day.html\n"
      << "The same as tables: -o day.csv, .xlsx, .json or .md. Remove the folder when you are "
         "done."
      << std::endl;
}

int RunDemo(Demo& demo) {
  TemporaryFolder folder;
  if (demo.flags.storage.data.empty()) demo.flags.storage.data = folder.path();
  auto options = ToNodeOptions(demo.flags);
  if (!options) return Fail(options.error(), kExitUsage);
  auto node = Node::Start(*options);
  if (!node) return Fail(node.error());
  std::cerr << "plenum serves at " << (*node)->url() << std::endl;

  std::string failure;
  std::atomic<bool> rehearsed = false;
  std::thread server([&] {
    auto ran = (*node)->Run(true);
    if (!ran) failure = ran.error();
    if (rehearsed) return;
    // Ctrl-C, or a server that failed: the rehearsal would wait for it to come back.
    std::cerr << "plenum: " << (failure.empty() ? "stopped." : failure) << "\n";
    folder.Remove();
    std::_Exit(failure.empty() ? kInterrupted : kExitFailed);
  });
  demo.rehearsal.url = (*node)->url();
  demo.rehearsal.token = (*node)->organiser_token();
  std::string room;
  demo.rehearsal.on_room = [&room](const RehearsedRoom& made) {
    room = made.code;
    PrintLinks(made);
  };
  const int code = RunRehearse(demo.rehearsal, std::cout);
  rehearsed = true;
  if (demo.once) {
    (*node)->Stop();
  } else {
    std::cerr << "The day is over. The pages stay open until you press Ctrl-C." << std::endl;
  }
  server.join();
  if (!failure.empty()) return Fail(failure);
  if (!room.empty()) {
    folder.Keep();
    TellWhereItIs(demo.flags.storage.data, room);
  }
  return code;
}

}  // namespace

Subcommand AddDemo(CLI::App& app) {
  auto demo = std::make_shared<Demo>();
  demo->flags.storage.data.clear();
  demo->rehearsal.speed = kDemoSpeed;
  CLI::App* command = app.add_subcommand(
      "demo", "Serve, and rehearse the built-in day with 180 simulated people; prints the links");
  AddNodeFlags(*command, demo->flags);
  AddRehearseFlags(*command, demo->rehearsal);
  command->add_flag("--once", demo->once,
                    "At full speed, and end with the summary; keeps the day for plenum report");
  return {command, [demo, command] {
            if (demo->once && command->count("--speed") == 0) demo->rehearsal.speed = 0;
            return RunDemo(*demo);
          }};
}

}  // namespace plenum
