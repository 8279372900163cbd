// Presenter: opens, closes and reveals, one activity after the other, from the console, and does
// what is planned beside it (deed.h). Waits for the people in the room as a presenter does who sees
// them, but not for ever.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateway/rehearse/client.h"
#include "gateway/rehearse/lead.h"
#include "gateway/rehearse/population.h"
#include "gateway/rehearse/staff.h"

namespace plenum::rehearse {

class Presenter : public Lead, private ClientSink {
 public:
  // `on_step` is told about each look at the console.
  Presenter(Shared& shared, const RunSheet& sheet, const Population& population, Crowd& crowd,
            Producer& producer, std::unique_ptr<Link> link, std::string token, Random random,
            OnStep on_step);

  void Start() override;
  void Stop() override { client_.Leave(); }
  bool done() const override { return place_ >= sheet_.activities.size(); }
  bool gone() const override { return client_.gone(); }
  const std::optional<std::string>& stuck() const override { return stuck_; }
  const ConsoleView* console() const override { return console_; }

 private:
  bool ReadsConsole() const override { return false; }
  void OnDone(const Command& command, const Outcome* outcome) override;
  void OnTakeOver() override;
  void OnDoneAgain(const Command& command, const Outcome* outcome) override;

  void NoteStage(const Command& command, const Outcome& outcome);
  void NoteRefusedStep(const Command& command, const Outcome* outcome);
  void Tick();
  void Look();
  void ReadConsole();
  void AddToSheet();
  bool Skip(const ConsoleActivity& activity);
  bool DoNextDeed(const ConsoleActivity& activity);
  void Say(Command command);
  void NextPlace();
  bool IsSettled(const ConsoleActivity& activity);
  void Act(const ConsoleActivity& activity);
  void Advance(const ConsoleActivity& activity, Phase to);
  void ReportRefused(const Command& command, const Outcome* outcome);
  static bool IsMoving(const ActivitySpec& spec);
  static bool IsWithoutPlan(const ActivitySpec& spec, const ConsoleActivity& activity);
  void AfterClose(const ConsoleActivity& activity);
  void AfterScores(const ConsoleActivity& activity);
  Duration Dwell(Phase phase) const;

  Shared& shared_;
  const RunSheet& sheet_;
  const Population& population_;
  Crowd& crowd_;
  Producer& producer_;
  OnStep on_step_;
  size_t place_ = 0;
  std::vector<bool> deeds_done_;
  bool announced_ = false;  // the current place, to the crowd
  const ConsoleView* console_ = nullptr;
  TimePoint read_at_;           // the console
  uint64_t newer_than_ = 0;     // only a later version of the console shows what was done last
  bool acting_ = false;         // a command of ours has no answer yet
  TimePoint not_before_;        // after a refusal
  uint32_t refused_steps_ = 0;  // one after the other
  std::optional<std::string> stuck_;
  std::optional<Stage> stage_;  // at the last look
  TimePoint since_;             // of this stage
  TimePoint quiet_since_;
  Client client_;
};

}  // namespace plenum::rehearse
