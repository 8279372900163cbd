#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <random>
#include <sstream>
#include <thread>

#include "gateway/commands/commands.h"
#include "gateway/commands/local_network.h"
#include "gateway/commands/node_options.h"
#include "gateway/commands/rehearse_flags.h"
#include "gateway/commands/try_out.h"
#include "gateway/stop_signals.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr double kDemoSpeed = 60;  // a minute a second
constexpr int kInterrupted = 130;

struct Demo {
  NodeFlags flags;
  RehearseOptions rehearsal;
  bool once = false;
  bool addressed = false;  // where to listen was said
  bool phones = false;     // others in this network can open it
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
  out << "\n== Watch a day with simulated people: its code is " << room.code << "\n";
  for (const auto& [role, link] : room.links) out << "  " << role << "  " << link << "\n";
  out << "Open the display's link in a browser.\n" << std::endl;
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

// Phones cannot open "localhost". Where only this machine's own network can reach it, and nothing
// else was asked for, the demo listens to it; otherwise it says why it does not.
void OpenToPhones(Demo& demo) {
  const std::string port = demo.flags.listen.substr(demo.flags.listen.rfind(':') + 1);
  const auto address = AddressInPrivateNetwork();
  if (!address) {
    std::cerr
        << address.error()
        << " So the demo is for this computer only; phones in your network can open it after\n"
           "  deploy/demo --listen ADDRESS:"
        << port << " --public-url http://ADDRESS:" << port << "\n";
    return;
  }
  demo.flags.listen = "0.0.0.0:" + port;
  demo.flags.public_url = "http://" + *address + ":" + port;
  demo.phones = true;
  std::cerr << "The demo is open to everybody in this network, without encryption; its people are "
               "made up, and it ends\nwith Ctrl-C. For this computer only: deploy/demo --listen "
               "127.0.0.1:"
            << port << "\n";
}

// Both before the day and after it: what happens between takes a while, and fills the screen.
std::string OfferTryOut(const Demo& demo, const Node& node) {
  auto room = MakeTryOut(node.url(), node.organiser_token());
  if (!room) return "plenum: no room to try out was made: " + room.error() + "\n";
  std::ostringstream words;
  PrintTryOut(*room, demo.phones, isatty(STDERR_FILENO) != 0, words);
  return words.str();
}

int RunDemo(Demo& demo) {
  TemporaryFolder folder;
  if (demo.flags.storage.data.empty()) demo.flags.storage.data = folder.path();
  if (!demo.once && !demo.addressed) OpenToPhones(demo);
  auto options = ToNodeOptions(demo.flags);
  if (!options) return Fail(options.error(), kExitUsage);
  CatchStopSignals();
  auto node = Node::Start(*options);
  if (!node) return Fail(node.error());
  std::cerr << "plenum serves at " << (*node)->url() << std::endl;

  std::string failure;
  std::atomic<bool> rehearsed = false;
  std::thread server([&] {
    auto ran = (*node)->Run();
    if (!ran) failure = ran.error();
    if (rehearsed) return;
    // Ctrl-C, or a server that failed: the rehearsal would wait for it to come back.
    std::cerr << "plenum: " << (failure.empty() ? "stopped." : failure) << "\n";
    folder.Remove();
    std::_Exit(failure.empty() ? kInterrupted : kExitFailed);
  });
  demo.rehearsal.url = (*node)->url();
  demo.rehearsal.token = (*node)->organiser_token();
  const std::string offer = demo.once ? std::string() : OfferTryOut(demo, **node);
  std::cerr << offer;
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
    std::cerr << offer << "The day is over. The pages stay open until you press Ctrl-C."
              << std::endl;
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
            demo->addressed = command->count("--listen") + command->count("--public-url") +
                                  command->count("--tls-cert") >
                              0;
            if (demo->once && command->count("--speed") == 0) demo->rehearsal.speed = 0;
            return RunDemo(*demo);
          }};
}

}  // namespace plenum
