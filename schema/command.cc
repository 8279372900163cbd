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
  uint32_t permissions;  // any one of these
  bool event = true;     // becomes one
  // Must be there:
  bool activity = false;
  bool generation = false;
  bool seq = false;
  bool serial = false;  // may be there
};

constexpr uint32_t Any(auto... permissions) {
  return (0u | ... | static_cast<uint32_t>(permissions));
}

using enum Permission;

// In the order of Request.
constexpr std::array<CommandShape, std::variant_size_v<Request>> kShapes = {{
    {.type = "hello", .permissions = Any(kWatch), .event = false},
    {.type = "ping", .permissions = Any(kWatch), .event = false},
    {.type = "item.add",
     .permissions = Any(kVote, kKeyIn, kRun),
     .activity = true,
     .generation = true,
     .serial = true},
    {.type = "item.reword", .permissions = Any(kModerate, kRun), .activity = true},
    {.type = "group.tell", .permissions = Any(kVote), .activity = true},
    {.type = "organiser.tell", .permissions = Any(kVote)},
    {.type = "activity.add", .permissions = Any(kEditSheet)},
    {.type = "activity.change", .permissions = Any(kEditSheet), .activity = true},
    {.type = "activity.move", .permissions = Any(kRun), .activity = true},
    {.type = "activity.skip", .permissions = Any(kRun), .activity = true},
    {.type = "control.take", .permissions = Any(kRun)},
    {.type = "screens.blank", .permissions = Any(kModerate, kRun)},
    {.type = "doors.set", .permissions = Any(kDoors)},
    {.type = "link.revoke", .permissions = Any(kLinks)},
    {.type = "links.revoke", .permissions = Any(kLinks)},
    {.type = "activity.advance", .permissions = Any(kRun), .activity = true},
    {.type = "activity.restart", .permissions = Any(kRun), .activity = true},
    {.type = "activity.extend", .permissions = Any(kRun), .activity = true},
    {.type = "result.tell", .permissions = Any(kRun), .activity = true},
    {.type = "item.moderate", .permissions = Any(kModerate), .activity = true},
    {.type = "author.hold", .permissions = Any(kModerate), .activity = true},
    {.type = "item.withdraw", .permissions = Any(kVote), .activity = true},
    {.type = "item.erase", .permissions = Any(kErase), .activity = true},
    {.type = "item.mark", .permissions = Any(kModerate, kRun), .activity = true},
    {.type = "items.merge", .permissions = Any(kMerge), .activity = true},
    {.type = "items.unmerge", .permissions = Any(kMerge), .activity = true},
    {.type = "ballot.cast",
     .permissions = Any(kVote, kKeyIn),
     .activity = true,
     .generation = true,
     .seq = true,
     .serial = true},
    {.type = "card.pass",
     .permissions = Any(kVote),
     .activity = true,
     .generation = true,
     .seq = true},
    {.type = "presence.here", .permissions = Any(kVote), .activity = true, .generation = true},
    {.type = "tables.set", .permissions = Any(kRun), .activity = true, .generation = true},
    {.type = "table.visit", .permissions = Any(kVote), .activity = true, .generation = true},
    {.type = "table.host", .permissions = Any(kVote, kRun), .activity = true, .generation = true},
    {.type = "organiser.hear", .permissions = Any(kModerate, kRun)},
    {.type = "result.look", .permissions = Any(kEarlyLook), .activity = true},
    {.type = "screen.here", .permissions = Any(kWatch), .event = false},
    {.type = "screen.order", .permissions = Any(kModerate, kRun), .event = false},
    {.type = "watch", .permissions = Any(kWatch), .event = false},
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

void WriteWriting(json::Writer& writer, const Writing& writing) {
  if (writing.fields.empty()) {
    writer.Key("text").String(writing.text);
    return;
  }
  writer.Key("fields").BeginObject();
  for (const auto& [id, text] : writing.fields) writer.Key(id).String(text);
  writer.EndObject();
}
Writing ReadWriting(MemberReader& object) {
  Writing writing;
  const json::Value* const fields = object.Optional("fields");
  if (!fields) {
    writing.text = object.String("text", limits::kTextBytes);
    return writing;
  }
  if (object.Has("text")) object.Refuse("Either \"text\" or \"fields\" says what is meant.");
  const json::Object* const members = fields->AsObject();
  if (!members || members->empty() || members->size() > limits::kFields) {
    object.Refuse("fields", "This must be an object with 1 to 20 members.");
    return writing;
  }
  for (const auto& [id, value] : *members) {
    const std::string* const text = value.AsString();
    if (!text || !IsSlug(id) || text->size() > limits::kTextBytes) {
      object.Refuse("fields",
                    "Its members must be named as the fields are, and be strings of at most 2800 "
                    "bytes.");
      return {};
    }
    writing.fields.emplace_back(id, *text);
  }
  return writing;
}

void WriteMembers(json::Writer& writer, const AddItem& item) {
  WriteWriting(writer, item.writing);
  if (item.number != 0) writer.Key("number").Int(item.number);
  if (item.table != 0) writer.Key("table").Int(item.table);
}
void ReadMembers(MemberReader& object, AddItem* item) {
  item->writing = ReadWriting(object);
  item->number = object.U32Or("number", 1, kMaxCounter, 0);
  item->table = object.U32Or("table", 1, limits::kTableNumber, 0);
}

// What staff put in other words is one text.
void WriteMembers(json::Writer& writer, const RewordItem& item) {
  writer.Key("item").String(item.item);
  writer.Key("text").String(item.writing.text);
}
void ReadMembers(MemberReader& object, RewordItem* item) {
  item->item = object.Slug("item");
  item->writing.text = object.String("text", limits::kTextBytes);
}

void WriteMembers(json::Writer& writer, const TellGroup& group) {
  writer.Key("group").String(group.writing.text);
}
void ReadMembers(MemberReader& object, TellGroup* group) {
  group->writing.text = object.Slug("group");
}

void WriteMembers(json::Writer& writer, const TellOrganiser& told) {
  writer.Key("text").String(told.writing.text);
}
void ReadMembers(MemberReader& object, TellOrganiser* told) {
  told->writing.text = object.String("text", limits::kTextBytes);
}

void WriteMembers(json::Writer& writer, const ScreenHere& here) {
  writer.Key("screen");
  WriteScreen(writer, here.screen);
}
void ReadMembers(MemberReader& object, ScreenHere* here) {
  const json::Value* const screen = object.Require("screen");
  if (screen) here->screen = ReadScreen(*screen, object.path().Member("screen"), object.context());
}

void WriteMembers(json::Writer& writer, const OrderScreens& order) {
  if (order.screen) writer.Key("screen").String(order.screen->Hex());
  writer.Key("order");
  WriteScreenOrder(writer, order.order);
}
void ReadMembers(MemberReader& object, OrderScreens* order) {
  if (object.Has("screen")) order->screen = object.Hex<ScreenId>("screen");
  const json::Value* const what = object.Require("order");
  if (what) order->order = ReadScreenOrder(*what, object.path().Member("order"), object.context());
}

void WriteMembers(json::Writer& writer, const WatchActivity& watch) {
  if (!watch.activity.empty()) writer.Key("activity").String(watch.activity);
}
void ReadMembers(MemberReader& object, WatchActivity* watch) {
  watch->activity = object.SlugOr("activity");
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
  if (shape.serial && object.Has("serial")) command.serial = object.Slug("serial");
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
  Payload operator()(const AddItem& item) const { return ItemAdded{text, item.number, item.table}; }
  Payload operator()(const RewordItem& item) const { return ItemReworded{item.item, text}; }
  Payload operator()(const TellGroup&) const { return GroupTold{text}; }
  Payload operator()(const TellOrganiser&) const { return OrganiserTold{text}; }
  Payload operator()(const Hello&) const { return {}; }
  Payload operator()(const Ping&) const { return {}; }
  Payload operator()(const ScreenHere&) const { return {}; }
  Payload operator()(const OrderScreens&) const { return {}; }
  Payload operator()(const WatchActivity&) const { return {}; }
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
  if (!command.serial.empty()) writer.Key("serial").String(command.serial);
  std::visit([&writer](const auto& request) { WriteMembers(writer, request); }, command.request);
  if (command.again) writer.Key("again").Int(static_cast<int64_t>(*command.again));
  writer.EndObject();
  return writer.Take();
}

bool MaySend(Role role, const Request& request) {
  return (PermissionsOf(role) & kShapes[request.index()].permissions) != 0;
}

bool IsRecorded(const Request& request) { return kShapes[request.index()].event; }

const Writing* WritingIn(const Request& request) {
  if (const auto* item = std::get_if<AddItem>(&request)) return &item->writing;
  if (const auto* item = std::get_if<RewordItem>(&request)) return &item->writing;
  if (const auto* group = std::get_if<TellGroup>(&request)) return &group->writing;
  if (const auto* told = std::get_if<TellOrganiser>(&request)) return &told->writing;
  return nullptr;
}

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
