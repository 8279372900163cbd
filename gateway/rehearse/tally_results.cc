// The figures of each kind of activity, added up from the ballots that stand.
#include <algorithm>
#include <set>

#include "gateway/rehearse/tally.h"

namespace plenum::rehearse {
namespace {

constexpr uint32_t kScoresForARank = 3;

// Competition ranks (1, 1, 3) by descending `worth`; 0 for what is unranked, which goes last.
// Among ties the order stays as it was.
void Rank(std::vector<std::pair<int64_t, ItemTotal>>& rows) {
  std::ranges::stable_sort(rows, [](const auto& a, const auto& b) { return a.first > b.first; });
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].first < 0) continue;
    bool tie = i > 0 && rows[i].first == rows[i - 1].first;
    rows[i].second.rank = tie ? rows[i - 1].second.rank : static_cast<uint32_t>(i + 1);
  }
}

int32_t ValueOf(const Sent& sent) {
  return std::get<ScaleCast>(std::get<BallotCast>(sent.command.request).ballot).value;
}

}  // namespace

Totals Tally::Of(const ActivityId& activity) const {
  const ActivitySpec& spec = Spec(activity);
  if (spec.deal) return DeckTotals(spec);
  if (std::holds_alternative<ChoiceBallot>(spec.ballot)) return ChoiceTotals(spec);
  if (std::holds_alternative<ScaleBallot>(spec.ballot)) return ScaleTotals(spec);
  if (std::holds_alternative<DotsBallot>(spec.ballot)) return DotsTotals(spec);
  Totals totals;
  std::set<uint32_t> people;
  for (const Sent* item : Contributions(activity)) {
    people.insert(item->who);
    ++totals.cards;
  }
  totals.people = static_cast<uint32_t>(people.size());
  return totals;
}

Totals Tally::ChoiceTotals(const ActivitySpec& spec) const {
  const auto& ballot = std::get<ChoiceBallot>(spec.ballot);
  Totals totals;
  totals.kind = Totals::Kind::kChoice;
  std::map<OptionId, uint32_t> counts;
  for (const auto& [key, standing] : standing_.at(spec.id)) {
    const auto& cast = std::get<BallotCast>(standing.sent->command.request);
    for (const OptionId& option : std::get<ChoiceCast>(cast.ballot).options) ++counts[option];
    ++totals.people;
  }
  for (const Option& option : ballot.options) {
    totals.options.emplace_back(option.id, counts[option.id]);
    if (ballot.name_unchosen && counts[option.id] == 0) totals.nobody.push_back(option.id);
  }
  std::ranges::sort(totals.nobody);
  return totals;
}

Totals Tally::ScaleTotals(const ActivitySpec& spec) const {
  const auto& ballot = std::get<ScaleBallot>(spec.ballot);
  Totals totals;
  totals.kind = Totals::Kind::kScale;
  totals.counts.resize(ballot.high - ballot.low + 1);
  std::vector<int32_t> values;
  int64_t sum = 0;
  for (const auto& [key, standing] : standing_.at(spec.id)) {
    values.push_back(ValueOf(*standing.sent));
    sum += values.back();
    ++totals.counts[values.back() - ballot.low];
  }
  totals.people = static_cast<uint32_t>(values.size());
  if (!values.empty()) {
    std::ranges::sort(values);
    totals.mean = DecimalOf(sum, totals.people, 2);
    int64_t middle = values[(values.size() - 1) / 2] + values[values.size() / 2];
    totals.median = DecimalOf(middle, 2, 1);
  }
  totals.comparison = Compare(spec);
  return totals;
}

// With the latest earlier poll of the same series.
std::optional<PairedChange> Tally::Compare(const ActivitySpec& spec) const {
  const ActivitySpec* earlier = nullptr;
  for (const ActivitySpec& other : sheet_.activities) {
    if (other.id == spec.id) break;
    if (other.Series() == spec.Series() && std::holds_alternative<ScaleBallot>(other.ballot))
      earlier = &other;
  }
  if (earlier == nullptr) return std::nullopt;
  const Ballots& before = standing_.at(earlier->id);
  const Ballots& after = standing_.at(spec.id);
  PairedChange change;
  change.with = earlier->id;
  int64_t sum = 0;
  for (const auto& [key, standing] : after) {
    auto first = before.find(key);
    if (first == before.end()) continue;
    int32_t moved = ValueOf(*standing.sent) - ValueOf(*first->second.sent);
    ++change.paired;
    sum += moved;
    ++(moved > 0 ? change.up : moved < 0 ? change.down : change.same);
  }
  if (change.paired > 0) change.mean_change = DecimalOf(sum, change.paired, 2);
  size_t in_either = before.size() + after.size() - change.paired;
  size_t in_one_only = in_either - change.paired;
  change.groups_differ = in_one_only * 5 > in_either;
  return change;
}

Totals Tally::DotsTotals(const ActivitySpec& spec) const {
  Totals totals;
  totals.kind = Totals::Kind::kDots;
  std::map<ItemId, ItemId> merged = Merged(spec.id);
  std::map<ItemId, uint32_t> dots;
  std::map<ItemId, std::set<uint32_t>> people;
  for (const auto& [key, standing] : standing_.at(spec.id)) {
    const auto& cast = std::get<BallotCast>(standing.sent->command.request);
    bool any = false;  // somebody who took all dots back is not among the people
    for (const ItemDots& on_item : std::get<DotsCast>(cast.ballot).dots) {
      if (on_item.dots == 0) continue;
      any = true;
      totals.dots += on_item.dots;
      dots[merged[on_item.item]] += on_item.dots;
      people[merged[on_item.item]].insert(key.first);
    }
    totals.people += any;
  }
  std::vector<std::pair<int64_t, ItemTotal>> rows;
  for (const SheetItem& sheet_item : spec.items) {
    if (merged[sheet_item.id] != sheet_item.id) continue;
    ItemTotal item;
    item.item = sheet_item.id;
    item.dots = dots[item.item];
    item.people = static_cast<uint32_t>(people[item.item].size());
    for (const auto& [from, into] : merged) {
      if (into == item.item && from != item.item) item.merged.push_back(from);
    }
    rows.emplace_back(item.dots, std::move(item));
  }
  Rank(rows);
  for (auto& [worth, item] : rows) totals.items.push_back(std::move(item));
  return totals;
}

Totals Tally::DeckTotals(const ActivitySpec& spec) const {
  Totals totals;
  totals.kind = Totals::Kind::kDeck;
  std::map<ItemId, std::pair<uint32_t, int64_t>> scores;  // how many, and their sum
  std::set<uint32_t> scorers;
  for (const auto& [key, standing] : standing_.at(spec.id)) {
    const auto& cast = std::get<BallotCast>(standing.sent->command.request);
    const auto& score = std::get<ScoreCast>(cast.ballot);
    ++scores[score.card].first;
    scores[score.card].second += score.score;
    scorers.insert(key.first);
  }
  std::vector<std::pair<int64_t, ItemTotal>> rows;
  for (const Sent* card : Contributions(spec.id)) {
    ItemTotal item;
    item.item = card->command.id.Hex();
    std::tie(item.scores, item.sum) = scores[item.item];
    item.complete = item.scores >= spec.deal->rounds;
    int64_t tenths = -1;
    if (item.complete) {
      item.total = std::to_string(item.sum);
      tenths = item.sum * 10;
    } else if (item.scores >= kScoresForARank) {
      item.total = DecimalOf(item.sum * spec.deal->rounds, item.scores, 1);
      tenths = (item.sum * spec.deal->rounds * 20 + item.scores) / (2 * item.scores);
    }
    totals.complete += item.complete;
    rows.emplace_back(tenths, std::move(item));
  }
  Rank(rows);
  totals.cards = static_cast<uint32_t>(rows.size());
  totals.scorers = static_cast<uint32_t>(scorers.size());
  for (auto& [worth, item] : rows) totals.items.push_back(std::move(item));
  return totals;
}

}  // namespace plenum::rehearse
