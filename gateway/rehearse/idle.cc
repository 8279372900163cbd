// Many connections that do nothing, to measure what one costs the server.
#include <fmt/format.h>

#include "gateway/rehearse/client.h"
#include "gateway/rehearse/connection.h"
#include "gateway/rehearse/load.h"
#include "gateway/rehearse/open_files.h"
#include "gateway/rehearse/progress.h"
#include "gateway/rehearse/server_api.h"

namespace plenum::rehearse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr char kPoll[] = R"({"title":"Idle","languages":["en"],"activities":[
  {"id":"idle","title":"Nothing to do yet","ballot":{"kind":"scale","low":1,"high":5}}]})";
constexpr size_t kOpenAtOnce = 50;
constexpr auto kOpenEvery = milliseconds(20);
constexpr auto kUntilAllAreOpen = seconds(120);
constexpr auto kForGoodbyes = milliseconds(500);

class Idlers {
 public:
  Idlers(AsioLoop& loop, Shared& shared, const Target& target)
      : loop_(loop), shared_(shared), target_(target) {}

  void Add(uint32_t number, const std::string& token, Random random) {
    clients_.push_back(std::make_unique<Client>(shared_, MakeConnection(loop_, target_), number,
                                                token, random, sink_));
  }

  // Returns how many were open at the end of the holding time.
  uint32_t Run(milliseconds hold) {
    hold_ = hold;
    begin_ = loop_.Now();
    OpenSome();
    loop_.Run();
    const uint32_t open = shared_.connected;
    for (auto& client : clients_) client->Leave();
    loop_.io().restart();
    loop_.io().run_for(kForGoodbyes);
    return open;
  }

 private:
  void OpenSome() {
    for (size_t i = 0; i < kOpenAtOnce && opened_ < clients_.size(); ++i) {
      clients_[opened_++]->Connect();
    }
    progress_.Status(std::to_string(shared_.connected) + " connections are open");
    const bool all = shared_.connected == clients_.size();
    if (all || loop_.Now() - begin_ > kUntilAllAreOpen) {
      progress_.Say(
          fmt::format("{} connections are open, for {} ms", shared_.connected, hold_.count()));
      loop_.After(hold_, [this] { loop_.Stop(); });
      return;
    }
    loop_.After(kOpenEvery, [this] { OpenSome(); });
  }

  AsioLoop& loop_;
  Shared& shared_;
  const Target& target_;
  ClientSink sink_;
  std::vector<std::unique_ptr<Client>> clients_;
  size_t opened_ = 0;
  milliseconds hold_{};
  TimePoint begin_;
  Progress progress_;
};

}  // namespace

std::expected<int, std::string> RunIdle(const RehearseOptions& options, std::ostream& out) {
  if (auto allowed = AllowOpenFiles(options.idle); !allowed)
    return std::unexpected(allowed.error());
  AsioLoop loop;
  std::expected<Target, std::string> target = FindTarget(loop, options.url);
  if (!target) return std::unexpected(target.error());
  const ServerApi api(options.url, options.token);
  std::expected<MadeRoom, std::string> made = api.MakeRoom(kPoll);
  if (!made) return std::unexpected(made.error());
  if (options.on_room) options.on_room(made->room);

  History history;
  Shared shared{loop, Pace(1, options.idle), history, {}, {}};
  Idlers idlers(loop, shared, *target);
  const Random random(options.seed);
  for (uint32_t i = 0; i < options.idle; ++i) {
    std::expected<std::string, std::string> token = api.Join(made->room.code);
    if (!token) return std::unexpected(token.error());
    idlers.Add(i, *token, random.Fork("idle", i));
  }
  const uint32_t open = idlers.Run(milliseconds(options.hold_ms));
  const uint64_t lost = history.reconnects() + shared.failures.size();
  out << (options.json ? fmt::format("{{\"idle\":{},\"open\":{},\"reconnects\":{}}}\n",
                                     options.idle, open, lost)
                       : fmt::format("{} of {} idle connections were open at the end, {} "
                                     "reconnects\n",
                                     open, options.idle, lost));
  return open == options.idle && lost == 0 ? 0 : 1;
}

}  // namespace plenum::rehearse
