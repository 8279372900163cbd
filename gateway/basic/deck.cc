// 25/10: write a card, pass cards on unread, read and score the one in hand; with cards on phones,
// or on paper.
#include "gateway/basic/painter.h"

namespace plenum::basic {
namespace {

constexpr int64_t kHighestCard = 9999;

void PaintHere(Painter& p) {
  if (p.mine["deck"]["present"].Yes()) {
    p.html.Add("p", p.W(Word::kHereIn));
    return;
  }
  p.BeginForm("here");
  p.EndForm(Word::kImHere);
}

void PaintCard(Painter& p, bool paper) {
  const bool written = !p.mine["contributions"].List().empty();
  if (!written) {
    p.BeginForm("add");
    if (paper) {
      p.NumberBox("n", p.W(Word::kPrintedNumber), 1, kHighestCard, 0);
      p.typing = true;
    }
    PaintFields(p, Word::kYourIdea);
    p.EndForm(paper ? Word::kMyCard : Word::kHandIn);
  } else {
    p.html.Add("p", p.W(Word::kCardsGoRound));
    PaintOwnTexts(p);
  }
  PaintHere(p);
}

void PaintRound(Painter& p) {
  const int64_t round = p.now["round"].Num(), rounds = p.now["deal"]["rounds"].Num();
  if (round == 0) return;
  p.html.Add("p", round > rounds
                      ? p.W(Word::kExtraRound, round - rounds)
                      : p.W(Word::kRoundOf, {std::to_string(round), std::to_string(rounds)}));
}

void PaintScores(Painter& p, std::vector<std::string> chosen) {
  const Look ballot = p.now["ballot"];
  std::vector<Painter::Choice> values;
  for (int64_t value = ballot["low"].Num(1); value <= ballot["high"].Num(5); ++value) {
    values.push_back({std::to_string(value), p.ValueLabel(ballot, value)});
  }
  p.Radios("v", p.W(Word::kReadScore), values, chosen);
  if (chosen.empty()) p.typing = true;
  p.EndForm(chosen.empty() ? Word::kScoreCard : Word::kChange);
}

std::vector<std::string> Given(Look score) {
  if (!score) return {};
  return {std::to_string(score.Num())};
}

// The card of the last bell, until the next one.
void PaintCardToScore(Painter& p) {
  const Look card = p.mine["deck"]["to_score"];
  if (!card) return;
  if (p.Phase() == "swapping") p.html.Add("h2", p.W(Word::kLateScore, card["round"].Num()));
  const std::string text = card["text"].Str();
  p.html.Open("blockquote").Written(text.empty() ? p.W(Word::kRemoved) : text).Close("blockquote");
  p.BeginForm("score", card["seq"].Num() + 1);
  p.html.Hidden("i", card["id"].Str()).Hidden("r", std::to_string(card["round"].Num()));
  PaintScores(p, Given(card["score"]));
}

// The stage may know of a bell a moment before the person's own view does.
bool HasCardOfThisBell(const Painter& p) {
  const Look card = p.mine["deck"]["to_score"];
  return card && (p.Phase() != "scoring" || card["round"].Num() == p.now["round"].Num());
}

void PaintNumberToScore(Painter& p) {
  const Look scored = p.mine["deck"]["scored"];
  const int64_t round = p.Phase() == "scoring" ? p.now["round"].Num()
                                               : scored["round"].Num(p.now["deal"]["rounds"].Num());
  const bool again = scored && scored["round"].Num() == round;
  p.BeginForm("score", again ? scored["seq"].Num() + 1 : 1);
  p.html.Hidden("r", std::to_string(round));
  p.NumberBox("n", p.W(Word::kNumberInHand), 1, kHighestCard, again ? scored["number"].Num() : 0);
  PaintScores(p, again ? Given(scored["score"]) : std::vector<std::string>());
}

}  // namespace

void PaintDeck(Painter& p) {
  const bool paper = p.now["deal"]["deck"].Str() == "paper";
  const std::string phase = p.Phase();
  PaintRound(p);
  if (phase == "collecting") return PaintCard(p, paper);
  if (phase == "swapping") {
    if (paper) {
      p.html.Add("p", p.W(Word::kWalkSwap));
    } else if (p.mine["deck"]["holding"].Yes()) {
      p.html.Add("p", p.W(Word::kFaceDown));
      p.BeginForm("pass", p.mine["deck"]["pass_seq"].Num() + 1);
      p.html.Hidden("r", std::to_string(p.now["round"].Num()));
      p.EndForm(Word::kPassOn);
    } else {
      p.html.Add("p", p.W(Word::kNoCard));
    }
    if (!paper) PaintCardToScore(p);
    return PaintHere(p);
  }
  if (paper) {
    PaintNumberToScore(p);
  } else if (HasCardOfThisBell(p)) {
    PaintCardToScore(p);
  } else {
    p.html.Add("p", p.W(Word::kNextCard));
  }
  if (phase == "scoring") PaintHere(p);
}

}  // namespace plenum::basic
