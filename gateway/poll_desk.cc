#include "gateway/poll_desk.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "schema/json.h"
#include "schema/limits.h"
#include "schema/member_reader.h"

namespace plenum {
namespace {

constexpr uint32_t kUsualWaitMs = 20'000;

void WriteClosed(json::Writer& writer, CloseCode code, const std::string& reason) {
  writer.Key("closed").BeginObject();
  writer.Key("code").Int(static_cast<int64_t>(code));
  if (!reason.empty()) writer.Key("reason").String(reason);
  writer.EndObject();
}

HttpAnswer AnswerWith(const PollId& id, const std::vector<Frame>& frames, const Session* ended) {
  json::Writer writer;
  writer.BeginObject().Key("poll").String(id.Hex());
  writer.Key("messages").BeginArray();
  for (const Frame& frame : frames) writer.Raw(TextIn(frame));
  writer.EndArray();
  if (ended) WriteClosed(writer, *ended->closing(), ended->closing_reason());
  writer.EndObject();
  return JsonAnswer(200, writer.Take());
}

}  // namespace

struct PollDesk::Poll {
  std::optional<PollId> id;  // none: the first of a conversation
  std::vector<std::string> messages;
  uint32_t wait_ms = kUsualWaitMs;

  // The error is a sentence.
  static std::expected<Poll, std::string> Read(std::string_view body) {
    const auto value = json::Parse(body);
    if (!value) return std::unexpected(SyntaxSentence(value.error()));
    ReadContext context{.strict = true, .language = {}, .languages = {}};
    const Path root = Path::Root("");
    MemberReader object(*value, root, context);
    Poll poll;
    if (object.Has("poll")) poll.id = object.Hex<PollId>("poll");
    for (const json::Value& message : object.Array("messages", 0, limits::kMessageBurst)) {
      poll.messages.push_back(json::Writer().Put(message).Take());
    }
    poll.wait_ms = object.U32Or("wait_ms", 0, limits::kPollWaitMs, kUsualWaitMs);
    object.Finish();
    if (!context.issues.empty()) return std::unexpected(context.issues.front().Sentence());
    if (!poll.id && poll.messages.empty()) return std::unexpected("The first poll must say hello.");
    return poll;
  }
};

struct PollDesk::Conversation final : ClientPort {
  Conversation(PollDesk& its_desk, const PollId& its_id, TimeMs now)
      : desk(its_desk), id(its_id), heard(now), client(desk.parts_.hub.Open(*this, now)) {}

  void Wake() override { desk.Wake(*this); }

  PollDesk& desk;
  const PollId id;
  HttpHandler::Reply reply;  // of the poll that waits, if one does
  TimeMs until = 0;          // when it is answered at the latest
  TimeMs heard;              // the last poll, or the answer to it
  bool woken = false;
  Hub::Client& client;
};

PollDesk::PollDesk(PollDeskParts parts) : parts_(std::move(parts)) {}
PollDesk::~PollDesk() = default;

void PollDesk::Handle(std::string_view body, HttpHandler::Reply reply) {
  if (parts_.on_poll) parts_.on_poll();
  auto poll = Poll::Read(body);
  if (!poll) return reply(ErrorAnswer(400, "bad-request", poll.error()));
  if (poll->id) {
    auto it = open_.find(*poll->id);
    if (it != open_.end()) return Take(*it->second, *std::move(poll), std::move(reply));
    return reply(ErrorAnswer(410, "gone", "This conversation has ended; begin a new one."));
  }
  if (parts_.hub.connections() >= limits::kConnections) {
    return reply(ErrorAnswer(503, "busy", "Too many people are connected; try again in a moment."));
  }
  PollId id;
  parts_.random(id.bytes);
  auto made = std::make_unique<Conversation>(*this, id, parts_.clock());
  Take(*open_.emplace(id, std::move(made)).first->second, *std::move(poll), std::move(reply));
}

void PollDesk::Take(Conversation& conversation, Poll poll, HttpHandler::Reply reply) {
  const TimeMs now = parts_.clock();
  if (conversation.reply) {
    std::exchange(conversation.reply, nullptr)(AnswerWith(conversation.id, {}, nullptr));
  }
  conversation.heard = now;
  conversation.until = now + poll.wait_ms;
  conversation.reply = std::move(reply);
  for (const std::string& message : poll.messages) {
    parts_.hub.OnText(conversation.client.session.connection(), message, now);
  }
  // Whoever does not wait gets what there is.
  const Hub::Client& client = conversation.client;
  if (poll.wait_ms == 0 || !client.outbox.empty() || client.session.closing()) Wake(conversation);
}

void PollDesk::Wake(Conversation& conversation) {
  if (std::exchange(conversation.woken, true)) return;
  woken_.push_back(conversation.id);
  if (woken_.size() == 1) parts_.soon([this] { AnswerWoken(); });
}

void PollDesk::AnswerWoken() {
  const TimeMs now = parts_.clock();
  for (const PollId& id : std::exchange(woken_, {})) {
    auto it = open_.find(id);
    if (it == open_.end()) continue;
    it->second->woken = false;
    AnswerIfDue(*it->second, now);
  }
}

void PollDesk::AnswerIfDue(Conversation& conversation, TimeMs now) {
  if (!conversation.reply) return;
  const Hub::Client& client = conversation.client;
  if (client.outbox.empty() && !client.session.closing() && now < conversation.until) return;
  Answer(conversation, now);
}

void PollDesk::Answer(Conversation& conversation, TimeMs now) {
  const Session& session = conversation.client.session;
  const bool ended = session.closing().has_value();
  const std::vector<Frame> frames = conversation.client.outbox.TakeAll();
  std::exchange(conversation.reply,
                nullptr)(AnswerWith(conversation.id, frames, ended ? &session : nullptr));
  conversation.heard = now;
  if (ended) Close(conversation, now);
}

void PollDesk::Close(Conversation& conversation, TimeMs now) {
  const PollId id = conversation.id;
  parts_.hub.Closed(conversation.client.session.connection(), now);
  open_.erase(id);
}

void PollDesk::Tick() {
  const TimeMs now = parts_.clock();
  for (auto it = open_.begin(); it != open_.end();) {
    Conversation& conversation = *(it++)->second;
    if (conversation.reply) {
      AnswerIfDue(conversation, now);
    } else if (now - conversation.heard >= limits::kPollSilenceMs) {
      Close(conversation, now);
    }
  }
}

void PollDesk::Stop() {
  const TimeMs now = parts_.clock();
  for (auto it = open_.begin(); it != open_.end();) {
    Conversation& conversation = *(it++)->second;
    if (!conversation.reply) Close(conversation, now);
  }
}

}  // namespace plenum
