#include "tests/property/fold_play.h"

#include <algorithm>

namespace plenum::fold_test {

DeckPlay::DeckPlay(const DeckPlan& plan, uint64_t seed)
    : plan_(plan), random_(seed), room_("deck-" + std::to_string(seed)) {
  room_.Create();
  ActivitySpec spec;
  spec.id = kId;
  spec.title = English("Ideas");
  spec.collect = Collect{};
  spec.ballot = ScaleBallot{};
  spec.deal = Deal{plan.rounds, plan.deck};
  EXPECT_EQ(room_.Add(spec).code, OutcomeCode::kAccepted);
}

OutcomeCode DeckPlay::Say(const PersonId& person, Payload payload) {
  const bool here = std::holds_alternative<PresenceHere>(payload);
  const uint32_t seq = here ? 0 : NextSeq(person);
  const Outcome outcome = room_.Send(room_.MakeFor(person, kId, std::move(payload), seq));
  EXPECT_NE(outcome.code, OutcomeCode::kMalformed);
  return outcome.code;
}

void DeckPlay::Write() {
  ASSERT_EQ(room_.Advance(kId, Phase::kCollecting).code, OutcomeCode::kAccepted);
  for (size_t i = 0; i < plan_.writers; ++i) {
    const auto person = IdOf<PersonId>("person/" + std::to_string(people_++));
    there_.push_back(person);
    Event event =
        room_.MakeFor(person, kId, ItemAdded{HashOf("text"), static_cast<uint32_t>(i + 1)});
    ASSERT_EQ(room_.Send(event).code, OutcomeCode::kAccepted);
  }
}

void DeckPlay::ComeAndGo() {
  std::erase_if(
      there_, [&](const PersonId&) { return there_.size() > 2 && random_.Chance(plan_.leaving); });
  const size_t coming = plan_.newcomers / plan_.rounds;
  for (size_t i = 0; i < coming; ++i) {
    there_.push_back(IdOf<PersonId>("person/" + std::to_string(people_++)));
  }
  silent_.clear();
  for (const PersonId& person : there_) {
    if (random_.Chance(plan_.silent)) silent_.insert(person);
  }
}

void DeckPlay::Swap() {
  ASSERT_EQ(room_.Advance(kId, Phase::kSwapping).code, OutcomeCode::kAccepted);
  CheckHands();
  const uint32_t round = activity().stage.round;
  const size_t passes = there_.size() * plan_.passes / 100;
  for (size_t i = 0; i < passes; ++i) {
    if (!owing_.empty() && random_.Chance(20)) {
      ScoreOne(owing_.back(), round - 1);
      owing_.pop_back();
    }
    const PersonId& person = there_[random_.Below(there_.size())];
    if (!silent_.contains(person)) Say(person, CardPassed{round});
  }
  for (const PersonId& person : owing_) ScoreOne(person, round - 1);
  owing_.clear();
  CheckHands();
  ASSERT_EQ(room_.Advance(kId, Phase::kScoring).code, OutcomeCode::kAccepted);
}

const CardScore* DeckPlay::GivenIn(const PersonId& person, uint32_t round) const {
  for (const auto& [card, scores] : activity().deck->scores) {
    for (const CardScore& score : scores) {
      if (score.person == person && score.round == round) return &score;
    }
  }
  return nullptr;
}

void DeckPlay::ScoreOne(const PersonId& person, uint32_t round) {
  if (plan_.deck == Deck::kPaper) return ScorePaper(person, round);
  const auto& people = activity().deck->people;
  auto it = people.find(person);
  if (it == people.end() || it->second.to_score.empty()) return;
  const ItemId card = it->second.to_score;
  const auto value = static_cast<int32_t>(1 + random_.Below(5));
  ASSERT_EQ(Say(person, BallotCast{ScoreCast{round, card, 0, value}}), OutcomeCode::kCounted);
  if (!random_.Chance(plan_.changed)) return;
  ASSERT_EQ(Say(person, BallotCast{ScoreCast{round, card, 0, 3}}), OutcomeCode::kCounted);
}

// People mill with real cards, and swap again as long as the answer says so.
void DeckPlay::ScorePaper(const PersonId& person, uint32_t round) {
  const auto cards = static_cast<uint32_t>(activity().items.size());
  const auto first = static_cast<uint32_t>(random_.Below(cards));
  for (uint32_t i = 0; i < cards; ++i) {
    const auto value = static_cast<int32_t>(1 + random_.Below(5));
    const ScoreCast score{round, {}, 1 + (first + i) % cards, value};
    if (Say(person, BallotCast{score}) != OutcomeCode::kCounted) continue;
    if (!random_.Chance(plan_.changed)) return;
    // Another number: the right one this time, if it is free; otherwise the first one stands.
    Say(person, BallotCast{ScoreCast{round, {}, 1 + (first + i + 1) % cards, 3}});
    return;
  }
}

void DeckPlay::Score() {
  const uint32_t round = activity().stage.round;
  std::vector<PersonId> order = there_;
  random_.Shuffle(order);
  for (const PersonId& person : order) {
    if (silent_.contains(person)) continue;
    if (random_.Chance(plan_.late)) {
      Say(person, PresenceHere{});
      owing_.push_back(person);
    } else {
      ScoreOne(person, round);
      if (random_.Chance(30)) Say(person, PresenceHere{});
    }
  }
}

bool DeckPlay::MakeUpRound() {
  // Whoever owes a score gives it, and whoever is there says so: then nobody is overlooked.
  const uint32_t round = activity().stage.round;
  for (const PersonId& person : there_) {
    const bool owes = plan_.deck == Deck::kPhones && !GivenIn(person, round);
    if (owes) ScoreOne(person, round);
    Say(person, PresenceHere{});
  }
  owing_.clear();
  const Outcome outcome = room_.Send(
      room_.Make(Role::kPresenter, ActivityAdvanced{activity().stage, Phase::kSwapping}, kId));
  if (outcome.code == OutcomeCode::kRefused) {
    EXPECT_EQ(outcome.reason, Reason::kNobodyLeft);
    return false;
  }
  ++makeup_rounds_;
  CheckHands();
  EXPECT_EQ(room_.Advance(kId, Phase::kScoring).code, OutcomeCode::kAccepted);
  silent_.clear();
  for (const PersonId& person : there_) {
    if (random_.Chance(plan_.silent)) silent_.insert(person);
  }
  Score();
  return true;
}

void DeckPlay::Run() {
  Write();
  for (uint32_t round = 1; round <= plan_.rounds; ++round) {
    ComeAndGo();
    Swap();
    Score();
    if (testing::Test::HasFatalFailure()) return;
  }
  // Every make-up round can place a card, so as many as there are places for scores are enough.
  const size_t most = activity().items.size() * plan_.rounds + 10;
  while (MakeUpRound() && makeup_rounds_ < most) {
  }
  EXPECT_LT(makeup_rounds_, most);
  ASSERT_EQ(room_.Advance(kId, Phase::kClosed).code, OutcomeCode::kAccepted);
}

void DeckPlay::CheckHands() const {
  if (plan_.deck == Deck::kPaper) return;
  const DeckState& deck = *activity().deck;
  std::set<ItemId> held;
  for (const auto& [person, member] : deck.people) {
    if (member.hand.empty()) continue;
    ASSERT_TRUE(held.insert(member.hand).second) << "two people hold a card";
    ASSERT_NE(activity().FindItem(member.hand)->author, person) << "somebody holds their own card";
    ASSERT_NE(member.hand, member.to_score) << "the card of the last bell, again";
    for (const auto& [round, card] : member.scored) {
      ASSERT_NE(card, member.hand) << "somebody holds a card that they have scored";
    }
  }
}

std::string WrongWith(const Activity& activity, const std::vector<PersonId>& there) {
  for (const Item& item : activity.items) {
    std::set<PersonId> barred = {*item.author};
    size_t scores = 0;
    if (auto it = activity.deck->scores.find(item.id); it != activity.deck->scores.end()) {
      scores = it->second.size();
      std::set<uint32_t> rounds;
      for (const CardScore& score : it->second) {
        if (!barred.insert(score.person).second)
          return "A person scored a card twice, or their own.";
        if (!rounds.insert(score.round).second) return "A card was scored twice in a round.";
        if (score.score < 1 || score.score > 5) return "A score is off the scale.";
      }
    }
    if (scores > activity.spec.deal->rounds) return "A card has too many scores.";
    if (scores == activity.spec.deal->rounds) continue;
    const bool eligible = std::ranges::any_of(
        there, [&](const PersonId& person) { return !barred.contains(person); });
    if (eligible) return "A card is short, and somebody could have scored it.";
  }
  return {};
}

}  // namespace plenum::fold_test
