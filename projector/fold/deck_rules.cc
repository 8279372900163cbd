// 25/10: dealing, the bell, scores, passing and presence (schema/rules.md, Deck).
#include <algorithm>
#include <expected>

#include "projector/fold/context.h"
#include "projector/fold/deal.h"
#include "schema/limits.h"

namespace plenum {
namespace {

bool OnPaper(const Activity& activity) { return activity.spec.deal->deck == Deck::kPaper; }

const std::vector<CardScore>& ScoresOf(const DeckState& deck, const ItemId& card) {
  static const std::vector<CardScore> none;
  auto it = deck.scores.find(card);
  return it == deck.scores.end() ? none : it->second;
}

bool IsFull(const Activity& activity, const ItemId& card) {
  return ScoresOf(*activity.deck, card).size() >= activity.spec.deal->rounds;
}

bool HasScored(const DeckPerson& person, const ItemId& card) {
  return std::ranges::any_of(person.scored, [&](const auto& one) { return one.second == card; });
}

// Who may not hold a card: who wrote it, has scored it, or may still score it since the last bell.
bool IsBarred(const PersonId& who, const DeckPerson& person, const Item& card) {
  return card.author == who || person.to_score == card.id || HasScored(person, card.id);
}

// Waiting too: an activity that was restarted is over for the generation that an event names.
bool IsOver(Phase phase) {
  return phase == Phase::kWaiting || phase == Phase::kClosed || phase == Phase::kRevealed ||
         phase == Phase::kSealed;
}

bool IsCard(const Item& item) { return item.author.has_value(); }

// The cards and people of a deal, numbered in the order of the log.
struct Dealing {
  std::vector<const Item*> cards;
  std::vector<PersonId> people;
  DealTable table;
};

Dealing GatherDealing(const Activity& activity, uint32_t round) {
  const DeckState& deck = *activity.deck;
  const bool makeup = round > activity.spec.deal->rounds;
  Dealing dealing;
  std::map<PersonId, uint32_t> number;  // of the present people
  for (const PersonId& who : deck.roster) {
    if (!deck.people.at(who).present) continue;
    number[who] = static_cast<uint32_t>(dealing.people.size());
    dealing.people.push_back(who);
    dealing.table.newcomer.push_back(!activity.contributed.contains(who));
  }
  std::map<ItemId, uint32_t> held;  // at the last bell, by somebody present
  for (const auto& [who, n] : number) {
    if (const ItemId& card = deck.people.at(who).to_score; !card.empty()) held[card] = n;
  }
  for (const Item& item : activity.items) {
    if (!IsCard(item) || !activity.Shows(item)) continue;
    if (makeup && IsFull(activity, item.id)) continue;
    const std::vector<CardScore>& scores = ScoresOf(deck, item.id);
    DealTable::Card card{static_cast<uint32_t>(scores.size()), {}};
    const auto bar = [&](const PersonId& who) {
      if (auto it = number.find(who); it != number.end()) card.barred.push_back(it->second);
    };
    bar(*item.author);
    for (const CardScore& score : scores) bar(score.person);
    if (auto it = held.find(item.id); it != held.end()) card.barred.push_back(it->second);
    std::ranges::sort(card.barred);
    card.barred.erase(std::unique(card.barred.begin(), card.barred.end()), card.barred.end());
    dealing.cards.push_back(&item);
    dealing.table.cards.push_back(std::move(card));
  }
  return dealing;
}

// Of the cards that can be dealt.
size_t Authors(const Activity& activity) {
  std::set<PersonId> authors;
  for (const Item& item : activity.items) {
    if (IsCard(item) && activity.Shows(item)) authors.insert(*item.author);
  }
  return authors.size();
}

}  // namespace

Reason CheckDeal(const Activity& activity, uint32_t round) {
  if (round == 1) {
    return Authors(activity) < limits::kDeckPeople ? Reason::kTooFewPeople : Reason::kNone;
  }
  if (round <= activity.spec.deal->rounds) return Reason::kNone;
  const Dealing dealing = GatherDealing(activity, round);
  const bool anybody = std::ranges::any_of(dealing.table.cards, [&](const DealTable::Card& card) {
    return card.barred.size() < dealing.people.size();
  });
  return anybody ? Reason::kNone : Reason::kNobodyLeft;
}

void DealRound(FoldContext& context, uint32_t round) {
  Activity& activity = context.activity();
  if (OnPaper(activity)) return;  // the room mills with real cards
  DeckState& deck = *activity.deck;
  for (auto& [who, person] : deck.people) {
    if (person.hand.empty()) continue;
    person.hand.clear();
    context.TouchDeckPerson(who);
  }
  const Dealing dealing = GatherDealing(activity, round);
  Draw draw = context.DrawFor("deal", round);
  const auto places = DealCards(dealing.table, draw);
  for (size_t i = 0; i < places.size(); ++i) {
    if (!places[i]) continue;
    const PersonId& who = dealing.people[*places[i]];
    deck.people.at(who).hand = dealing.cards[i]->id;
    context.TouchDeckPerson(who);
  }
}

void RingBell(FoldContext& context, uint32_t round) {
  Activity& activity = context.activity();
  DeckState& deck = *activity.deck;
  deck.bell_round = round;
  const bool makeup = round > activity.spec.deal->rounds;
  for (auto& [who, person] : deck.people) {
    // A card may get its last score while it moves: then there is nothing left to score.
    if (makeup && !person.hand.empty() && IsFull(activity, person.hand)) person.hand.clear();
    person.to_score = person.hand;
    person.present = false;
    context.TouchDeckPerson(who);
  }
}

DeckPerson& MarkPresent(FoldContext& context, Activity& activity) {
  DeckState& deck = *activity.deck;
  auto [it, appeared] = deck.people.try_emplace(context.person());
  DeckPerson& person = it->second;
  if (appeared) {
    person.first_index = context.index;
    deck.roster.push_back(context.person());
  }
  person.present = true;
  person.here_index = context.index;
  context.TouchDeckPerson(context.person());
  return person;
}

// --- scores ---

namespace {

// The score that a person gave in a round; null if none.
const CardScore* ScoreIn(const DeckState& deck, const PersonId& who, uint32_t round) {
  auto person = deck.people.find(who);
  if (person == deck.people.end()) return nullptr;
  auto card = person->second.scored.find(round);
  if (card == person->second.scored.end()) return nullptr;
  const auto& scores = deck.scores.at(card->second);
  return &*std::ranges::find(scores, who, &CardScore::person);
}

// Whether scores of the round are open; an outcome if they are not.
std::optional<Outcome> CheckScoring(FoldContext& context, const Activity& activity,
                                    uint32_t round) {
  switch (activity.stage.phase) {
    case Phase::kSwapping:
    case Phase::kScoring:
    case Phase::kClosing:
      if (round == 0 || round != activity.deck->bell_round) return Refused(Reason::kWrongRound);
      return std::nullopt;
    case Phase::kClosed:
    case Phase::kRevealed:
    case Phase::kSealed:
      return Late(context);
    case Phase::kWaiting:  // restarted
      return Answer(OutcomeCode::kLate);
    default:
      return Refused(Reason::kNotOpen);
  }
}

// The card that a score names, if this person may score it now.
std::expected<const Item*, Reason> HeldCard(const Activity& activity, const PersonId& who,
                                            const ScoreCast& score) {
  const Item* card = activity.FindItem(score.card);
  if (card == nullptr || !IsCard(*card)) return std::unexpected(Reason::kUnknownItem);
  if (card->author == who) return std::unexpected(Reason::kOwnCard);
  auto person = activity.deck->people.find(who);
  if (person == activity.deck->people.end()) return std::unexpected(Reason::kNoCard);
  if (person->second.to_score == card->id) return card;
  if (HasScored(person->second, card->id)) return std::unexpected(Reason::kAlreadyScored);
  return std::unexpected(person->second.to_score.empty() ? Reason::kNoCard : Reason::kNotYourCard);
}

std::expected<const Item*, Reason> NumberedCard(const Activity& activity, const PersonId& who,
                                                const ScoreCast& score) {
  auto card = std::ranges::find(activity.items, score.number, &Item::number);
  if (score.number == 0) return std::unexpected(Reason::kNoNumber);
  if (card == activity.items.end() || !IsCard(*card)) return std::unexpected(Reason::kUnknownItem);
  if (card->author == who) return std::unexpected(Reason::kOwnCard);
  for (const CardScore& one : ScoresOf(*activity.deck, card->id)) {
    if (one.person == who && one.round == score.round) return &*card;  // a change of mind
    if (one.person == who) return std::unexpected(Reason::kAlreadyScored);
    if (one.round == score.round) return std::unexpected(Reason::kCardTaken);
  }
  if (IsFull(activity, card->id)) return std::unexpected(Reason::kCardTaken);
  return &*card;
}

void Withdraw(FoldContext& context, DeckState& deck, const PersonId& who, uint32_t round) {
  DeckPerson& person = deck.people.at(who);
  auto scored = person.scored.find(round);
  if (scored == person.scored.end()) return;
  const ItemId card = scored->second;
  person.scored.erase(scored);
  std::vector<CardScore>& scores = deck.scores.at(card);
  std::erase_if(scores, [&](const CardScore& one) { return one.person == who; });
  if (scores.empty()) deck.scores.erase(card);
  context.rows.Touch(row_key::ScoresOf(context.event.activity, card));
}

}  // namespace

Outcome FoldScore(FoldContext& context, const ScoreCast& score) {
  Activity& activity = context.activity();
  DeckState& deck = *activity.deck;
  const PersonId& who = context.person();
  std::optional<LastCast> last;
  if (const CardScore* given = ScoreIn(deck, who, score.round)) {
    last = {given->seq, given->id, given->index};
  }
  if (auto answered = CheckSeq(last, context.event)) return *answered;
  if (auto closed = CheckScoring(context, activity, score.round)) return *closed;
  const auto& scale = std::get<ScaleBallot>(activity.spec.ballot);
  if (score.score < scale.low || score.score > scale.high) return Refused(Reason::kOutOfScale);
  const auto card =
      OnPaper(activity) ? NumberedCard(activity, who, score) : HeldCard(activity, who, score);
  if (!card) return Refused(card.error());

  DeckPerson& person = MarkPresent(context, activity);
  Withdraw(context, deck, who, score.round);
  person.scored[score.round] = (*card)->id;
  deck.scores[(*card)->id].push_back(
      {who, score.round, score.score, context.event.seq, context.event.id, context.index});
  context.rows.Touch(row_key::ScoresOf(context.event.activity, (*card)->id));
  return Answer(OutcomeCode::kCounted);
}

// --- passing ---

namespace {

// Whether two holders may have each other's hands.
bool MaySwap(const Activity& activity, const PersonId& a, const PersonId& b) {
  const DeckPerson& first = activity.deck->people.at(a);
  const DeckPerson& second = activity.deck->people.at(b);
  return !IsBarred(a, first, *activity.FindItem(second.hand)) &&
         !IsBarred(b, second, *activity.FindItem(first.hand));
}

std::optional<PersonId> FindPartner(const FoldContext& context, const Activity& activity) {
  const DeckState& deck = *activity.deck;
  std::vector<PersonId> others;
  for (const PersonId& who : deck.roster) {
    const DeckPerson& person = deck.people.at(who);
    if (who != context.person() && person.present && !person.hand.empty()) others.push_back(who);
  }
  Draw draw = context.DrawFor("pass", static_cast<uint32_t>(context.index));
  const auto partner = DrawPartner(others.size(), draw, [&](size_t i) {
    return MaySwap(activity, context.person(), others[i]);
  });
  if (!partner) return std::nullopt;
  return others[*partner];
}

// What became of this pass, or of a later one of the same round; nothing if it is new.
std::optional<Outcome> CheckPassed(const Activity& activity, const FoldContext& context,
                                   const CardPassed& passed) {
  auto it = activity.deck->people.find(context.person());
  if (it == activity.deck->people.end() || it->second.pass_round != passed.round) {
    return std::nullopt;
  }
  const DeckPerson& person = it->second;
  return CheckSeq(LastCast{person.pass_seq, person.pass_id, person.pass_index}, context.event);
}

}  // namespace

Outcome FoldPassed(FoldContext& context, const CardPassed& passed) {
  Activity& activity = context.activity();
  if (!activity.spec.deal || OnPaper(activity)) return Refused(Reason::kNotADeck);
  if (auto other = CheckGeneration(activity, context.event)) return *other;
  if (auto answered = CheckPassed(activity, context, passed)) return *answered;
  const Stage& stage = activity.stage;
  if (IsOver(stage.phase)) return Answer(OutcomeCode::kLate);
  if (stage.phase == Phase::kCollecting) return Refused(Reason::kNotOpen);
  if (stage.phase != Phase::kSwapping || passed.round != stage.round) {
    return Refused(Reason::kWrongRound);
  }
  auto it = activity.deck->people.find(context.person());
  if (it == activity.deck->people.end() || it->second.hand.empty()) {
    return Refused(Reason::kNoCard);
  }
  DeckPerson& person = MarkPresent(context, activity);
  person.pass_round = passed.round;
  person.pass_seq = context.event.seq;
  person.pass_id = context.event.id;
  person.pass_index = context.index;
  const auto partner = FindPartner(context, activity);
  if (!partner) return Refused(Reason::kNoPartner);
  std::swap(person.hand, activity.deck->people.at(*partner).hand);
  context.TouchDeckPerson(*partner);
  return Accepted();
}

// --- presence ---

Outcome FoldHere(FoldContext& context) {
  Activity& activity = context.activity();
  if (activity.spec.seats) return FoldSeatHere(context);
  if (!activity.spec.deal) return Refused(Reason::kNotADeck);
  if (auto other = CheckGeneration(activity, context.event)) return *other;
  if (auto it = activity.deck->people.find(context.person()); it != activity.deck->people.end()) {
    // Not only the latest: sent again after a bell, an earlier one would be a presence of now.
    for (const auto& [id, index] : it->second.heres) {
      if (id == context.event.id) return Answer(OutcomeCode::kDuplicate, index);
    }
    if (it->second.heres.size() >= limits::kHeres) return Refused(Reason::kTooManyItems);
  }
  const Phase phase = activity.stage.phase;
  if (phase != Phase::kCollecting && phase != Phase::kSwapping && phase != Phase::kScoring) {
    return Ignored();
  }
  MarkPresent(context, activity).heres.emplace_back(context.event.id, context.index);
  return Accepted();
}

Outcome FoldAway(FoldContext& context, const PresenceAway& away) {
  Activity& activity = context.activity();
  if (!activity.spec.deal) return Refused(Reason::kNotADeck);
  if (context.event.generation != activity.stage.generation || !activity.deck) return Ignored();
  auto it = activity.deck->people.find(context.person());
  if (it == activity.deck->people.end()) return Ignored();
  DeckPerson& person = it->second;
  if (!person.present || person.here_index != away.since) return Ignored();
  person.present = false;
  context.TouchDeckPerson(context.person());
  return Accepted();
}

}  // namespace plenum
