#include "schema/activity_codec.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <set>
#include <string>

#include "schema/limits.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

// Each in the order of its enumerators.
constexpr std::array<std::string_view, 3> kContributors = {"everyone", "table-hosts", "staff"};
constexpr std::array<std::string_view, 2> kDecks = {"phones", "paper"};
constexpr std::array<std::string_view, 2> kReveals = {"live", "on-reveal"};
constexpr std::array<std::string_view, 3> kModerations = {"off", "approve-first", "hide-after"};
constexpr size_t kDotsIndex = 3;  // of the alternatives of Ballot
constexpr size_t kUpvoteIndex = 4;
constexpr size_t kRankIndex = 5;

// People join under this series; an activity in it would be linked to that.
constexpr std::string_view kReservedSeries = "room";

template <class Enum, size_t kSize>
std::string_view NameOf(const std::array<std::string_view, kSize>& names, Enum value) {
  return names[static_cast<size_t>(value)];
}

std::vector<Field> ReadFields(MemberReader& collect) {
  std::vector<Field> fields;
  if (!collect.Has("fields")) return fields;
  const json::Array& values = collect.Array("fields", 1, limits::kFields);
  const Path path = collect.path().Member("fields");
  Once once(collect.context(), "a field");
  for (size_t i = 0; i < values.size(); ++i) {
    const Path at = path.Element(i);
    MemberReader object(values[i], at, collect.context());
    Field field;
    field.id = object.Slug("id");
    field.title = ReadText(object, "title", kTitleForm);
    field.max_graphemes =
        object.U32Or("max_graphemes", 1, limits::kTextGraphemes, field.max_graphemes);
    field.required = object.BoolOr("required", true);
    field.names_person = object.BoolOr("names_person", false);
    field.retention_days = object.U32Or("retention_days", 1, limits::kRetentionDays, 0);
    if (field.retention_days != 0 && !field.names_person) {
      object.Refuse(
          "retention_days",
          "Only what names a person has a retention of its own: \"names_person\" is not set.");
    }
    object.Finish();
    once.Id(at, field.id);
    fields.push_back(std::move(field));
  }
  return fields;
}

Collect ReadCollect(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  Collect collect;
  collect.who = static_cast<Contributors>(object.OneOfOr("who", kContributors, 0));
  collect.each = object.U32Or("each", 1, limits::kItemsEach, collect.each);
  collect.max_graphemes =
      object.U32Or("max_graphemes", 1, limits::kTextGraphemes, collect.max_graphemes);
  collect.words = object.U32Or("words", 1, limits::kWords, 0);
  collect.fields = ReadFields(object);
  collect.moderation = static_cast<Moderation>(object.OneOfOr("moderation", kModerations, 0));
  collect.picture_of = object.SlugOr("picture_of");
  if (collect.words != 0 && !collect.fields.empty()) {
    object.Refuse("words", "Words are counted where an answer has no fields.");
  }
  object.Finish();
  return collect;
}

Deal ReadDeal(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  Deal deal;
  deal.rounds = object.U32Or("rounds", 1, limits::kRounds, deal.rounds);
  deal.deck = static_cast<Deck>(object.OneOfOr("deck", kDecks, 0));
  object.Finish();
  return deal;
}

Seats ReadSeats(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  Seats seats;
  seats.rounds = object.U32Or("rounds", 1, limits::kRounds, seats.rounds);
  seats.capacity = object.U32Or("capacity", 1, limits::kTableCapacity, seats.capacity);
  seats.tables = object.U32Or("tables", 1, limits::kTables, seats.tables);
  seats.planned = object.BoolOr("planned", seats.planned);
  object.Finish();
  return seats;
}

Carry ReadCarry(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  Carry carry;
  carry.from = object.Slug("from");
  carry.top = object.U32Or("top", 1, limits::kSheetItems, 0);
  object.Finish();
  return carry;
}

SheetItem ReadItem(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  SheetItem item;
  item.id = object.Slug("id");
  item.number = object.U32Or("number", 1, kMaxCounter, 0);
  item.title = ReadText(object, "title", kTitleForm);
  item.detail = ReadTextOr(object, "detail", kPromptForm);
  object.Finish();
  return item;
}

std::vector<SheetItem> ReadItems(MemberReader& activity) {
  std::vector<SheetItem> items;
  if (!activity.Has("items")) return items;
  const json::Array& values = activity.Array("items", 0, limits::kSheetItems);
  const Path path = activity.path().Member("items");
  ReadContext& context = activity.context();
  Once once(context, "an item");
  for (size_t i = 0; i < values.size(); ++i) {
    const Path at = path.Element(i);
    SheetItem item = ReadItem(values[i], at, context);
    once.Id(at, item.id);
    once.Number(at, item.number);
    items.push_back(std::move(item));
  }
  return items;
}

TimeLimits ReadTimeLimits(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  TimeLimits time;
  time.collect_ms = object.U32Or("collect_ms", 0, limits::kTimeLimitMs, time.collect_ms);
  time.vote_ms = object.U32Or("vote_ms", 0, limits::kTimeLimitMs, time.vote_ms);
  time.swap_ms = object.U32Or("swap_ms", 0, limits::kTimeLimitMs, time.swap_ms);
  time.score_ms = object.U32Or("score_ms", 0, limits::kTimeLimitMs, time.score_ms);
  time.seat_ms = object.U32Or("seat_ms", 0, limits::kTimeLimitMs, time.seat_ms);
  time.grace_ms = object.U32Or("grace_ms", 0, limits::kTimeLimitMs, time.grace_ms);
  object.Finish();
  return time;
}

// Which parts of an activity could be read.
struct SoundParts {
  bool ballot = true;
  bool seats = true;
  bool items = true;
};

bool IsOneOf(const Ballot& ballot, std::initializer_list<size_t> kinds) {
  return std::ranges::find(kinds, ballot.index()) != kinds.end();
}

void CheckDeal(MemberReader& object, const ActivitySpec& spec, const SoundParts& sound) {
  if (!object.Has("collect")) {
    object.Refuse("deal", "Cards are dealt only where they are collected: \"collect\" is missing.");
  }
  if (sound.ballot && !std::holds_alternative<ScaleBallot>(spec.ballot)) {
    object.Refuse("deal", "Cards are scored on a scale: a ballot of the kind \"scale\" is needed.");
  }
  if (spec.seats) {
    object.Refuse("seats", "People either swap cards or sit at tables: \"deal\" is there, too.");
  }
  if (spec.carry) {
    object.Refuse("carry", "Cards are written by those who swap them, and not carried over.");
  }
  if (spec.collect && (spec.collect->words != 0 || !spec.collect->fields.empty())) {
    object.Refuse("collect", "A card has one text.");
  }
}

void CheckSeats(MemberReader& object, const ActivitySpec& spec, const SoundParts& sound) {
  if (spec.HasBallot() && !spec.deal && !IsOneOf(spec.ballot, {kUpvoteIndex, kRankIndex})) {
    object.Refuse("ballot",
                  "At tables a ballot says what people want to talk about: it is of the "
                  "kind \"upvote\" or \"rank\".");
  }
  if (!sound.seats || !sound.items) return;
  if (spec.items.empty() && !spec.carry && spec.seats->tables == 0) {
    object.Refuse("seats",
                  "How many tables there are is not said: \"items\", \"carry\" or "
                  "\"tables\" is needed.");
  }
}

// What no part can see by itself.
void CheckTogether(MemberReader& object, const ActivitySpec& spec, const SoundParts& sound) {
  if (spec.Series() == kReservedSeries) {
    object.Refuse(spec.series.empty() ? "id" : "series",
                  "The name \"room\" is kept for joining the room; please take another.");
  }
  if (spec.deal) CheckDeal(object, spec, sound);
  if (spec.seats) CheckSeats(object, spec, sound);
  if (IsOneOf(spec.ballot, {kDotsIndex, kUpvoteIndex, kRankIndex}) && sound.items &&
      !spec.HasItems()) {
    object.Refuse("ballot",
                  "There is nothing to judge: \"items\", \"collect\" or \"carry\" is needed.");
  }
}

void WriteIf(json::Writer& writer, std::string_view key, uint32_t n) {
  if (n != 0) writer.Key(key).Int(n);
}

void WriteFields(json::Writer& writer, const std::vector<Field>& fields) {
  writer.Key("fields").BeginArray();
  for (const Field& field : fields) {
    writer.BeginObject();
    writer.Key("id").String(field.id);
    WriteTextIf(writer, "title", field.title);
    writer.Key("max_graphemes").Int(field.max_graphemes);
    writer.Key("required").Bool(field.required);
    if (field.names_person) writer.Key("names_person").Bool(true);
    WriteIf(writer, "retention_days", field.retention_days);
    writer.EndObject();
  }
  writer.EndArray();
}

void WriteCollect(json::Writer& writer, const Collect& collect) {
  writer.Key("collect").BeginObject();
  writer.Key("who").String(NameOf(kContributors, collect.who));
  writer.Key("each").Int(collect.each);
  writer.Key("max_graphemes").Int(collect.max_graphemes);
  WriteIf(writer, "words", collect.words);
  if (!collect.fields.empty()) WriteFields(writer, collect.fields);
  if (collect.moderation != Moderation::kOff) {
    writer.Key("moderation").String(NameOf(kModerations, collect.moderation));
  }
  if (!collect.picture_of.empty()) writer.Key("picture_of").String(collect.picture_of);
  writer.EndObject();
}

void WriteSeats(json::Writer& writer, const Seats& seats) {
  writer.Key("seats").BeginObject();
  writer.Key("rounds").Int(seats.rounds);
  writer.Key("capacity").Int(seats.capacity);
  WriteIf(writer, "tables", seats.tables);
  writer.Key("planned").Bool(seats.planned);
  writer.EndObject();
}

void WriteCarry(json::Writer& writer, const Carry& carry) {
  writer.Key("carry").BeginObject();
  writer.Key("from").String(carry.from);
  WriteIf(writer, "top", carry.top);
  writer.EndObject();
}

void WriteItems(json::Writer& writer, const std::vector<SheetItem>& items) {
  writer.Key("items").BeginArray();
  for (const SheetItem& item : items) {
    writer.BeginObject();
    writer.Key("id").String(item.id);
    WriteIf(writer, "number", item.number);
    WriteTextIf(writer, "title", item.title);
    WriteTextIf(writer, "detail", item.detail);
    writer.EndObject();
  }
  writer.EndArray();
}

void WriteTimeLimits(json::Writer& writer, const TimeLimits& time) {
  writer.Key("time").BeginObject();
  WriteIf(writer, "collect_ms", time.collect_ms);
  WriteIf(writer, "vote_ms", time.vote_ms);
  WriteIf(writer, "swap_ms", time.swap_ms);
  WriteIf(writer, "score_ms", time.score_ms);
  WriteIf(writer, "seat_ms", time.seat_ms);
  writer.Key("grace_ms").Int(time.grace_ms);  // left out it would not be 0
  writer.EndObject();
}

}  // namespace

Privacy ReadPrivacy(MemberReader& parent) {
  Privacy privacy;
  const json::Value* const value = parent.Optional("privacy");
  if (value == nullptr) return privacy;
  const Path path = parent.path().Member("privacy");
  MemberReader object(*value, path, parent.context());
  privacy.controller = ReadPlain(object, "controller", kTitleForm);
  privacy.contact = ReadPlain(object, "contact", kTitleForm);
  privacy.retention_days = object.U32("retention_days", 1, limits::kRetentionDays);
  object.Finish();
  return privacy;
}

void WritePrivacy(json::Writer& writer, const Privacy& privacy) {
  if (privacy == Privacy{}) return;
  writer.Key("privacy").BeginObject();
  writer.Key("controller").String(privacy.controller);
  writer.Key("contact").String(privacy.contact);
  writer.Key("retention_days").Int(privacy.retention_days);
  writer.EndObject();
}

ActivitySpec ReadSpec(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  ActivitySpec spec;
  SoundParts sound;
  spec.id = object.Slug("id");
  spec.title = ReadText(object, "title", kTitleForm);
  spec.prompt = ReadTextOr(object, "prompt", kPromptForm);
  if (const json::Value* collect = object.Optional("collect")) {
    spec.collect = ReadCollect(*collect, path.Member("collect"), context);
  }
  if (const json::Value* ballot = object.Optional("ballot")) {
    const Soundness part(context);
    spec.ballot = ReadBallot(*ballot, path.Member("ballot"), context);
    sound.ballot = part;
  }
  if (const json::Value* deal = object.Optional("deal")) {
    spec.deal = ReadDeal(*deal, path.Member("deal"), context);
  }
  if (const json::Value* seats = object.Optional("seats")) {
    const Soundness part(context);
    spec.seats = ReadSeats(*seats, path.Member("seats"), context);
    sound.seats = part;
  }
  if (const json::Value* carry = object.Optional("carry")) {
    spec.carry = ReadCarry(*carry, path.Member("carry"), context);
  }
  const Soundness items(context);
  spec.items = ReadItems(object);
  sound.items = items;
  spec.shuffle_items = object.BoolOr("shuffle_items", true);
  spec.reveal = static_cast<Reveal>(object.OneOfOr("reveal", kReveals, 1));
  spec.series = object.SlugOr("series");
  if (const json::Value* time = object.Optional("time")) {
    spec.time = ReadTimeLimits(*time, path.Member("time"), context);
  }
  CheckTogether(object, spec, sound);
  object.Finish();
  return spec;
}

void WriteActivity(json::Writer& writer, const ActivitySpec& spec) {
  writer.BeginObject();
  writer.Key("id").String(spec.id);
  WriteTextIf(writer, "title", spec.title);
  WriteTextIf(writer, "prompt", spec.prompt);
  if (spec.collect) WriteCollect(writer, *spec.collect);
  if (spec.ballot.index() != 0) {
    writer.Key("ballot");
    WriteBallot(writer, spec.ballot);
  }
  if (spec.deal) {
    writer.Key("deal").BeginObject();
    writer.Key("rounds").Int(spec.deal->rounds);
    writer.Key("deck").String(NameOf(kDecks, spec.deal->deck));
    writer.EndObject();
  }
  if (spec.seats) WriteSeats(writer, *spec.seats);
  if (spec.carry) WriteCarry(writer, *spec.carry);
  if (!spec.items.empty()) WriteItems(writer, spec.items);
  writer.Key("shuffle_items").Bool(spec.shuffle_items);
  writer.Key("reveal").String(NameOf(kReveals, spec.reveal));
  if (!spec.series.empty()) writer.Key("series").String(spec.series);
  WriteTimeLimits(writer, spec.time);
  writer.EndObject();
}

}  // namespace plenum
