#include <array>

#include "schema/activity_codec.h"
#include "schema/limits.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

constexpr std::array<std::string_view, 5> kBallots = {"choice", "scale", "dots", "upvote",
                                                      "rank"};  // from index 1 on

Option ReadOption(const json::Value& value, const Path& path, ReadContext& context, bool pictures) {
  MemberReader object(value, path, context);
  Option option;
  option.id = object.Slug("id");
  option.title = ReadText(object, "title", kTitleForm);
  if (pictures) option.picture = object.SlugOr("picture");
  object.Finish();
  return option;
}

ChoiceBallot ReadChoice(MemberReader& object) {
  ChoiceBallot ballot;
  const Soundness options_sound(object.context());
  ballot.options = ReadOptions(object, "options", limits::kOptions, true);
  const bool all_read = options_sound;
  const Soundness sound(object.context());
  ballot.max = object.U32Or("max", 1, limits::kOptions, ballot.max);
  ballot.min = object.U32Or("min", 0, limits::kOptions, ballot.min);
  ballot.name_unchosen = object.BoolOr("name_unchosen", false);
  if (!sound) return ballot;
  if (ballot.min > ballot.max) object.Refuse("min", "This must not be more than \"max\".");
  if (all_read && ballot.max > ballot.options.size()) {
    object.Refuse("max", "This must not be more than there are options.");
  }
  return ballot;
}

ScaleBallot ReadScale(MemberReader& object) {
  ScaleBallot ballot;
  const Soundness sound(object.context());
  ballot.low = object.I32Or("low", -limits::kScaleValue, limits::kScaleValue, ballot.low);
  ballot.high = object.I32Or("high", -limits::kScaleValue, limits::kScaleValue, ballot.high);
  const bool ends_read = sound;
  ballot.low_label = ReadTextOr(object, "low_label", kTitleForm);
  ballot.high_label = ReadTextOr(object, "high_label", kTitleForm);
  if (!ends_read) return ballot;
  if (ballot.low >= ballot.high) {
    object.Refuse("high", "This must be more than \"low\".");
  } else if (ballot.high - ballot.low > limits::kScaleSteps) {
    object.Refuse("high", "This scale has too many steps.");
  }
  return ballot;
}

DotsBallot ReadDots(MemberReader& object) {
  DotsBallot ballot;
  const Soundness sound(object.context());
  ballot.budget = object.U32Or("budget", 1, limits::kDots, ballot.budget);
  ballot.cap = object.U32Or("cap", 1, limits::kDots, ballot.budget);
  if (sound && ballot.cap > ballot.budget)
    object.Refuse("cap", "This must not be more than \"budget\".");
  return ballot;
}

RankBallot ReadRank(MemberReader& object) {
  RankBallot ballot;
  ballot.top = object.U32Or("top", 1, limits::kRanks, ballot.top);
  return ballot;
}

struct BallotWriter {
  json::Writer& writer;

  void operator()(std::monostate) const {}
  void operator()(const ChoiceBallot& ballot) const {
    writer.Key("kind").String("choice");
    WriteOptions(writer, "options", ballot.options);
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
  void operator()(const UpvoteBallot&) const { writer.Key("kind").String("upvote"); }
  void operator()(const RankBallot& ballot) const {
    writer.Key("kind").String("rank");
    writer.Key("top").Int(ballot.top);
  }
};

}  // namespace

Ballot ReadBallot(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  const size_t issues = context.issues.size();
  const size_t kind = object.OneOf("kind", kBallots);
  if (context.issues.size() > issues) return {};  // without a kind, nothing else can be judged
  Ballot ballot;
  if (kind == 0) ballot = ReadChoice(object);
  if (kind == 1) ballot = ReadScale(object);
  if (kind == 2) ballot = ReadDots(object);
  if (kind == 3) ballot = UpvoteBallot{};
  if (kind == 4) ballot = ReadRank(object);
  object.Finish();
  return ballot;
}

std::vector<Option> ReadOptions(MemberReader& parent, std::string_view key, size_t most,
                                bool pictures) {
  std::vector<Option> options;
  const json::Array& values = parent.Array(key, 1, most);
  const Path path = parent.path().Member(key);
  Once once(parent.context(), pictures ? "an option" : "a group");
  for (size_t i = 0; i < values.size(); ++i) {
    const Path at = path.Element(i);
    options.push_back(ReadOption(values[i], at, parent.context(), pictures));
    once.Id(at, options.back().id);
  }
  return options;
}

void WriteOptions(json::Writer& writer, std::string_view key, const std::vector<Option>& options) {
  writer.Key(key).BeginArray();
  for (const Option& option : options) {
    writer.BeginObject();
    writer.Key("id").String(option.id);
    WriteTextIf(writer, "title", option.title);
    if (!option.picture.empty()) writer.Key("picture").String(option.picture);
    writer.EndObject();
  }
  writer.EndArray();
}

void WriteBallot(json::Writer& writer, const Ballot& ballot) {
  writer.BeginObject();
  std::visit(BallotWriter{writer}, ballot);
  writer.EndObject();
}

}  // namespace plenum
