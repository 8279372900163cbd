#include "schema/message.h"

#include <algorithm>
#include <array>

#include "schema/limits.h"
#include "schema/member_reader.h"

namespace plenum {
namespace {

constexpr std::array<std::string_view, 4> kTopics = {"stage", "person", "console", "activity"};

// In the order of Message.
constexpr std::array<std::string_view, std::variant_size_v<Message>> kTypes = {
    "welcome", "recorded", "outcome",      "view",   "error",
    "beat",    "screens",  "screen.order", "ordered"};

constexpr size_t kCodeBytes = 64;
constexpr size_t kSentenceBytes = 4096;
constexpr size_t kProofBytes = 64;

// Whether `ref` says something; 0 is an index like any other.
bool RefersToAnother(OutcomeCode code) {
  return code == OutcomeCode::kSuperseded || code == OutcomeCode::kDuplicate ||
         code == OutcomeCode::kStale;
}

struct MemberWriter {
  json::Writer& writer;

  void operator()(const Welcome& message) const {
    writer.Key("role").String(RoleName(message.role));
    writer.Key("room").String(message.room.Hex());
    writer.Key("time_ms").Int(message.time);
    if (message.epoch != 0) writer.Key("epoch").Int(static_cast<int64_t>(message.epoch));
    if (!message.proof.empty()) writer.Key("proof").String(message.proof);
    if (message.kept) writer.Key("kept").Int(static_cast<int64_t>(*message.kept));
  }
  void operator()(const Recorded& message) const {
    writer.Key("id").String(message.id.Hex());
    writer.Key("offset").Int(static_cast<int64_t>(message.offset));
    if (!message.warning.empty()) writer.Key("warning").String(message.warning);
  }
  void operator()(const Answer& message) const {
    const Outcome& outcome = message.outcome;
    writer.Key("id").String(message.id.Hex());
    writer.Key("outcome").String(OutcomeName(outcome.code));
    writer.Key("index").Int(static_cast<int64_t>(outcome.index));
    if (outcome.reason != Reason::kNone) {
      writer.Key("reason").String(ReasonName(outcome.reason));
      writer.Key("text").String(ReasonText(outcome.reason));
    }
    if (RefersToAnother(outcome.code)) writer.Key("ref").Int(static_cast<int64_t>(outcome.ref));
    if (!message.result.empty()) writer.Key("result").Raw(message.result);
    if (!message.warning.empty()) writer.Key("warning").String(message.warning);
  }
  void operator()(const ViewMessage& message) const {
    writer.Key("topic").String(TopicName(message.topic));
    writer.Key("version").Int(static_cast<int64_t>(message.version));
    writer.Key("data").Raw(message.data);
  }
  void operator()(const ErrorMessage& message) const {
    if (!message.id.IsZero()) writer.Key("id").String(message.id.Hex());
    writer.Key("code").String(message.code);
    writer.Key("text").String(message.what);
    if (message.retry_ms != 0) writer.Key("retry_ms").Int(message.retry_ms);
  }
  void operator()(const Beat& message) const {
    writer.Key("time_ms").Int(message.time);
    if (message.dropped) writer.Key("dropped").Int(*message.dropped);
    if (!message.copy) return;
    writer.Key("copy").BeginObject();
    writer.Key("connected").Int(message.copy->connected);
    writer.Key("behind").Int(static_cast<int64_t>(message.copy->behind));
    writer.Key("behind_ms").Int(static_cast<int64_t>(message.copy->behind_ms));
    writer.EndObject();
  }
  void operator()(const ScreenList& message) const {
    writer.Key("screens").BeginArray();
    for (const Screen& screen : message.screens) WriteScreen(writer, screen);
    writer.EndArray();
  }
  void operator()(const ToScreen& message) const {
    writer.Key("order");
    WriteScreenOrder(writer, message.order);
  }
  void operator()(const Ordered& message) const {
    writer.Key("id").String(message.id.Hex());
    writer.Key("screens").Int(message.screens);
  }
};

uint64_t ReadIndex(MemberReader& object, std::string_view key) {
  return static_cast<uint64_t>(object.Int(key, 0, kMaxIndex));
}

// An object, encoded again.
std::string ReadRaw(MemberReader& object, std::string_view key) {
  const json::Value* const value = object.Require(key);
  if (!value) return {};
  if (!value->AsObject()) object.Refuse(key, "This must be an object.");
  json::Writer writer;
  writer.Put(*value);
  return writer.Take();
}

std::optional<OutcomeCode> ParseOutcome(std::string_view name) {
  for (auto n = 0; n <= static_cast<int>(OutcomeCode::kDisputed); ++n) {
    if (OutcomeName(static_cast<OutcomeCode>(n)) == name) return static_cast<OutcomeCode>(n);
  }
  return std::nullopt;
}

std::optional<Reason> ParseReason(std::string_view name) {
  for (auto n = 0; n <= static_cast<int>(Reason::kMoved); ++n) {
    if (ReasonName(static_cast<Reason>(n)) == name) return static_cast<Reason>(n);
  }
  return std::nullopt;
}

Welcome ReadWelcome(MemberReader& object) {
  Welcome message;
  const auto role = ParseRole(object.String("role", kCodeBytes));
  if (!role) object.Refuse("role", "There is no such role.");
  message.role = role.value_or(Role::kAttendee);
  message.room = object.Hex<RoomId>("room");
  message.time = object.Int("time_ms", 0, kMaxIndex);
  if (object.Has("epoch")) message.epoch = static_cast<uint64_t>(object.Int("epoch", 1, kMaxIndex));
  if (object.Has("proof")) message.proof = object.String("proof", kProofBytes);
  if (object.Has("kept")) message.kept = ReadIndex(object, "kept");
  return message;
}

Beat ReadBeat(MemberReader& object) {
  Beat message{object.Int("time_ms", 0, kMaxIndex)};
  if (object.Has("dropped")) message.dropped = object.U32("dropped", 0, kMaxCounter);
  const json::Value* const value = object.Optional("copy");
  if (!value) return message;
  MemberReader copy(*value, object.path().Member("copy"), object.context());
  message.copy = CopyState{.connected = copy.U32("connected", 0, kMaxCounter),
                           .behind = ReadIndex(copy, "behind"),
                           .behind_ms = ReadIndex(copy, "behind_ms")};
  return message;
}

std::string ReadWarning(MemberReader& object) {
  return object.Has("warning") ? object.String("warning", kSentenceBytes) : std::string();
}

Answer ReadAnswer(MemberReader& object) {
  Answer message;
  message.id = object.Hex<EventId>("id");
  const auto code = ParseOutcome(object.String("outcome", kCodeBytes));
  if (!code) object.Refuse("outcome", "There is no such outcome.");
  message.outcome.code = code.value_or(OutcomeCode::kIgnored);
  message.outcome.index = ReadIndex(object, "index");
  if (object.Has("reason")) {
    const auto reason = ParseReason(object.String("reason", kCodeBytes));
    if (!reason) object.Refuse("reason", "There is no such reason.");
    message.outcome.reason = reason.value_or(Reason::kNone);
  }
  if (RefersToAnother(message.outcome.code)) message.outcome.ref = ReadIndex(object, "ref");
  if (object.Has("result")) message.result = ReadRaw(object, "result");
  message.warning = ReadWarning(object);
  return message;
}

ViewMessage ReadView(MemberReader& object) {
  ViewMessage message;
  message.topic = static_cast<Topic>(object.OneOf("topic", kTopics));
  message.version = ReadIndex(object, "version");
  message.data = ReadRaw(object, "data");
  return message;
}

ScreenList ReadScreens(MemberReader& object) {
  ScreenList message;
  const json::Array& screens = object.Array("screens", 0, limits::kScreens);
  const Path path = object.path().Member("screens");
  for (size_t i = 0; i < screens.size(); ++i) {
    message.screens.push_back(ReadScreen(screens[i], path.Element(i), object.context()));
  }
  return message;
}

ToScreen ReadToScreen(MemberReader& object) {
  const json::Value* const order = object.Require("order");
  if (!order) return {};
  return {ReadScreenOrder(*order, object.path().Member("order"), object.context())};
}

ErrorMessage ReadError(MemberReader& object) {
  ErrorMessage message;
  if (object.Has("id")) message.id = object.Hex<EventId>("id");
  message.code = object.String("code", kCodeBytes);
  message.what = object.String("text", kSentenceBytes);
  message.retry_ms = object.U32Or("retry_ms", 1, kMaxCounter, 0);
  return message;
}

Message ReadMessage(const json::Value& value, ReadContext& context) {
  const Path root = Path::Root("");
  MemberReader object(value, root, context);
  const size_t type = object.OneOf("type", kTypes);
  if (!context.issues.empty()) return {};
  switch (type) {
    case 0:
      return ReadWelcome(object);
    case 1: {
      const auto id = object.Hex<EventId>("id");
      const uint64_t offset = ReadIndex(object, "offset");
      return Recorded{id, offset, ReadWarning(object)};
    }
    case 2:
      return ReadAnswer(object);
    case 3:
      return ReadView(object);
    case 4:
      return ReadError(object);
    case 5:
      return ReadBeat(object);
    case 6:
      return ReadScreens(object);
    case 7:
      return ReadToScreen(object);
    default: {
      const auto id = object.Hex<EventId>("id");
      return Ordered{id, object.U32("screens", 0, kMaxCounter)};
    }
  }
}

}  // namespace

std::string_view TopicName(Topic topic) { return kTopics[static_cast<size_t>(topic)]; }

std::string EncodeMessage(const Message& message) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("type").String(kTypes[message.index()]);
  std::visit(MemberWriter{writer}, message);
  writer.EndObject();
  return writer.Take();
}

std::expected<Message, std::string> ParseMessage(std::string_view text) {
  const auto value = json::Parse(text);
  if (!value) return std::unexpected(SyntaxSentence(value.error()));
  ReadContext context{.strict = false, .language = {}, .languages = {}};
  Message message = ReadMessage(*value, context);
  if (context.issues.empty()) return message;
  return std::unexpected(context.issues.front().Sentence());
}

}  // namespace plenum
