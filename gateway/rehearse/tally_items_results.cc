// The figures of ballots on items: dots, upvotes, ranks, ratings.
#include <algorithm>
#include <set>

#include "gateway/rehearse/tally.h"

namespace plenum::rehearse {
namespace {

template <class Cast>
const Cast& CastIn(const Sent& sent) {
  return std::get<Cast>(std::get<BallotCast>(sent.command.request).ballot);
}

}  // namespace

Tally::Rows Tally::EmptyRows(const ActivitySpec& spec, std::map<ItemId, size_t>& row_of) const {
  Rows rows;
  const std::vector<CountedItem>& items = ItemsOf(spec.id);
  for (const CountedItem& item : items) {
    const bool shown = item.state == CountedItem::State::kShown && item.table == 0;
    if (!shown || RootOf(items, item) != &item) continue;
    row_of[item.id] = rows.size();
    ItemTotal row;
    row.item = item.id;
    row.title = item.text;
    row.number = item.number;
    rows.emplace_back(0, std::move(row));
  }
  for (const CountedItem& item : items) {
    const CountedItem* root = RootOf(items, item);
    auto row = row_of.find(root->id);
    if (root == &item || row == row_of.end()) continue;
    row_of[item.id] = row->second;
    rows[row->second].second.merged.push_back(item.id);
  }
  for (auto& [worth, row] : rows) std::ranges::sort(row.merged);
  return rows;
}

Totals Tally::DotsTotals(const ActivitySpec& spec) const {
  Totals totals;
  totals.kind = Totals::Kind::kDots;
  std::map<ItemId, size_t> row_of;
  Rows rows = EmptyRows(spec, row_of);
  std::vector<std::set<uint32_t>> people(rows.size());
  for (const auto& [place, standing] : BallotsOf(spec.id)) {
    bool any = false;  // somebody who took all dots back is not among the people
    for (const ItemDots& one : CastIn<DotsCast>(*standing.sent).dots) {
      if (one.dots == 0) continue;
      any = true;
      totals.dots += one.dots;
      auto row = row_of.find(one.item);
      if (row == row_of.end()) continue;
      rows[row->second].second.dots += one.dots;
      people[row->second].insert(place.voter);
    }
    totals.people += any;
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i].first = rows[i].second.dots;
    rows[i].second.people = static_cast<uint32_t>(people[i].size());
  }
  totals.items = Ranked(std::move(rows));
  return totals;
}

Totals Tally::UpvoteTotals(const ActivitySpec& spec) const {
  Totals totals;
  totals.kind = Totals::Kind::kUpvote;
  std::map<ItemId, size_t> row_of;
  Rows rows = EmptyRows(spec, row_of);
  std::vector<std::set<uint32_t>> votes(rows.size());
  std::set<uint32_t> people;
  for (const auto& [place, standing] : BallotsOf(spec.id)) {
    if (!CastIn<UpvoteCast>(*standing.sent).up) continue;
    people.insert(place.voter);
    auto row = row_of.find(place.item);
    if (row != row_of.end()) votes[row->second].insert(place.voter);
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    rows[i].second.votes = static_cast<uint32_t>(votes[i].size());
    rows[i].first = rows[i].second.votes;
  }
  totals.people = static_cast<uint32_t>(people.size());
  totals.items = Ranked(std::move(rows));
  return totals;
}

// A first place is worth `top` points, each later one 1 less; of merged items the best place
// counts.
Totals Tally::RankTotals(const ActivitySpec& spec) const {
  Totals totals;
  totals.kind = Totals::Kind::kRank;
  totals.top = std::get<RankBallot>(spec.ballot).top;
  std::map<ItemId, size_t> row_of;
  Rows rows = EmptyRows(spec, row_of);
  for (const auto& [place, standing] : BallotsOf(spec.id)) {
    const std::vector<ItemId>& items = CastIn<RankCast>(*standing.sent).items;
    totals.people += !items.empty();
    std::set<size_t> done;
    for (size_t i = 0; i < items.size(); ++i) {
      auto row = row_of.find(items[i]);
      if (row == row_of.end() || !done.insert(row->second).second) continue;
      ItemTotal& item = rows[row->second].second;
      item.points += totals.top - static_cast<uint32_t>(i);
      ++item.people;
      item.firsts += i == 0;
    }
  }
  for (auto& [worth, item] : rows) worth = item.points;
  totals.items = Ranked(std::move(rows));
  return totals;
}

Totals Tally::RatingTotals(const ActivitySpec& spec) const {
  const auto& scale = std::get<ScaleBallot>(spec.ballot);
  Totals totals;
  totals.kind = Totals::Kind::kRatings;
  std::map<ItemId, size_t> row_of;
  Rows rows = EmptyRows(spec, row_of);
  for (auto& [worth, item] : rows) item.counts.resize(scale.high - scale.low + 1);
  for (const auto& [place, standing] : BallotsOf(spec.id)) {
    const std::vector<ItemRating>& ratings = CastIn<RatingCast>(*standing.sent).ratings;
    totals.people += !ratings.empty();
    for (const ItemRating& one : ratings) {
      auto row = row_of.find(one.item);
      if (row == row_of.end()) continue;
      ItemTotal& item = rows[row->second].second;
      ++item.people;
      item.sum += one.value;
      ++item.counts[one.value - scale.low];
    }
  }
  // Exact means in order: a common denominator would do; so does how many have a lower one.
  for (auto& [worth, item] : rows) {
    if (item.people == 0) {
      worth = -1;
      continue;
    }
    item.mean = DecimalOf(item.sum, item.people, 2);
    worth = std::ranges::count_if(rows, [&item = item](const auto& other) {
      return other.second.people > 0 &&
             other.second.sum * item.people < item.sum * other.second.people;
    });
  }
  totals.items = Ranked(std::move(rows));
  return totals;
}

}  // namespace plenum::rehearse
