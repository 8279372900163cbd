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

DotsCast AnyDots(const ActivitySpec& spec, const DotsBallot& ballot, Random& random) {
  std::map<ItemId, uint32_t> dots;
  uint32_t use = random.Chance(70) ? ballot.budget : random.Below(ballot.budget + 1);
  for (uint32_t i = 0; i < use; ++i) {
    uint32_t& on_item = dots[random.Pick(spec.items).id];
    if (on_item < ballot.cap) ++on_item;
  }
  DotsCast cast;
  for (const auto& [item, count] : dots) cast.dots.push_back({item, count});
  return cast;
}

// A ballot that the rules do not allow, in the shape of one that they might.
FinalBallot AgainstTheRules(const ActivitySpec& spec) {
  if (const auto* choice = std::get_if<ChoiceBallot>(&spec.ballot)) {
    return ChoiceCast{std::vector<OptionId>(choice->min, "no-such-place")};
  }
  if (const auto* scale = std::get_if<ScaleBallot>(&spec.ballot)) return ScaleCast{scale->high + 1};
  const auto& dots = std::get<DotsBallot>(spec.ballot);
  return DotsCast{{{spec.items.front().id, dots.budget + 1}}};
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

FinalBallot AnyBallot(const ActivitySpec& spec, Random& random) {
  if (const auto* choice = std::get_if<ChoiceBallot>(&spec.ballot)) {
    return AnyChoice(*choice, random);
  }
  if (const auto* scale = std::get_if<ScaleBallot>(&spec.ballot)) {
    return ScaleCast{random.Between(scale->low, scale->high)};
  }
  return AnyDots(spec, std::get<DotsBallot>(spec.ballot), random);
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
                                                      size_t voters, Random& random) {
  const auto* ballot = std::get_if<DotsBallot>(&spec.ballot);
  if (ballot == nullptr || ballot->cap < ballot->budget) return std::nullopt;
  std::vector<ItemId> tokens;  // one a dot
  std::vector<ItemId> others;
  for (const SheetItem& item : spec.items) others.push_back(item.id);
  for (const PublishedIdea& idea : facts.ideas) {
    for (const PosterDots& part : idea.parts) {
      if (std::erase(others, part.item) != 1) return std::nullopt;
      tokens.insert(tokens.end(), part.dots, part.item);
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

PlannedVote PlanVote(const ActivitySpec& spec, const FinalBallot& last, Random& random) {
  PlannedVote vote;
  auto say = [&vote](const FinalBallot& ballot, uint32_t seq, uint32_t times = 1,
                     bool after_close = false) {
    vote.ballots.push_back({{ballot}, seq, times, after_close});
  };
  auto other = [&] { return AnyBallot(spec, random); };
  uint64_t how = random.Below(100);
  if (how < 10) {  // a changed mind
    say(other(), 1);
    say(last, 2);
  } else if (how < 16) {  // pressed twice
    say(last, 1, 2);
  } else if (how < 19) {  // two tabs that both believe to be the first
    say(last, 1);
    say(other(), 1);
  } else if (how < 22) {  // an earlier ballot that comes after the later one
    say(last, 2);
    say(other(), 1);
  } else if (how < 26) {  // once more after the close
    say(last, 1);
    say(other(), 2, 1, true);
  } else if (how < 28) {  // refused first
    say(AgainstTheRules(spec), 1);
    say(last, 2);
  } else {
    say(last, 1);
    vote.drops_connection = how < 33;
  }
  return vote;
}

}  // namespace plenum::rehearse
