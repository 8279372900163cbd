// One event is one object: CloudEvents' attributes first, in a fixed order, then `data`.
#include "schema/event.h"

#include <algorithm>
#include <utility>

#include "schema/event_shape.h"
#include "schema/hash.h"
#include "schema/limits.h"
#include "schema/member_reader.h"
#include "schema/payload_codec.h"
#include "schema/rfc3339.h"

namespace plenum {
namespace {

constexpr std::string_view kSource = "/plenum";
constexpr std::string_view kSpecVersion = "1.0";
constexpr std::string_view kContentType = "application/json";

template <size_t... kIndex>
Payload MakePayload(size_t index, std::index_sequence<kIndex...>) {
  Payload payload;
  ((kIndex == index ? void(payload.emplace<kIndex>()) : void()), ...);
  return payload;
}

void RequireConstant(MemberReader& object, std::string_view key, std::string_view value) {
  const json::Value* const found = object.Require(key);
  if (!found || (found->AsString() && *found->AsString() == value)) return;
  object.Refuse(key, "This must be \"" + std::string(value) + "\".");
}

TimeMs ReadTime(MemberReader& object) {
  const auto time = ParseTime(object.String("time", 24));
  if (!time) object.Refuse("time", "This must be a time such as \"2026-09-21T09:00:00.000Z\".");
  return time.value_or(0);
}

Actor ReadActor(MemberReader& object) {
  Actor actor;
  const auto role = ParseRole(object.String("actorrole", limits::kSlugBytes));
  if (role) {
    actor.role = *role;
  } else if (object.Has("actorrole")) {
    object.Refuse("actorrole", "There is no such role.");
  }
  actor.epoch = object.U32("actorepoch", 0, kMaxCounter);
  if (object.Has("actortoken")) actor.token = object.Hex<TokenId>("actortoken");
  if (object.Has("actortoken") && actor.token.IsZero()) {
    object.Refuse("actortoken", "This must not be zero.");
  }
  return actor;
}

// The attributes that not every type has. What a type does not have is not asked for, and so it is
// refused with everything else that is unknown.
void ReadSubject(MemberReader& object, const EventShape& shape, Event* event) {
  if (shape.activity) event->activity = object.Slug("activity");
  if (shape.generation) event->generation = object.U32Or("generation", 1, kMaxCounter, 0);
  if (shape.person && object.Has("person")) event->person = object.Hex<PersonId>("person");
  if (shape.person) event->series = object.SlugOr("series");
  if (shape.person && object.Has("person") != object.Has("series")) {
    object.Refuse("The members \"person\" and \"series\" go together.");
  }
  if (shape.seq) event->seq = object.U32Or("seq", 1, kMaxCounter, 0);
  if (!shape.directory && event->room.IsZero()) {
    object.Refuse("partitionkey", "This must not be zero.");
  }
}

// Attributes are refused if they are unknown; members of `data` are not, since later versions may
// add optional ones.
void ReadData(MemberReader& envelope, Payload* payload) {
  const json::Value* const value = envelope.Require("data");
  if (!value) return;
  envelope.context().strict = false;
  MemberReader data(*value, envelope.path().Member("data"), envelope.context());
  std::visit([&data](auto& p) { ReadMembers(data, &p); }, *payload);
  envelope.context().strict = true;
}

Event ReadEvent(const json::Value& value, ReadContext& context) {
  const Path root = Path::Root("");
  MemberReader object(value, root, context);
  Event event;
  const auto type = FindEventType(object.String("type", 64));
  if (!type) {
    if (object.Has("type")) object.Refuse("type", "There is no such type of event.");
    return event;
  }
  RequireConstant(object, "specversion", kSpecVersion);
  RequireConstant(object, "source", kSource);
  RequireConstant(object, "datacontenttype", kContentType);
  event.id = object.Hex<EventId>("id");
  event.room = object.Hex<RoomId>("partitionkey");
  event.time = ReadTime(object);
  event.actor = ReadActor(object);
  ReadSubject(object, ShapeOf(*type), &event);
  event.payload = MakePayload(*type, std::make_index_sequence<std::variant_size_v<Payload>>());
  ReadData(object, &event.payload);
  object.Finish();
  return event;
}

}  // namespace

std::string_view EventType(const Payload& payload) { return ShapeOf(payload.index()).type; }

std::string EncodeEvent(const Event& event) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("specversion").String(kSpecVersion);
  writer.Key("id").String(event.id.Hex());
  writer.Key("source").String(kSource);
  writer.Key("type").String(EventType(event.payload));
  writer.Key("time").String(FormatTime(event.time));
  writer.Key("partitionkey").String(event.room.Hex());
  writer.Key("datacontenttype").String(kContentType);
  writer.Key("actorrole").String(RoleName(event.actor.role));
  writer.Key("actorepoch").Int(event.actor.epoch);
  if (!event.actor.token.IsZero()) writer.Key("actortoken").String(event.actor.token.Hex());
  if (!event.activity.empty()) writer.Key("activity").String(event.activity);
  if (event.generation != 0) writer.Key("generation").Int(event.generation);
  if (event.person) writer.Key("person").String(event.person->Hex());
  if (!event.series.empty()) writer.Key("series").String(event.series);
  if (event.seq != 0) writer.Key("seq").Int(event.seq);
  writer.Key("data").BeginObject();
  std::visit([&writer](const auto& payload) { WriteMembers(writer, payload); }, event.payload);
  writer.EndObject();
  writer.EndObject();
  return writer.Take();
}

std::expected<Event, std::string> DecodeEvent(std::string_view bytes) {
  if (bytes.size() > limits::kEventBytes) {
    return std::unexpected("The event is larger than 32 KiB.");
  }
  const auto value = json::Parse(bytes);
  if (!value) return std::unexpected(SyntaxSentence(value.error()));
  ReadContext context;
  Event event = ReadEvent(*value, context);
  if (context.issues.empty()) return event;
  return std::unexpected(context.issues.front().Sentence());
}

EventId NodeEventId(const RoomId& room, std::string_view type, std::string_view activity,
                    uint32_t generation, uint64_t armed_at) {
  Sha256 hash;
  const Digest digest = hash.Bytes({"plenum/sys/v1\0", 14})
                            .Bytes(room.View())
                            .Lp(type)
                            .Lp(activity)
                            .U32(generation)
                            .U64(armed_at)
                            .Finish();
  EventId id;
  std::copy_n(digest.bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

void SetTextDigest(Payload& payload, const Digest& digest) {
  std::visit(
      [&](auto& one) {
        if constexpr (requires { one.text = digest; }) one.text = digest;
      },
      payload);
}

}  // namespace plenum
