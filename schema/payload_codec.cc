#include "schema/payload_codec.h"

#include <algorithm>
#include <array>

#include "schema/activity_codec.h"
#include "schema/limits.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

constexpr std::array<std::string_view, 9> kPhases = {"waiting",  "collecting", "voting",
                                                     "swapping", "scoring",    "closing",
                                                     "closed",   "revealed",   "sealed"};
constexpr std::array<std::string_view, 4> kKinds = {"choice", "scale", "dots", "score"};

// Values and dots are bounded here only so that sums cannot overflow; what is on the scale and
// within the budget is for the fold, which answers with the reason.
constexpr int32_t kMostValue = 1'000'000;
constexpr uint32_t kMostDots = 1'000'000;
constexpr size_t kMostItems = 1000;  // named in one command
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

std::vector<std::string> ReadSlugs(MemberReader& object, std::string_view key, size_t least,
                                   size_t most) {
  std::vector<std::string> slugs;
  const json::Array& values = object.Array(key, least, most);
  const Path path = object.path().Member(key);
  for (size_t i = 0; i < values.size(); ++i) {
    slugs.push_back(ReadSlugElement(values[i], path.Element(i), object.context()));
  }
  return slugs;
}

void WriteSlugs(json::Writer& writer, std::string_view key, const std::vector<std::string>& slugs) {
  writer.Key(key).BeginArray();
  for (const std::string& slug : slugs) writer.String(slug);
  writer.EndArray();
}

struct CastWriter {
  json::Writer& writer;

  void operator()(const ChoiceCast& cast) const {
    writer.Key("kind").String("choice");
    WriteSlugs(writer, "options", cast.options);
  }
  void operator()(const ScaleCast& cast) const {
    writer.Key("kind").String("scale");
    writer.Key("value").Int(cast.value);
  }
  void operator()(const DotsCast& cast) const {
    writer.Key("kind").String("dots");
    writer.Key("dots").BeginArray();
    for (const ItemDots& entry : cast.dots) {
      writer.BeginObject();
      writer.Key("item").String(entry.item);
      writer.Key("dots").Int(entry.dots);
      writer.EndObject();
    }
    writer.EndArray();
  }
  void operator()(const ScoreCast& cast) const {
    writer.Key("kind").String("score");
    writer.Key("round").Int(cast.round);
    if (!cast.card.empty()) writer.Key("card").String(cast.card);
    if (cast.number != 0) writer.Key("number").Int(cast.number);
    writer.Key("score").Int(cast.score);
  }
};

DotsCast ReadDotsCast(MemberReader& ballot) {
  DotsCast cast;
  const json::Array& values = ballot.Array("dots", 0, kMostItems);
  const Path path = ballot.path().Member("dots");
  for (size_t i = 0; i < values.size(); ++i) {
    MemberReader object(values[i], path.Element(i), ballot.context());
    ItemDots entry;
    entry.item = object.Slug("item");
    entry.dots = object.U32("dots", 1, kMostDots);
    object.Finish();
    cast.dots.push_back(std::move(entry));
  }
  return cast;
}

ScoreCast ReadScoreCast(MemberReader& ballot) {
  ScoreCast cast;
  cast.round = ballot.U32("round", 1, kMaxCounter);
  cast.card = ballot.SlugOr("card");
  cast.number = ballot.U32Or("number", 1, kMaxCounter, 0);
  cast.score = static_cast<int32_t>(ballot.Int("score", -kMostValue, kMostValue));
  if (ballot.Has("card") == ballot.Has("number")) {
    ballot.Refuse("Either \"card\" or \"number\" must say which card is scored.");
  }
  return cast;
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

void WriteMembers(json::Writer& writer, const DoorsSet& payload) {
  writer.Key("locked").Bool(payload.locked);
  writer.Key("expected_people").Int(payload.expected_people);
}

void ReadMembers(MemberReader& object, DoorsSet* payload) {
  payload->locked = object.Bool("locked");
  payload->expected_people = object.U32("expected_people", 0, limits::kExpectedPeople);
}

void WriteMembers(json::Writer&, const ParticipantJoined&) {}
void ReadMembers(MemberReader&, ParticipantJoined*) {}

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

void WriteMembers(json::Writer& writer, const TimerFired& payload) {
  writer.Key("armed_at").Int(static_cast<int64_t>(payload.armed_at));
}

void ReadMembers(MemberReader& object, TimerFired* payload) {
  payload->armed_at = static_cast<uint64_t>(object.Int("armed_at", 0, kMaxIndex));
}

void WriteMembers(json::Writer& writer, const ItemAdded& payload) {
  writer.Key("text").String(payload.text.Hex());
  if (payload.number != 0) writer.Key("number").Int(payload.number);
}

void ReadMembers(MemberReader& object, ItemAdded* payload) {
  payload->text = object.Hex<Digest>("text");
  payload->number = object.U32Or("number", 1, kMaxCounter, 0);
}

void WriteMembers(json::Writer& writer, const ItemsMerged& payload) {
  writer.Key("into").String(payload.into);
  WriteSlugs(writer, "from", payload.from);
}

void ReadMembers(MemberReader& object, ItemsMerged* payload) {
  payload->into = object.Slug("into");
  payload->from = ReadSlugs(object, "from", 1, limits::kSheetItems);
}

void WriteMembers(json::Writer& writer, const ItemsUnmerged& payload) {
  writer.Key("into").String(payload.into);
}

void ReadMembers(MemberReader& object, ItemsUnmerged* payload) {
  payload->into = object.Slug("into");
}

void WriteMembers(json::Writer& writer, const BallotCast& payload) {
  writer.Key("ballot").BeginObject();
  std::visit(CastWriter{writer}, payload.ballot);
  writer.EndObject();
}

void ReadMembers(MemberReader& object, BallotCast* payload) {
  const json::Value* const value = object.Require("ballot");
  if (!value) return;
  MemberReader ballot(*value, object.path().Member("ballot"), object.context());
  const size_t issues = object.context().issues.size();
  const size_t kind = ballot.OneOf("kind", kKinds);
  if (object.context().issues.size() > issues) return;
  switch (kind) {
    case 0:
      payload->ballot = ChoiceCast{ReadSlugs(ballot, "options", 0, limits::kOptions)};
      break;
    case 1:
      payload->ballot =
          ScaleCast{static_cast<int32_t>(ballot.Int("value", -kMostValue, kMostValue))};
      break;
    case 2:
      payload->ballot = ReadDotsCast(ballot);
      break;
    default:
      payload->ballot = ReadScoreCast(ballot);
  }
  ballot.Finish();
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
