// Ballots, by kind.
#include <array>

#include "schema/limits.h"
#include "schema/payload_codec.h"

namespace plenum {
namespace {

constexpr std::array<std::string_view, 7> kKinds = {"choice", "scale",   "dots", "upvote",
                                                    "rank",   "ratings", "score"};

// Values and dots are bounded here only so that sums cannot overflow; what is on the scale and
// within the budget is for the fold, which answers with the reason.
constexpr int32_t kMostValue = 1'000'000;
constexpr uint32_t kMostDots = 1'000'000;
constexpr size_t kMostItems = 1000;  // named in one command
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
  void operator()(const UpvoteCast& cast) const {
    writer.Key("kind").String("upvote");
    writer.Key("item").String(cast.item);
    writer.Key("up").Bool(cast.up);
  }
  void operator()(const RankCast& cast) const {
    writer.Key("kind").String("rank");
    WriteSlugs(writer, "items", cast.items);
  }
  void operator()(const RatingCast& cast) const {
    writer.Key("kind").String("ratings");
    writer.Key("ratings").BeginArray();
    for (const ItemRating& entry : cast.ratings) {
      writer.BeginObject();
      writer.Key("item").String(entry.item);
      writer.Key("value").Int(entry.value);
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

RatingCast ReadRatingCast(MemberReader& ballot) {
  RatingCast cast;
  const json::Array& values = ballot.Array("ratings", 0, kMostItems);
  const Path path = ballot.path().Member("ratings");
  for (size_t i = 0; i < values.size(); ++i) {
    MemberReader object(values[i], path.Element(i), ballot.context());
    ItemRating entry;
    entry.item = object.Slug("item");
    entry.value = static_cast<int32_t>(object.Int("value", -kMostValue, kMostValue));
    object.Finish();
    cast.ratings.push_back(std::move(entry));
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

}  // namespace

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
    case 3:
      payload->ballot = UpvoteCast{ballot.Slug("item"), ballot.Bool("up")};
      break;
    case 4:
      payload->ballot = RankCast{ReadSlugs(ballot, "items", 0, limits::kRanks)};
      break;
    case 5:
      payload->ballot = ReadRatingCast(ballot);
      break;
    default:
      payload->ballot = ReadScoreCast(ballot);
  }
  ballot.Finish();
}

}  // namespace plenum
