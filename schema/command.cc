#include "schema/command.h"

#include <algorithm>
#include <array>
#include <utility>

#include "schema/event_shape.h"
#include "schema/limits.h"
#include "schema/member_reader.h"
#include "schema/payload_codec.h"

namespace plenum {
namespace {

struct CommandShape {
  std::string_view type;
  Permission permission;
  bool event = true;  // becomes one
  // Must be there:
  bool activity = false;
  bool generation = false;
  bool seq = false;
};

// In the order of Request.
constexpr std::array<CommandShape, std::variant_size_v<Request>> kShapes = {{
    {.type = "hello", .permission = Permission::kWatch, .event = false},
    {.type = "ping", .permission = Permission::kWatch, .event = false},
    {.type = "item.add", .permission = Permission::kVote, .activity = true, .generation = true},
    {.type = "activity.add", .permission = Permission::kEditSheet},
    {.type = "doors.set", .permission = Permission::kDoors},
    {.type = "link.revoke", .permission = Permission::kLinks},
    {.type = "links.revoke", .permission = Permission::kLinks},
    {.type = "activity.advance", .permission = Permission::kRun, .activity = true},
    {.type = "activity.restart", .permission = Permission::kRun, .activity = true},
    {.type = "activity.extend", .permission = Permission::kRun, .activity = true},
    {.type = "items.merge", .permission = Permission::kMerge, .activity = true},
    {.type = "items.unmerge", .permission = Permission::kMerge, .activity = true},
    {.type = "ballot.cast",
     .permission = Permission::kVote,
     .activity = true,
     .generation = true,
     .seq = true},
    {.type = "card.pass",
     .permission = Permission::kVote,
     .activity = true,
     .generation = true,
     .seq = true},
    {.type = "presence.here",
     .permission = Permission::kVote,
     .activity = true,
     .generation = true},
    {.type = "result.look", .permission = Permission::kEarlyLook, .activity = true},
}};

// A whole token is about 300 bytes; this is only so that nobody can send a book.
constexpr size_t kTokenBytes = 1024;
constexpr size_t kProofBytes = 64;

void WriteMembers(json::Writer& writer, const Hello& hello) {
  writer.Key("token").String(hello.token);
  writer.Key("version").Int(static_cast<int64_t>(hello.version));
  if (hello.epoch != 0) writer.Key("epoch").Int(static_cast<int64_t>(hello.epoch));
  if (!hello.proof.empty()) writer.Key("proof").String(hello.proof);
}
void ReadMembers(MemberReader& object, Hello* hello) {
  hello->token = object.String("token", kTokenBytes);
  if (object.Has("version")) {
    hello->version = static_cast<uint64_t>(object.Int("version", 0, kMaxIndex));
  }
  if (object.Has("epoch")) hello->epoch = static_cast<uint64_t>(object.Int("epoch", 1, kMaxIndex));
  if (object.Has("proof")) hello->proof = object.String("proof", kProofBytes);
}

void WriteMembers(json::Writer&, const Ping&) {}
void ReadMembers(MemberReader&, Ping*) {}

void WriteMembers(json::Writer& writer, const AddItem& item) {
  writer.Key("text").String(item.text);
  if (item.number != 0) writer.Key("number").Int(item.number);
}
void ReadMembers(MemberReader& object, AddItem* item) {
  item->text = object.String("text", limits::kTextBytes);
  item->number = object.U32Or("number", 1, kMaxCounter, 0);
}

template <size_t... kIndex>
Request MakeRequest(size_t index, std::index_sequence<kIndex...>) {
  Request request;
  ((kIndex == index ? void(request.emplace<kIndex>()) : void()), ...);
  return request;
}

// The type that a client has named, as an index in Request.
std::optional<size_t> ReadType(MemberReader& object) {
  const std::string type = object.String("type", limits::kTextBytes);
  const auto shape = std::ranges::find(kShapes, type, &CommandShape::type);
  if (shape != kShapes.end()) return static_cast<size_t>(shape - kShapes.begin());
  if (object.Has("type")) object.Refuse("type", "There is no such command.");
  return std::nullopt;
}

Command ReadCommand(const json::Value& value, ReadContext& context) {
  const Path root = Path::Root("");
  MemberReader object(value, root, context);
  Command command;
  command.id = object.Hex<EventId>("id");
  if (object.Has("id") && command.id.IsZero() && context.issues.empty()) {
    object.Refuse("id", "This must not be zero.");
  }
  const auto type = ReadType(object);
  if (!type) return command;
  const CommandShape& shape = kShapes[*type];
  if (shape.activity) command.activity = object.Slug("activity");
  if (shape.generation) command.generation = object.U32("generation", 1, kMaxCounter);
  if (shape.seq) command.seq = object.U32("seq", 1, kMaxCounter);
  if (shape.event && object.Has("again")) {
    command.again = static_cast<uint64_t>(object.Int("again", 0, kMaxIndex));
  }
  command.request = MakeRequest(*type, std::make_index_sequence<std::variant_size_v<Request>>());
  std::visit([&object](auto& request) { ReadMembers(object, &request); }, command.request);
  object.Finish();
  return command;
}

// The id of a command that is wrong elsewhere, so that the answer finds its sender's question.
EventId IdOf(const json::Value& value) {
  const json::Value* const id = value.Find("id");
  if (!id || !id->AsString()) return {};
  return EventId::FromHex(*id->AsString()).value_or(EventId{});
}

template <class T>
concept IsPayload = requires(Payload& payload, const T& t) { payload = t; };

struct PayloadMaker {
  const Digest& text;

  template <IsPayload T>
  Payload operator()(const T& request) const {
    return request;
  }
  Payload operator()(const AddItem& item) const { return ItemAdded{text, item.number}; }
  Payload operator()(const Hello&) const { return {}; }
  Payload operator()(const Ping&) const { return {}; }
};

}  // namespace

std::expected<Command, CommandError> ParseCommand(std::string_view text,
                                                  std::string_view language) {
  const auto value = json::Parse(text);
  if (!value) return std::unexpected(CommandError{{}, SyntaxSentence(value.error())});
  ReadContext context{.strict = true, .language = language, .languages = {}};
  Command command = ReadCommand(*value, context);
  if (context.issues.empty()) return command;
  return std::unexpected(CommandError{IdOf(*value), context.issues.front().Sentence()});
}

std::string EncodeCommand(const Command& command) {
  const CommandShape& shape = kShapes[command.request.index()];
  json::Writer writer;
  writer.BeginObject();
  writer.Key("id").String(command.id.Hex());
  writer.Key("type").String(shape.type);
  if (shape.activity) writer.Key("activity").String(command.activity);
  if (shape.generation) writer.Key("generation").Int(command.generation);
  if (shape.seq) writer.Key("seq").Int(command.seq);
  std::visit([&writer](const auto& request) { WriteMembers(writer, request); }, command.request);
  if (command.again) writer.Key("again").Int(static_cast<int64_t>(*command.again));
  writer.EndObject();
  return writer.Take();
}

Permission NeededFor(const Request& request) { return kShapes[request.index()].permission; }

Event StampEvent(const Command& command, const RoomId& room, const Identity& identity, TimeMs now,
                 const Digest& text) {
  Event event;
  event.id = command.id;
  event.room = room;
  event.time = now;
  event.actor = identity.actor;
  event.payload = std::visit(PayloadMaker{text}, command.request);
  const EventShape& shape = ShapeOf(event.payload.index());
  if (shape.activity) event.activity = command.activity;
  if (shape.generation) event.generation = command.generation;
  if (shape.seq) event.seq = command.seq;
  if (shape.person && identity.person) {
    event.person = identity.person;
    event.series = identity.series;
  }
  return event;
}

}  // namespace plenum
