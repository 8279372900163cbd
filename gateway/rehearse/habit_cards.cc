// 25/10: being there, passing the card in hand, scoring the one that is held at the bell.
#include <algorithm>

#include "gateway/rehearse/habit.h"

namespace plenum::rehearse {
namespace {

constexpr int kPocketedPercent = 15;
constexpr size_t kNobodyPockets = 12;  // in a smaller room than this
constexpr uint32_t kMostPasses = 3;

class Cards : public Habit {
 public:
  using Habit::Habit;

  void OnStage() override {
    if (!self_.spec().deal) return;
    const Stage& stage = self_.stage().stage;
    if (OnPaper()) {
      OnPaperStage(stage);
    } else if (stage.phase == Phase::kCollecting && !Writes() && !IsPocketed(self_, 1)) {
      ComeBack();
    } else if (stage.phase == Phase::kSwapping) {
      passes_left_ = IsPocketed(self_, stage.round)
                         ? 0
                         : static_cast<uint32_t>(self_.random().Below(kMostPasses + 1));
      pass_seq_ = 0;
      Pass();
    } else if (stage.phase == Phase::kScoring) {
      scoring_ = false;
      ComeBack();
      Score();
    }
  }

  void OnView() override {
    if (!self_.spec().deal || OnPaper()) return;
    if (self_.stage().stage.phase == Phase::kSwapping) Pass();
    if (self_.stage().stage.phase == Phase::kScoring) Score();
  }

  void OnDone(const Command& command, const Outcome* outcome) override {
    if (std::holds_alternative<CardPassed>(command.request)) {
      OnView();
      return;
    }
    const auto* cast = std::get_if<BallotCast>(&command.request);
    const auto* score = cast != nullptr ? std::get_if<ScoreCast>(&cast->ballot) : nullptr;
    if (score != nullptr && score->number != 0) {
      const bool stands = outcome != nullptr && (outcome->code == OutcomeCode::kCounted ||
                                                 outcome->code == OutcomeCode::kDuplicate);
      if (stands) Paper(command.activity).Scored(self_.number(), score->number);
      return;
    }
    auto given = given_.find(command.id);
    if (given == given_.end()) return;
    const bool counts = outcome != nullptr && (outcome->code == OutcomeCode::kCounted ||
                                               outcome->code == OutcomeCode::kDuplicate);
    if (!counts) Deck(command.activity).GiveBack(self_.number(), given->second);
    given_.erase(given);
  }

 private:
  CardScores& Deck(const ActivityId& activity) { return self_.room().card_scores.at(activity); }

  bool OnPaper() const { return self_.spec().deal->deck == plenum::Deck::kPaper; }
  PaperDeck& Paper(const ActivityId& activity) { return self_.room().paper_decks.at(activity); }

  // Nothing is dealt: at the bell somebody types in the number in hand, and the score.
  void OnPaperStage(const Stage& stage) {
    if (stage.phase != Phase::kScoring || IsPocketed(self_, stage.round)) return;
    const auto number = Paper(self_.spec().id).InHand(self_.number(), stage.round);
    if (!number) return;
    self_.Later(self_.Within(kToRead), [this, stage, number = *number] {
      const auto& scale = std::get<ScaleBallot>(self_.spec().ballot);
      const int32_t score = self_.random().Between(scale.low, scale.high);
      auto cast = [&](uint32_t card) {
        return BallotCast{ScoreCast{stage.round, "", card, score}};
      };
      const auto own = Paper(self_.spec().id).Own(self_.number());
      const bool slips = own && self_.random().Chance(4);
      if (slips) self_.Say(cast(*own), 1);  // refused: their own
      self_.Say(cast(number), slips ? 2 : 1, self_.random().Chance(4) ? 2 : 1);
      if (self_.random().Chance(3)) self_.LoseConnection();
    });
  }

  bool Writes() const { return self_.plan().texts.contains(self_.spec().id); }

  // Says "I'm here" if the room believes this phone to be in a pocket.
  void ComeBack() {
    const Stage stage = self_.stage().stage;
    if (IsPocketed(self_, stage.round + 1)) return;
    self_.Later(self_.Whole(kToComeBack) / 2 + self_.Within(kToComeBack) / 2, [this, stage] {
      const PersonView& view = self_.view();
      const bool has_card = view.to_score && view.to_score->round == stage.round;
      const bool will_score = has_card && !IsPocketed(self_, stage.round);
      if (view.present || scoring_ || will_score) return;
      self_.Say(PresenceHere{});
    });
  }

  void Pass() {
    const PersonView& view = self_.view();
    if (passes_left_ == 0 || self_.IsOccupied() || !view.holding) return;
    if (view.activity != self_.spec().id) return;
    --passes_left_;
    self_.Later(self_.Within(kToPass), [this] {
      pass_seq_ = std::max(pass_seq_, self_.view().pass_seq) + 1;
      self_.Say(CardPassed{self_.stage().stage.round}, pass_seq_, self_.random().Chance(4) ? 2 : 1);
    });
  }

  void Score() {
    const PersonView& view = self_.view();
    const uint32_t round = self_.stage().stage.round;
    const bool for_this_round = view.to_score && view.to_score->round == round;
    if (scoring_ || !for_this_round || view.activity != self_.spec().id) return;
    if (IsPocketed(self_, round)) return;
    scoring_ = true;
    self_.Later(self_.Within(kToRead), [this, card = *view.to_score] { GiveScore(card); });
  }

  void GiveScore(const CardToScore& card) {
    Random& random = self_.random();
    const int32_t score =
        Deck(self_.spec().id).ScoreOf(self_.number(), card.id, card.text, card.round);
    const auto& scale = std::get<ScaleBallot>(self_.spec().ballot);
    auto cast = [&](int32_t value, uint32_t seq) {
      return self_.Prepare(BallotCast{ScoreCast{card.round, card.id, 0, value}}, seq);
    };
    auto other = [&] { return random.Between(scale.low, scale.high); };
    auto last = [&](uint32_t seq) {
      Command command = cast(score, seq);
      command.id = MakeEventId();
      given_[command.id] = card.id;
      return command;
    };
    const uint64_t how = random.Below(100);
    if (how < 6) {  // a changed mind
      self_.Say(cast(other(), 1));
      self_.Later(self_.Within(kToThinkAgain), [this, command = last(2)] { self_.Say(command); });
      return;
    }
    if (how < 8) self_.Say(cast(scale.high + 1, 1));                 // refused
    self_.Say(last(how < 8 ? 2 : 1), how >= 8 && how < 12 ? 2 : 1);  // pressed twice
    if (how >= 12 && how < 14) self_.Say(cast(other(), 1));          // from a second tab: stale
    if (how >= 14 && how < 17) self_.LoseConnection();
  }

  uint32_t passes_left_ = 0;
  uint32_t pass_seq_ = 0;
  bool scoring_ = false;             // this round's score is on its way or given
  std::map<EventId, ItemId> given_;  // the scores that shall count: their cards
};

}  // namespace

bool IsPocketed(Self& self, uint32_t round) {
  if (self.room().follows || self.room().sheet.expected_people < kNobodyPockets) return false;
  return self.nature().Fork("silent", round).Chance(kPocketedPercent);
}

std::unique_ptr<Habit> MakeCards(Self& self) { return std::make_unique<Cards>(self); }

}  // namespace plenum::rehearse
