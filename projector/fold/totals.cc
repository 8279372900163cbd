// Totals as canonical JSON (schema/rules.md, Result), and decimals.
#include <cstdlib>

#include "projector/fold/result.h"
#include "schema/hash.h"
#include "schema/json.h"

namespace plenum {
namespace {

// What the rows of a result may take up in an event. Those that fit are written; all are hashed.
constexpr size_t kRowsBytes = 24'000;

int64_t PowerOfTen(int digits) {
  int64_t power = 1;
  for (int i = 0; i < digits; ++i) power *= 10;
  return power;
}

void WriteDecimal(json::Writer& writer, std::string_view key,
                  const std::optional<Decimal>& decimal) {
  if (decimal) writer.Key(key).String(decimal->ToString());
}

void WriteTotals(json::Writer& writer, const ItemsResult& result) {
  writer.Key("kind").String("items");
  writer.Key("people").Int(result.people).Key("items").Int(result.items);
}

void WriteTotals(json::Writer& writer, const ChoiceResult& result) {
  writer.Key("kind").String("choice").Key("people").Int(result.people);
  writer.Key("options").BeginArray();
  for (const auto& [option, count] : result.counts) {
    writer.BeginObject().Key("id").String(option).Key("count").Int(count).EndObject();
  }
  writer.EndArray();
}

void WriteTotals(json::Writer& writer, const ScaleResult& result) {
  writer.Key("kind").String("scale").Key("people").Int(result.people);
  writer.Key("sum").Int(result.sum);
  WriteDecimal(writer, "mean", result.mean);
  WriteDecimal(writer, "median", result.median);
  writer.Key("counts").BeginArray();
  for (const uint32_t count : result.counts) writer.Int(count);
  writer.EndArray();
}

void WriteMerged(json::Writer& writer, const std::vector<ItemId>& merged) {
  if (merged.empty()) return;
  writer.Key("merged").BeginArray();
  for (const ItemId& item : merged) writer.String(item);
  writer.EndArray();
}

std::string EncodeRow(const DotsRow& row) {
  json::Writer writer;
  writer.BeginObject().Key("id").String(row.item).Key("dots").Int(row.dots);
  writer.Key("people").Int(row.people).Key("rank").Int(row.rank);
  WriteMerged(writer, row.merged);
  return writer.EndObject().Take();
}

std::string EncodeRow(const UpvoteRow& row) {
  json::Writer writer;
  writer.BeginObject().Key("id").String(row.item).Key("votes").Int(row.votes);
  writer.Key("rank").Int(row.rank);
  WriteMerged(writer, row.merged);
  return writer.EndObject().Take();
}

std::string EncodeRow(const RankRow& row) {
  json::Writer writer;
  writer.BeginObject().Key("id").String(row.item).Key("points").Int(row.points);
  writer.Key("people").Int(row.people).Key("firsts").Int(row.firsts).Key("rank").Int(row.rank);
  WriteMerged(writer, row.merged);
  return writer.EndObject().Take();
}

std::string EncodeRow(const RatingRow& row) {
  json::Writer writer;
  writer.BeginObject().Key("id").String(row.item).Key("people").Int(row.people);
  writer.Key("sum").Int(row.sum);
  WriteDecimal(writer, "mean", row.mean);
  writer.Key("counts").BeginArray();
  for (const uint32_t count : row.counts) writer.Int(count);
  return writer.EndArray().Key("rank").Int(row.rank).EndObject().Take();
}

std::string EncodeRow(const CardRow& row) {
  json::Writer writer;
  writer.BeginObject().Key("id").String(row.item);
  if (row.number != 0) writer.Key("number").Int(row.number);
  writer.Key("total").String(row.total.ToString()).Key("scores").Int(row.scores);
  writer.Key("sum").Int(row.sum).Key("complete").Bool(row.complete);
  return writer.Key("rank").Int(row.rank).EndObject().Take();
}

// An event holds 32 KiB, a deck of a thousand cards more: the rows that fit, in their order, and
// then the number of the others and the hash of all.
template <class Row>
void WriteRows(json::Writer& writer, const std::vector<Row>& rows) {
  std::string all = "[";
  std::string fitting;
  size_t written = 0;
  for (const Row& row : rows) {
    if (all.size() > 1) all += ',';
    all += EncodeRow(row);
    if (all.size() + 1 <= kRowsBytes) {
      fitting = all;
      ++written;
    }
  }
  all += ']';
  fitting = written == 0 ? "[]" : fitting + ']';
  writer.Key("items").Raw(fitting);
  if (written == rows.size()) return;
  writer.Key("left_out").Int(static_cast<int64_t>(rows.size() - written));
  writer.Key("digest").String(HashOf(all).Hex());
}

void WriteTotals(json::Writer& writer, const DotsResult& result) {
  writer.Key("kind").String("dots").Key("people").Int(result.people);
  writer.Key("dots").Int(result.dots);
  WriteRows(writer, result.rows);
}

void WriteTotals(json::Writer& writer, const UpvoteResult& result) {
  writer.Key("kind").String("upvote").Key("people").Int(result.people);
  WriteRows(writer, result.rows);
}

void WriteTotals(json::Writer& writer, const RankResult& result) {
  writer.Key("kind").String("rank").Key("people").Int(result.people);
  writer.Key("top").Int(result.top);
  WriteRows(writer, result.rows);
}

void WriteTotals(json::Writer& writer, const RatingResult& result) {
  writer.Key("kind").String("ratings").Key("people").Int(result.people);
  WriteRows(writer, result.rows);
}

void WriteTotals(json::Writer& writer, const DeckResult& result) {
  writer.Key("kind").String("deck").Key("cards").Int(result.cards);
  writer.Key("complete").Int(result.complete).Key("scorers").Int(result.scorers);
  writer.Key("rounds").Int(result.rounds);
  WriteRows(writer, result.rows);
}

}  // namespace

Decimal Divide(int64_t numerator, int64_t denominator, int digits) {
  const int64_t scaled = numerator * PowerOfTen(digits);
  // Half up, away from zero on both sides: (2a + d) / 2d for |a|.
  const int64_t magnitude = (2 * std::abs(scaled) + denominator) / (2 * denominator);
  return {scaled < 0 ? -magnitude : magnitude, digits};
}

std::string Decimal::ToString() const {
  const int64_t unit = PowerOfTen(digits);
  const int64_t magnitude = std::abs(scaled);
  std::string text = (scaled < 0 ? "-" : "") + std::to_string(magnitude / unit);
  if (digits == 0) return text;
  const std::string fraction = std::to_string(magnitude % unit);
  return text + '.' + std::string(static_cast<size_t>(digits) - fraction.size(), '0') + fraction;
}

std::string EncodeTotals(const Result& result) {
  json::Writer writer;
  writer.BeginObject();
  std::visit([&](const auto& totals) { WriteTotals(writer, totals); }, result);
  return writer.EndObject().Take();
}

}  // namespace plenum
