#include "tests/simulation/world.h"

#include <algorithm>
#include <utility>

#include "tests/simulation/day.h"
#include "tests/simulation/faults.h"
#include "tests/simulation/mistakes.h"

namespace plenum::simulation {
namespace {

constexpr Micros kDoorsOpen = 2 * kSecond;
constexpr Micros kHurry = 60 * kSecond;     // from here on the presenter goes straight on
constexpr Micros kDayEnds = 110 * kSecond;  // at the latest
constexpr Micros kCalm = 45 * kSecond;      // within which all must have converged

class World {
 public:
  explicit World(const Story& story)
      : story_(story),
        random_(story.seed * 0x9e3779b97f4a7c15 + 1),
        trace_(story.print),
        disk_(random_.Draw<RoomId>().Hex()),
        signer_({{"k1", random_.Draw<Digest>().Hex()}}),
        room_(random_.Draw<RoomId>()),
        key_(random_.Draw<Digest>().Hex()),
        network_(timeline_, random_.Fork()),
        checks_(disk_, room_, key_, timeline_, trace_),
        faults_({.timeline = timeline_,
                 .network = network_,
                 .disk = disk_,
                 .trace = trace_,
                 .crash = [this](size_t keep) { Crash(keep); },
                 .node = [this] { return node_.get(); },
                 .anybody = [this]() -> Client* { return Anybody(); },
                 .move = [this] { MoveSomebody(); }},
                random_.Fork()),
        mistakes_({.kind = story.mistake,
                   .timeline = timeline_,
                   .network = network_,
                   .disk = disk_,
                   .trace = trace_,
                   .room = room_,
                   .append = [this](const Event& event, EventLog::Done done) {
                     if (node_) node_->Append(kRoomPartition, event, std::move(done));
                   }}) {}

  Report Go() {
    (void)disk_.vault.PutKey(room_, "room", key_);
    StartNode();
    OpenRoom();
    if (RunUntil(kDoorsOpen)) {
      Invite();
      RenewTokens();
      mistakes_.Start();
      if (story_.faults) faults_.Start();
      while (!DayIsOver() && RunOne()) {
      }
      if (checks_.failure().empty() && Heal() && RunUntil(timeline_.micros() + kCalm)) {
        checks_.Converged(*node_);
      }
    }
    std::string failure = checks_.failure();
    if (failure.empty() && network_.garbled()) failure = "bytes that are no WebSocket frames";
    return {std::move(failure), trace_.hash(), checks_.events(), trace_.counts()};
  }

 private:
  bool RunOne() {
    if (!timeline_.Step()) return false;
    checks_.Step(node_.get());
    return checks_.failure().empty();
  }
  bool RunUntil(Micros when) {
    timeline_.At(when, [] {});
    while (timeline_.micros() < when) {
      if (!RunOne()) return false;
    }
    return true;
  }

  void StartNode() {
    trace_.Note(timeline_.micros(), "node", "starts");
    MemoryLogOptions options;
    if (story_.faults) options.fault = faults_.AppendFaults();
    node_ = std::make_unique<Node>(NodeParts{.timeline = timeline_,
                                             .disk = disk_,
                                             .signer = signer_,
                                             .trace = trace_,
                                             .on_fatal = [this](auto what) { Fatal(what); },
                                             .log_options = std::move(options)},
                                   random_.Fork());
    checks_.NodeStarted();
    if (auto started = node_->Start(); !started) {
      return checks_.OnBroken(*clients_.front(), "the node does not start: " + started.error());
    }
    network_.SetNode(node_.get());
  }

  void Fatal(std::string_view what) {
    trace_.Note(timeline_.micros(), "node", what);
    trace_.Count("fatal");
    Crash(random_.Below(disk_.log().Unsynced() + 1));
  }

  // The machine dies, and comes back after a while.
  void Crash(size_t keep) {
    if (!node_) return;
    trace_.Note(timeline_.micros(), "node", "dies, keeps " + std::to_string(keep));
    trace_.Count("crash");
    if (keep < disk_.log().Unsynced()) trace_.Count("torn tail");
    network_.NodeDied();
    node_->Crash(keep);
    node_.reset();
    if (!mistakes_.AfterCrash()) faults_.LoseRows();
    timeline_.After(random_.Between(50, 3000) * kMs, [this] { StartNode(); });
  }

  Event RoomEvent(Payload payload) {
    Event event;
    event.id = random_.Draw<EventId>();
    event.room = room_;
    event.time = timeline_.now();
    event.actor = {Role::kProducer, 0, producer_};
    event.payload = std::move(payload);
    checks_.KnowSent(event.id);
    return event;
  }

  // What the HTTP server writes when a room is created.
  void OpenRoom() {
    people_ =
        static_cast<size_t>(random_.Percent(70) ? random_.Between(6, 14) : random_.Between(1, 5));
    node_->Append(kDirectoryPartition, RoomEvent(RoomClaimed{"482913", room_}));
    RoomCreated created;
    created.title = {{{"en", "A day"}}};
    created.languages = {"en"};
    created.expected_people = static_cast<uint32_t>(people_);
    node_->Append(kRoomPartition, RoomEvent(created));
    for (const ActivitySpec& spec : DrawDay(random_, people_)) {
      node_->Append(kRoomPartition, RoomEvent(ActivityAdded{spec, {}}));
    }
  }

  Badge MakeBadge(std::string name, Role role, std::optional<ParticipantId> participant) {
    Claims claims;
    claims.room = room_;
    claims.role = role;
    claims.id = random_.Draw<TokenId>();
    claims.expires = timeline_.now() + 24 * 3600 * 1000;
    claims.participant = participant;
    claims.epoch = checks_.state().epoch;
    return {std::move(name), role, claims.id, signer_.Sign(claims), participant};
  }

  // As /api/v1/join gives a fresh token for an old one: to whoever was sent away, and did not move
  // to another phone.
  void RenewTokens() {
    if (calm_) return;
    for (auto& client : clients_) {
      const Badge& badge = client->badge();
      if (client->over() != CloseCode::kPolicy) continue;
      if (badge.role == Role::kDisplay && random_.Percent(50)) continue;
      client->Renew(MakeBadge(badge.name, badge.role, badge.participant).token);
    }
    timeline_.After(random_.Between(1000, 5000) * kMs, [this] { RenewTokens(); });
  }

  template <class Kind, class... More>
  Kind& Admit(Badge badge, Micros after, More... more) {
    ClientParts parts{timeline_, network_, trace_, checks_};
    auto client =
        std::make_unique<Kind>(parts, std::move(badge), random_.Fork(), std::move(more)...);
    Kind& admitted = *client;
    checks_.Know(admitted);
    clients_.push_back(std::move(client));
    timeline_.After(after, [&admitted] { admitted.Start(); });
    return admitted;
  }

  void Invite() {
    for (size_t i = 0; i < people_; ++i) {
      Phone::Temper temper;
      temper.eager = static_cast<int>(random_.Between(30, 95));
      temper.silent = random_.Percent(20) ? 60 : 5;
      temper.hostile = random_.Percent(15);
      const Micros after =
          random_.Percent(15) ? random_.Between(10, 40) * kSecond : random_.Between(0, 3000) * kMs;
      Badge badge =
          MakeBadge("p" + std::to_string(i), Role::kAttendee, random_.Draw<ParticipantId>());
      phones_.push_back(&Admit<Phone>(std::move(badge), after, temper));
    }
    presenters_.push_back(
        &Admit<Presenter>(MakeBadge("presenter", Role::kPresenter, {}), 500 * kMs));
    if (random_.Percent(40)) {
      presenters_.push_back(
          &Admit<Presenter>(MakeBadge("producer", Role::kProducer, {}), 700 * kMs));
    }
    Client& display = Admit<Client>(MakeBadge("display", Role::kDisplay, {}), 100 * kMs);
    if (presenters_.size() > 1 && random_.Percent(50)) {
      presenters_.back()->GiveLinks({display.badge().link, presenters_.front()->badge().link});
    }
    if (random_.Percent(30)) {
      Admit<Client>(MakeBadge("slow-display", Role::kDisplay, {}), 100 * kMs)
          .ReadSlowly(random_.Between(100, 3000) * kMs);
    }
    if (random_.Percent(10)) Admit<Flood>(MakeBadge("flood", Role::kAttendee, {}), 2 * kSecond);
  }

  Client* Anybody() { return clients_.empty() ? nullptr : random_.Pick(clients_).get(); }

  // A participant goes on with another phone: the first is told to stop.
  void MoveSomebody() {
    Phone& phone = *random_.Pick(phones_);
    if (phone.over()) return;
    trace_.Count("moved phone");
    Badge badge = MakeBadge(phone.badge().name + "'", Role::kAttendee, phone.badge().participant);
    phones_.push_back(&Admit<Phone>(std::move(badge), 0, Phone::Temper{}));
  }

  bool DayIsOver() {
    const Micros now = timeline_.micros();
    for (Presenter* presenter : presenters_) {
      if (now > kHurry) presenter->HurryUp();
    }
    return now > kDayEnds || presenters_.front()->DayIsOver();
  }

  // No more faults, and nobody asks for anything new.
  bool Heal() {
    trace_.Note(timeline_.micros(), "world", "heals");
    calm_ = true;
    faults_.Stop();
    for (auto& client : clients_) {
      client->ReadSlowly(0);
      client->Calm();
    }
    return true;
  }

  const Story story_;
  Random random_;
  Timeline timeline_;
  Trace trace_;
  Disk disk_;
  TokenSigner signer_;
  const RoomId room_;
  const std::string key_;
  const TokenId producer_ = random_.Draw<TokenId>();
  size_t people_ = 0;
  bool calm_ = false;
  Network network_;
  Checks checks_;
  Faults faults_;
  Mistakes mistakes_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<Phone*> phones_;
  std::vector<Presenter*> presenters_;
  std::unique_ptr<Node> node_;
};

}  // namespace

Report Play(const Story& story) {
  auto world = std::make_unique<World>(story);
  return world->Go();
}

}  // namespace plenum::simulation
