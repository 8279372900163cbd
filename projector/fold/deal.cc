#include "projector/fold/deal.h"

#include <algorithm>
#include <numeric>

namespace plenum {
namespace {

constexpr int kPartnerDraws = 64;

// One deal in progress: an augmenting-path matching of cards to people.
class Placement {
 public:
  Placement(const DealTable& table, std::vector<uint32_t> people)
      : table_(table),
        people_(std::move(people)),
        card_of_(table.newcomer.size()),
        person_of_(table.cards.size()) {}

  // Only the first `count` people of the drawn order may be given cards from now on.
  void Open(size_t count) {
    for (; open_ < count; ++open_) free_.push_back(people_[open_]);
  }

  void Place(uint32_t card) {
    // Every way to place a card ends at somebody whose hands are free.
    if (free_.empty()) return;
    visited_.assign(table_.newcomer.size(), false);
    path_.assign(1, {card, 0});
    while (!path_.empty()) {
      if (GiveToFree(path_.back().card)) {
        ShiftAlongPath();
        return;
      }
      Descend();
    }
  }

  const std::vector<std::optional<uint32_t>>& person_of() const { return person_of_; }

 private:
  // A card that looks for a place, and how far it has looked among those who hold a card. Each step
  // but the first is the card of the person that the step before wants to take from.
  struct Step {
    uint32_t card;
    size_t next;
  };

  bool MayHold(uint32_t person, uint32_t card) const {
    return std::ranges::find(table_.cards[card].barred, person) == table_.cards[card].barred.end();
  }

  void Give(uint32_t card, uint32_t person) {
    card_of_[person] = card;
    person_of_[card] = person;
  }

  // To the first free person in drawn order who may hold it.
  bool GiveToFree(uint32_t card) {
    auto it = std::ranges::find_if(free_, [&](uint32_t person) { return MayHold(person, card); });
    if (it == free_.end()) return false;
    taken_ = person_of_[card];
    Give(card, *it);
    free_.erase(it);
    return true;
  }

  // The last card of the path has found a place: each card before it takes the hand that it left.
  void ShiftAlongPath() {
    for (size_t i = path_.size() - 1; i-- > 0;) {
      const uint32_t hand = *taken_;
      taken_ = person_of_[path_[i].card];
      Give(path_[i].card, hand);
    }
  }

  // Tries the next person who holds a card; their card looks for a place in turn.
  void Descend() {
    Step& step = path_.back();
    while (step.next < open_) {
      const uint32_t person = people_[step.next++];
      if (visited_[person] || !card_of_[person] || !MayHold(person, step.card)) continue;
      visited_[person] = true;
      path_.push_back({*card_of_[person], 0});
      return;
    }
    path_.pop_back();
  }

  const DealTable& table_;
  const std::vector<uint32_t> people_;  // in drawn order, those who wrote a card first
  size_t open_ = 0;
  std::vector<uint32_t> free_;  // in drawn order
  std::vector<std::optional<uint32_t>> card_of_;
  std::vector<std::optional<uint32_t>> person_of_;
  std::vector<bool> visited_;
  std::vector<Step> path_;
  std::optional<uint32_t> taken_;  // whom the card placed last was taken from
};

std::vector<uint32_t> Shuffled(size_t count, Draw& draw) {
  std::vector<uint32_t> list(count);
  std::iota(list.begin(), list.end(), 0u);
  draw.Shuffle(list);
  return list;
}

}  // namespace

std::vector<std::optional<uint32_t>> DealCards(const DealTable& table, Draw& draw) {
  std::vector<uint32_t> cards = Shuffled(table.cards.size(), draw);
  std::ranges::stable_sort(cards, {}, [&](uint32_t card) { return table.cards[card].scores; });
  std::vector<uint32_t> people = Shuffled(table.newcomer.size(), draw);
  std::ranges::stable_partition(people, [&](uint32_t person) { return !table.newcomer[person]; });

  const auto newcomers = static_cast<size_t>(std::ranges::count(table.newcomer, true));
  const size_t all = people.size();
  Placement placement(table, std::move(people));
  placement.Open(all - newcomers);
  for (const uint32_t card : cards) placement.Place(card);
  if (newcomers == 0) return placement.person_of();
  placement.Open(all);
  for (const uint32_t card : cards) {
    if (!placement.person_of()[card]) placement.Place(card);
  }
  return placement.person_of();
}

std::optional<size_t> DrawPartner(size_t others, Draw& draw,
                                  const std::function<bool(size_t)>& legal) {
  if (others == 0) return std::nullopt;
  for (int i = 0; i < kPartnerDraws; ++i) {
    const size_t other = draw.Below(others);
    if (legal(other)) return other;
  }
  return std::nullopt;
}

}  // namespace plenum
