// Person: one simulated participant with a phone. Sees the stage, does what is planned for each
// activity in their own time, loses the connection now and then. A state machine on a Client.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "gateway/rehearse/card_scores.h"
#include "gateway/rehearse/client.h"
#include "gateway/rehearse/population.h"

namespace plenum::rehearse {

// What all people of a rehearsal share.
struct Room {
  Shared& shared;
  const RunSheet& sheet;
  int loses_connection_percent = 0;  // of the people, in each stage
  std::map<ActivityId, CardScores> card_scores;
};

class Person : private ClientSink {
 public:
  Person(Room& room, std::unique_ptr<Link> link, uint32_t number, std::string token,
         const PlannedPerson& plan, Random random);

  void Arrive();
  void Leave();

  // In the room, as far as this rehearsal goes.
  bool here() const { return arrived_ && !client_.gone(); }
  const PlannedPerson& plan() const { return plan_; }
  // Whether this person has yet to see this stage, to act on it, or to hear about what they sent.
  bool IsBusy(const ActivityId& activity, const Stage& stage) const;
  // Whether this person is still on the way in, or waits for an answer.
  bool IsUnsettled() const;
  // Whether a ballot that was to be in time has not been sent.
  bool WouldVote(const ActivityId& activity) const;

 private:
  void OnStage(const StageView& view) override;
  void OnPerson(const PersonView& view) override;
  void OnDone(const Command& command, const Outcome* outcome) override;

  void EnterStage();
  const ActivitySpec* Spec() const;
  // Does `then` in a while, unless the stage has changed by then.
  void Later(Duration wait, std::function<void()> then);
  Duration Within(std::chrono::milliseconds in_the_room);
  void SendEvery(bool after_close);  // of the planned ballots
  void SendNext(bool after_close, Duration wait);
  void OnBallotDone(const Command& command, const Outcome* outcome);
  void WriteCards();
  void ComeBack();  // says "I'm here" if the room believes this phone to be in a pocket
  void Pass();
  void Score();
  void GiveScore(const CardToScore& card);
  Command Say(Request request, uint32_t seq = 0);
  bool IsSilentIn(uint32_t round) const;

  Room& room_;
  const uint32_t number_;
  const PlannedPerson& plan_;
  Random random_;
  bool arrived_ = false;
  ActivityId activity_;  // the stage as this phone shows it
  Stage stage_;
  uint64_t stage_count_ = 0;  // changes with each stage: what was planned in an older one is off
  uint32_t pending_ = 0;      // planned in this stage, not done yet
  PersonView view_;
  std::map<ActivityId, size_t> next_ballot_;
  std::map<EventId, size_t> in_time_;  // ballots on their way that should be in time: their place
  std::map<ActivityId, size_t> next_card_;
  uint32_t passes_left_ = 0;
  uint32_t pass_seq_ = 0;
  bool scoring_ = false;             // this round's score is on its way or given
  std::map<EventId, ItemId> given_;  // the scores that shall count: their cards
  Client client_;                    // last: its callbacks use the rest
};

}  // namespace plenum::rehearse
