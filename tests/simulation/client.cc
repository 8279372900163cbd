#include "tests/simulation/client.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

namespace plenum::simulation {
namespace {

constexpr Micros kSilence = 35 * kSecond;  // the server's beat comes every 10 s
constexpr Micros kPatience = 8 * kSecond;  // for an answer; then another connection is tried

}  // namespace

Client::Client(ClientParts parts, Badge badge, Random random)
    : parts_(parts), badge_(std::move(badge)), random_(random) {}

void Client::Start() {
  Connect();
  Watch();
  parts_.timeline.After(ThinkingTime(), [this] { Think(); });
}

void Client::Connect() {
  if (over_ || connection_) return;
  connected_at_ = parts_.timeline.micros();
  connection_ = parts_.network.Connect(*this);
}

void Client::Hangup() {
  if (!connection_) return;
  connection_->Hangup();
  OnClosed(std::nullopt);
}

void Client::Drop() {
  Count("phone offline");
  Hangup();
}

void Client::Renew(std::string token) {
  badge_.token = std::move(token);
  over_.reset();
  Count("token renewed");
  Connect();
}

void Client::OnOpen() {
  last_heard_ = connected_at_ = parts_.timeline.micros();
  uint64_t newest = 0;
  for (const ViewMessage& view : shown_) newest = std::max(newest, view.version);
  Command hello;
  hello.id = random_.Draw<EventId>();
  hello.request = Hello{badge_.token, newest};
  connection_->Send(EncodeCommand(hello));
}

void Client::OnClosed(std::optional<CloseCode> code) {
  connection_.reset();
  welcomed_ = false;
  fresh_.fill(false);
  if (code) Count("closed " + std::to_string(static_cast<int>(*code)));
  if (code == CloseCode::kMoved || code == CloseCode::kPolicy) {
    over_ = code;
    return;
  }
  parts_.timeline.After(random_.Between(50, 2000) * kMs, [this] { Connect(); });
}

void Client::OnText(std::string_view text) {
  if (!connection_) return;
  last_heard_ = parts_.timeline.micros();
  parts_.trace.Note(last_heard_, badge_.name, text);
  auto message = ParseMessage(text);
  if (!message) return parts_.observer.OnBroken(*this, message.error());
  OnMessage(*message);
}

void Client::OnMessage(const Message& message) {
  std::visit(
      [this](const auto& m) {
        using M = std::decay_t<decltype(m)>;
        if constexpr (std::is_same_v<M, Welcome>) OnWelcome();
        if constexpr (std::is_same_v<M, Recorded>) OnRecordedMessage(m);
        if constexpr (std::is_same_v<M, Answer>) OnAnswerMessage(m);
        if constexpr (std::is_same_v<M, ErrorMessage>) OnError(m);
        if constexpr (std::is_same_v<M, ViewMessage>) OnViewMessage(m);
      },
      message);
}

void Client::OnWelcome() {
  welcomed_ = true;
  for (const EventId& id : waiting_) {
    Asked& asked = history_.at(id);
    if (asked.sent > 0) Count("resent");
    SendOne(asked);
  }
}

void Client::OnRecordedMessage(const Recorded& recorded) {
  Asked* asked = Find(recorded.id);
  if (!asked) return parts_.observer.OnBroken(*this, "recorded what was never sent");
  asked->offset = recorded.offset;
  parts_.observer.OnRecorded(*this, *asked);
}

void Client::OnAnswerMessage(const Answer& answer) {
  Asked* asked = Find(answer.id);
  if (!asked) return parts_.observer.OnBroken(*this, "an outcome of what was never sent");
  Count("outcome " + std::string(OutcomeName(answer.outcome.code)));
  if (answer.outcome.code == OutcomeCode::kRefused) {
    Count("refused " + std::string(ReasonName(answer.outcome.reason)));
  }
  const Request& request = asked->command.request;
  const auto* ballot = std::get_if<BallotCast>(&request);
  const bool score = ballot && std::holds_alternative<ScoreCast>(ballot->ballot);
  if (score && answer.outcome.code == OutcomeCode::kCounted) Count("score counted");
  if (std::holds_alternative<CardPassed>(request) &&
      answer.outcome.code == OutcomeCode::kAccepted) {
    Count("card passed");
  }
  asked->answer = answer;
  Done(answer.id);
  parts_.observer.OnAnswer(*this, *asked);
}

void Client::OnError(const ErrorMessage& error) {
  Count("error " + error.code);
  Asked* asked = Find(error.id);
  if (!asked) return;  // of the connection, or of what was no command
  ++asked->refused;
  if (error.retry_ms == 0) {
    asked->rejected = error.code;
    return Done(error.id);
  }
  parts_.timeline.After(error.retry_ms * kMs, [this, id = error.id] {
    if (welcomed_ && std::ranges::count(waiting_, id)) SendOne(history_.at(id));
  });
}

void Client::OnViewMessage(ViewMessage view) {
  const auto topic = static_cast<size_t>(view.topic);
  const bool first = !std::exchange(fresh_[topic], true);
  parts_.observer.OnView(*this, view, first);
  if (view.version >= shown_[topic].version) shown_[topic] = std::move(view);
}

Asked* Client::Find(const EventId& id) {
  auto it = history_.find(id);
  return it == history_.end() ? nullptr : &it->second;
}

void Client::Done(const EventId& id) { std::erase(waiting_, id); }

EventId Client::Ask(ActivityId activity, uint32_t generation, uint32_t seq, Request request) {
  Asked asked;
  asked.command = {random_.Draw<EventId>(), std::move(activity), generation, seq,
                   std::move(request)};
  asked.text = EncodeCommand(asked.command);
  asked.first_sent = parts_.timeline.micros();
  const EventId id = asked.command.id;
  Asked& kept = history_.emplace(id, std::move(asked)).first->second;
  waiting_.push_back(id);
  if (welcomed_) SendOne(kept);
  return id;
}

void Client::AskAgain(const EventId& id) {
  Count("sent twice");
  if (welcomed_) SendOne(history_.at(id));
}

void Client::SendRaw(std::string text) {
  if (welcomed_) connection_->Send(std::move(text));
}

void Client::SendOne(Asked& asked) {
  ++asked.sent;
  parts_.trace.Note(parts_.timeline.micros(), badge_.name, asked.text);
  connection_->Send(asked.text);
}

const json::Value* Client::Screen(Topic topic) {
  const ViewMessage& view = shown(topic);
  if (view.data.empty()) return nullptr;
  auto& decoded = decoded_[static_cast<size_t>(topic)];
  if (!decoded || decoded->data != view.data) {
    auto value = json::Parse(view.data);
    if (!value) {
      parts_.observer.OnBroken(*this, "a view that is no JSON: " + value.error().what);
      return nullptr;
    }
    decoded = {view.data, *std::move(value)};
  }
  return &decoded->value;
}

void Client::Think() {
  if (!calm_ && !over_ && welcomed_) Act();
  parts_.timeline.After(ThinkingTime(), [this] { Think(); });
}

void Client::Watch() {
  const Micros now = parts_.timeline.micros();
  const bool silent =
      connection_ && (welcomed_ ? now - last_heard_ > kSilence : now - connected_at_ > kPatience);
  bool unanswered = false;
  if (welcomed_ && !waiting_.empty()) {
    unanswered =
        now - std::max(history_.at(waiting_.front()).first_sent, connected_at_) > kPatience;
  }
  if (silent || unanswered) {
    Count(silent ? "silent server" : "unanswered");
    Hangup();
  }
  parts_.timeline.After(kSecond, [this] { Watch(); });
}

}  // namespace plenum::simulation
