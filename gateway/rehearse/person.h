// Person: one simulated participant with a phone. Shows the stage to their habits (habit.h), which
// do what is planned for each activity in their own time; loses the connection now and then. A
// state machine on a Client.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/rehearse/habit.h"

namespace plenum::rehearse {

class Person : private ClientSink, private Self {
 public:
  Person(Room& room, std::unique_ptr<Link> link, uint32_t number, std::string token,
         const PlannedPerson& plan, Random random);

  void Arrive();
  void Leave();

  // In the room, as far as this rehearsal goes.
  bool here() const { return arrived_ && !client_.gone(); }
  const PlannedPerson& plan() const override { return plan_; }
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
  void OnDoneAgain(const Command& command, const Outcome* outcome) override;

  Room& room() override { return room_; }
  uint32_t number() const override { return number_; }
  Random& random() override { return random_; }
  const Random& nature() const override { return nature_; }
  const ActivitySpec& spec() const override { return *spec_; }
  const StageView& stage() const override { return *client_.stage(); }
  const PersonView& view() const override { return view_; }
  bool IsOccupied() const override { return client_.unanswered() > 0 || pending_ > 0; }
  Duration Within(std::chrono::milliseconds in_the_room) override;
  Duration Whole(std::chrono::milliseconds in_the_room) const override;
  void Later(Duration wait, std::function<void()> then) override;
  Command Prepare(Request request, uint32_t seq) const override;
  EventId Say(Command command, uint32_t times) override;
  void LoseConnection() override;

  Room& room_;
  const uint32_t number_;
  const PlannedPerson& plan_;
  Random random_;
  const Random nature_;
  bool arrived_ = false;
  const ActivitySpec* spec_ = nullptr;  // of the activity on the stage, once there is one
  Stage stage_;
  uint64_t stage_count_ = 0;  // changes with each stage: what was planned in an older one is off
  uint32_t pending_ = 0;      // planned in this stage, not done yet
  PersonView view_;
  std::vector<std::unique_ptr<Habit>> habits_;
  Client client_;  // last: its callbacks use the rest
};

}  // namespace plenum::rehearse
