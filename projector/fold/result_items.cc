// What upvotes, rankings and rating sheets add up to, item by item.
#include <algorithm>
#include <map>
#include <set>

#include "projector/fold/result_parts.h"

namespace plenum {

std::vector<uint32_t> MergeRoots(const Activity& activity) {
  constexpr uint32_t kUnknown = UINT32_MAX;
  std::vector<uint32_t> roots(activity.items.size(), kUnknown);
  std::vector<uint32_t> chain;
  for (uint32_t i = 0; i < roots.size(); ++i) {
    uint32_t at = i;
    chain.clear();
    while (roots[at] == kUnknown && !activity.items[at].merged_into.empty()) {
      chain.push_back(at);
      at = activity.item_at.at(activity.items[at].merged_into);
    }
    if (roots[at] == kUnknown) roots[at] = at;
    // From the end of the chain: the last that is shown stands for those before it.
    for (; !chain.empty(); chain.pop_back()) {
      const uint32_t next = roots[at];
      at = chain.back();
      roots[at] = activity.Shows(activity.items[next]) ? next : at;
    }
  }
  return roots;
}

std::vector<ResultItem> ResultItems(const Activity& activity, const std::vector<uint32_t>& roots) {
  std::vector<ResultItem> items;
  std::vector<std::vector<ItemId>> merged(roots.size());
  for (uint32_t i = 0; i < roots.size(); ++i) {
    if (roots[i] != i) merged[roots[i]].push_back(activity.items[i].id);
  }
  for (uint32_t i = 0; i < roots.size(); ++i) {
    const Item& item = activity.items[i];
    if (roots[i] != i || !activity.IsJudged(item) || !activity.Shows(item)) continue;
    items.push_back({i, std::move(merged[i])});
  }
  return items;
}

namespace {

// How many people have voted each item up, by its position; of those merged, each person once.
// Whoever voted for one item only, and most items are not merged, need no set to be told apart.
std::vector<uint32_t> CountVoters(const Activity& activity, const std::vector<uint32_t>& roots) {
  std::vector<bool> merged(roots.size(), false);
  for (uint32_t i = 0; i < roots.size(); ++i) {
    if (roots[i] != i) merged[roots[i]] = true;
  }
  std::vector<uint32_t> count(roots.size(), 0);
  std::map<uint32_t, std::set<PersonId>> together;
  for (const auto& [item, votes] : activity.upvotes) {
    const uint32_t root = roots[activity.item_at.at(item)];
    for (const auto& [person, vote] : votes) {
      if (!vote.up) continue;
      if (merged[root]) {
        together[root].insert(person);
      } else {
        ++count[root];
      }
    }
  }
  for (const auto& [root, people] : together) count[root] = static_cast<uint32_t>(people.size());
  return count;
}

}  // namespace

UpvoteResult CountUpvotes(const Activity& activity) {
  const std::vector<uint32_t> roots = MergeRoots(activity);
  const std::vector<uint32_t> voters = CountVoters(activity, roots);
  UpvoteResult result;
  result.people = static_cast<uint32_t>(activity.upvoters.size());
  for (ResultItem& item : ResultItems(activity, roots)) {
    result.rows.push_back({.item = activity.items[item.position].id,
                           .votes = voters[item.position],
                           .merged = std::move(item.merged)});
  }
  const auto votes = [](const UpvoteRow& row) { return row.votes; };
  std::ranges::stable_sort(result.rows, std::ranges::greater(), votes);
  Rank(result.rows, votes);
  return result;
}

RankResult CountRanks(const Activity& activity, const RankBallot& spec) {
  const std::vector<uint32_t> roots = MergeRoots(activity);
  std::vector<RankRow> by_item(roots.size());
  RankResult result;
  result.top = spec.top;
  for (const auto& [person, ballot] : activity.ballots) {
    const auto* cast = std::get_if<RankCast>(&ballot.ballot);
    if (cast == nullptr || cast->items.empty()) continue;
    ++result.people;
    std::set<uint32_t> named;  // of what was merged, the best place counts
    for (uint32_t place = 0; place < cast->items.size(); ++place) {
      const uint32_t root = roots[activity.item_at.at(cast->items[place])];
      if (!named.insert(root).second) continue;
      by_item[root].points += spec.top - place;
      ++by_item[root].people;
      if (place == 0) ++by_item[root].firsts;
    }
  }
  for (ResultItem& item : ResultItems(activity, roots)) {
    RankRow& row = result.rows.emplace_back(std::move(by_item[item.position]));
    row.item = activity.items[item.position].id;
    row.merged = std::move(item.merged);
  }
  const auto points = [](const RankRow& row) { return row.points; };
  std::ranges::stable_sort(result.rows, std::ranges::greater(), points);
  Rank(result.rows, points);
  return result;
}

RatingResult CountRatings(const Activity& activity, const ScaleBallot& spec) {
  std::vector<RatingRow> by_item(activity.items.size());
  for (RatingRow& row : by_item) {
    row.counts.assign(static_cast<size_t>(int64_t{spec.high} - spec.low + 1), 0);
  }
  RatingResult result;
  for (const auto& [person, ballot] : activity.ballots) {
    const auto* cast = std::get_if<RatingCast>(&ballot.ballot);
    if (cast == nullptr || cast->ratings.empty()) continue;
    ++result.people;
    for (const ItemRating& one : cast->ratings) {
      RatingRow& row = by_item[activity.item_at.at(one.item)];
      ++row.people;
      row.sum += one.value;
      ++row.counts[static_cast<size_t>(int64_t{one.value} - spec.low)];
    }
  }
  std::vector<RatingRow> unranked;
  for (const ResultItem& item : ResultItems(activity, MergeRoots(activity))) {
    RatingRow& row = by_item[item.position];
    row.item = activity.items[item.position].id;
    if (row.people > 0) row.mean = Divide(row.sum, row.people, 2);
    (row.people > 0 ? result.rows : unranked).push_back(std::move(row));
  }
  // a/b > c/d as ad > cb, so that no rounding decides.
  const auto better = [](const RatingRow& a, const RatingRow& b) {
    return a.sum * int64_t{b.people} > b.sum * int64_t{a.people};
  };
  std::ranges::stable_sort(result.rows, better);
  for (size_t i = 0; i < result.rows.size(); ++i) {
    const bool tied = i > 0 && !better(result.rows[i - 1], result.rows[i]);
    result.rows[i].rank = tied ? result.rows[i - 1].rank : static_cast<uint32_t>(i + 1);
  }
  std::ranges::move(unranked, std::back_inserter(result.rows));
  return result;
}

std::vector<std::pair<ItemId, uint32_t>> RanksOf(const Result& result) {
  std::vector<std::pair<ItemId, uint32_t>> ranks;
  std::visit(
      [&](const auto& counted) {
        if constexpr (requires { counted.rows; }) {
          for (const auto& row : counted.rows) ranks.emplace_back(row.item, row.rank);
        }
      },
      result);
  return ranks;
}

}  // namespace plenum
