// The figures of each kind of activity, added up from the ballots that stand.
#include <algorithm>
#include <set>

#include "gateway/rehearse/tally.h"

namespace plenum::rehearse {
namespace {

constexpr uint32_t kScoresForARank = 3;

int32_t ValueOf(const Sent& sent) {
  return std::get<ScaleCast>(std::get<BallotCast>(sent.command.request).ballot).value;
}

}  // namespace

std::vector<ItemTotal> Ranked(std::vector<std::pair<int64_t, ItemTotal>> rows) {
  std::ranges::stable_sort(rows, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<ItemTotal> ranked;
  for (size_t i = 0; i < rows.size(); ++i) {
    ItemTotal& row = ranked.emplace_back(std::move(rows[i].second));
    if (rows[i].first < 0) continue;
    const bool tie = i > 0 && rows[i].first == rows[i - 1].first;
    row.rank = tie ? ranked[i - 1].rank : static_cast<uint32_t>(i + 1);
  }
  return ranked;
}

Totals Tally::Of(const ActivityId& activity) const {
  const ActivitySpec& spec = Spec(activity);
  if (spec.deal) return DeckTotals(spec);
  if (std::holds_alternative<ChoiceBallot>(spec.ballot)) return ChoiceTotals(spec);
  if (std::holds_alternative<DotsBallot>(spec.ballot)) return DotsTotals(spec);
  if (std::holds_alternative<UpvoteBallot>(spec.ballot)) return UpvoteTotals(spec);
  if (std::holds_alternative<RankBallot>(spec.ballot)) return RankTotals(spec);
  if (std::holds_alternative<ScaleBallot>(spec.ballot))
    return spec.RatesItems() ? RatingTotals(spec) : ScaleTotals(spec);
  return ContributionTotals(spec);
}

Totals Tally::ChoiceTotals(const ActivitySpec& spec) const {
  const auto& ballot = std::get<ChoiceBallot>(spec.ballot);
  Totals totals;
  totals.kind = Totals::Kind::kChoice;
  std::map<OptionId, uint32_t> counts;
  for (const auto& [place, standing] : standing_.at(spec.id)) {
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
  for (const auto& [place, standing] : standing_.at(spec.id)) {
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

// With the latest earlier poll of the same series that somebody answered.
std::optional<PairedChange> Tally::Compare(const ActivitySpec& spec) const {
  const ActivitySpec* earlier = nullptr;
  for (const ActivitySpec& other : sheet_.activities) {
    if (other.id == spec.id) break;
    const bool scale =
        std::holds_alternative<ScaleBallot>(other.ballot) && !other.deal && !other.RatesItems();
    if (scale && other.Series() == spec.Series() && !BallotsOf(other.id).empty()) earlier = &other;
  }
  if (earlier == nullptr) return std::nullopt;
  const Ballots& before = BallotsOf(earlier->id);
  const Ballots& after = BallotsOf(spec.id);
  PairedChange change;
  change.with = earlier->id;
  int64_t sum = 0;
  size_t both = 0;
  for (const auto& [place, standing] : after) {
    auto first = before.find(place);
    if (first == before.end()) continue;
    ++both;
    if (!standing.sent->command.serial.empty()) continue;  // paper is nobody's
    int32_t moved = ValueOf(*standing.sent) - ValueOf(*first->second.sent);
    ++change.paired;
    sum += moved;
    ++(moved > 0 ? change.up : moved < 0 ? change.down : change.same);
  }
  if (change.paired > 0) change.mean_change = DecimalOf(sum, change.paired, 2);
  size_t in_either = before.size() + after.size() - both;
  size_t in_one_only = in_either - both;
  change.groups_differ = in_one_only * 5 > in_either;
  return change;
}

// On paper it is named by its number.
ItemId Tally::CardOf(const ActivitySpec& spec, const ScoreCast& score) const {
  if (!score.card.empty()) return score.card;
  const std::vector<CountedItem>& cards = ItemsOf(spec.id);
  auto card = std::ranges::find(cards, score.number, &CountedItem::number);
  return card == cards.end() ? ItemId() : card->id;
}

Totals Tally::DeckTotals(const ActivitySpec& spec) const {
  Totals totals;
  totals.kind = Totals::Kind::kDeck;
  std::map<ItemId, std::pair<uint32_t, int64_t>> scores;  // how many, and their sum
  std::set<uint32_t> scorers;
  for (const auto& [place, standing] : standing_.at(spec.id)) {
    const auto& cast = std::get<BallotCast>(standing.sent->command.request);
    const auto& score = std::get<ScoreCast>(cast.ballot);
    auto& [given, sum] = scores[CardOf(spec, score)];
    ++given;
    sum += score.score;
    scorers.insert(place.voter);
  }
  std::vector<std::pair<int64_t, ItemTotal>> rows;
  for (const CountedItem& card : ItemsOf(spec.id)) {
    if (card.state != CountedItem::State::kShown || card.contribution == nullptr) continue;
    ItemTotal item;
    item.item = card.id;
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
  totals.cards = static_cast<uint32_t>(rows.size());
  totals.scorers = static_cast<uint32_t>(scorers.size());
  totals.items = Ranked(std::move(rows));
  return totals;
}

// What was contributed, and by how many; words are counted as well.
Totals Tally::ContributionTotals(const ActivitySpec& spec) const {
  Totals totals;
  std::set<uint32_t> people;
  for (const CountedItem& item : ItemsOf(spec.id)) {
    if (item.contribution == nullptr) continue;
    if (!IsStaff(item.contribution->who)) people.insert(item.contribution->who);
    totals.cards +=
        item.state == CountedItem::State::kShown || item.state == CountedItem::State::kPending;
  }
  totals.people = static_cast<uint32_t>(people.size());
  if (!spec.collect || spec.collect->words == 0) return totals;
  totals.kind = Totals::Kind::kWords;
  totals.words = WordsOf(ItemsOf(spec.id));
  return totals;
}

}  // namespace plenum::rehearse
