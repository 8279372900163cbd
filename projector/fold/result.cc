#include "projector/fold/result.h"

#include <algorithm>
#include <set>

#include "projector/fold/result_parts.h"

namespace plenum {
namespace {

// A card with fewer scores is not ranked, unless it has all that there are.
constexpr uint32_t kRankedScores = 3;

ItemsResult CountItems(const Activity& activity) {
  const auto counts = [&](const Item& item) {
    const bool held = item.author && activity.held.contains(*item.author);
    const bool stands = item.state == ItemState::kShown || item.state == ItemState::kPending;
    return item.origin.empty() && stands && !held;
  };
  // What the sheet brings along stands first, and staff may have reworded it.
  const auto first = activity.items.begin() + std::ssize(activity.spec.items);
  const auto items = std::count_if(first, activity.items.end(), counts);
  return {static_cast<uint32_t>(activity.contributed.size()), static_cast<uint32_t>(items)};
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
  for (ResultItem& item : ResultItems(activity, roots)) {
    DotsRow& row = result.rows.emplace_back(std::move(by_item[item.position]));
    row.item = activity.items[item.position].id;
    row.merged = std::move(item.merged);
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
    if (!item.author || !activity.Shows(item)) continue;
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
    if (activity.spec.RatesItems()) return CountRatings(activity, *scale);
    return CountScale(activity, *scale);
  }
  if (std::holds_alternative<DotsBallot>(activity.spec.ballot)) return CountDots(activity);
  if (std::holds_alternative<UpvoteBallot>(activity.spec.ballot)) return CountUpvotes(activity);
  if (const auto* rank = std::get_if<RankBallot>(&activity.spec.ballot)) {
    return CountRanks(activity, *rank);
  }
  return CountItems(activity);
}

uint32_t Turnout(const Activity& activity) {
  const Phase phase = activity.stage.phase;
  const bool judged = activity.spec.HasBallot();
  if (activity.seats && phase != Phase::kVoting) {
    return static_cast<uint32_t>(activity.seats->people.size());
  }
  if (std::holds_alternative<UpvoteBallot>(activity.spec.ballot)) {
    const auto wrote_only = [&](const auto& one) { return !activity.upvoters.contains(one.first); };
    return static_cast<uint32_t>(activity.upvoters.size() +
                                 std::ranges::count_if(activity.contributed, wrote_only));
  }
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

bool HasRanks(const Activity& activity) {
  const ActivitySpec& spec = activity.spec;
  return spec.deal || spec.RatesItems() || std::holds_alternative<DotsBallot>(spec.ballot) ||
         std::holds_alternative<UpvoteBallot>(spec.ballot) ||
         std::holds_alternative<RankBallot>(spec.ballot);
}

bool IsPublic(const Activity& activity) {
  const Phase phase = activity.stage.phase;
  if (phase == Phase::kRevealed || phase == Phase::kSealed) return true;
  return activity.spec.reveal == Reveal::kLive && phase != Phase::kWaiting;
}

}  // namespace plenum
