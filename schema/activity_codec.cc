#include "schema/activity_codec.h"

#include <array>
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
constexpr std::array<std::string_view, 3> kBallots = {"choice", "scale",
                                                      "dots"};  // from index 1 on

// People join under this series; an activity in it would be linked to that.
constexpr std::string_view kReservedSeries = "room";

template <class Enum, size_t kSize>
std::string_view NameOf(const std::array<std::string_view, kSize>& names, Enum value) {
  return names[static_cast<size_t>(value)];
}

Collect ReadCollect(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  Collect collect;
  collect.who = static_cast<Contributors>(object.OneOfOr("who", kContributors, 0));
  collect.each = object.U32Or("each", 1, limits::kItemsEach, collect.each);
  collect.max_graphemes =
      object.U32Or("max_graphemes", 1, limits::kTextGraphemes, collect.max_graphemes);
  object.Finish();
  return collect;
}

Option ReadOption(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  Option option;
  option.id = object.Slug("id");
  option.title = ReadText(object, "title", kTitleForm);
  object.Finish();
  return option;
}

ChoiceBallot ReadChoice(MemberReader& object) {
  ChoiceBallot ballot;
  const json::Array& options = object.Array("options", 1, limits::kOptions);
  const Path path = object.path().Member("options");
  std::set<std::string> ids;
  for (size_t i = 0; i < options.size(); ++i) {
    Option option = ReadOption(options[i], path.Element(i), object.context());
    if (!option.id.empty() && !ids.insert(option.id).second) {
      object.context().issues.push_back({path.Element(i).Member("id").Pointer(),
                                         "There is an option \"" + option.id + "\" already."});
    }
    ballot.options.push_back(std::move(option));
  }
  ballot.max = object.U32Or("max", 1, limits::kOptions, ballot.max);
  ballot.min = object.U32Or("min", 0, limits::kOptions, ballot.min);
  ballot.name_unchosen = object.BoolOr("name_unchosen", false);
  if (ballot.min > ballot.max) object.Refuse("min", "This must not be more than \"max\".");
  if (!ballot.options.empty() && ballot.max > ballot.options.size()) {
    object.Refuse("max", "This must not be more than there are options.");
  }
  return ballot;
}

ScaleBallot ReadScale(MemberReader& object) {
  ScaleBallot ballot;
  ballot.low = object.I32Or("low", -limits::kScaleValue, limits::kScaleValue, ballot.low);
  ballot.high = object.I32Or("high", -limits::kScaleValue, limits::kScaleValue, ballot.high);
  ballot.low_label = ReadTextOr(object, "low_label", kTitleForm);
  ballot.high_label = ReadTextOr(object, "high_label", kTitleForm);
  if (ballot.low >= ballot.high) {
    object.Refuse("high", "This must be more than \"low\".");
  } else if (ballot.high - ballot.low > limits::kScaleSteps) {
    object.Refuse("high", "This scale has too many steps.");
  }
  return ballot;
}

DotsBallot ReadDots(MemberReader& object) {
  DotsBallot ballot;
  ballot.budget = object.U32Or("budget", 1, limits::kDots, ballot.budget);
  ballot.cap = object.U32Or("cap", 1, limits::kDots, ballot.budget);
  if (ballot.cap > ballot.budget) object.Refuse("cap", "This must not be more than \"budget\".");
  return ballot;
}

Ballot ReadBallot(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  const size_t issues = context.issues.size();
  const size_t kind = object.OneOf("kind", kBallots);
  if (context.issues.size() > issues) return {};  // without a kind, nothing else can be judged
  Ballot ballot;
  if (kind == 0) ballot = ReadChoice(object);
  if (kind == 1) ballot = ReadScale(object);
  if (kind == 2) ballot = ReadDots(object);
  object.Finish();
  return ballot;
}

Deal ReadDeal(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  Deal deal;
  deal.rounds = object.U32Or("rounds", 1, limits::kRounds, deal.rounds);
  deal.deck = static_cast<Deck>(object.OneOfOr("deck", kDecks, 0));
  object.Finish();
  return deal;
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
  std::set<std::string> ids;
  std::set<uint32_t> numbers;
  for (size_t i = 0; i < values.size(); ++i) {
    const Path at = path.Element(i);
    SheetItem item = ReadItem(values[i], at, context);
    if (!item.id.empty() && !ids.insert(item.id).second) {
      context.issues.push_back(
          {at.Member("id").Pointer(), "There is an item \"" + item.id + "\" already."});
    }
    if (item.number != 0 && !numbers.insert(item.number).second) {
      context.issues.push_back({at.Member("number").Pointer(),
                                "Number " + std::to_string(item.number) + " is taken already."});
    }
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
  time.grace_ms = object.U32Or("grace_ms", 0, limits::kTimeLimitMs, time.grace_ms);
  object.Finish();
  return time;
}

// What no part can see by itself.
void CheckTogether(MemberReader& object, const ActivitySpec& spec) {
  if (spec.Series() == kReservedSeries) {
    object.Refuse(spec.series.empty() ? "id" : "series",
                  "The name \"room\" is kept for joining the room; please take another.");
  }
  if (object.Has("deal") && !object.Has("collect")) {
    object.Refuse("deal", "Cards are dealt only where they are collected: \"collect\" is missing.");
  }
  if (object.Has("deal") && !std::holds_alternative<ScaleBallot>(spec.ballot)) {
    object.Refuse("deal", "Cards are scored on a scale: a ballot of the kind \"scale\" is needed.");
  }
  if (std::holds_alternative<DotsBallot>(spec.ballot) && spec.items.empty() &&
      !object.Has("collect")) {
    object.Refuse("ballot", "There is nothing to put dots on: \"items\" or \"collect\" is needed.");
  }
}

void WriteTextIf(json::Writer& writer, std::string_view key, const Text& text) {
  if (text.empty()) return;
  writer.Key(key);
  WriteText(writer, text);
}

void WriteIf(json::Writer& writer, std::string_view key, uint32_t n) {
  if (n != 0) writer.Key(key).Int(n);
}

void WriteCollect(json::Writer& writer, const Collect& collect) {
  writer.Key("collect").BeginObject();
  writer.Key("who").String(NameOf(kContributors, collect.who));
  writer.Key("each").Int(collect.each);
  writer.Key("max_graphemes").Int(collect.max_graphemes);
  writer.EndObject();
}

struct BallotWriter {
  json::Writer& writer;

  void operator()(std::monostate) const {}
  void operator()(const ChoiceBallot& ballot) const {
    writer.Key("kind").String("choice");
    writer.Key("options").BeginArray();
    for (const Option& option : ballot.options) {
      writer.BeginObject();
      writer.Key("id").String(option.id);
      WriteTextIf(writer, "title", option.title);
      writer.EndObject();
    }
    writer.EndArray();
    writer.Key("min").Int(ballot.min);
    writer.Key("max").Int(ballot.max);
    if (ballot.name_unchosen) writer.Key("name_unchosen").Bool(true);
  }
  void operator()(const ScaleBallot& ballot) const {
    writer.Key("kind").String("scale");
    writer.Key("low").Int(ballot.low);
    writer.Key("high").Int(ballot.high);
    WriteTextIf(writer, "low_label", ballot.low_label);
    WriteTextIf(writer, "high_label", ballot.high_label);
  }
  void operator()(const DotsBallot& ballot) const {
    writer.Key("kind").String("dots");
    writer.Key("budget").Int(ballot.budget);
    writer.Key("cap").Int(ballot.cap);
  }
};

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
  writer.Key("grace_ms").Int(time.grace_ms);  // left out it would not be 0
  writer.EndObject();
}

}  // namespace

ActivitySpec ReadSpec(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  ActivitySpec spec;
  spec.id = object.Slug("id");
  spec.title = ReadText(object, "title", kTitleForm);
  spec.prompt = ReadTextOr(object, "prompt", kPromptForm);
  if (const json::Value* collect = object.Optional("collect")) {
    spec.collect = ReadCollect(*collect, path.Member("collect"), context);
  }
  if (const json::Value* ballot = object.Optional("ballot")) {
    spec.ballot = ReadBallot(*ballot, path.Member("ballot"), context);
  }
  if (const json::Value* deal = object.Optional("deal")) {
    spec.deal = ReadDeal(*deal, path.Member("deal"), context);
  }
  spec.items = ReadItems(object);
  spec.shuffle_items = object.BoolOr("shuffle_items", true);
  spec.reveal = static_cast<Reveal>(object.OneOfOr("reveal", kReveals, 1));
  spec.series = object.SlugOr("series");
  if (const json::Value* time = object.Optional("time")) {
    spec.time = ReadTimeLimits(*time, path.Member("time"), context);
  }
  CheckTogether(object, spec);
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
    writer.Key("ballot").BeginObject();
    std::visit(BallotWriter{writer}, spec.ballot);
    writer.EndObject();
  }
  if (spec.deal) {
    writer.Key("deal").BeginObject();
    writer.Key("rounds").Int(spec.deal->rounds);
    writer.Key("deck").String(NameOf(kDecks, spec.deal->deck));
    writer.EndObject();
  }
  if (!spec.items.empty()) WriteItems(writer, spec.items);
  writer.Key("shuffle_items").Bool(spec.shuffle_items);
  writer.Key("reveal").String(NameOf(kReveals, spec.reveal));
  if (!spec.series.empty()) writer.Key("series").String(spec.series);
  WriteTimeLimits(writer, spec.time);
  writer.EndObject();
}

}  // namespace plenum
