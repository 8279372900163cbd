#include "schema/payload_codec.h"

#include <algorithm>
#include <array>

#include "schema/activity_codec.h"
#include "schema/limits.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

constexpr std::array<std::string_view, 10> kPhases = {
    "waiting", "collecting", "voting", "swapping", "scoring",
    "seated",  "closing",    "closed", "revealed", "sealed"};
constexpr int32_t kMostExtensionMs = static_cast<int32_t>(limits::kTimeLimitMs);

void WriteStage(json::Writer& writer, const Stage& seen) {
  writer.Key("seen").BeginObject();
  writer.Key("generation").Int(seen.generation);
  writer.Key("phase").String(PhaseName(seen.phase));
  writer.Key("round").Int(seen.round);
  writer.EndObject();
}

Phase ReadPhase(MemberReader& object, std::string_view key) {
  return static_cast<Phase>(object.OneOf(key, kPhases));
}

Stage ReadStage(MemberReader& parent) {
  Stage stage;
  const json::Value* const value = parent.Require("seen");
  if (!value) return stage;
  MemberReader object(*value, parent.path().Member("seen"), parent.context());
  stage.generation = object.U32("generation", 0, kMaxCounter);
  stage.phase = ReadPhase(object, "phase");
  stage.round = object.U32Or("round", 0, kMaxCounter, 0);
  object.Finish();
  return stage;
}

std::string ReadCode(MemberReader& object) {
  std::string code = object.String("code", 6);
  const bool digits = std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
  if (object.Has("code") && (code.size() != 6 || !digits)) {
    object.Refuse("code", "A join code has six digits.");
  }
  return code;
}

}  // namespace

std::string_view PhaseName(Phase phase) { return kPhases[static_cast<size_t>(phase)]; }

std::optional<Phase> ParsePhase(std::string_view name) {
  const auto found = std::ranges::find(kPhases, name);
  if (found == kPhases.end()) return std::nullopt;
  return static_cast<Phase>(found - kPhases.begin());
}

void WriteMembers(json::Writer& writer, const RoomCreated& payload) {
  writer.Key("rules").Int(payload.rules);
  writer.Key("title");
  WriteText(writer, payload.title);
  writer.Key("languages").BeginArray();
  for (const std::string& language : payload.languages) writer.String(language);
  writer.EndArray();
  writer.Key("expected_people").Int(payload.expected_people);
  if (!payload.groups.empty()) WriteOptions(writer, "groups", payload.groups);
  WritePrivacy(writer, payload.privacy);
  WriteJoinBy(writer, payload.join);
}

void ReadMembers(MemberReader& object, RoomCreated* payload) {
  payload->rules = object.U32("rules", 1, kMaxCounter);
  payload->title = ReadText(object, "title", kTitleForm);
  const json::Array& languages = object.Array("languages", 1, limits::kLanguages);
  for (const json::Value& language : languages) {
    const std::string* const tag = language.AsString();
    if (tag && IsLanguageTag(*tag)) {
      payload->languages.push_back(*tag);
    } else {
      object.Refuse("languages", "These must be language tags.");
    }
  }
  payload->expected_people = object.U32("expected_people", 0, limits::kExpectedPeople);
  if (object.Has("groups")) {
    payload->groups = ReadOptions(object, "groups", limits::kGroups, false);
  }
  payload->privacy = ReadPrivacy(object);
  payload->join = ReadJoinBy(object);
}

void WriteMembers(json::Writer& writer, const ActivityAdded& payload) {
  writer.Key("spec");
  WriteActivity(writer, payload.spec);
  if (!payload.before.empty()) writer.Key("before").String(payload.before);
}

void ReadMembers(MemberReader& object, ActivityAdded* payload) {
  if (const json::Value* spec = object.Require("spec")) {
    payload->spec = ReadSpec(*spec, object.path().Member("spec"), object.context());
  }
  payload->before = object.SlugOr("before");
}

void WriteMembers(json::Writer& writer, const ActivityChanged& payload) {
  writer.Key("spec");
  WriteActivity(writer, payload.spec);
}

void ReadMembers(MemberReader& object, ActivityChanged* payload) {
  if (const json::Value* spec = object.Require("spec")) {
    payload->spec = ReadSpec(*spec, object.path().Member("spec"), object.context());
  }
}

void WriteMembers(json::Writer& writer, const ActivityMoved& payload) {
  if (!payload.before.empty()) writer.Key("before").String(payload.before);
}

void ReadMembers(MemberReader& object, ActivityMoved* payload) {
  payload->before = object.SlugOr("before");
}

void WriteMembers(json::Writer& writer, const ActivitySkipped& payload) {
  writer.Key("skipped").Bool(payload.skipped);
}

void ReadMembers(MemberReader& object, ActivitySkipped* payload) {
  payload->skipped = object.Bool("skipped");
}

void WriteMembers(json::Writer&, const ControlTaken&) {}
void ReadMembers(MemberReader&, ControlTaken*) {}

void WriteMembers(json::Writer& writer, const ScreensBlanked& payload) {
  writer.Key("blank").Bool(payload.blank);
}

void ReadMembers(MemberReader& object, ScreensBlanked* payload) {
  payload->blank = object.Bool("blank");
}

void WriteMembers(json::Writer& writer, const DoorsSet& payload) {
  writer.Key("locked").Bool(payload.locked);
  writer.Key("expected_people").Int(payload.expected_people);
}

void ReadMembers(MemberReader& object, DoorsSet* payload) {
  payload->locked = object.Bool("locked");
  payload->expected_people = object.U32("expected_people", 0, limits::kExpectedPeople);
}

void WriteMembers(json::Writer& writer, const ParticipantJoined& payload) {
  if (payload.notice) writer.Key("notice").String(payload.notice->Hex());
  if (payload.device) writer.Key("device").String(payload.device->Hex());
}

void ReadMembers(MemberReader& object, ParticipantJoined* payload) {
  if (object.Has("notice")) payload->notice = object.Hex<Digest>("notice");
  if (object.Has("device")) payload->device = object.Hex<TokenId>("device");
}

void WriteMembers(json::Writer& writer, const LinkMade& payload) {
  writer.Key("token").String(payload.token.Hex());
  writer.Key("role").String(RoleName(payload.role));
  writer.Key("text").String(payload.text.Hex());
}

void ReadMembers(MemberReader& object, LinkMade* payload) {
  payload->token = object.Hex<TokenId>("token");
  const auto role = ParseRole(object.String("role", limits::kSlugBytes));
  if (!role || !IsForStaff(*role)) {
    object.Refuse("role", "This must be a role of the staff.");
  } else {
    payload->role = *role;
  }
  payload->text = object.Hex<Digest>("text");
}

void WriteMembers(json::Writer& writer, const LinkRevoked& payload) {
  writer.Key("token").String(payload.token.Hex());
}

void ReadMembers(MemberReader& object, LinkRevoked* payload) {
  payload->token = object.Hex<TokenId>("token");
}

void WriteMembers(json::Writer&, const LinksRevoked&) {}
void ReadMembers(MemberReader&, LinksRevoked*) {}

void WriteMembers(json::Writer& writer, const ActivityAdvanced& payload) {
  WriteStage(writer, payload.seen);
  writer.Key("to").String(PhaseName(payload.to));
}

void ReadMembers(MemberReader& object, ActivityAdvanced* payload) {
  payload->seen = ReadStage(object);
  payload->to = ReadPhase(object, "to");
}

void WriteMembers(json::Writer& writer, const ActivityRestarted& payload) {
  WriteStage(writer, payload.seen);
}

void ReadMembers(MemberReader& object, ActivityRestarted* payload) {
  payload->seen = ReadStage(object);
}

void WriteMembers(json::Writer& writer, const ActivityExtended& payload) {
  WriteStage(writer, payload.seen);
  writer.Key("by_ms").Int(payload.by_ms);
}

void ReadMembers(MemberReader& object, ActivityExtended* payload) {
  payload->seen = ReadStage(object);
  payload->by_ms = static_cast<int32_t>(object.Int("by_ms", -kMostExtensionMs, kMostExtensionMs));
}

void WriteMembers(json::Writer& writer, const ResultTold& payload) {
  WriteStage(writer, payload.seen);
  writer.Key("down_to").Int(payload.down_to);
}

void ReadMembers(MemberReader& object, ResultTold* payload) {
  payload->seen = ReadStage(object);
  payload->down_to = object.U32("down_to", 0, kMaxCounter);
}

void WriteMembers(json::Writer& writer, const TimerFired& payload) {
  writer.Key("armed_at").Int(static_cast<int64_t>(payload.armed_at));
}

void ReadMembers(MemberReader& object, TimerFired* payload) {
  payload->armed_at = static_cast<uint64_t>(object.Int("armed_at", 0, kMaxIndex));
}

void WriteMembers(json::Writer& writer, const CardPassed& payload) {
  writer.Key("round").Int(payload.round);
}

void ReadMembers(MemberReader& object, CardPassed* payload) {
  payload->round = object.U32("round", 1, kMaxCounter);
}

void WriteMembers(json::Writer&, const PresenceHere&) {}
void ReadMembers(MemberReader&, PresenceHere*) {}

void WriteMembers(json::Writer& writer, const PresenceAway& payload) {
  writer.Key("since").Int(static_cast<int64_t>(payload.since));
}

void ReadMembers(MemberReader& object, PresenceAway* payload) {
  payload->since = static_cast<uint64_t>(object.Int("since", 0, kMaxIndex));
}

void WriteMembers(json::Writer& writer, const GroupTold& payload) {
  writer.Key("text").String(payload.text.Hex());
}

void ReadMembers(MemberReader& object, GroupTold* payload) {
  payload->text = object.Hex<Digest>("text");
}

void WriteMembers(json::Writer& writer, const OrganiserTold& payload) {
  writer.Key("text").String(payload.text.Hex());
}

void ReadMembers(MemberReader& object, OrganiserTold* payload) {
  payload->text = object.Hex<Digest>("text");
}

void WriteMembers(json::Writer& writer, const OrganiserHeard& payload) {
  writer.Key("told").String(payload.told.Hex());
}

void ReadMembers(MemberReader& object, OrganiserHeard* payload) {
  payload->told = object.Hex<EventId>("told");
}

void WriteMembers(json::Writer&, const EarlyLook&) {}
void ReadMembers(MemberReader&, EarlyLook*) {}

void WriteMembers(json::Writer& writer, const ResultRecorded& payload) {
  writer.Key("rules").Int(payload.rules);
  writer.Key("index").Int(static_cast<int64_t>(payload.index));
  writer.Key("state").String(payload.state.Hex());
  writer.Key("totals").Raw(payload.totals);
}

void ReadMembers(MemberReader& object, ResultRecorded* payload) {
  payload->rules = object.U32("rules", 1, kMaxCounter);
  payload->index = static_cast<uint64_t>(object.Int("index", 0, kMaxIndex));
  payload->state = object.Hex<Digest>("state");
  const json::Value* const totals = object.Require("totals");
  if (!totals) return;
  if (!totals->AsObject()) object.Refuse("totals", "This must be an object.");
  json::Writer writer;
  writer.Put(*totals);
  payload->totals = writer.Take();
}

void WriteMembers(json::Writer& writer, const RoomClaimed& payload) {
  writer.Key("code").String(payload.code);
  writer.Key("room").String(payload.room.Hex());
}

void ReadMembers(MemberReader& object, RoomClaimed* payload) {
  payload->code = ReadCode(object);
  payload->room = object.Hex<RoomId>("room");
}

void WriteMembers(json::Writer& writer, const CodePointed& payload) {
  writer.Key("code").String(payload.code);
  writer.Key("room").String(payload.room.Hex());
}

void ReadMembers(MemberReader& object, CodePointed* payload) {
  payload->code = ReadCode(object);
  payload->room = object.Hex<RoomId>("room");
}

}  // namespace plenum
