#include "gateway/rehearse/totals.h"

#include <algorithm>
#include <cassert>

namespace plenum::rehearse {
namespace {

constexpr uint32_t kTop = 10;

uint32_t Count(const json::Value& from, std::string_view key) {
  const json::Value* value = from.Find(key);
  return value != nullptr && value->AsInt() != nullptr ? static_cast<uint32_t>(*value->AsInt()) : 0;
}

std::string String(const json::Value& from, std::string_view key) {
  const json::Value* value = from.Find(key);
  return value != nullptr && value->AsString() != nullptr ? *value->AsString() : "";
}

bool Flag(const json::Value& from, std::string_view key) {
  const json::Value* value = from.Find(key);
  return value != nullptr && value->AsBool() != nullptr && *value->AsBool();
}

const json::Array& List(const json::Value& from, std::string_view key) {
  static const json::Array kNone;
  const json::Value* value = from.Find(key);
  return value != nullptr && value->AsArray() != nullptr ? *value->AsArray() : kNone;
}

// A text by language, in the first of them; or a text that somebody wrote.
std::string AnyLanguage(const json::Value& from, std::string_view key) {
  const json::Value* value = from.Find(key);
  if (value == nullptr) return "";
  if (value->AsString() != nullptr) return *value->AsString();
  const json::Object* texts = value->AsObject();
  if (texts == nullptr || texts->empty()) return "";
  const std::string* text = texts->front().second.AsString();
  return text != nullptr ? *text : "";
}

std::vector<std::string> Names(const json::Value& from, std::string_view key) {
  std::vector<std::string> names;
  for (const json::Value& value : List(from, key)) {
    if (value.AsString() != nullptr) names.push_back(*value.AsString());
  }
  std::ranges::sort(names);
  return names;
}

std::vector<uint32_t> Counts(const json::Value& from) {
  std::vector<uint32_t> counts;
  for (const json::Value& count : List(from, "counts")) {
    counts.push_back(count.AsInt() != nullptr ? static_cast<uint32_t>(*count.AsInt()) : 0);
  }
  return counts;
}

ItemTotal ReadItem(const json::Value& value) {
  ItemTotal item;
  item.item = String(value, "id");
  item.title = AnyLanguage(value, "title");
  item.number = Count(value, "number");
  item.dots = Count(value, "dots");
  item.votes = Count(value, "votes");
  item.points = Count(value, "points");
  item.firsts = Count(value, "firsts");
  item.mean = String(value, "mean");
  item.counts = Counts(value);
  item.people = Count(value, "people");
  item.rank = Count(value, "rank");
  item.merged = Names(value, "merged");
  item.total = String(value, "total");
  item.scores = Count(value, "scores");
  item.sum = Count(value, "sum");
  item.complete = Flag(value, "complete");
  return item;
}

PairedChange ReadComparison(const json::Value& value) {
  PairedChange change;
  change.with = String(value, "with");
  change.paired = Count(value, "paired");
  change.mean_change = String(value, "mean_change");
  change.up = Count(value, "up");
  change.same = Count(value, "same");
  change.down = Count(value, "down");
  change.groups_differ = Flag(value, "groups_differ");
  return change;
}

// Collects sentences about pairs of figures that differ.
class Comparer {
 public:
  void Number(const std::string& what, int64_t shown, int64_t counted) {
    if (shown == counted) return;
    differences.push_back(what + ": shown " + std::to_string(shown) + ", counted " +
                          std::to_string(counted));
  }
  void Same(const std::string& what, const std::string& shown, const std::string& counted) {
    if (shown == counted) return;
    differences.push_back(what + ": shown \"" + shown + "\", counted \"" + counted + "\"");
  }
  std::vector<std::string> differences;
};

std::string Join(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : " ") + name;
  return joined;
}

std::string Join(const std::vector<uint32_t>& counts) {
  std::string joined;
  for (uint32_t count : counts) joined += (joined.empty() ? "" : " ") + std::to_string(count);
  return joined;
}

std::string Describe(const std::optional<PairedChange>& change) {
  if (!change) return "none";
  return "with " + change->with + ": " + std::to_string(change->paired) + " people, mean change " +
         change->mean_change + ", up " + std::to_string(change->up) + ", same " +
         std::to_string(change->same) + ", down " + std::to_string(change->down) +
         (change->groups_differ ? ", other people" : "");
}

void CompareItem(const ItemTotal& shown, const ItemTotal& counted, Comparer& compare) {
  const std::string name = "item " + counted.item + " ";
  compare.Number(name + "rank", shown.rank, counted.rank);
  compare.Number(name + "dots", shown.dots, counted.dots);
  compare.Number(name + "people", shown.people, counted.people);
  compare.Number(name + "votes", shown.votes, counted.votes);
  compare.Number(name + "points", shown.points, counted.points);
  compare.Number(name + "first places", shown.firsts, counted.firsts);
  compare.Same(name + "mean", shown.mean, counted.mean);
  compare.Same(name + "counts", Join(shown.counts), Join(counted.counts));
  compare.Same(name + "merged", Join(shown.merged), Join(counted.merged));
  compare.Number(name + "scores", shown.scores, counted.scores);
  compare.Number(name + "sum", shown.sum, counted.sum);
  compare.Number(name + "complete", shown.complete, counted.complete);
  if (counted.rank != 0) compare.Same(name + "total", shown.total, counted.total);
}

// The rows that should be on the screen: of a deck's stage the top ten with all ties, otherwise all
// but those that it says it leaves out, from the end.
std::vector<const ItemTotal*> Expected(const Totals& shown, const Totals& counted, bool top_only) {
  std::vector<const ItemTotal*> expected;
  for (const ItemTotal& item : counted.items) {
    if (!top_only || (item.rank != 0 && item.rank <= kTop)) expected.push_back(&item);
  }
  expected.resize(expected.size() - std::min<size_t>(expected.size(), shown.left_out));
  return expected;
}

void CompareItems(const Totals& shown, const Totals& counted, bool top_only, Comparer& compare) {
  const std::vector<const ItemTotal*> expected = Expected(shown, counted, top_only);
  for (const ItemTotal* item : expected) {
    const ItemTotal* found = shown.Find(item->item);
    if (found == nullptr) {
      compare.differences.push_back("item " + item->item + " is not shown");
    } else {
      CompareItem(*found, *item, compare);
    }
  }
  compare.Number("items", static_cast<int64_t>(shown.items.size()),
                 static_cast<int64_t>(expected.size()));
  auto place = [](const ItemTotal& item) { return item.rank == 0 ? UINT32_MAX : item.rank; };
  if (!std::ranges::is_sorted(shown.items, {}, place))
    compare.differences.push_back("the items are not shown in the order of their ranks");
}

void CompareWords(const Totals& shown, const Totals& counted, Comparer& compare) {
  compare.Number("words", static_cast<int64_t>(shown.words.size() + shown.left_out),
                 static_cast<int64_t>(counted.words.size()));
  for (size_t i = 0; i < std::min(shown.words.size(), counted.words.size()); ++i) {
    const WordTotal& theirs = shown.words[i];
    const WordTotal& ours = counted.words[i];
    compare.Same("word", theirs.word, ours.word);
    compare.Number("word " + ours.word, theirs.count, ours.count);
    compare.Same("first of " + ours.word, theirs.item, ours.item);
  }
}

}  // namespace

const ItemTotal* Totals::Find(const ItemId& item) const {
  auto it = std::ranges::find(items, item, &ItemTotal::item);
  return it == items.end() ? nullptr : &*it;
}

uint64_t Totals::Weight() const {
  if (kind == Kind::kDots) return dots;
  if (kind == Kind::kItems || kind == Kind::kWords) return cards;
  uint64_t weight = kind == Kind::kDeck ? cards : 0;
  for (const ItemTotal& item : items) {
    if (kind == Kind::kDeck) weight += item.scores;
    if (kind == Kind::kUpvote) weight += item.votes;
  }
  return kind == Kind::kDeck || kind == Kind::kUpvote ? weight : people;
}

std::optional<Totals> ReadTotals(const json::Value& result) {
  static const std::pair<std::string_view, Totals::Kind> kKinds[] = {
      {"items", Totals::Kind::kItems},   {"words", Totals::Kind::kWords},
      {"choice", Totals::Kind::kChoice}, {"scale", Totals::Kind::kScale},
      {"dots", Totals::Kind::kDots},     {"upvote", Totals::Kind::kUpvote},
      {"rank", Totals::Kind::kRank},     {"ratings", Totals::Kind::kRatings},
      {"deck", Totals::Kind::kDeck}};
  auto kind = std::ranges::find(kKinds, String(result, "kind"),
                                &std::pair<std::string_view, Totals::Kind>::first);
  if (kind == std::end(kKinds)) return std::nullopt;
  Totals totals;
  totals.kind = kind->second;
  totals.people = Count(result, "people");
  totals.mean = String(result, "mean");
  totals.median = String(result, "median");
  totals.counts = Counts(result);
  totals.top = Count(result, "top");
  if (const json::Value* comparison = result.Find("comparison"))
    totals.comparison = ReadComparison(*comparison);
  for (const json::Value& option : List(result, "options")) {
    totals.options.emplace_back(String(option, "id"), Count(option, "count"));
  }
  totals.nobody = Names(result, "nobody");
  totals.dots = Count(result, "dots");
  totals.cards = Count(result, "cards");
  totals.complete = Count(result, "complete");
  totals.scorers = Count(result, "scorers");
  totals.left_out = Count(result, "more");
  if (totals.kind == Totals::Kind::kItems || totals.kind == Totals::Kind::kWords) {
    totals.cards = Count(result, "items");
    for (const json::Value& word : List(result, "words")) {
      totals.words.push_back({String(word, "word"), Count(word, "count"), String(word, "item")});
    }
    return totals;
  }
  for (const json::Value& item : List(result, "items")) totals.items.push_back(ReadItem(item));
  return totals;
}

std::vector<std::string> Differences(const Totals& shown, const Totals& counted, bool top_only) {
  Comparer compare;
  compare.Number("kind of result", static_cast<int>(shown.kind), static_cast<int>(counted.kind));
  compare.Number("people", shown.people, counted.people);
  compare.Same("mean", shown.mean, counted.mean);
  compare.Same("median", shown.median, counted.median);
  compare.Same("counts", Join(shown.counts), Join(counted.counts));
  compare.Same("comparison", Describe(shown.comparison), Describe(counted.comparison));
  compare.Number("options", static_cast<int64_t>(shown.options.size()),
                 static_cast<int64_t>(counted.options.size()));
  for (size_t i = 0; i < std::min(shown.options.size(), counted.options.size()); ++i) {
    compare.Same("option", shown.options[i].first, counted.options[i].first);
    compare.Number("option " + counted.options[i].first, shown.options[i].second,
                   counted.options[i].second);
  }
  compare.Same("chosen by nobody", Join(shown.nobody), Join(counted.nobody));
  compare.Number("dots", shown.dots, counted.dots);
  compare.Number("places to give", shown.top, counted.top);
  compare.Number("cards", shown.cards, counted.cards);
  compare.Number("complete cards", shown.complete, counted.complete);
  compare.Number("scorers", shown.scorers, counted.scorers);
  if (counted.kind == Totals::Kind::kWords) {
    CompareWords(shown, counted, compare);
    return std::move(compare.differences);
  }
  CompareItems(shown, counted, top_only && counted.kind == Totals::Kind::kDeck, compare);
  return std::move(compare.differences);
}

std::string DecimalOf(int64_t numerator, int64_t denominator, int digits) {
  assert(denominator > 0);
  int64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  bool negative = numerator < 0;
  int64_t scaled =
      ((negative ? -numerator : numerator) * scale * 2 + denominator) / (2 * denominator);
  std::string text = std::to_string(scaled / scale);
  if (digits > 0) {
    std::string fraction = std::to_string(scaled % scale);
    text += "." + std::string(digits - fraction.size(), '0') + fraction;
  }
  return (negative && scaled != 0 ? "-" : "") + text;
}

}  // namespace plenum::rehearse
