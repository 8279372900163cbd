#include "gateway/rehearse/client.h"

#include <algorithm>
#include <random>
#include <utility>

namespace plenum::rehearse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto kSilence = seconds(25);  // nothing heard, not even a beat: the connection is dead
constexpr auto kWatchEvery = seconds(5);
constexpr auto kFirstBackOff = milliseconds(100);
constexpr auto kLongestBackOff = seconds(20);  // in the room
constexpr auto kShortestCap = milliseconds(1500);
constexpr size_t kAnsweredKept = 500;
constexpr std::string_view kConsoleBegins = R"({"type":"view","topic":"console")";
constexpr uint32_t kMostAttempts = 16;  // beyond it the back-off does not grow

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

}  // namespace

EventId MakeEventId() {
  static std::random_device device;
  EventId id;
  for (size_t i = 0; i < id.bytes.size(); i += sizeof(uint32_t)) {
    uint32_t word = device();
    std::copy_n(reinterpret_cast<const uint8_t*>(&word), sizeof word, id.bytes.begin() + i);
  }
  return id;
}

Client::Client(Shared& shared, std::unique_ptr<Link> link, uint32_t who, std::string token,
               Random random, ClientSink& sink)
    : shared_(shared),
      link_(std::move(link)),
      who_(who),
      token_(std::move(token)),
      random_(random),
      sink_(sink) {}

Client::~Client() {
  if (ready_) --shared_.connected;
  link_->Drop();
}

void Client::Connect() {
  ++epoch_;
  last_heard_ = shared_.loop.Now();
  link_->Open(*this);
}

EventId Client::Say(Command command, uint32_t times) {
  if (command.id.IsZero()) command.id = MakeEventId();
  Kept& kept = kept_.emplace_back();
  kept.text = EncodeCommand(command);
  kept.command = std::move(command);
  const EventId id = kept.command.id;
  shared_.history.OnKept(who_, kept.command);
  for (uint32_t i = 0; ready_ && i < times; ++i) SendKept(kept);
  return id;
}

void Client::Drop(Duration away) {
  if (gone_) return;
  link_->Drop();
  Reconnect(away);
}

void Client::Leave() {
  gone_ = true;
  ++epoch_;
  if (ready_) --shared_.connected;
  ready_ = false;
  link_->Close();
}

void Client::OnOpen() {
  Command hello;
  hello.id = MakeEventId();
  hello.request = Hello{token_, version_, server_epoch_, proof_};
  link_->Send(EncodeCommand(hello));
  Watch();
}

void Client::Watch() {
  shared_.loop.After(kWatchEvery, [this, alive = std::weak_ptr(alive_), epoch = epoch_] {
    if (alive.expired() || epoch != epoch_ || gone_) return;
    if (shared_.loop.Now() - last_heard_ < kSilence) {
      Watch();
      return;
    }
    link_->Drop();
    OnClosed(0);
  });
}

void Client::OnClosed(uint16_t close_code) {
  if (gone_) return;
  bool for_good = close_code == static_cast<uint16_t>(CloseCode::kPolicy) ||
                  close_code == static_cast<uint16_t>(CloseCode::kMoved);
  if (!for_good) {
    Reconnect(BackOff());
    return;
  }
  shared_.failures.push_back("Client " + std::to_string(who_) +
                             " was sent away for good (close code " + std::to_string(close_code) +
                             ").");
  Leave();
}

void Client::Reconnect(Duration wait) {
  if (ready_) --shared_.connected;
  ready_ = false;
  ++epoch_;
  shared_.loop.After(wait, [this, alive = std::weak_ptr(alive_), epoch = epoch_] {
    if (!alive.expired() && epoch == epoch_ && !gone_) Connect();
  });
}

// Full jitter: anything up to a bound that doubles with each failure.
Duration Client::BackOff() {
  Duration cap = std::max<Duration>(
      kShortestCap, std::min<Duration>(kLongestBackOff, shared_.pace.Of(kLongestBackOff)));
  Duration bound = kFirstBackOff * (1 << std::min(attempts_, kMostAttempts));
  ++attempts_;
  bound = std::min(bound, cap);
  return std::chrono::duration_cast<Duration>(bound * random_.Unit());
}

void Client::OnText(std::string_view text) {
  last_heard_ = shared_.loop.Now();
  if (auto stage = shared_.stages.Find(text)) {
    uint64_t& shown = shown_[static_cast<size_t>(Topic::kStage)];
    if (stage->version < shown) return;
    shown = stage->version;
    version_ = std::max(version_, stage->version);
    stage_ = stage;
    sink_.OnStage(*stage);
    return;
  }
  // A long view that is mostly not asked for is not read until it is.
  if (text.starts_with(kConsoleBegins) && !sink_.ReadsConsole()) {
    unread_console_ = text;
    return;
  }
  std::expected<Message, std::string> message = ParseMessage(text);
  if (message) {
    OnMessage(std::move(*message), text);
  } else {
    ++shared_.bad_messages;
  }
}

void Client::OnMessage(Message message, std::string_view text) {
  std::visit(Overloaded{
                 [&](const Welcome& welcome) { OnWelcome(welcome); },
                 [&](const Recorded& recorded) {
                   shared_.history.OnRecorded(recorded.id, recorded.offset, last_heard_);
                 },
                 [&](const Answer& answer) { OnOutcome(answer.id, answer.outcome); },
                 [&](const ViewMessage& view) { OnView(view, text); },
                 [&](const ErrorMessage& error) { OnError(error); },
                 [&](const auto&) {},  // of no concern to who votes and who runs the day
             },
             message);
}

void Client::OnWelcome(const Welcome& welcome) {
  if (ready_) return;
  if (welcome.epoch < server_epoch_) {
    // A server that was replaced has come back, and does not know it yet.
    link_->Drop();
    Reconnect(BackOff());
    return;
  }
  if (server_epoch_ != 0 && welcome.epoch > server_epoch_) {
    const uint64_t kept = welcome.kept.value_or(0);
    shared_.history.OnTakeOver(welcome.epoch, kept);
    OfferAgain(kept);
  }
  server_epoch_ = welcome.epoch;
  proof_ = welcome.proof;
  ready_ = true;
  attempts_ = 0;
  last_ready_ = last_heard_;
  ++shared_.connected;
  if (was_ready_) shared_.history.OnReconnect();
  was_ready_ = true;
  for (Kept& kept : kept_) {
    kept.waits = false;
    SendKept(kept);
  }
}

// What this server lacks of what the one before it had is sent again, as it was and in its order.
void Client::OfferAgain(uint64_t kept) {
  const auto mark = [](Kept& command, uint64_t index) {
    command.command.again = index;
    command.text = EncodeCommand(command.command);
  };
  for (Kept& waiting : kept_) {
    if (waiting.sent) mark(waiting, version_);  // nobody knows whether it is there
  }
  while (!answered_.empty() && answered_.back().index >= kept) {
    mark(answered_.back(), answered_.back().index);
    kept_.push_front(std::move(answered_.back()));
    answered_.pop_back();
  }
  version_ = 0;
  shown_ = {};
  console_.reset();
  unread_console_.clear();
  sink_.OnTakeOver();
}

void Client::SendKept(Kept& kept) {
  kept.sent = true;
  shared_.history.OnSent(who_, kept.command, shared_.loop.Now());
  link_->Send(kept.text);
}

void Client::OnView(const ViewMessage& view, std::string_view text) {
  uint64_t& shown = shown_[static_cast<size_t>(view.topic)];
  if (view.version < shown) return;
  shown = view.version;
  version_ = std::max(version_, view.version);
  if (view.topic == Topic::kStage) {
    OnStageText(view, text);
  } else if (view.topic == Topic::kPerson) {
    std::optional<PersonView> person = ReadPersonView(view.version, view.data);
    person ? sink_.OnPerson(*person) : void(++shared_.bad_messages);
  } else {
    console_ = ReadConsoleView(view.version, view.data);
    if (!console_) return void(++shared_.bad_messages);
    if (sink_.ReadsConsole()) sink_.OnConsole(*console_);
  }
}

const ConsoleView* Client::Console() {
  if (!unread_console_.empty()) {
    std::expected<Message, std::string> message = ParseMessage(std::exchange(unread_console_, {}));
    if (message) {
      OnMessage(std::move(*message), {});
    } else {
      ++shared_.bad_messages;
    }
  }
  return console_ ? &*console_ : nullptr;
}

void Client::OnStageText(const ViewMessage& view, std::string_view text) {
  std::optional<StageView> stage = ReadStageView(view.version, view.data);
  if (!stage) {
    ++shared_.bad_messages;
    return;
  }
  auto shared_view = std::make_shared<const StageView>(*std::move(stage));
  shared_.stages.Keep(text, shared_view);
  stage_ = shared_view;
  sink_.OnStage(*shared_view);
}

void Client::OnError(const ErrorMessage& error) {
  auto kept = FindKept(error.id);
  if (error.retry_ms == 0) {
    shared_.history.OnRefused(error.id, error.code, last_heard_);
    Settle(error.id, nullptr);
    return;
  }
  if (kept == kept_.end() || kept->waits) return;
  kept->waits = true;
  auto wait = milliseconds(error.retry_ms + random_.Below(error.retry_ms + 1));
  shared_.loop.After(wait, [this, alive = std::weak_ptr(alive_), epoch = epoch_, id = error.id] {
    if (alive.expired() || epoch != epoch_) return;
    auto again = FindKept(id);
    if (again == kept_.end() || !again->waits) return;
    again->waits = false;
    if (ready_) SendKept(*again);
  });
}

void Client::OnOutcome(const EventId& id, const Outcome& outcome) {
  shared_.history.OnOutcome(id, outcome, last_heard_);
  Settle(id, &outcome);
}

void Client::Settle(const EventId& id, const Outcome* outcome) {
  auto kept = FindKept(id);
  if (kept == kept_.end()) return;  // the answer to a second copy
  Kept settled = std::move(*kept);
  kept_.erase(kept);
  const Command command = settled.command;
  const bool again = std::exchange(settled.done, true);
  if (outcome != nullptr) {
    settled.index = outcome->code == OutcomeCode::kDuplicate ? outcome->ref : outcome->index;
    auto place = std::ranges::upper_bound(answered_, settled.index, {}, &Kept::index);
    answered_.insert(place, std::move(settled));
    if (answered_.size() > kAnsweredKept) answered_.pop_front();
  }
  again ? sink_.OnDoneAgain(command, outcome) : sink_.OnDone(command, outcome);
}

std::deque<Client::Kept>::iterator Client::FindKept(const EventId& id) {
  return std::ranges::find(kept_, id, [](const Kept& kept) { return kept.command.id; });
}

}  // namespace plenum::rehearse
