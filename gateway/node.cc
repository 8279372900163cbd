#include "gateway/node.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <csignal>
#include <limits>
#include <system_error>
#include <thread>

#include "gateway/api.h"
#include "gateway/basic/desk.h"
#include "gateway/copy_desk.h"
#include "gateway/eraser.h"
#include "gateway/http_client.h"
#include "gateway/hub.h"
#include "gateway/metrics.h"
#include "gateway/own_address.h"
#include "gateway/peer_watch.h"
#include "gateway/room_check.h"
#include "gateway/rooms.h"
#include "gateway/service_notify.h"
#include "gateway/stop_signals.h"
#include "gateway/vault_texts.h"
#include "gateway/ws_connection.h"
#include "ingest/text_intake.h"
#include "projector/projector_thread.h"
#include "projector/read_models.h"
#include "schema/clock.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTick{1000};
constexpr milliseconds kGatherPoll{10};  // what happens within it leaves in one answer to a poll
constexpr milliseconds kFarewellTick{50};
constexpr int kFarewellTicks = 60;
// A room that another node has just made is here within a second.
constexpr int kLooks = 8;
// Started again within this time, a copy that took over still waits for phones.
constexpr TimeMs kStillTakingOver = 120'000;

// As many sockets as the system grants.
void RaiseFileLimit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  if (limit.rlim_cur < limits::kConnections + 1000) {
    spdlog::warn("The system allows this process {} open files, so fewer than {} connections.",
                 limit.rlim_cur, limits::kConnections);
  }
}

// Texts and keys for the projector, from the vault.
class ThreadPort final : public ProjectorPort {
 public:
  ThreadPort(ProjectorThread& thread, Mailbox& mailbox) : thread_(thread), mailbox_(mailbox) {}
  bool Watch(const Watcher& watcher) override { return thread_.Watch(watcher); }
  void Unwatch(uint64_t connection) override { thread_.Unwatch(connection); }
  void Announce(const RoomId& room) override {
    thread_.Announce(room, [this, room](bool exists) {
      // A room that is not there may be in what of the log is not folded yet.
      if (!exists && thread_.Ready()) mailbox_.PutMissing(room);
    });
  }
  void ReportAway(const RoomId& room, const ParticipantId& who) override {
    thread_.ReportAway(room, who);
  }
  uint64_t FoldLag() override { return thread_.Lag(); }

 private:
  ProjectorThread& thread_;
  Mailbox& mailbox_;
};

}  // namespace

// In the order in which the parts need each other; destroyed in the other direction.
struct Node::Impl {
  Impl(const NodeOptions& options, Storage opened, ReadModels models, std::string origin,
       std::unique_ptr<Epoch> epoch);

  std::expected<void, std::string> Start();
  ApiParts PartsOfApi();
  HubParts PartsOfHub();
  PollDeskParts PartsOfPollDesk();
  std::unique_ptr<CopyDesk> MakeCopyDesk();
  void Tick();
  void WatchGathering();
  ProjectorOptions OptionsOfProjector();
  std::unique_ptr<PeerWatch> MakePeerWatch();
  std::optional<std::string> NotYet() const;
  std::optional<std::string> Trouble() const;
  std::string Status() const;
  std::string Condition() const;
  std::string MetricsText();
  void OnDissent(const PeerWatch::Dissent& dissent);
  void Fail(std::string why);
  void BeginStop();
  void SayFarewell(int ticks);

  NodeOptions options;
  Storage storage;
  std::unique_ptr<Epoch> epoch;  // of a built-in log
  ReadModels read_models;
  std::string public_origin;
  std::string organiser_token;

  net::io_context io{1};
  net::thread_pool jobs{1};
  Mailbox mailbox{[this] { net::post(io, [this] { hub.Drain(NodeNow()); }); },
                  limits::kHandoverEvents};
  RoomKeys room_keys{*storage.vault, storage.keys.master};
  VaultTexts texts{*storage.vault, room_keys};
  std::unique_ptr<PeerWatch> peers = MakePeerWatch();  // null: this node is alone
  std::atomic<bool> gathering = false;                 // as the hub
  Projector projector{*storage.log, *read_models.store, texts, mailbox, OptionsOfProjector()};
  ProjectorThread projector_thread{*storage.log,
                                   projector,
                                   {.clock = NodeNow,
                                    .on_fatal =
                                        [this](std::string_view why) {
                                          net::post(io,
                                                    [this, why = std::string(why)] { Fail(why); });
                                        },
                                    .may_speak = [this] { return !gathering; }}};
  TextIntakeThread text_intake{*storage.vault, *storage.log};
  ThreadPort port{projector_thread, mailbox};
  Eraser eraser{projector_thread, *storage.vault,
                [this](Eraser::Job job) { net::post(jobs, std::move(job)); }};
  TokenSigner signer{storage.keys.token_keys};
  Metrics metrics;
  Hub hub{PartsOfHub()};
  PollDesk polls{PartsOfPollDesk()};
  std::unique_ptr<CopyDesk> copy_desk = MakeCopyDesk();
  Rooms rooms{hub, room_keys, signer, io.get_executor(), jobs.get_executor()};
  Pages pages{options.pages};
  ReportDesk report_desk{projector_thread, texts, *storage.vault};
  Rehearsals rehearsals{{.io = io.get_executor(),
                         .url = [this] { return own_address.Get(); },
                         .token = [this] { return organiser_token; }}};
  Api api{PartsOfApi()};
  basic::Desk basic_desk{{.server = api,
                          .clock = NodeNow,
                          .new_id = [] { return RandomId<EventId>().Hex(); },
                          .secure_cookies = !options.listen.tls_cert.empty() ||
                                            public_origin.starts_with("https://")}};
  Origins origins{public_origin};
  WebSockets web_sockets{io, hub, NodeNow};
  HttpContext context{api, web_sockets, origins};
  Server server{io, context, options.listen};
  OwnAddress own_address{io, context, server, options.listen.address};
  net::signal_set signals{io};
  net::steady_timer timer{io};
  ServiceNotify service{[this](std::function<void()> answer) {
    return projector_thread.Post([answer = std::move(answer)](Projector&, TimeMs) { answer(); });
  }};
  std::thread stopper;
  std::string failure;
  bool stopping = false;
  TimeMs gather_until = 0;
};

Node::Impl::Impl(const NodeOptions& chosen, Storage opened, ReadModels models, std::string origin,
                 std::unique_ptr<Epoch> its_epoch)
    : options(chosen),
      storage(std::move(opened)),
      epoch(std::move(its_epoch)),
      read_models(std::move(models)),
      public_origin(std::move(origin)) {}

HubParts Node::Impl::PartsOfHub() {
  return {.log = *storage.log,
          .submit_text =
              [this](VaultText text, Urgency urgency, TextIntake::MakeEvent make,
                     Partition partition, EventLog::Done done) {
                return text_intake.Submit(std::move(text), urgency, std::move(make), partition,
                                          std::move(done));
              },
          .random = FillRandom,
          .keys = texts,
          .projector = port,
          .signer = signer,
          .mailbox = mailbox,
          .observer = &metrics,
          .on_fatal = [this](LogError error) { Fail(std::string(LogErrorText(error))); },
          .on_here =
              [this](const EventId& joined) {
                if (peers) peers->TellHere(joined);
              },
          .epoch = epoch.get(),
          .erase =
              [this](const RoomId& room, const ActivityId& activity, const ItemId& item,
                     HubParts::Erased done) {
                auto shared = std::make_shared<HubParts::Erased>(std::move(done));
                eraser.Erase(room, activity, item, [this, shared](auto erased) {
                  net::post(io, [shared, erased] { (*shared)(erased); });
                });
              },
          .copy = [this]() -> std::optional<CopyState> {
            if (!copy_desk) return std::nullopt;
            return copy_desk->State();
          }};
}

PollDeskParts Node::Impl::PartsOfPollDesk() {
  return {.hub = hub,
          .clock = NodeNow,
          .random = FillRandom,
          .soon =
              [this](std::function<void()> then) {
                auto wait = std::make_shared<net::steady_timer>(io, kGatherPoll);
                wait->async_wait([wait, then = std::move(then)](error_code error) {
                  if (!error) then();
                });
              },
          .on_poll = [this] { metrics.OnPoll(); }};
}

std::unique_ptr<CopyDesk> Node::Impl::MakeCopyDesk() {
  if (!epoch) return nullptr;
  return std::make_unique<CopyDesk>(
      CopyDeskParts{.epoch = *epoch,
                    .log = *storage.own_log,
                    .vault = *storage.own_vault,
                    .keys = storage.keys,
                    .organiser_token = [this] { return organiser_token; },
                    .io = io.get_executor(),
                    .jobs = jobs.get_executor(),
                    .clock = NodeNow,
                    .plain_http = options.copies.over_http});
}

ProjectorOptions Node::Impl::OptionsOfProjector() {
  ProjectorOptions chosen;
  if (peers) chosen.on_milestone = [this](const RoomStatus& mine) { peers->OnMilestone(mine); };
  return chosen;
}

std::unique_ptr<PeerWatch> Node::Impl::MakePeerWatch() {
  if (!storage.peers) return nullptr;
  return std::make_unique<PeerWatch>(
      *storage.peers, RandomId<NodeId>(),
      [this](const PeerWatch::Dissent& dissent) { OnDissent(dissent); },
      [this](std::vector<EventId> here) {
        net::post(io, [this, here = std::move(here)] { hub.HearHere(here, NodeNow()); });
      });
}

// Any thread. One of the two nodes is wrong; the log says which.
void Node::Impl::OnDissent(const PeerWatch::Dissent& dissent) {
  const std::string place =
      "room " + dissent.mine.room.Hex() + ", entry " + std::to_string(dissent.mine.index);
  spdlog::error("Another node ({}) has another state than this one: {}.", dissent.other.Hex(),
                place);
  RoomCheck::Start(
      projector_thread, [this](auto job) { net::post(jobs, std::move(job)); }, dissent.mine,
      [this, place, mine = dissent.mine](auto again) {
        if (!again) {
          return spdlog::error("{} cannot be folded again: {}", place, again.error());
        }
        if (*again == mine) {
          return spdlog::warn("{}: the log confirms this node.", place);
        }
        projector_thread.Post([place](Projector& wrong, TimeMs) {
          wrong.Distrust("the read models differ from the log: " + place);
        });
      });
}

ApiParts Node::Impl::PartsOfApi() {
  return {
      .hub = hub,
      .projector = projector_thread,
      .rooms = rooms,
      .signer = signer,
      .pages = pages,
      .io = io.get_executor(),
      .clock = NodeNow,
      .not_yet = [this] { return NotYet(); },
      .trouble = [this] { return Trouble(); },
      .condition = [this] { return Condition(); },
      .metrics = [this] { return MetricsText(); },
      .copies = copy_desk.get(),
      .polls = polls,
      .reports = report_desk,
      .rehearsals = rehearsals,
      .basic = [this](const HttpQuestion& question,
                      HttpHandler::Reply reply) { basic_desk.Handle(question, std::move(reply)); },
      .texts = texts,
      .looks = peers ? kLooks : 1,
      .public_origin = public_origin,
      .tls = !options.listen.tls_cert.empty()};
}

std::expected<void, std::string> Node::Impl::Start() {
  auto token = LoadOrMakeOrganiserToken(options.storage.data, signer, NodeNow());
  if (!token) return std::unexpected(token.error());
  organiser_token = *std::move(token);
  if (epoch && NodeNow() - epoch->took_over_at() < kStillTakingOver) {
    gathering = true;
    hub.GatherUntil(std::numeric_limits<TimeMs>::max());
  }
  if (auto started = projector.Start(); !started) return started;
  if (auto listening = server.Listen(); !listening) return listening;
  projector_thread.Start();
  if (peers) peers->Start();
  return {};
}

std::optional<std::string> Node::Impl::NotYet() const {
  if (stopping) return "The server is stopping; it will be back in a moment.";
  if (epoch && epoch->Replaced()) return std::string(kReplacedText);
  if (projector_thread.Ready()) return std::nullopt;
  return "The server is reading its log, and has " + std::to_string(projector_thread.Lag()) +
         " entries to go; it will be ready soon.";
}

std::optional<std::string> Node::Impl::Trouble() const {
  if (auto wait = NotYet()) return wait;
  if (auto trouble = storage.log->Trouble()) return trouble;
  return storage.vault->Trouble();
}

// For whoever looks at the service.
std::string Node::Impl::Status() const {
  return Trouble().value_or("Serving " + std::to_string(hub.connections()) + " connections.");
}

std::string Node::Impl::MetricsText() {
  auto counters = projector_thread.ReadCounters();
  auto others = peers ? peers->counters() : PeerWatch::Counters{};
  return metrics.Text({.connections = hub.connections(),
                       .polling = polls.open(),
                       .sockets = server.sockets(),
                       .fold_lag = projector_thread.Lag(),
                       .log_pending = storage.log->Pending(),
                       .folded = counters.folded,
                       .rooms = counters.rooms,
                       .peers = others.nodes,
                       .digests_compared = others.compared,
                       .digests_differing = others.differing,
                       .copy = copy_desk ? std::optional(copy_desk->State()) : std::nullopt,
                       .epoch = epoch ? epoch->Number() : 0,
                       .ready = !Trouble()});
}

std::string Node::Impl::Condition() const {
  std::string text = ",\"lag\":" + std::to_string(projector_thread.Lag());
  if (!peers) return text;
  auto others = peers->counters();
  return text + ",\"peers\":" + std::to_string(others.nodes) +
         ",\"digests_compared\":" + std::to_string(others.compared) +
         ",\"digests_differing\":" + std::to_string(others.differing);
}

void Node::Impl::Tick() {
  service.Tick(projector_thread.Ready(), Status());
  timer.expires_after(kTick);
  timer.async_wait([this](error_code error) {
    if (error || stopping) return;
    hub.Tick(NodeNow());
    polls.Tick();
    if (peers) peers->Tick();
    if (copy_desk) copy_desk->Tick();
    basic_desk.Tick();
    WatchGathering();
    Tick();
  });
}

// The phones' time to come back begins once they are let in.
void Node::Impl::WatchGathering() {
  if (!gathering) return;
  if (!hub.Gathering()) {
    gathering = false;
    spdlog::info("What phones have brought back is recorded; stages may change again.");
  } else if (gather_until == 0 && projector_thread.Ready()) {
    gather_until = NodeNow() + options.copies.gather_ms;
    hub.GatherUntil(gather_until);
  }
}

void Node::Impl::Fail(std::string why) {
  if (failure.empty()) failure = std::move(why);
  BeginStop();
}

void Node::Impl::BeginStop() {
  if (std::exchange(stopping, true)) return;
  service.Stopping();
  server.StopAccepting();
  own_address.StopAccepting();
  rehearsals.StopAll();
  hub.BeginStop();
  // These wait for threads that wait for this one to take their answers.
  stopper = std::thread([this] {
    if (peers) peers->Stop();
    text_intake.Stop();
    storage.log->Stop();
    projector_thread.Stop();
    net::post(io, [this] {
      hub.Drain(NodeNow());
      hub.EndAll(CloseCode::kGoingAway);
      polls.Stop();
      SayFarewell(kFarewellTicks);
    });
  });
}

void Node::Impl::SayFarewell(int ticks) {
  if (ticks == 0 || hub.connections() == 0) return io.stop();
  timer.expires_after(kFarewellTick);
  timer.async_wait([this, ticks](error_code) { SayFarewell(ticks - 1); });
}

std::expected<std::unique_ptr<Node>, std::string> Node::Start(const NodeOptions& options) {
  std::string origin;
  if (!options.public_url.empty()) {
    auto url = ParseUrl(options.public_url);
    if (!url) return std::unexpected(url.error());
    origin = url->Origin();
  }
  if (options.listen.tls_cert.empty() != options.listen.tls_key.empty()) {
    return std::unexpected("TLS takes both --tls-cert and --tls-key.");
  }
  auto storage = OpenStorage(options.storage, true);
  if (!storage) return std::unexpected(storage.error());
  std::unique_ptr<Epoch> epoch;
  if (storage->own_log) {
    auto opened = Epoch::Open(*storage->own_log, {.data = options.storage.data,
                                                  .keys = storage->keys.token_keys,
                                                  .clock = NodeNow,
                                                  .serve_anyway = options.copies.serve_anyway});
    if (!opened) return std::unexpected(opened.error());
    epoch = *std::move(opened);
  }
  auto models = OpenReadModels(options.storage.data / kReadModelsFolder, *storage->log);
  if (!models) return std::unexpected(models.error());
  if (!models->set_aside.empty()) spdlog::warn("{}", models->set_aside);
  RaiseFileLimit();
  auto impl = std::make_unique<Impl>(options, *std::move(storage), *std::move(models), origin,
                                     std::move(epoch));
  if (auto started = impl->Start(); !started) return std::unexpected(started.error());
  return std::unique_ptr<Node>(new Node(std::move(impl)));
}

Node::Node(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Node::~Node() {
  if (impl_->stopper.joinable()) impl_->stopper.join();
  impl_->mailbox.Close();
  if (impl_->peers) impl_->peers->Stop();
  impl_->text_intake.Stop();
  impl_->storage.log->Stop();
  impl_->projector_thread.Stop();
}

std::string Node::url() const {
  if (!impl_->public_origin.empty()) return impl_->public_origin;
  Url url;
  url.tls = impl_->server.tls();
  url.host = impl_->options.listen.address;
  if (url.host == "0.0.0.0" || url.host == "::") url.host = "localhost";
  url.port = std::to_string(impl_->server.port());
  return url.Origin();
}

bool Node::has_own_log() const { return impl_->storage.own_log != nullptr; }

const std::string& Node::organiser_token() const { return impl_->organiser_token; }

std::expected<void, std::string> Node::Run() {
  impl_->signals.add(SIGINT);
  impl_->signals.add(SIGTERM);
  impl_->signals.async_wait([this](error_code error, int) {
    if (!error) impl_->BeginStop();
  });
  if (StopWasAsked()) Stop();
  impl_->Tick();
  impl_->io.run();
  if (impl_->stopper.joinable()) impl_->stopper.join();
  if (!impl_->failure.empty()) return std::unexpected(impl_->failure);
  return {};
}

void Node::Stop() {
  net::post(impl_->io, [this] { impl_->BeginStop(); });
}

}  // namespace plenum
