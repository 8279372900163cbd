#include "gateway/session.h"

#include <algorithm>
#include <utility>

#include "gateway/personal_code.h"
#include "schema/field_texts.h"
#include "schema/hash.h"

namespace plenum {
namespace {

constexpr uint32_t kRetrySoonMs = 500;
constexpr uint32_t kRetryLaterMs = 2000;
constexpr uint32_t kRetryDiskMs = 5000;
constexpr uint32_t kRetryGatherMs = 1000;
constexpr std::string_view kRoomSeries = "room";

// Votes that are on their way would be late.
bool ChangesStage(const Request& request) {
  return std::holds_alternative<ActivityAdvanced>(request) ||
         std::holds_alternative<ActivityRestarted>(request);
}

// The fold's own rule (CheckActor): withdrawing all links does not turn the room itself out, whose
// people came in by the code.
bool IsRevoked(const Claims& claims, const RoomInfo& info) {
  bool staff = claims.role != Role::kAttendee && claims.role != Role::kTableHost;
  return (staff && claims.epoch < info.epoch) || info.revoked.contains(claims.id);
}

}  // namespace

bool SeesConsole(Role role) { return May(role, Permission::kRun) || May(role, Permission::kMerge); }

Session::Session(uint64_t connection, SessionHost& host, Outbox& outbox, TimeMs now)
    : connection_(connection),
      host_(host),
      outbox_(outbox),
      opened_ms_(now),
      last_beat_ms_(now),
      budget_ms_(now) {}

size_t Session::max_message() const {
  bool staff = claims_ && claims_->role != Role::kAttendee && claims_->role != Role::kTableHost;
  return staff ? limits::kStaffMessageBytes : limits::kAttendeeMessageBytes;
}

void Session::OnText(std::string_view text, TimeMs now) {
  if (closing_) return;
  if (text.size() > max_message()) return End(CloseCode::kTooBig);
  std::string language = "en";
  if (claims_) {
    auto info = host_.InfoOf(claims_->room);
    if (info && !info->languages.empty()) language = info->languages.front();
  }
  auto command = ParseCommand(text, language);
  if (!command) {
    Refuse(command.error().id, "bad-message", command.error().what);
    if (!claims_) End(CloseCode::kPolicy);
    return;
  }
  const Hello* hello = std::get_if<Hello>(&command->request);
  if (claims_) {
    if (hello) return Refuse(command->id, "bad-message", "This connection has said hello already.");
    if (SpendMessage(now)) return OnCommand(*command, now);
    return Refuse(command->id, "busy", "This client says too much at once.", kRetryLaterMs);
  }
  if (!hello || checking_) {
    Refuse(command->id, "bad-message",
           "The first message must be hello, and then wait for welcome.");
    return End(CloseCode::kPolicy);
  }
  OnHello(command->id, *hello, now);
}

bool Session::SpendMessage(TimeMs now) {
  constexpr int64_t kOne = 1000;
  budget_ += std::max<TimeMs>(0, now - budget_ms_) * limits::kMessagesPerSecond;
  budget_ = std::min(budget_, limits::kMessageBurst * kOne);
  budget_ms_ = now;
  if (budget_ < kOne) return false;
  budget_ -= kOne;
  return true;
}

void Session::OnHello(const EventId& id, const Hello& hello, TimeMs now) {
  auto claims = host_.CheckToken(hello.token, now);
  if (!claims) {
    Refuse(id, "not-permitted", claims.error());
    return End(CloseCode::kPolicy);
  }
  if (claims->room.IsZero() || claims->role == Role::kNode) {
    Refuse(id, "not-permitted", "This token opens no room.");
    return End(CloseCode::kPolicy);
  }
  if (EpochPort* epoch = host_.epoch()) {
    epoch->Hear(hello.epoch, hello.proof);
    if (epoch->Replaced()) return EndWith(CloseCode::kReplaced, "replaced", kReplacedText);
  }
  checking_ = Checking{*std::move(claims), hello.version, hello.epoch};
  if (auto info = host_.InfoOf(checking_->claims.room)) Admit(*info, now);
}

void Session::OnRoom(const std::shared_ptr<const RoomInfo>& info, TimeMs now) {
  if (closing_) return;
  if (checking_) {
    if (info) return Admit(*info, now);
    return EndWith(CloseCode::kPolicy, "unknown-room", "This room is not on this server.");
  }
  if (claims_ && info && IsRevoked(*claims_, *info)) {
    EndWith(CloseCode::kPolicy, "not-permitted", "This link was withdrawn.");
  }
}

void Session::Admit(const RoomInfo& info, TimeMs now) {
  Checking checked = *std::exchange(checking_, std::nullopt);
  if (IsRevoked(checked.claims, info)) {
    return EndWith(CloseCode::kPolicy, "not-permitted", "This link was withdrawn.");
  }
  claims_ = std::move(checked.claims);
  last_beat_ms_ = now;
  Welcome welcome{claims_->role, claims_->room, now};
  if (const EpochPort* epoch = host_.epoch()) {
    welcome.epoch = epoch->Number();
    welcome.proof = epoch->Proof();
    if (checked.epoch != 0) welcome.kept = epoch->Kept(claims_->room, checked.epoch);
  }
  Send(welcome);
  host_.Subscribe(connection_, *claims_, checked.version);
}

void Session::OnCommand(const Command& command, TimeMs now) {
  if (std::holds_alternative<Ping>(command.request)) return TellBeat(now);
  if (!MaySend(claims_->role, command.request)) {
    return Refuse(command.id, "not-permitted", "This link may not do that.");
  }
  auto info = host_.InfoOf(claims_->room);
  if (!info) return RefuseFor(command.id, LogError::kBusy);
  if (!IsRecorded(command.request)) return OnScreenCommand(command, *info);
  // A resend of what is on its way already: its answers will come.
  if (in_flight_.contains(command.id)) return;
  if (in_flight_.size() >= limits::kInFlight) {
    return Refuse(command.id, "busy", "Too many commands are waiting for their answers.",
                  kRetrySoonMs);
  }
  if (!command.again && host_.Gathering() && ChangesStage(command.request)) {
    return Refuse(command.id, "busy",
                  "This server has just taken over; phones bring back what it lacks first.",
                  kRetryGatherMs);
  }
  Record(command, *info, now);
}

void Session::OnScreenCommand(const Command& command, const RoomInfo& info) {
  const RoomId& room = claims_->room;
  if (const auto* order = std::get_if<OrderScreens>(&command.request)) {
    const auto* set = std::get_if<SetScreen>(&order->order);
    if (!order->screen && set && set->sound == true) {
      return Refuse(command.id, "bad-message", "Sound comes from one screen: name it.");
    }
    return Send(Ordered{command.id, host_.TellScreens(room, *order)});
  }
  const auto* here = std::get_if<ScreenHere>(&command.request);
  if (claims_->role != Role::kDisplay && (here || !SeesConsole(claims_->role))) {
    return Refuse(command.id, "not-permitted", "This is for big screens only.");
  }
  if (here) {
    if (host_.ScreenIsHere(connection_, room, here->screen)) return;
    return Refuse(command.id, "too-many-screens", "Too many screens are connected in this room.");
  }
  const ActivityId& activity = std::get<WatchActivity>(command.request).activity;
  if (!activity.empty() && !info.series.contains(activity)) {
    return Refuse(command.id, "unknown-activity", "There is no such activity in this room.");
  }
  if (host_.Pin(connection_, room, activity)) return;
  Refuse(command.id, "too-many-screens", "Too many screens of this room are pinned already.");
}

std::expected<Identity, std::string_view> Session::IdentityFor(const Command& command,
                                                               const RoomInfo& info) {
  Identity identity;
  identity.actor.role = claims_->role;
  identity.actor.epoch = claims_->epoch;
  if (!claims_->participant) identity.actor.token = claims_->id;
  const bool paper = claims_->role == Role::kKeyer && !command.serial.empty();
  if (!claims_->participant && !paper) return identity;
  std::string series(kRoomSeries);  // of what concerns no activity
  if (!command.activity.empty()) {
    auto of_activity = info.series.find(command.activity);
    if (of_activity == info.series.end()) {
      return std::unexpected("There is no such activity in this room.");
    }
    series = of_activity->second;
  }
  std::string key = host_.RoomKey(claims_->room);
  if (key.empty()) return std::unexpected("This room is over: its key was destroyed.");
  const ParticipantId participant =
      paper ? ParticipantOfPaper(command.serial) : *claims_->participant;
  identity.person = PersonOf(key, participant, series);
  identity.series = series;
  return identity;
}

std::expected<std::optional<std::string>, std::string> Session::TextOf(const Command& command,
                                                                       const RoomInfo& info) {
  const Writing* writing = WritingIn(command.request);
  if (writing == nullptr) return std::nullopt;
  const auto* card = std::get_if<AddItem>(&command.request);
  const bool on_paper = card != nullptr && card->number != 0;  // the words are on the card itself
  if (on_paper && writing->text.empty() && writing->fields.empty()) return std::nullopt;
  if (std::holds_alternative<TellGroup>(command.request) && !info.groups.contains(writing->text)) {
    return std::unexpected("There is no group \"" + writing->text + "\" in this room.");
  }
  const Collect* collect = nullptr;
  if (card != nullptr) {
    auto found = info.collects.find(command.activity);
    if (found != info.collects.end()) collect = &found->second;
  }
  auto text = TextToKeep(*writing, collect);
  if (!text) return std::unexpected(text.error());
  return std::optional(*std::move(text));
}

// A serial that is none of the printed ones counts all the same: the papers may be numbered by
// hand.
std::string Session::WarningFor(const Command& command) {
  if (claims_->role != Role::kKeyer || command.serial.empty()) return {};
  const std::string key = host_.RoomKey(claims_->room);
  return FaultOfSerial(key, command.activity, command.serial).value_or("");
}

void Session::Record(const Command& command, const RoomInfo& info, TimeMs now) {
  auto identity = IdentityFor(command, info);
  if (!identity) return Refuse(command.id, "unknown-activity", identity.error());

  auto text = TextOf(command, info);
  if (!text) return Refuse(command.id, "bad-message", text.error());
  Event event = StampEvent(command, claims_->room, *identity, now);
  auto published =
      command.again
          ? host_.PublishAgain(connection_, claims_->room, event, *std::move(text), *command.again)
          : host_.Publish(connection_, claims_->room, event, *std::move(text));
  if (!published) return RefuseFor(command.id, published.error());
  in_flight_.emplace(command.id, InFlight{false, WarningFor(command)});
}

void Session::OnRecorded(const EventId& id, uint64_t offset) {
  auto it = in_flight_.find(id);
  if (it == in_flight_.end()) return;  // its outcome came first
  it->second.recorded = true;
  Send(Recorded{id, offset, it->second.warning});
}

void Session::OnFailed(const EventId& id, LogError error) {
  if (in_flight_.erase(id) == 0) return;
  RefuseFor(id, error);
}

void Session::OnFolded(const FoldedEvent& event) {
  auto it = in_flight_.find(event.id);
  if (it == in_flight_.end()) return;
  Send(Answer{event.id, event.outcome, event.result, std::move(it->second.warning)});
  in_flight_.erase(it);
}

void Session::OnView(Topic topic, uint64_t version, const Frame& frame) {
  if (claims_ && !closing_) outbox_.PushView(topic, version, frame);
}

void Session::Tell(const Message& message) {
  if (claims_ && !closing_) Send(message);
}

void Session::OnTick(TimeMs now) {
  if (closing_) return;
  if (!claims_) {
    if (now - opened_ms_ < limits::kFirstMessageMs) return;
    if (!checking_) return End(CloseCode::kSilent);
    return EndWith(CloseCode::kTryAgain, "busy", "The room could not be opened in time.");
  }
  if (claims_->expires <= now) {
    return EndWith(CloseCode::kPolicy, "not-permitted", "This link has expired.");
  }
  const bool changed =
      SeesConsole(claims_->role) &&
      (host_.copy() != told_copy_ || host_.Dropped(claims_->room) != told_dropped_.value_or(0));
  if (now - last_beat_ms_ < limits::kBeatMs && !changed) return;
  last_beat_ms_ = now;
  TellBeat(now);
}

void Session::TellBeat(TimeMs now) {
  if (SeesConsole(claims_->role)) {
    told_copy_ = host_.copy();
    told_dropped_ = host_.Dropped(claims_->room);
  }
  Send(Beat{now, told_copy_, told_dropped_});
}

void Session::End(CloseCode code) {
  if (!closing_) closing_ = code;
}

void Session::EndWith(CloseCode code, std::string_view error, std::string_view what) {
  if (closing_) return;
  Refuse({}, error, what);
  End(code);
  closing_reason_ = what;
}

void Session::Refuse(const EventId& id, std::string_view code, std::string_view what,
                     uint32_t retry_ms) {
  Send(ErrorMessage{id, std::string(code), std::string(what), retry_ms});
}

void Session::RefuseFor(const EventId& id, LogError error) {
  switch (error) {
    case LogError::kBusy:
      return Refuse(id, "busy", "The server is behind; the command was not taken yet.",
                    kRetrySoonMs);
    case LogError::kUnknown:
    case LogError::kAway:
      return Refuse(id, "not-recorded-yet", "Not recorded yet; send it again with the same id.",
                    kRetryLaterMs);
    case LogError::kDiskFull:
      return Refuse(id, "disk-full", "The server's disk is full; the command was not taken.",
                    kRetryDiskMs);
    case LogError::kTooLarge:
      return Refuse(id, "too-large", "The command is too large to be recorded.");
    default:
      return Refuse(id, "failed", "The server cannot record anything now.", kRetryDiskMs);
  }
}

void Session::Send(const Message& message) {
  if (closing_ && outbox_.bytes() > limits::kOutboxBytes) return;
  if (!outbox_.PushAnswer(message)) End(CloseCode::kSlow);
}

}  // namespace plenum
