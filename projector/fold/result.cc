#include "projector/fold/result.h"

#include <algorithm>
#include <set>

namespace plenum {
namespace {

// A card with fewer scores is not ranked, unless it has all that there are.
constexpr uint32_t kRankedScores = 3;

ItemsResult CountItems(const Activity& activity) {
  const size_t contributed = activity.items.size() - activity.spec.items.size();
  return {static_cast<uint32_t>(activity.contributed.size()), static_cast<uint32_t>(contributed)};
}

ChoiceResult CountChoices(const Activity& activity, const ChoiceBallot& spec) {
  ChoiceResult result;
  for (const Option& option : spec.options) result.counts.emplace_back(option.id, 0);
  for (const auto& [person, ballot] : activity.ballots) {
    const auto* choice = std::get_if<ChoiceCast>(&ballot.ballot);
    if (choice == nullptr) continue;
    ++result.people;
    for (auto& [option, count] : result.counts) {
      if (std::ranges::find(choice->options, option) != choice->options.end()) ++count;
    }
  }
  return result;
}

// Of values given as counts, from low upwards: the middle one, or the mean of the middle two.
Decimal Median(const std::vector<uint32_t>& counts, int64_t low, uint32_t people) {
  const auto value_at = [&](uint32_t position) {
    uint32_t seen = 0;
    for (size_t i = 0; i < counts.size(); ++i) {
      seen += counts[i];
      if (position < seen) return low + static_cast<int64_t>(i);
    }
    return low;
  };
  return Divide(value_at((people - 1) / 2) + value_at(people / 2), 2, 1);
}

ScaleResult CountScale(const Activity& activity, const ScaleBallot& spec) {
  ScaleResult result;
  result.counts.assign(static_cast<size_t>(int64_t{spec.high} - spec.low + 1), 0);
  for (const auto& [person, ballot] : activity.ballots) {
    const auto* scale = std::get_if<ScaleCast>(&ballot.ballot);
    if (scale == nullptr) continue;
    ++result.people;
    result.sum += scale->value;
    ++result.counts[static_cast<size_t>(int64_t{scale->value} - spec.low)];
  }
  if (result.people > 0) {
    result.mean = Divide(result.sum, result.people, 2);
    result.median = Median(result.counts, spec.low, result.people);
  }
  return result;
}

// Competition ranks (1, 1, 3) for rows that are sorted by `key`.
template <class Row, class KeyOf>
void Rank(std::vector<Row>& rows, KeyOf key) {
  for (size_t i = 0; i < rows.size(); ++i) {
    const bool tied = i > 0 && key(rows[i]) == key(rows[i - 1]);
    rows[i].rank = tied ? rows[i - 1].rank : static_cast<uint32_t>(i + 1);
  }
}

// The item that each item's dots count for: the end of its chain of merges.
std::vector<uint32_t> MergeRoots(const Activity& activity) {
  std::vector<uint32_t> roots(activity.items.size());
  for (uint32_t i = 0; i < roots.size(); ++i) {
    uint32_t root = i;
    while (!activity.items[root].merged_into.empty()) {
      root = activity.item_at.at(activity.items[root].merged_into);
    }
    roots[i] = root;
  }
  return roots;
}

DotsResult CountDots(const Activity& activity) {
  const std::vector<uint32_t> roots = MergeRoots(activity);
  std::vector<DotsRow> by_item(activity.items.size());
  DotsResult result;
  for (const auto& [person, ballot] : activity.ballots) {
    const auto* cast = std::get_if<DotsCast>(&ballot.ballot);
    if (cast == nullptr) continue;
    std::set<uint32_t> supported;
    for (const ItemDots& one : cast->dots) {
      if (one.dots == 0) continue;
      const uint32_t root = roots[activity.item_at.at(one.item)];
      by_item[root].dots += one.dots;
      result.dots += one.dots;
      supported.insert(root);
    }
    for (const uint32_t root : supported) ++by_item[root].people;
    if (!supported.empty()) ++result.people;
  }
  for (uint32_t i = 0; i < roots.size(); ++i) {
    by_item[i].item = activity.items[i].id;
    if (roots[i] != i) by_item[roots[i]].merged.push_back(activity.items[i].id);
  }
  for (uint32_t i = 0; i < roots.size(); ++i) {
    if (roots[i] == i) result.rows.push_back(std::move(by_item[i]));
  }
  const auto dots = [](const DotsRow& row) { return row.dots; };
  std::ranges::stable_sort(result.rows, std::ranges::greater(), dots);
  Rank(result.rows, dots);
  return result;
}

CardRow CountCard(const Activity& activity, const Item& item, uint32_t rounds,
                  std::set<PersonId>& scorers) {
  CardRow row{.item = item.id, .number = item.number, .total = {}};
  if (auto it = activity.deck->scores.find(item.id); it != activity.deck->scores.end()) {
    for (const CardScore& score : it->second) {
      ++row.scores;
      row.sum += score.score;
      scorers.insert(score.person);
    }
  }
  row.complete = row.scores >= rounds;
  row.total = row.complete || row.scores == 0 ? Decimal{row.sum, 0}
                                              : Divide(row.sum * rounds, row.scores, 1);
  return row;
}

// Totals are compared as they are shown: in tenths.
int64_t Tenths(const CardRow& row) {
  return row.total.digits == 0 ? row.total.scaled * 10 : row.total.scaled;
}

DeckResult CountDeck(const Activity& activity, uint32_t rounds) {
  DeckResult result;
  result.rounds = rounds;
  if (!activity.deck) return result;
  std::set<PersonId> scorers;
  std::vector<CardRow> unranked;
  for (const Item& item : activity.items) {
    if (!item.author) continue;
    CardRow row = CountCard(activity, item, rounds, scorers);
    ++result.cards;
    if (row.complete) ++result.complete;
    const bool ranked = row.complete || row.scores >= kRankedScores;
    (ranked ? result.rows : unranked).push_back(std::move(row));
  }
  result.scorers = static_cast<uint32_t>(scorers.size());
  std::ranges::stable_sort(result.rows, std::ranges::greater(), Tenths);
  Rank(result.rows, Tenths);
  result.rows.insert(result.rows.end(), std::make_move_iterator(unranked.begin()),
                     std::make_move_iterator(unranked.end()));
  return result;
}

}  // namespace

Result ComputeResult(const Activity& activity) {
  if (activity.spec.deal) return CountDeck(activity, activity.spec.deal->rounds);
  if (const auto* choice = std::get_if<ChoiceBallot>(&activity.spec.ballot)) {
    return CountChoices(activity, *choice);
  }
  if (const auto* scale = std::get_if<ScaleBallot>(&activity.spec.ballot)) {
    return CountScale(activity, *scale);
  }
  if (std::holds_alternative<DotsBallot>(activity.spec.ballot)) return CountDots(activity);
  return CountItems(activity);
}

uint32_t Turnout(const Activity& activity) {
  const Phase phase = activity.stage.phase;
  const bool judged = !std::holds_alternative<std::monostate>(activity.spec.ballot);
  if (!judged || phase == Phase::kCollecting) {
    return static_cast<uint32_t>(activity.contributed.size());
  }
  if (!activity.spec.deal) return static_cast<uint32_t>(activity.ballots.size());
  if (!activity.deck) return 0;
  const auto scored = [&](const auto& one) {
    return one.second.scored.contains(activity.deck->bell_round);
  };
  return static_cast<uint32_t>(std::ranges::count_if(activity.deck->people, scored));
}

bool IsPublic(const Activity& activity) {
  const Phase phase = activity.stage.phase;
  if (phase == Phase::kRevealed || phase == Phase::kSealed) return true;
  return activity.spec.reveal == Reveal::kLive && phase != Phase::kWaiting;
}

}  // namespace plenum
