#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <iostream>
#include <thread>

#include "gateway/commands/commands.h"
#include "gateway/follower.h"
#include "gateway/http_client.h"
#include "schema/json.h"

namespace plenum {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kAskAgain{500};  // a server that does not answer
constexpr milliseconds kSayEvery{1000};
constexpr milliseconds kPatience{20'000};
constexpr uint32_t kWaitMs = 1000;

struct CopyFlags {
  std::string from;
  std::string token;
  std::string token_file;
  std::string data;
  bool json = false;
  bool over_http = false;
};

volatile std::sig_atomic_t g_stop = 0;
void OnSignal(int) { g_stop = 1; }

TimeMs SystemNow() {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<milliseconds>(since).count();
}

// Why a question was not answered. One that waiting does not help ends the command.
struct Trouble {
  std::string what;
  bool for_good = false;
};

// Says all the time how far behind the copy is.
class Teller {
 public:
  explicit Teller(bool json) : json_(json), screen_(::isatty(STDERR_FILENO) != 0) {}

  // The copy has all that the server had when it was asked.
  void InStep(uint64_t entries) {
    in_step_ = Clock::now();
    trouble_.clear();
    Tell(entries, 0);
  }
  void Behind(uint64_t entries, uint64_t behind) {
    trouble_.clear();
    Tell(entries, behind);
  }
  void NoAnswer(uint64_t entries, const std::string& why) {
    trouble_ = why;
    Tell(entries, 0);
  }
  void End() {
    if (screen_ && told_any_) std::cerr << std::endl;
  }

 private:
  void Tell(uint64_t entries, uint64_t behind) {
    const auto now = Clock::now();
    const bool news = trouble_.empty() != told_trouble_.empty() || !told_any_;
    // Lines are kept, so there are fewer of them.
    const auto every = json_ || screen_ ? kSayEvery : kSayEvery * 10;
    if (!news && now - told_ < every) return;
    told_ = now;
    told_any_ = true;
    told_trouble_ = trouble_;
    const double seconds = in_step_ == Clock::time_point{}
                               ? -1
                               : std::chrono::duration<double>(now - in_step_).count();
    json_ ? TellJson(entries, behind, seconds) : TellPeople(entries, behind, seconds);
  }

  void TellJson(uint64_t entries, uint64_t behind, double seconds) const {
    json::Writer writer;
    writer.BeginObject();
    writer.Key("connected").Bool(trouble_.empty());
    writer.Key("entries").Int(static_cast<int64_t>(entries));
    writer.Key("behind").Int(static_cast<int64_t>(behind));
    if (seconds >= 0) writer.Key("behind_ms").Int(static_cast<int64_t>(seconds * 1000));
    if (!trouble_.empty()) writer.Key("text").String(trouble_);
    writer.EndObject();
    std::cout << writer.Take() << std::endl;
  }

  void TellPeople(uint64_t entries, uint64_t behind, double seconds) const {
    char since[32] = "not whole yet";
    if (seconds >= 0) std::snprintf(since, sizeof since, "%.1f s behind", seconds);
    std::string line = std::to_string(entries) + " entries, " + since;
    if (behind > 0) line += ", " + std::to_string(behind) + " entries to go";
    if (!trouble_.empty()) line += ": " + trouble_;
    std::cerr << (screen_ ? "\r\x1b[K" : "") << line << (screen_ ? "" : "\n") << std::flush;
  }

  const bool json_;
  const bool screen_;
  bool told_any_ = false;
  std::string trouble_;
  std::string told_trouble_;
  Clock::time_point in_step_{};
  Clock::time_point told_{};
};

class Copying {
 public:
  Copying(const CopyFlags& flags, std::string token)
      : flags_(flags), token_(std::move(token)), teller_(flags.json) {}

  int Run();

 private:
  std::expected<std::string, Trouble> Ask(const std::string& what, const std::string& body) const;
  std::expected<CopyKeys, Trouble> AskKeys() const;
  std::expected<void, Trouble> Begin();
  std::expected<void, Trouble> Step();
  std::expected<void, Trouble> Compare(const NextAnswer& answer);
  std::expected<void, Trouble> ToTrouble(const std::expected<void, std::string>& done) const;

  const CopyFlags& flags_;
  const std::string token_;
  Teller teller_;
  std::unique_ptr<Follower> follower_;
};

std::expected<std::string, Trouble> Copying::Ask(const std::string& what,
                                                 const std::string& body) const {
  HttpRequest request;
  request.method = "POST";
  request.url = flags_.from + "/api/v1/copy/" + what;
  request.bearer = token_;
  request.body = body;
  request.timeout = kPatience;
  auto response = Fetch(request);
  if (!response) return std::unexpected(Trouble{response.error()});
  if (response->status == 200) return std::move(response->body);
  auto said = json::Parse(response->body);
  const json::Value* text = said ? said->Find("text") : nullptr;
  const bool for_good = response->status >= 400 && response->status < 500;
  return std::unexpected(Trouble{
      text && text->AsString() ? *text->AsString()
                               : "The server answered " + std::to_string(response->status) + ".",
      for_good});
}

std::expected<CopyKeys, Trouble> Copying::AskKeys() const {
  auto body = Ask("keys", "{}");
  if (!body) return std::unexpected(body.error());
  auto keys = ParseCopyKeys(*body);
  if (!keys)
    return std::unexpected(Trouble{"The server's answer is not valid: " + keys.error(), true});
  return *std::move(keys);
}

std::expected<void, Trouble> Copying::Begin() {
  auto keys = AskKeys();
  if (!keys) return std::unexpected(keys.error());
  auto follower = Follower::Open(flags_.data, flags_.from, *keys);
  if (!follower) return std::unexpected(Trouble{follower.error(), true});
  follower_ = *std::move(follower);
  return {};
}

std::expected<void, Trouble> Copying::ToTrouble(
    const std::expected<void, std::string>& done) const {
  if (done) return {};
  return std::unexpected(Trouble{done.error(), follower_->broken()});
}

std::expected<void, Trouble> Copying::Compare(const NextAnswer& answer) {
  Trouble trouble;
  auto ask = [&](const VaultPageQuestion& question) -> std::expected<VaultPage, std::string> {
    auto body = Ask("vault", Encode(question));
    if (!body) return std::unexpected(body.error().what);
    return ParseVaultPage(*body);
  };
  return ToTrouble(follower_->CompareVault(answer, ask));
}

std::expected<void, Trouble> Copying::Step() {
  if (!follower_) return Begin();
  NextQuestion question = follower_->Question();
  // First what it lacks, whatever it is; then whenever there is something new.
  question.wait_ms = kWaitMs;
  auto body = Ask("next", Encode(question));
  if (!body) return std::unexpected(body.error());
  auto answer = ParseNextAnswer(*body);
  if (!answer)
    return std::unexpected(Trouble{"The server's answer is not valid: " + answer.error()});
  if (answer->epoch != follower_->epoch()) {
    auto keys = AskKeys();
    if (!keys) return std::unexpected(keys.error());
    if (auto renewed = follower_->Renew(*keys); !renewed) {
      return std::unexpected(Trouble{renewed.error(), true});
    }
  }
  if (answer->compare) return Compare(*answer);
  if (auto taken = ToTrouble(follower_->Take(*answer, SystemNow())); !taken) return taken;
  if (follower_->behind() == 0) {
    teller_.InStep(follower_->entries());
  } else {
    teller_.Behind(follower_->entries(), follower_->behind());
  }
  return {};
}

int Copying::Run() {
  while (!g_stop) {
    auto done = Step();
    if (done) continue;
    if (done.error().for_good) {
      teller_.End();
      return Fail(done.error().what);
    }
    teller_.NoAnswer(follower_ ? follower_->entries() : 0, done.error().what);
    std::this_thread::sleep_for(kAskAgain);
  }
  teller_.End();
  if (follower_) follower_->Stop();
  std::cerr << "plenum: the copy has stopped; start it again, or serve it with plenum serve --data "
            << flags_.data << "\n";
  return kExitOk;
}

int RunCopy(CopyFlags& flags) {
  auto token = TokenFrom(flags.token, flags.token_file);
  if (!token) return Fail(token.error(), kExitUsage);
  while (flags.from.ends_with('/')) flags.from.pop_back();
  auto url = ParseUrl(flags.from);
  if (!url) return Fail(url.error(), kExitUsage);
  const bool here = url->host == "localhost" || url->host.starts_with("127.") || url->host == "::1";
  if (!url->tls && !here && !flags.over_http) {
    return Fail("a copy holds the server's keys, and " + flags.from +
                    " is plain http, which others may read: use https, or --copy-over-http.",
                kExitUsage);
  }
  std::signal(SIGINT, OnSignal);
  std::signal(SIGTERM, OnSignal);
  return Copying(flags, *token).Run();
}

}  // namespace

Subcommand AddCopy(CLI::App& app) {
  auto flags = std::make_shared<CopyFlags>();
  CLI::App* command = app.add_subcommand(
      "copy", "Keep a copy of a server's folder up to date, ready to serve in its place");
  command->add_option("--from", flags->from, "The server's URL")->required();
  AddTokenFlags(*command, flags->token, flags->token_file, "The organiser's token");
  command->add_option("--data", flags->data, "The copy's folder; made if it is missing")
      ->required();
  command->add_flag("--copy-over-http", flags->over_http,
                    "Let the server's keys go over plain http, where others may read them");
  command->add_flag("--json", flags->json, "Print a JSON object a second on standard output");
  command->footer(
      "Goes on until it is stopped; what it missed meanwhile it gets when it is started again.\n"
      "When the server is lost: stop this, and plenum serve --data DIR under the same address.");
  return {command, [flags] { return RunCopy(*flags); }};
}

}  // namespace plenum
