#include "gateway/rehearse/card_scores.h"

#include <algorithm>

namespace plenum::rehearse {
namespace {

constexpr int kShuffles = 20;

}  // namespace

CardScores::CardScores(const ActivitySpec& spec, std::vector<std::string> topics, Random random,
                       Order order)
    : low_(std::get<ScaleBallot>(spec.ballot).low),
      high_(std::get<ScaleBallot>(spec.ballot).high),
      rounds_(spec.deal->rounds),
      topics_(std::move(topics)),
      order_(order),
      plans_(random.Fork("plans")),
      random_(random) {}

int32_t CardScores::ScoreOf(uint32_t who, const ItemId& card_id, const std::string& text,
                            uint32_t round) {
  auto [card, is_new] = cards_.try_emplace(card_id);
  if (is_new) card->second.ahead = card->second.of_rounds = Planned(text);
  auto given = card->second.given.find(who);
  if (given != card->second.given.end()) return given->second;
  const int32_t score = Next(card->second, round);
  card->second.given[who] = score;
  return score;
}

int32_t CardScores::Next(Card& card, uint32_t round) {
  std::vector<int32_t>& ahead = card.ahead;
  if (order_ == Order::kOfTheRound && round >= 1 && round <= card.of_rounds.size()) {
    const int32_t score = card.of_rounds[round - 1];
    if (auto same = std::ranges::find(ahead, score); same != ahead.end()) ahead.erase(same);
    return score;
  }
  if (ahead.empty()) return random_.Between(low_, high_);
  const int32_t score = ahead.back();
  ahead.pop_back();
  return score;
}

void CardScores::GiveBack(uint32_t who, const ItemId& card_id) {
  auto card = cards_.find(card_id);
  if (card == cards_.end()) return;
  auto given = card->second.given.find(who);
  if (given == card->second.given.end()) return;
  card->second.ahead.push_back(given->second);
  card->second.given.erase(given);
}

std::vector<int32_t> CardScores::Planned(const std::string& text) const {
  if (topics_.empty()) return {};
  Random random = plans_.Fork(text);
  const int64_t best = int64_t{high_} * rounds_;
  auto topic = std::ranges::find(topics_, text);
  if (topic != topics_.end()) return Spread(best - (topic - topics_.begin()), random);
  const int64_t least = int64_t{low_} * rounds_;
  const int64_t most = std::max(least, best - static_cast<int64_t>(topics_.size()) - 1);
  const int64_t middle = (least + most) / 2;
  const int64_t total = middle + static_cast<int64_t>(random.Below(most - middle + 1));
  std::vector<int32_t> scores = Spread(total, random);
  for (int i = 0; i < kShuffles && !StaysBelow(scores, most); ++i) random.Shuffle(scores);
  if (!StaysBelow(scores, most)) std::ranges::sort(scores, std::greater());  // lowest given first
  return scores;
}

// `rounds` scores that add up to `total`, as different as chance will have it.
std::vector<int32_t> CardScores::Spread(int64_t total, Random& random) const {
  std::vector<int32_t> scores(rounds_, static_cast<int32_t>(total / rounds_));
  for (int64_t i = 0; i < total % rounds_; ++i) ++scores[i];
  for (uint32_t i = 0; i < rounds_; ++i) {
    int32_t& up = scores[random.Below(rounds_)];
    int32_t& down = scores[random.Below(rounds_)];
    if (up == high_ || down == low_) continue;
    ++up;
    --down;
  }
  random.Shuffle(scores);
  return scores;
}

// Whether the card ranks below the topics even if it does not get all of its scores: then its mean
// stands for the missing ones. The next score is the last in the list.
bool CardScores::StaysBelow(const std::vector<int32_t>& scores, int64_t total) const {
  int64_t sum = 0;
  for (uint32_t given = 1; given <= scores.size(); ++given) {
    sum += scores[scores.size() - given];
    if (given >= 3 && sum * rounds_ > total * given) return false;
  }
  return true;
}

}  // namespace plenum::rehearse
