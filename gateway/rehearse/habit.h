// Habits: what somebody does about one part of an activity (collect, ballot, deal, seats), whatever
// the activity is called. A person has all of them; each acts only where its part is there. State
// machines without I/O: they see the views, and speak through their person.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "gateway/rehearse/card_scores.h"
#include "gateway/rehearse/client.h"
#include "gateway/rehearse/paper_deck.h"
#include "gateway/rehearse/population.h"

namespace plenum::rehearse {

// What all people of a rehearsal share.
struct Room {
  Shared& shared;
  const RunSheet& sheet;
  const Population& population;
  std::map<ActivityId, CardScores> card_scores;
  std::map<ActivityId, PaperDeck> paper_decks = {};
  // Tables whose host has just left, for those who sit there to see.
  std::set<std::pair<ActivityId, uint32_t>> without_host = {};
  // Others take part whom this rehearsal does not play: then no phone stays in a pocket, so that
  // every card gets the score of each round (card_scores.h).
  bool follows = false;
};

// The person, as their habits know them.
class Self {
 public:
  virtual ~Self() = default;
  virtual Room& room() = 0;
  virtual uint32_t number() const = 0;
  virtual const PlannedPerson& plan() const = 0;
  virtual Random& random() = 0;
  // Never drawn from, only forked: what somebody is like does not change from look to look.
  virtual const Random& nature() const = 0;
  // What their phone shows. `spec` is of the activity on the stage.
  virtual const ActivitySpec& spec() const = 0;
  virtual const StageView& stage() const = 0;
  virtual const PersonView& view() const = 0;
  // Whether they wait for an answer, or do something in a moment.
  virtual bool IsOccupied() const = 0;

  // Some time up to what it takes in the room.
  virtual Duration Within(std::chrono::milliseconds in_the_room) = 0;
  virtual Duration Whole(std::chrono::milliseconds in_the_room) const = 0;
  // Does `then` in a while, unless the stage has changed by then.
  virtual void Later(Duration wait, std::function<void()> then) = 0;
  virtual Command Prepare(Request request, uint32_t seq = 0) const = 0;
  virtual EventId Say(Command command, uint32_t times = 1) = 0;
  EventId Say(Request request, uint32_t seq = 0, uint32_t times = 1) {
    return Say(Prepare(std::move(request), seq), times);
  }
  virtual void LoseConnection() = 0;
};

class Habit {
 public:
  explicit Habit(Self& self) : self_(self) {}
  virtual ~Habit() = default;
  // The stage shows another activity, phase or round.
  virtual void OnStage() {}
  // Something else has changed: on the stage, or in one's own view.
  virtual void OnView() {}
  // A command is done: an outcome, or null: refused at once.
  virtual void OnDone(const Command&, const Outcome*) {}
  // What was done before is done again, as a copy of the server lacked it (client.h).
  virtual void OnDoneAgain(const Command&, const Outcome*) {}
  // Whether a ballot that was to be in time has not been sent.
  virtual bool WouldVote(const ActivityId&) const { return false; }

 protected:
  Self& self_;
};

// One ballot a person: choice, scale, dots, ranks, ratings.
std::unique_ptr<Habit> MakeVoting(Self& self);
// Items, one by one, while they come in.
std::unique_ptr<Habit> MakeUpvoting(Self& self);
// Contributions, but for tables' notes.
std::unique_ptr<Habit> MakeWriting(Self& self);
// 25/10: holding, passing and scoring cards.
std::unique_ptr<Habit> MakeCards(Self& self);
// Tables: being there, hosting, handing over, wandering, writing notes.
std::unique_ptr<Habit> MakeSitting(Self& self);

// How long people take, in the room.
inline constexpr std::chrono::seconds kToVote{40};
inline constexpr std::chrono::seconds kToThinkAgain{8};
inline constexpr std::chrono::seconds kToWrite{120};
inline constexpr std::chrono::seconds kToPass{12};
inline constexpr std::chrono::seconds kToRead{25};
inline constexpr std::chrono::seconds kToComeBack{20};
inline constexpr std::chrono::seconds kToHurry{6};  // in the seconds of grace

// Phones in pockets, in a round of 25/10 of a day that is led from here.
bool IsPocketed(Self& self, uint32_t round);

// The items on the stage by the names of a plan ("#4"); as they are if they are not there.
void ResolveNames(BallotCast& cast, const std::vector<ShownItem>& items);
// What a planned ballot says now that the items are there; nullopt while they are not.
std::optional<BallotCast> FillIn(const PlannedBallot& planned, const ActivitySpec& spec,
                                 const std::vector<ShownItem>& items, Random& random);

}  // namespace plenum::rehearse
