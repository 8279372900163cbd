#include "gateway/rehearse/votes.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace plenum::rehearse {
namespace {

ChoiceCast AnyChoice(const ChoiceBallot& ballot, Random& random) {
  std::vector<OptionId> options;
  for (const Option& option : ballot.options) options.push_back(option.id);
  random.Shuffle(options);
  options.resize(random.Between(static_cast<int>(ballot.min), static_cast<int>(ballot.max)));
  return {options};
}

DotsCast AnyDots(const std::vector<ItemId>& items, const DotsBallot& ballot, Random& random) {
  if (items.empty()) return {};
  std::map<ItemId, uint32_t> dots;
  uint32_t use = random.Chance(70) ? ballot.budget : random.Below(ballot.budget + 1);
  for (uint32_t i = 0; i < use; ++i) {
    uint32_t& on_item = dots[random.Pick(items)];
    if (on_item < ballot.cap) ++on_item;
  }
  DotsCast cast;
  for (const auto& [item, count] : dots) cast.dots.push_back({item, count});
  return cast;
}

RankCast AnyRank(std::vector<ItemId> items, const RankBallot& ballot, Random& random) {
  random.Shuffle(items);
  size_t places = random.Chance(70) ? ballot.top : random.Below(ballot.top + 1);
  items.resize(std::min(items.size(), places));
  return {std::move(items)};
}

RatingCast AnyRatings(const std::vector<ItemId>& items, const ScaleBallot& scale, Random& random) {
  RatingCast cast;
  for (const ItemId& item : items) {
    if (random.Chance(90)) cast.ratings.push_back({item, random.Between(scale.low, scale.high)});
  }
  return cast;
}

// How many dots each of the other items gets: all below `below`, about `total` together.
std::vector<uint32_t> Declining(size_t items, uint32_t total, uint32_t below) {
  std::vector<uint32_t> dots(items);
  for (size_t i = 0; i < items; ++i) {
    uint32_t even = total / static_cast<uint32_t>(items - i);
    uint32_t lead = static_cast<uint32_t>((items - i) / 2);
    dots[i] =
        std::min({even + lead, below - 1 - static_cast<uint32_t>(std::min<size_t>(i, 9)), total});
    total -= dots[i];
  }
  return dots;
}

// How many dots each voter uses: at most `budget`, at least one, `total` together.
// REQUIRES: voters <= total <= voters * budget.
std::vector<uint32_t> Uses(size_t voters, uint32_t budget, uint32_t total, Random& random) {
  std::vector<uint32_t> uses(voters, budget);
  for (uint64_t sum = voters * budget; sum > total;) {
    uint32_t& use = uses[random.Below(voters)];
    if (use == 1) continue;
    --use;
    --sum;
  }
  return uses;
}

}  // namespace

std::vector<ItemId> SheetItems(const ActivitySpec& spec) {
  std::vector<ItemId> items;
  for (const SheetItem& item : spec.items) items.push_back(item.id);
  return items;
}

bool JudgesLaterItems(const ActivitySpec& spec) {
  const bool names_items = std::holds_alternative<DotsBallot>(spec.ballot) ||
                           std::holds_alternative<RankBallot>(spec.ballot) || spec.RatesItems();
  const bool collects = spec.collect && !spec.seats;  // what is collected at tables are notes
  return names_items && !spec.deal && (collects || spec.carry);
}

FinalBallot AnyBallot(const ActivitySpec& spec, const std::vector<ItemId>& items, Random& random) {
  if (const auto* choice = std::get_if<ChoiceBallot>(&spec.ballot)) {
    return AnyChoice(*choice, random);
  }
  if (const auto* scale = std::get_if<ScaleBallot>(&spec.ballot)) {
    if (spec.RatesItems()) return AnyRatings(items, *scale, random);
    return ScaleCast{random.Between(scale->low, scale->high)};
  }
  if (const auto* rank = std::get_if<RankBallot>(&spec.ballot)) {
    return AnyRank(items, *rank, random);
  }
  return AnyDots(items, std::get<DotsBallot>(spec.ballot), random);
}

FinalBallot AgainstTheRules(const ActivitySpec& spec, const std::vector<ItemId>& items) {
  const ItemId item = items.empty() ? "no-such-item" : items.front();
  if (const auto* choice = std::get_if<ChoiceBallot>(&spec.ballot)) {
    return ChoiceCast{std::vector<OptionId>(choice->min, "no-such-place")};
  }
  if (const auto* scale = std::get_if<ScaleBallot>(&spec.ballot)) {
    if (spec.RatesItems()) return RatingCast{{{item, scale->high + 1}}};
    return ScaleCast{scale->high + 1};
  }
  if (std::holds_alternative<RankBallot>(spec.ballot)) return RankCast{{item, item}};
  const auto& dots = std::get<DotsBallot>(spec.ballot);
  return DotsCast{{{item, dots.budget + 1}}};
}

std::vector<FinalBallot> EveryOption(const ChoiceBallot& ballot, size_t voters, Random& random) {
  std::vector<FinalBallot> finals;
  for (size_t i = 0; i < voters; ++i) {
    if (i < ballot.options.size()) {
      finals.push_back(ChoiceCast{{ballot.options[i].id}});
      continue;
    }
    // The earlier half of the list is chosen more often, as places differ in size.
    size_t end = 1 + random.Below(ballot.options.size());
    finals.push_back(ChoiceCast{{ballot.options[random.Below(end)].id}});
  }
  return finals;
}

std::optional<std::vector<FinalBallot>> PublishedDots(const ActivitySpec& spec, const Facts& facts,
                                                      std::vector<ItemName> others, size_t voters,
                                                      Random& random) {
  const auto* ballot = std::get_if<DotsBallot>(&spec.ballot);
  if (ballot == nullptr || ballot->cap < ballot->budget) return std::nullopt;
  std::vector<ItemName> tokens;  // one a dot
  for (const PublishedIdea& idea : facts.ideas) {
    for (const PosterDots& part : idea.parts) {
      const ItemName name = "#" + std::to_string(part.number);
      if (std::erase(others, name) != 1) return std::nullopt;
      tokens.insert(tokens.end(), part.dots, name);
    }
  }
  uint32_t room = static_cast<uint32_t>(voters) * ballot->budget * 95 / 100;
  if (tokens.size() > room) return std::nullopt;
  if (!others.empty()) {
    std::vector<uint32_t> rest = Declining(
        others.size(), room - static_cast<uint32_t>(tokens.size()), facts.ideas.back().score);
    for (size_t i = 0; i < others.size(); ++i) tokens.insert(tokens.end(), rest[i], others[i]);
  }
  random.Shuffle(tokens);
  voters = std::min(voters, tokens.size());
  std::vector<FinalBallot> finals;
  auto next = tokens.begin();
  uint32_t total = static_cast<uint32_t>(tokens.size());
  for (uint32_t use : Uses(voters, ballot->budget, total, random)) {
    std::map<ItemId, uint32_t> dots;
    for (uint32_t i = 0; i < use; ++i) ++dots[*next++];
    DotsCast cast;
    for (const auto& [item, count] : dots) cast.dots.push_back({item, count});
    finals.push_back(std::move(cast));
  }
  return finals;
}

void ShiftToSum(std::vector<int32_t>& values, int64_t sum, int32_t low, int32_t high,
                Random& random) {
  int64_t now = std::accumulate(values.begin(), values.end(), int64_t{0});
  while (now != sum) {
    int32_t step = now < sum ? 1 : -1;
    int32_t& value = values[random.Below(values.size())];
    if (value + step < low || value + step > high) continue;
    value += step;
    now += step;
  }
}

PlannedVote PlanVote(const ActivitySpec& spec, const std::optional<FinalBallot>& last,
                     Random& random) {
  PlannedVote vote;
  auto say = [&](const std::optional<FinalBallot>& ballot, uint32_t seq, uint32_t times = 1,
                 bool after_close = false) {
    PlannedBallot planned = LateBallot(spec, random);
    planned.seq = seq;
    planned.times = times;
    planned.after_close = after_close;
    if (ballot) planned.cast.ballot = *ballot;
    if (ballot) planned.filling = Filling::kAsPlanned;
    vote.ballots.push_back(std::move(planned));
  };
  uint64_t how = random.Below(100);
  if (how < 10) {  // a changed mind
    say({}, 1);
    say(last, 2);
  } else if (how < 16) {  // pressed twice
    say(last, 1, 2);
  } else if (how < 19) {  // two tabs that both believe to be the first
    say(last, 1);
    say({}, 1);
  } else if (how < 22) {  // an earlier ballot that comes after the later one
    say(last, 2);
    say({}, 1);
  } else if (how < 26) {  // once more after the close
    say(last, 1);
    say({}, 2, 1, true);
  } else if (how < 28) {  // refused first
    say({}, 1);
    vote.ballots.back().filling = Filling::kAgainstTheRules;
    say(last, 2);
  } else {
    say(last, 1);
    vote.drops_connection = how < 33;
  }
  return vote;
}

PlannedBallot LateBallot(const ActivitySpec& spec, Random& random) {
  PlannedBallot late{{ScaleCast{}}, 1, 1, true, Filling::kAny};
  if (JudgesLaterItems(spec)) return late;
  late.cast.ballot = AnyBallot(spec, SheetItems(spec), random);
  late.filling = Filling::kAsPlanned;
  return late;
}

std::vector<PlannedPaper> PlanPaper(const ActivitySpec& spec, const std::string& serial,
                                    const std::optional<FinalBallot>& last, Random& random) {
  PlannedBallot wrong = LateBallot(spec, random);
  wrong.after_close = false;
  PlannedBallot right = wrong;
  if (last) right.cast.ballot = *last;
  if (last) right.filling = Filling::kAsPlanned;
  const uint64_t how = random.Below(3);
  if (how == 0) return {{spec.id, serial, right}};
  if (how == 1)
    return {{spec.id, serial, right}, {spec.id, serial, wrong}};  // the same paper again
  right.seq = 2;
  return {{spec.id, serial, wrong}, {spec.id, serial, right}};  // a slip, and its correction
}

}  // namespace plenum::rehearse
