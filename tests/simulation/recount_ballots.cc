// Recount: ballots, scores, and what they add up to.
#include <algorithm>
#include <type_traits>
#include <variant>

#include "tests/simulation/recount.h"

namespace plenum::simulation {
namespace {

bool Fits(const ChoiceBallot& spec, const ChoiceCast& cast) {
  std::set<OptionId> known;
  for (const Option& option : spec.options) known.insert(option.id);
  const std::set<OptionId> chosen(cast.options.begin(), cast.options.end());
  return chosen.size() == cast.options.size() && std::ranges::includes(known, chosen) &&
         chosen.size() >= spec.min && chosen.size() <= spec.max;
}

}  // namespace

bool Recount::Valid(const Poll& poll, const BallotCast& ballot) const {
  if (const auto* cast = std::get_if<ChoiceCast>(&ballot.ballot)) {
    const auto* spec = std::get_if<ChoiceBallot>(&poll.spec.ballot);
    return spec && Fits(*spec, *cast);
  }
  if (const auto* cast = std::get_if<ScaleCast>(&ballot.ballot)) {
    const auto* spec = std::get_if<ScaleBallot>(&poll.spec.ballot);
    return spec && cast->value >= spec->low && cast->value <= spec->high;
  }
  const auto* cast = std::get_if<DotsCast>(&ballot.ballot);
  const auto* spec = std::get_if<DotsBallot>(&poll.spec.ballot);
  if (!cast || !spec) return false;
  uint64_t placed = 0;
  std::set<ItemId> items;
  for (const ItemDots& one : cast->dots) {
    if (!poll.items.contains(one.item) || !items.insert(one.item).second) return false;
    if (one.dots > spec->cap) return false;
    placed += one.dots;
  }
  return placed <= spec->budget;
}

// The table of ballots in the definitions, line by line.
OutcomeCode Recount::Judge(const Poll& poll, const Event& event) const {
  const auto& ballot = std::get<BallotCast>(event.payload);
  const uint32_t generation = poll.stage.generation;
  if (generation == 0 || event.generation > generation) return OutcomeCode::kRefused;
  if (event.generation < generation) return OutcomeCode::kLate;
  // A dots ballot in a scale poll, and the like.
  const bool fits_kind = (std::holds_alternative<ChoiceBallot>(poll.spec.ballot) &&
                          std::holds_alternative<ChoiceCast>(ballot.ballot)) ||
                         (std::holds_alternative<ScaleBallot>(poll.spec.ballot) &&
                          std::holds_alternative<ScaleCast>(ballot.ballot)) ||
                         (std::holds_alternative<DotsBallot>(poll.spec.ballot) &&
                          std::holds_alternative<DotsCast>(ballot.ballot));
  auto last = poll.ballots.find(*event.person);
  if (last != poll.ballots.end() && !std::holds_alternative<ScoreCast>(ballot.ballot)) {
    if (event.seq < last->second.seq) return OutcomeCode::kSuperseded;
    if (event.seq == last->second.seq) {
      return event.id == last->second.id ? OutcomeCode::kDuplicate : OutcomeCode::kStale;
    }
  }
  if (!fits_kind) return OutcomeCode::kRefused;
  const Phase phase = poll.stage.phase;
  if (phase != Phase::kVoting && phase != Phase::kClosing) {
    return phase == Phase::kCollecting ? OutcomeCode::kRefused : OutcomeCode::kLate;
  }
  return Valid(poll, ballot) ? OutcomeCode::kCounted : OutcomeCode::kRefused;
}

void Recount::Ballot(Poll& poll, const Event& event, const Outcome& outcome) {
  if (poll.spec.deal) return Score(poll, event, outcome);
  const OutcomeCode right = Judge(poll, event);
  Expect(outcome.code == right, event, outcome, "it is " + std::string(OutcomeName(right)));
  if (outcome.code != OutcomeCode::kCounted) return;
  poll.ballots[*event.person] = {event.seq, event.id, outcome.index,
                                 std::get<BallotCast>(event.payload)};
}

void Recount::Score(Poll& poll, const Event& event, const Outcome& outcome) {
  const auto* score = std::get_if<ScoreCast>(&std::get<BallotCast>(event.payload).ballot);
  if (outcome.code != OutcomeCode::kCounted) return;
  const PersonId who = *event.person;
  const auto wrong = [&](std::string_view why) { Expect(false, event, outcome, why); };
  if (!score || event.generation != poll.stage.generation) return wrong("it means something else");
  const Phase phase = poll.stage.phase;
  const bool open =
      phase == Phase::kSwapping || phase == Phase::kScoring || phase == Phase::kClosing;
  if (!open || score->round != poll.bell) wrong("its round is over, or has not begun");
  const auto& scale = std::get<ScaleBallot>(poll.spec.ballot);
  if (score->score < scale.low || score->score > scale.high) wrong("it is off the scale");
  auto card = poll.items.find(score->card);
  if (card == poll.items.end() || !card->second.author) return wrong("there is no such card");
  if (card->second.author == who) wrong("it is their own card");
  auto last = poll.scores.find({who, score->round});
  if (last != poll.scores.end() && event.seq <= last->second.seq) wrong("a newer one counts");
  for (const auto& [key, other] : poll.scores) {
    const auto& theirs = std::get<ScoreCast>(other.ballot.ballot);
    if (theirs.card != score->card || key == std::pair(who, score->round)) continue;
    if (key.first == who) wrong("they have scored this card before");
    if (key.second == score->round) wrong("somebody else holds this card");
  }
  poll.scores[{who, score->round}] = {event.seq, event.id, outcome.index,
                                      std::get<BallotCast>(event.payload)};
}

Tally Recount::Count(const ActivityId& activity) const {
  const Poll& poll = polls_.at(activity);
  if (poll.spec.deal) return CountDeck(poll);
  if (std::holds_alternative<DotsBallot>(poll.spec.ballot)) return CountDots(poll);
  Tally tally;
  if (std::holds_alternative<std::monostate>(poll.spec.ballot)) {
    tally["people"] = static_cast<int64_t>(poll.contributed.size());
    tally["items"] = static_cast<int64_t>(poll.items.size() - poll.spec.items.size());
    return tally;
  }
  tally["people"] = static_cast<int64_t>(poll.ballots.size());
  if (const auto* choice = std::get_if<ChoiceBallot>(&poll.spec.ballot)) {
    for (const Option& option : choice->options) tally["option/" + option.id] = 0;
    for (const auto& [who, cast] : poll.ballots) {
      for (const OptionId& id : std::get<ChoiceCast>(cast.ballot.ballot).options) {
        ++tally["option/" + id];
      }
    }
    return tally;
  }
  const auto& scale = std::get<ScaleBallot>(poll.spec.ballot);
  tally["sum"] = 0;
  for (int32_t i = 0; i <= scale.high - scale.low; ++i) tally["place/" + std::to_string(i)] = 0;
  for (const auto& [who, cast] : poll.ballots) {
    const int32_t value = std::get<ScaleCast>(cast.ballot.ballot).value;
    tally["sum"] += value;
    ++tally["place/" + std::to_string(value - scale.low)];
  }
  return tally;
}

Tally Recount::CountDots(const Poll& poll) const {
  const auto head = [&](ItemId item) {
    while (!poll.items.at(item).merged_into.empty()) item = poll.items.at(item).merged_into;
    return item;
  };
  Tally tally{{"people", 0}, {"dots", 0}};
  for (const auto& [item, card] : poll.items) {
    if (!card.merged_into.empty()) continue;
    tally["dots/" + item] = 0;
    tally["people/" + item] = 0;
  }
  for (const auto& [who, cast] : poll.ballots) {
    std::set<ItemId> liked;
    for (const ItemDots& one : std::get<DotsCast>(cast.ballot.ballot).dots) {
      if (one.dots == 0) continue;
      tally["dots"] += one.dots;
      tally["dots/" + head(one.item)] += one.dots;
      liked.insert(head(one.item));
    }
    for (const ItemId& item : liked) ++tally["people/" + item];
    if (!liked.empty()) ++tally["people"];
  }
  return tally;
}

Tally Recount::CountDeck(const Poll& poll) const {
  Tally tally{{"cards", 0}, {"complete", 0}};
  std::set<PersonId> scorers;
  for (const auto& [item, card] : poll.items) {
    ++tally["cards"];
    tally["scores/" + item] = 0;
    tally["sum/" + item] = 0;
  }
  for (const auto& [key, cast] : poll.scores) {
    const auto& score = std::get<ScoreCast>(cast.ballot.ballot);
    scorers.insert(key.first);
    ++tally["scores/" + score.card];
    tally["sum/" + score.card] += score.score;
  }
  for (const auto& [item, card] : poll.items) {
    if (tally["scores/" + item] >= poll.spec.deal->rounds) ++tally["complete"];
  }
  tally["scorers"] = static_cast<int64_t>(scorers.size());
  return tally;
}

const Tally* Recount::CountAt(const ActivityId& activity, uint64_t index) const {
  auto it = results_.find({activity, index});
  return it == results_.end() ? nullptr : &it->second;
}

uint32_t Recount::Answered(const Poll& poll) const {
  const bool ballot = !std::holds_alternative<std::monostate>(poll.spec.ballot);
  if (!ballot || poll.stage.phase == Phase::kCollecting) {
    return static_cast<uint32_t>(poll.contributed.size());
  }
  if (!poll.spec.deal) return static_cast<uint32_t>(poll.ballots.size());
  return static_cast<uint32_t>(std::ranges::count_if(
      poll.scores, [&](const auto& one) { return one.first.second == poll.bell; }));
}

}  // namespace plenum::simulation
