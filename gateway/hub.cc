#include "gateway/hub.h"

#include <algorithm>
#include <utility>

#include "schema/hash.h"

namespace plenum {
namespace {

// How long a phone may be away before the room hears of it: a screen lock, a change of network.
constexpr TimeMs kPatienceMs = 25'000;
// How often a room may be missing before its token is refused; a second apart.
constexpr int kMissesForgiven = 2;
// Commands on their way: all that the log queues and all that the fold may be behind.
constexpr size_t kRoutes =
    limits::kAppendQueueEvents + limits::kFoldLagEvents + limits::kHandoverEvents;
// Remembered only to spare the log a repetition: forgetting costs one entry each.
constexpr size_t kJoinedRemembered = 200'000;
constexpr std::string_view kJoinSeries = "room";

// The same participant joins the same room once, whatever the node and however often; with a
// personal code, once with each phone.
EventId JoinEventId(const RoomId& room, const PersonId& person,
                    const std::optional<TokenId>& device) {
  thread_local Sha256 sha;
  sha.Bytes(std::string_view("plenum/join/v1\0", 15)).Bytes(room.View()).Bytes(person.View());
  if (device) sha.Bytes(device->View());
  Digest digest = sha.Finish();
  EventId id;
  std::copy_n(digest.bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

bool IsFromTheRoom(Role role) { return role == Role::kAttendee || role == Role::kTableHost; }

}  // namespace

Hub::Hub(HubParts parts) : parts_(parts) {}
Hub::~Hub() = default;

Hub::Client* Hub::Find(uint64_t connection) {
  auto it = clients_.find(connection);
  return it == clients_.end() ? nullptr : it->second.get();
}

void Hub::WakeIfNeeded(Client& client) {
  if (!client.outbox.empty() || client.session.closing()) client.port.Wake();
}

Hub::Client& Hub::Open(ClientPort& port, TimeMs now) {
  now_ = now;
  uint64_t id = ++last_connection_;
  return *clients_.emplace(id, std::make_unique<Client>(id, *this, port, now)).first->second;
}

void Hub::OnText(uint64_t connection, std::string_view text, TimeMs now) {
  now_ = now;
  Client* client = Find(connection);
  if (!client) return;
  current_ = connection;
  client->session.OnText(text, now);
  current_ = 0;
  WakeIfNeeded(*client);
}

void Hub::Closed(uint64_t connection, TimeMs now) {
  now_ = now;
  auto it = clients_.find(connection);
  if (it == clients_.end()) return;
  std::unique_ptr<Client> client = std::move(it->second);
  clients_.erase(it);
  if (client->awaits) rooms_[*client->awaits].checking.erase(connection);
  const auto& claims = client->session.claims();
  if (!claims) return;
  parts_.projector.Unwatch(connection);
  rooms_[claims->room].members.erase(connection);
  rooms_[claims->room].pinned.erase(connection);
  screens_.Gone(claims->room, connection);
  if (!claims->participant) return;
  auto whose = participants_.find({claims->room, *claims->participant});
  if (whose == participants_.end() || whose->second != connection) return;  // has moved
  participants_.erase(whose);
  auto elsewhere = elsewhere_.find(client->join_id);
  if (elsewhere != elsewhere_.end() && elsewhere->second >= client->since) return;
  if (absent_.size() >= limits::kConnections) return;
  absent_[{claims->room, *claims->participant}] = {now, client->join_id, false};
}

std::expected<Claims, std::string> Hub::CheckToken(std::string_view token, TimeMs now) {
  return parts_.signer.Verify(token, now);
}

std::shared_ptr<const RoomInfo> Hub::InfoOf(const RoomId& room) {
  RoomEntry& entry = rooms_[room];
  if (entry.info) return entry.info;
  if (Client* client = Find(current_)) {
    client->awaits = room;
    entry.checking.insert(current_);
  }
  parts_.projector.Announce(room);
  return nullptr;
}

std::string Hub::RoomKey(const RoomId& room) { return parts_.keys.RoomKey(room); }

void Hub::Subscribe(uint64_t connection, const Claims& claims, uint64_t /*version*/) {
  Client* client = Find(connection);
  rooms_[claims.room].members.insert(connection);
  client->console = SeesConsole(claims.role);
  if (claims.participant) {
    Who who{claims.room, *claims.participant};
    absent_.erase(who);
    uint64_t& holder = participants_[who];
    Client* older = holder ? Find(holder) : nullptr;
    // Which of two phones with one code is the later one, the log says (OnJoinFolded).
    const bool undecided = older && claims.by_code && older->session.claims()->id != claims.id;
    if (older && !undecided) {
      older->session.End(CloseCode::kMoved);
      WakeIfNeeded(*older);
    }
    if (!undecided) holder = connection;
    client->joined = false;
    client->since = now_;
    Join(*client);
    if (parts_.on_here && client->join_id != EventId{}) parts_.on_here(client->join_id);
  }
  Watch(*client);
  if (!client->console) return;
  screens_.AddConsole(claims.room, connection);
  SendLetters();
}

void Hub::Join(Client& client) {
  const Claims& claims = *client.session.claims();
  std::string key = RoomKey(claims.room);
  if (key.empty()) return;  // the room is over; commands are refused with that reason
  Event event;
  event.person = PersonOf(key, *claims.participant, kJoinSeries);
  ParticipantJoined joined{claims.notice};
  if (claims.by_code) joined.device = claims.id;
  event.id = JoinEventId(claims.room, *event.person, joined.device);
  client.join_id = event.id;
  client.joined = true;
  // Whether a phone still is the latest of its person, the log alone can say.
  if (!joined.device && joined_.contains(event.id)) return;
  event.room = claims.room;
  event.time = now_;
  event.actor = {.role = claims.role, .epoch = claims.epoch, .token = {}};
  event.series = kJoinSeries;
  event.payload = joined;
  if (!Append(client.session.connection(), event, {}, true)) client.joined = false;
}

std::expected<void, LogError> Hub::Refusal() const {
  if (stopping_ || routes_.size() >= kRoutes) return std::unexpected(LogError::kBusy);
  if (parts_.epoch && parts_.epoch->Replaced()) return std::unexpected(LogError::kBusy);
  if (parts_.projector.FoldLag() > limits::kFoldLagEvents) return std::unexpected(LogError::kBusy);
  return {};
}

std::expected<void, LogError> Hub::Publish(uint64_t connection, const RoomId&, const Event& event,
                                           std::optional<std::string> text) {
  if (std::holds_alternative<ItemErased>(event.payload) && parts_.erase) {
    EraseAndAppend(connection, event);
    return {};
  }
  auto published = Append(connection, event, std::move(text), false);
  if (!published && parts_.observer) parts_.observer->OnRefused(published.error());
  return published;
}

void Hub::EraseAndAppend(uint64_t connection, const Event& event) {
  const ItemId& item = std::get<ItemErased>(event.payload).item;
  parts_.erase(event.room, event.activity, item, [this, connection, event](auto erased) {
    auto published = erased ? Append(connection, event, {}, false) : std::move(erased);
    if (published) return;
    if (Client* client = Find(connection)) {
      client->session.OnFailed(event.id, published.error());
      WakeIfNeeded(*client);
    }
  });
}

std::expected<void, LogError> Hub::PublishAgain(uint64_t connection, const RoomId& room,
                                                const Event& event, std::optional<std::string> text,
                                                uint64_t index) {
  if (!Gathering()) return Publish(connection, room, event, std::move(text));
  if (!offers_.Hold(index, {connection, event, std::move(text)})) {
    return std::unexpected(LogError::kBusy);
  }
  return {};
}

void Hub::EndGathering() {
  gather_until_ = 0;
  for (Offer& offer : offers_.TakeAll()) {
    auto published = Append(offer.connection, offer.event, std::move(offer.text), false);
    if (published) continue;
    if (Client* client = Find(offer.connection)) {
      client->session.OnFailed(offer.event.id, published.error());
      WakeIfNeeded(*client);
    }
  }
}

// A copy has taken over: nobody is to go on here.
void Hub::EndReplaced() {
  for (auto& [connection, client] : clients_) {
    client->session.EndWith(CloseCode::kReplaced, "replaced", kReplacedText);
    WakeIfNeeded(*client);
  }
}

void Hub::Say(const Event& event, Said done) {
  Say(parts_.log.PartitionOf(event.room), event, std::move(done));
}

void Hub::SayWithText(const Event& event, std::string text, Said done) {
  if (auto free = Refusal(); !free) return done(std::unexpected(free.error()));
  auto appended = AppendText(
      event, std::move(text), Urgency::kStaff,
      [&mailbox = parts_.mailbox, id = event.id](auto offset) { mailbox.PutAppend({id, offset}); });
  if (!appended) return done(std::unexpected(appended.error()));
  routes_.insert_or_assign(event.id, Route{0, 0, false, std::move(done)});
}

void Hub::SayInDirectory(const Event& event, Said done) {
  Say(kDirectoryPartition, event, std::move(done));
}

void Hub::Say(Partition partition, const Event& event, Said done) {
  if (auto free = Refusal(); !free) return done(std::unexpected(free.error()));
  auto appended = parts_.log.Append(
      partition, EncodeEvent(event), Urgency::kStaff,
      [&mailbox = parts_.mailbox, id = event.id](auto offset) { mailbox.PutAppend({id, offset}); });
  if (!appended) return done(std::unexpected(appended.error()));
  routes_.insert_or_assign(event.id, Route{0, 0, false, std::move(done)});
}

std::shared_ptr<const RoomInfo> Hub::Known(const RoomId& room) const {
  auto it = rooms_.find(room);
  return it == rooms_.end() ? nullptr : it->second.info;
}

std::expected<void, LogError> Hub::Append(uint64_t connection, const Event& event,
                                          std::optional<std::string> text, bool join) {
  if (auto free = Refusal(); !free) return free;
  Urgency urgency = IsFromTheRoom(event.actor.role) ? Urgency::kVote : Urgency::kStaff;
  uint64_t micros = parts_.observer ? parts_.observer->Micros() : 0;
  EventLog::Done done = [&mailbox = parts_.mailbox, id = event.id](auto offset) {
    mailbox.PutAppend({id, offset});
  };
  auto appended = text ? AppendText(event, *std::move(text), urgency, std::move(done))
                       : parts_.log.Append(parts_.log.PartitionOf(event.room), EncodeEvent(event),
                                           urgency, std::move(done));
  if (!appended && appended.error() == LogError::kFailed && parts_.on_fatal) {
    parts_.on_fatal(LogError::kFailed);
  }
  // Not before: an append that was refused must not take the route of the same event's first send.
  if (appended) routes_.insert_or_assign(event.id, Route{connection, micros, join, {}});
  return appended;
}

std::expected<void, LogError> Hub::AppendText(const Event& event, std::string text, Urgency urgency,
                                              EventLog::Done done) {
  VaultText record;
  record.room = event.room;
  record.event = event.id;
  parts_.random(record.nonce);
  record.text = std::move(text);
  auto make_event = [event = event](const Digest& digest) mutable {
    SetTextDigest(event.payload, digest);
    return EncodeEvent(event);
  };
  return parts_.submit_text(std::move(record), urgency, std::move(make_event),
                            parts_.log.PartitionOf(event.room), std::move(done));
}

void Hub::Drain(TimeMs now) {
  now_ = now;
  Mail mail = parts_.mailbox.TakeAll();
  for (const RoomNews& news : mail.rooms) OnRoomNews(news);
  for (const AppendAnswer& answer : mail.appends) OnAppend(answer);
  for (const FoldedEvent& event : mail.folded) OnFolded(event);
  for (const View& view : mail.views) OnView(view);
}

void Hub::OnRoomNews(const RoomNews& news) {
  RoomEntry& entry = rooms_[news.room];
  const bool links_changed =
      news.info && entry.info &&
      (news.info->epoch != entry.info->epoch || news.info->revoked != entry.info->revoked);
  if (news.info) entry.info = news.info;
  // Another node may have made it a moment ago: Tick looks again.
  if (!entry.info && !entry.checking.empty() && ++entry.missed <= kMissesForgiven) return;
  entry.missed = 0;
  // Whoever is admitted becomes a member meanwhile, and may make others move.
  std::unordered_set<uint64_t> checking = std::exchange(entry.checking, {});
  for (uint64_t connection : checking) {
    Client* client = Find(connection);
    if (!client) continue;
    client->awaits.reset();
    client->session.OnRoom(entry.info, now_);
    WakeIfNeeded(*client);
  }
  if (links_changed) {
    for (uint64_t connection : entry.members) {
      Client* client = Find(connection);
      client->session.OnRoom(news.info, now_);
      WakeIfNeeded(*client);
    }
  }
  if (!news.info && entry.members.empty()) rooms_.erase(news.room);
}

void Hub::OnAppend(const AppendAnswer& answer) {
  if (!answer.offset && answer.offset.error() == LogError::kFailed && parts_.on_fatal) {
    parts_.on_fatal(answer.offset.error());
  }
  auto it = routes_.find(answer.id);
  if (it == routes_.end()) return;  // its outcome came first
  if (it->second.said) {
    if (answer.offset) return;
    Said said = std::move(it->second.said);
    routes_.erase(it);
    return said(std::unexpected(answer.offset.error()));
  }
  const bool join = it->second.join;
  Client* client = Find(it->second.connection);
  if (answer.offset && parts_.observer) {
    parts_.observer->OnRecorded(parts_.observer->Micros() - it->second.published_micros);
  }
  if (!answer.offset && parts_.observer) parts_.observer->OnRefused(answer.offset.error());
  if (!answer.offset) routes_.erase(it);
  if (!client) return;
  if (join) {
    if (!answer.offset) client->joined = false;
    return;
  }
  if (answer.offset) {
    client->session.OnRecorded(answer.id, *answer.offset);
  } else {
    client->session.OnFailed(answer.id, answer.offset.error());
  }
  WakeIfNeeded(*client);
}

// On whatever node somebody moved to another phone: the one that they had ends.
void Hub::OnMoved(const RoomId& room, const PersonId& person, const TokenId& device) {
  auto entry = rooms_.find(room);
  if (entry == rooms_.end()) return;
  const std::string key = RoomKey(room);
  for (uint64_t connection : entry->second.members) {
    Client* client = Find(connection);
    const auto& claims = client->session.claims();
    if (!claims->by_code || claims->id == device || client->session.closing()) continue;
    if (PersonOf(key, *claims->participant, kJoinSeries) != person) continue;
    client->session.EndWith(CloseCode::kMoved, ReasonName(Reason::kMoved),
                            ReasonText(Reason::kMoved));
    WakeIfNeeded(*client);
  }
}

void Hub::OnFolded(const FoldedEvent& event) {
  if (event.moved) OnMoved(event.room, event.moved->first, event.moved->second);
  auto it = routes_.find(event.id);
  if (it == routes_.end()) return;
  Route route = std::move(it->second);
  routes_.erase(it);
  if (route.said) return route.said(event.outcome);
  if (parts_.observer) parts_.observer->OnOutcome(event.outcome.code);
  Client* client = Find(route.connection);
  if (route.join) {
    if (event.outcome.code != OutcomeCode::kRefused) {
      if (joined_.size() >= kJoinedRemembered) joined_.clear();
      joined_.insert(event.id);
    }
    if (client) OnJoinFolded(*client, event);
    return;
  }
  if (!client) return;
  client->session.OnFolded(event);
  WakeIfNeeded(*client);
}

void Hub::OnJoinFolded(Client& client, const FoldedEvent& event) {
  const auto& claims = client.session.claims();
  if (event.outcome.code != OutcomeCode::kRefused) {
    if (!claims || !claims->by_code || client.session.closing()) return;
    uint64_t& holder = participants_[{claims->room, *claims->participant}];
    if (std::exchange(holder, client.session.connection()) == holder) return;
    return Watch(client);  // its own view went to the other phone
  }
  client.session.EndWith(CloseCode::kPolicy, ReasonName(event.outcome.reason),
                         ReasonText(event.outcome.reason));
  WakeIfNeeded(client);
}

void Hub::Tick(TimeMs now) {
  now_ = now;
  if (gather_until_ != 0 && now >= gather_until_) EndGathering();
  if (parts_.epoch && parts_.epoch->Replaced()) EndReplaced();
  ReportAbsent();
  for (auto& [connection, client] : clients_) {
    client->session.OnTick(now);
    if (client->port.Stalled()) client->session.End(CloseCode::kSlow);
    if (client->session.claims() && !client->session.closing()) {
      if (!client->watching) Watch(*client);
      if (!client->joined) Join(*client);
    }
    WakeIfNeeded(*client);
  }
  SendLetters();
  LookAgain();
}

// For rooms that were not there, while somebody still waits for them.
void Hub::LookAgain() {
  std::erase_if(rooms_, [](const auto& one) {
    return one.second.missed > 0 && one.second.checking.empty() && one.second.members.empty();
  });
  for (auto& [room, entry] : rooms_) {
    if (entry.missed > 0) parts_.projector.Announce(room);
  }
}

void Hub::ReportAbsent() {
  for (auto it = absent_.begin(); it != absent_.end();) {
    const TimeMs gone = now_ - it->second.since;
    if (gone >= kPatienceMs && !std::exchange(it->second.reported, true)) {
      parts_.projector.ReportAway(it->first.first, it->first.second);
    }
    it = gone >= limits::kDroppedMs ? absent_.erase(it) : std::next(it);
  }
}

void Hub::HearHere(const std::vector<EventId>& joined, TimeMs now) {
  now_ = now;
  if (elsewhere_.size() + joined.size() > kJoinedRemembered) elsewhere_.clear();
  for (const EventId& id : joined) elsewhere_[id] = now;
  const std::unordered_set<EventId> now_elsewhere(joined.begin(), joined.end());
  std::erase_if(absent_, [&now_elsewhere](const auto& absent) {
    return now_elsewhere.contains(absent.second.join_id);
  });
}

void Hub::EndAll(CloseCode code) {
  for (auto& [connection, client] : clients_) {
    client->session.End(code);
    client->port.Wake();
  }
}

}  // namespace plenum
