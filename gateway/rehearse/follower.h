// Follower: a day that somebody else leads, in a browser. It opens and closes nothing; it watches
// the console, lets people come and go between activities, says when they have done what they
// wanted to, and does what is planned for the producer and for notes on paper. What else was
// planned for a presenter is in their part (their_part.h).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/rehearse/client.h"
#include "gateway/rehearse/lead.h"
#include "gateway/rehearse/population.h"
#include "gateway/rehearse/staff.h"

namespace plenum::rehearse {

// Whether this is done here although somebody else leads the day.
bool IsDoneByFollower(const PlannedDeed& deed);

class Follower : public Lead, private ClientSink {
 public:
  // `on_step` is told about each look at the console, `on_quiet` once in each stage.
  Follower(Shared& shared, const RunSheet& sheet, const Population& population, Crowd& crowd,
           Producer& producer, std::unique_ptr<Link> link, std::string token, Random random,
           OnStep on_step, OnStep on_quiet);

  void Start() override;
  void Stop() override { client_.Leave(); }
  bool done() const override { return done_; }
  bool gone() const override { return client_.gone(); }
  const std::optional<std::string>& stuck() const override { return stuck_; }
  const ConsoleView* console() const override { return console_; }

 private:
  bool ReadsConsole() const override { return false; }

  void Tick();
  void Look();
  void Announce(size_t places);
  bool DoNextDeed(const ConsoleActivity& activity);

  Shared& shared_;
  const RunSheet& sheet_;
  const Population& population_;
  Crowd& crowd_;
  Producer& producer_;
  OnStep on_step_;
  OnStep on_quiet_;
  std::vector<bool> deeds_done_;
  size_t announced_ = 0;  // so many activities, to the crowd
  bool done_ = false;
  bool quiet_ = false;  // told for this stage
  const ConsoleView* console_ = nullptr;
  ActivityId activity_;  // at the last look
  Stage stage_;
  TimePoint busy_at_;
  TimePoint read_at_;  // the console
  const std::optional<std::string> stuck_;
  Client client_;
};

}  // namespace plenum::rehearse
