// A 25/10 in a test: people who write, pass, score, fall silent, leave and come, by one seed. After
// every event that moves cards it is checked that every hand is legal.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/property/fold_room.h"

namespace plenum::fold_test {

struct DeckPlan {
  size_t writers = 6;
  size_t newcomers = 0;  // come during the rounds, without a card
  uint32_t rounds = 5;
  Deck deck = Deck::kPhones;
  uint64_t silent = 0;   // percent of phones a round that neither pass nor score
  uint64_t late = 0;     // percent of scores that come while the next swap is open
  uint64_t passes = 0;   // per cent of the people, a round
  uint64_t leaving = 0;  // percent of people that leave for good, a round
  uint64_t changed = 0;  // percent of scores that are changed
};

class DeckPlay {
 public:
  DeckPlay(const DeckPlan& plan, uint64_t seed);

  // Everything up to the last make-up round that can be dealt to those who are still there.
  void Run();

  const Activity& activity() const { return room_.At(kId); }
  TestRoom& room() { return room_; }
  uint32_t makeup_rounds() const { return makeup_rounds_; }
  const std::vector<PersonId>& there() const { return there_; }

  static constexpr const char* kId = "ideas";

 private:
  void Write();
  void Swap();
  void Score();
  void ScoreOne(const PersonId& person, uint32_t round);
  void ScorePaper(const PersonId& person, uint32_t round);
  void ComeAndGo();
  bool MakeUpRound();
  uint32_t NextSeq(const PersonId& person) { return ++seq_[person]; }
  OutcomeCode Say(const PersonId& person, Payload payload);
  void CheckHands() const;
  const CardScore* GivenIn(const PersonId& person, uint32_t round) const;

  DeckPlan plan_;
  Random random_;
  TestRoom room_;
  std::vector<PersonId> there_;
  std::vector<PersonId> owing_;  // whose scores come late
  std::set<PersonId> silent_;
  std::map<PersonId, uint32_t> seq_;
  size_t people_ = 0;
  uint32_t makeup_rounds_ = 0;
};

// What must hold of a finished deck, as one sentence each; empty if all is well. `there`: who could
// still score.
std::string WrongWith(const Activity& activity, const std::vector<PersonId>& there);

}  // namespace plenum::fold_test
