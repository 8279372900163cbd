// Recount: what a log adds up to, by a second and simpler hand. Knows the rules of stages, ballots
// and scores from their definition and shares no code with the fold. It cannot deal cards: which
// scores counted it is told, and checks that they may have.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/event.h"
#include "schema/json.h"
#include "schema/outcome.h"

namespace plenum::simulation {

// A result as named numbers: "people", "option/north", "value/3", "dots/t4", "sum/CARD", ...
using Tally = std::map<std::string, int64_t>;
// The numbers of a result as it stands in an event or on a screen.
Tally TallyOf(const json::Value& result);

class Recount {
 public:
  // What a screen may know after so many events.
  struct Place {
    ActivityId current;  // the activity that everybody sees; empty before the first
    Stage stage;         // where it stands
    bool open_result = false;
    uint32_t answered = 0;
    std::shared_ptr<const Tally> result;  // if it is open
  };

  // The next event of the room, and what the fold decided. Says what was decided wrongly.
  void Add(const Event& event, const Outcome& outcome);
  // An entry that is no event.
  void AddGarbage();

  uint64_t size() const { return places_.size(); }
  // After the first `events` events. REQUIRES: 0 < events <= size().
  const Place& After(uint64_t events) const { return places_[events - 1]; }
  // The totals of an activity now.
  Tally Count(const ActivityId& activity) const;
  // The totals at the event `index`, which closed the activity or merged its items.
  const Tally* CountAt(const ActivityId& activity, uint64_t index) const;

  // Sentences; whoever takes them reports them.
  std::vector<std::string> TakeProblems() { return std::exchange(problems_, {}); }

 private:
  struct Cast {
    uint32_t seq = 0;
    EventId id;
    uint64_t index = 0;
    BallotCast ballot;
  };
  struct Card {
    std::optional<PersonId> author;
    ItemId merged_into;
  };
  struct Poll {
    ActivitySpec spec;
    Stage stage;
    Phase closed_from = Phase::kWaiting;
    std::optional<uint64_t> armed;  // index of the event that set the deadline
    std::map<ItemId, Card> items;
    std::map<PersonId, uint32_t> contributed;
    std::map<PersonId, Cast> ballots;
    uint32_t bell = 0;                                     // round of the last bell
    std::map<std::pair<PersonId, uint32_t>, Cast> scores;  // by person and round
  };

  bool Withdrawn(const Actor& actor) const;
  bool IsAgain(const Event& event, const Outcome& outcome);
  void Decide(const Event& event, const Outcome& outcome);
  void Expect(bool right, const Event& event, const Outcome& outcome, std::string_view why);
  bool MayStep(const Poll& poll, Phase to) const;
  void Enter(Poll& poll, Stage target, uint64_t index);
  void Advance(Poll& poll, const Event& event, const Outcome& outcome);
  void Restart(Poll& poll, const Event& event, const Outcome& outcome);
  void Extend(Poll& poll, const Event& event, const Outcome& outcome);
  void Timer(Poll& poll, const Event& event, const Outcome& outcome);
  void Item(Poll& poll, const Event& event, const Outcome& outcome);
  void Merge(Poll& poll, const Event& event, const Outcome& outcome);
  OutcomeCode Judge(const Poll& poll, const Event& event) const;
  bool Valid(const Poll& poll, const BallotCast& ballot) const;
  void Ballot(Poll& poll, const Event& event, const Outcome& outcome);
  void Score(Poll& poll, const Event& event, const Outcome& outcome);
  Tally CountDots(const Poll& poll) const;
  Tally CountDeck(const Poll& poll) const;
  uint32_t Answered(const Poll& poll) const;
  void NotePlace();

  std::map<ActivityId, Poll> polls_;
  ActivityId current_;
  uint32_t epoch_ = 0;
  std::set<TokenId> revoked_;
  std::map<EventId, bool> staff_;  // done: whether it was accepted
  std::vector<Place> places_;
  std::map<std::pair<ActivityId, uint64_t>, Tally> results_;
  std::vector<std::string> problems_;
};

}  // namespace plenum::simulation
