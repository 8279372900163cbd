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
constexpr uint32_t kMostMakeUpRounds = 10;

}  // namespace

Presenter::Presenter(Shared& shared, const RunSheet& sheet, std::vector<PlannedMerge> merges,
                     Crowd& crowd, std::unique_ptr<Link> link, std::string token, Random random,
                     OnStep on_step)
    : shared_(shared),
      sheet_(sheet),
      merges_(std::move(merges)),
      crowd_(crowd),
      on_step_(std::move(on_step)),
      client_(shared, std::move(link), kPresenter, std::move(token), random, *this) {
  std::ranges::reverse(merges_);
}

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

void Presenter::OnConsole(const ConsoleView& view) { console_ = view; }

void Presenter::OnDone(const Command& command, const Outcome* outcome) {
  acting_ = false;
  bool done = outcome != nullptr &&
              (outcome->code == OutcomeCode::kAccepted ||
               outcome->code == OutcomeCode::kDuplicate || outcome->code == OutcomeCode::kIgnored);
  bool merge = std::holds_alternative<ItemsMerged>(command.request);
  if (done) {
    newer_than_ = outcome->code == OutcomeCode::kAccepted ? outcome->index : newer_than_;
    NoteStage(command, *outcome);
  } else {
    not_before_ = shared_.loop.Now() + kAfterRefusal;
  }
  if (merge) {
    merges_.pop_back();
    if (!done) shared_.failures.push_back("A merge of the presenter was refused.");
  }
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
  console_.reset();
  stage_.reset();
}

void Presenter::OnDoneAgain(const Command& command, const Outcome* outcome) {
  if (outcome != nullptr) NoteStage(command, *outcome);
}

void Presenter::Look() {
  const bool in_sync = client_.ready() && console_ && console_->version > newer_than_;
  if (done() || acting_ || !in_sync || shared_.loop.Now() < not_before_) return;
  const ConsoleActivity* activity = console_->Find(sheet_.activities[place_].id);
  if (activity == nullptr) return;
  if (!announced_) {
    announced_ = true;
    crowd_.OnNext(activity->activity);
  }
  if (stage_ != activity->stage) {
    stage_ = activity->stage;
    since_ = quiet_since_ = shared_.loop.Now();
  }
  if (IsSettled(*activity)) Act(*activity);
}

// Whether it is time for the next step.
bool Presenter::IsSettled(const ConsoleActivity& activity) {
  const TimePoint now = shared_.loop.Now();
  const size_t busy = crowd_.Busy(activity.activity, activity.stage);
  on_step_(activity, busy);
  if (busy > 0) quiet_since_ = now;
  const Duration patience = kPatience + shared_.pace.Of(kLongestStage);
  if (now - std::max(since_, client_.last_ready()) > patience) return true;
  const Duration quiet = sheet_.activities[place_].deal ? kQuietWithCards : kQuiet;
  return now - quiet_since_ >= quiet && now - since_ >= Dwell(activity.stage.phase);
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
      Advance(activity, activity.Offers(Phase::kCollecting) ? Phase::kCollecting : Phase::kVoting);
      break;
    case Phase::kCollecting:
      Advance(activity, activity.Offers(Phase::kSwapping) ? Phase::kSwapping
                        : activity.Offers(Phase::kVoting) ? Phase::kVoting
                                                          : Phase::kClosing);
      break;
    case Phase::kVoting:
      Advance(activity, Phase::kClosing);
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
      ++place_;
      announced_ = false;
      stage_.reset();
      break;
  }
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
  if (!merges_.empty() && merges_.back().activity == activity.activity) {
    Command command;
    command.activity = activity.activity;
    command.request = ItemsMerged{merges_.back().into, merges_.back().from};
    acting_ = true;
    client_.Say(std::move(command));
    return;
  }
  Advance(activity, Phase::kRevealed);
}

void Presenter::Advance(const ConsoleActivity& activity, Phase to) {
  Command command;
  command.activity = activity.activity;
  command.request = ActivityAdvanced{activity.stage, to};
  acting_ = true;
  client_.Say(std::move(command));
}

}  // namespace plenum::rehearse
