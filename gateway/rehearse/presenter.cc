#include "gateway/rehearse/presenter.h"

#include <algorithm>

namespace plenum::rehearse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto kTick = milliseconds(20);
// This long nobody may have anything to do. Where cards move somebody's view may still be on its
// way (views leave at most every 50 ms), and with it something to do.
constexpr auto kQuiet = milliseconds(40);
constexpr auto kQuietWithCards = milliseconds(150);
// Longer than phones take to come back after the server was away for a while.
constexpr auto kPatience = seconds(75);
constexpr milliseconds kLongestStage = seconds(240);  // in the room
constexpr auto kToReadAResult = seconds(2);
constexpr auto kAfterRefusal = milliseconds(100);
constexpr auto kReadAtLeast = milliseconds(250);
constexpr uint32_t kMostMakeUpRounds = 10;
constexpr uint32_t kMostRefusals = 20;  // of one step: it will not go better another time

}  // namespace

Presenter::Presenter(Shared& shared, const RunSheet& sheet, const Population& population,
                     Crowd& crowd, Producer& producer, std::unique_ptr<Link> link,
                     std::string token, Random random, OnStep on_step)
    : shared_(shared),
      sheet_(sheet),
      population_(population),
      crowd_(crowd),
      producer_(producer),
      on_step_(std::move(on_step)),
      deeds_done_(population.deeds.size()),
      client_(shared, std::move(link), kPresenter, std::move(token), random, *this) {}

void Presenter::Start() {
  client_.Connect();
  Tick();
}

void Presenter::Tick() {
  Look();
  if (!done() && !client_.gone()) {
    shared_.loop.After(kTick, [this] { Tick(); });
  }
}

// While people are at it, nothing can be done: then the console is read now and then only.
void Presenter::ReadConsole() {
  const TimePoint now = shared_.loop.Now();
  const bool waits = stage_ && !acting_ && now - read_at_ < kReadAtLeast &&
                     crowd_.Busy(sheet_.activities[place_].id, *stage_) > 0;
  if (waits) return;
  console_ = client_.Console();
  read_at_ = now;
}

void Presenter::OnDone(const Command& command, const Outcome* outcome) {
  acting_ = false;
  bool done = outcome != nullptr &&
              (outcome->code == OutcomeCode::kAccepted ||
               outcome->code == OutcomeCode::kDuplicate || outcome->code == OutcomeCode::kIgnored);
  if (done) {
    newer_than_ = outcome->code == OutcomeCode::kAccepted ? outcome->index : newer_than_;
    NoteStage(command, *outcome);
  } else {
    not_before_ = shared_.loop.Now() + kAfterRefusal;
  }
  const bool merge = std::holds_alternative<ItemsMerged>(command.request);
  const bool step = std::holds_alternative<ActivityAdvanced>(command.request);
  if (step) NoteRefusedStep(command, done ? nullptr : outcome);
  if (merge && !done) shared_.failures.push_back("A merge of the presenter was refused.");
  if (!step && !merge && !done) ReportRefused(command, outcome);
}

// A note that was typed up meanwhile, a table that is gone: nothing to worry about. Anything else
// is a failure of the rehearsal.
void Presenter::ReportRefused(const Command& command, const Outcome* outcome) {
  const bool expected =
      outcome != nullptr &&
      (outcome->reason == Reason::kTooManyItems || outcome->reason == Reason::kNoDeadline ||
       outcome->reason == Reason::kChangedMeanwhile || outcome->reason == Reason::kNothingMerged);
  if (expected) return;
  shared_.failures.push_back(
      "The presenter was refused something in " + command.activity + ": " +
      (outcome == nullptr ? "at once" : std::string(ReasonName(outcome->reason))) + ".");
}

// `outcome`: null if it was taken, or not decided.
void Presenter::NoteRefusedStep(const Command& command, const Outcome* outcome) {
  refused_steps_ = outcome == nullptr ? 0 : refused_steps_ + 1;
  if (refused_steps_ < kMostRefusals || outcome->reason == Reason::kChangedMeanwhile) return;
  const auto& step = std::get<ActivityAdvanced>(command.request);
  stuck_ = "The day cannot go on: " + command.activity + " did not get to " +
           std::string(PhaseName(step.to)) + ". " + std::string(ReasonText(outcome->reason));
}

// Exactly here the phase changed; the displays may have skipped these versions.
void Presenter::NoteStage(const Command& command, const Outcome& outcome) {
  const auto* advanced = std::get_if<ActivityAdvanced>(&command.request);
  if (advanced == nullptr || outcome.code != OutcomeCode::kAccepted) return;
  Stage now = advanced->seen;
  now.phase = advanced->to;
  shared_.history.OnStage(outcome.index, command.activity, advanced->seen);
  shared_.history.OnStage(outcome.index + 1, command.activity, now);
}

void Presenter::OnTakeOver() {
  newer_than_ = 0;
  console_ = nullptr;
  stage_.reset();
}

void Presenter::OnDoneAgain(const Command& command, const Outcome* outcome) {
  if (outcome != nullptr) NoteStage(command, *outcome);
}

void Presenter::Look() {
  if (done()) return;
  ReadConsole();
  const bool in_sync = client_.ready() && console_ && console_->version > newer_than_;
  if (done() || acting_ || !in_sync || shared_.loop.Now() < not_before_) return;
  const ConsoleActivity* activity = console_->Find(sheet_.activities[place_].id);
  if (activity == nullptr) {
    AddToSheet();
    return;
  }
  if (!announced_) {
    announced_ = true;
    crowd_.OnNext(activity->activity);
  }
  if (Skip(*activity) || producer_.IsBusy()) return;
  if (stage_ != activity->stage) {
    stage_ = activity->stage;
    since_ = quiet_since_ = shared_.loop.Now();
  }
  if (IsSettled(*activity) && !DoNextDeed(*activity)) Act(*activity);
}

// An activity that came to the organisers' minds during the day.
void Presenter::AddToSheet() {
  const ActivitySpec& spec = sheet_.activities[place_];
  if (!population_.inserted.contains(spec.id)) return;
  Command command;
  const bool last = place_ + 1 == sheet_.activities.size();
  command.request = ActivityAdded{spec, last ? "" : sheet_.activities[place_ + 1].id};
  command.activity = spec.id;
  Say(std::move(command));
}

bool Presenter::Skip(const ConsoleActivity& activity) {
  if (!population_.skipped.contains(activity.activity)) return false;
  if (activity.skipped) {
    NextPlace();
    return true;
  }
  Command command;
  command.activity = activity.activity;
  command.request = ActivitySkipped{true};
  Say(std::move(command));
  return true;
}

// What is planned beside the steps for where this activity stands: one at a time.
bool Presenter::DoNextDeed(const ConsoleActivity& activity) {
  for (size_t i = 0; i < population_.deeds.size(); ++i) {
    const PlannedDeed& deed = population_.deeds[i];
    const bool now = deed.activity == activity.activity && deed.phase == activity.stage.phase &&
                     (deed.round == 0 || deed.round == activity.stage.round);
    if (deeds_done_[i] || !now) continue;
    deeds_done_[i] = true;
    std::optional<Command> command = CommandFor(deed, sheet_.activities[place_], activity);
    if (!command) continue;
    if (std::holds_alternative<EraseText>(deed.what)) {
      producer_.Say(*std::move(command));
    } else {
      Say(*std::move(command));
    }
    return true;
  }
  return false;
}

// Whether it is time for the next step.
bool Presenter::IsSettled(const ConsoleActivity& activity) {
  const TimePoint now = shared_.loop.Now();
  const size_t busy = crowd_.Busy(activity.activity, activity.stage);
  on_step_(activity, busy);
  if (busy > 0) quiet_since_ = now;
  const Duration patience = kPatience + shared_.pace.Of(kLongestStage);
  if (now - std::max(since_, client_.last_ready()) > patience) return true;
  const ActivitySpec& spec = sheet_.activities[place_];
  if (IsWithoutPlan(spec, activity)) quiet_since_ = now;
  const Duration quiet = IsMoving(spec) ? kQuietWithCards : kQuiet;
  return now - quiet_since_ >= quiet && now - since_ >= Dwell(activity.stage.phase);
}

// Whether what some do gives others something to do, a view later.
bool Presenter::IsMoving(const ActivitySpec& spec) {
  return spec.deal || spec.seats || std::holds_alternative<UpvoteBallot>(spec.ballot) ||
         (spec.collect && spec.collect->moderation != Moderation::kOff);
}

// Nobody has been sent to a table yet, although somebody is there.
bool Presenter::IsWithoutPlan(const ActivitySpec& spec, const ConsoleActivity& activity) {
  if (!spec.seats || !spec.seats->planned || activity.stage.phase != Phase::kSeated) return false;
  const auto nobody = [](const ShownTable& table) { return table.seated == 0; };
  return activity.answered > 0 && std::ranges::all_of(activity.tables, nobody);
}

// How long a stage lasts at least.
Duration Presenter::Dwell(Phase phase) const {
  auto in_the_room = [phase]() -> milliseconds {
    switch (phase) {
      case Phase::kWaiting:
        return seconds(10);
      case Phase::kSwapping:
        return seconds(40);
      case Phase::kClosed:
        return seconds(4);
      case Phase::kRevealed:
        return seconds(25);
      default:
        return seconds(5);
    }
  };
  const Duration dwell = shared_.pace.Of(in_the_room());
  // However fast the day goes: who watches a display wants to read what it shows.
  const bool watched = phase == Phase::kRevealed && !shared_.pace.full_speed();
  return watched ? std::max<Duration>(dwell, kToReadAResult) : dwell;
}

void Presenter::Act(const ConsoleActivity& activity) {
  switch (activity.stage.phase) {
    case Phase::kWaiting:
      Advance(activity, activity.Offers(Phase::kCollecting) ? Phase::kCollecting
                        : activity.Offers(Phase::kVoting)   ? Phase::kVoting
                                                            : Phase::kSeated);
      break;
    case Phase::kCollecting:
      Advance(activity, activity.Offers(Phase::kSwapping) ? Phase::kSwapping
                        : activity.Offers(Phase::kVoting) ? Phase::kVoting
                        : activity.Offers(Phase::kSeated) ? Phase::kSeated
                                                          : Phase::kClosing);
      break;
    case Phase::kVoting:
      Advance(activity, activity.Offers(Phase::kSeated) ? Phase::kSeated : Phase::kClosing);
      break;
    case Phase::kSwapping:
      Advance(activity, Phase::kScoring);
      break;
    case Phase::kScoring:
      AfterScores(activity);
      break;
    case Phase::kSeated:
      Advance(activity, activity.Offers(Phase::kSeated) ? Phase::kSeated : Phase::kClosing);
      break;
    case Phase::kClosing:
      Advance(activity, Phase::kClosed);
      break;
    case Phase::kClosed:
      AfterClose(activity);
      break;
    case Phase::kRevealed:
      Advance(activity, Phase::kSealed);
      break;
    case Phase::kSealed:
      NextPlace();
      break;
  }
}

void Presenter::NextPlace() {
  ++place_;
  announced_ = false;
  stage_.reset();
}

// The five rounds, then make-up rounds while there is a card that somebody could still score.
void Presenter::AfterScores(const ConsoleActivity& activity) {
  const uint32_t rounds = sheet_.activities[place_].deal->rounds;
  const uint32_t round = activity.stage.round;
  const bool make_up =
      activity.short_cards > 0 && activity.makeup_possible && round < rounds + kMostMakeUpRounds;
  Advance(activity, round < rounds || make_up ? Phase::kSwapping : Phase::kClosing);
}

void Presenter::AfterClose(const ConsoleActivity& activity) {
  // A timer closed it while the server was away and people could not vote: open it again.
  if (crowd_.WouldVote(activity.activity) && activity.Offers(Phase::kVoting)) {
    Advance(activity, Phase::kVoting);
    return;
  }
  Advance(activity, Phase::kRevealed);
}

void Presenter::Advance(const ConsoleActivity& activity, Phase to) {
  Command command;
  command.activity = activity.activity;
  command.request = ActivityAdvanced{activity.stage, to};
  Say(std::move(command));
}

void Presenter::Say(Command command) {
  acting_ = true;
  client_.Say(std::move(command));
}

}  // namespace plenum::rehearse
