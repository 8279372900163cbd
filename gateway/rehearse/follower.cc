#include "gateway/rehearse/follower.h"

#include <algorithm>

namespace plenum::rehearse {
namespace {

constexpr auto kTick = std::chrono::milliseconds(50);
constexpr auto kReadAtLeast = std::chrono::milliseconds(500);
// This long nobody may have anything to do: a view may still be on its way, and with it something.
constexpr auto kQuiet = std::chrono::milliseconds(300);

bool IsOver(const ConsoleActivity& activity) {
  return activity.skipped || activity.stage.phase >= Phase::kRevealed;
}

}  // namespace

bool IsDoneByFollower(const PlannedDeed& deed) {
  return std::holds_alternative<EraseText>(deed.what) || std::holds_alternative<TypeUp>(deed.what);
}

Follower::Follower(Shared& shared, const RunSheet& sheet, const Population& population,
                   Crowd& crowd, Producer& producer, std::unique_ptr<Link> link, std::string token,
                   Random random, OnStep on_step, OnStep on_quiet)
    : shared_(shared),
      sheet_(sheet),
      population_(population),
      crowd_(crowd),
      producer_(producer),
      on_step_(std::move(on_step)),
      on_quiet_(std::move(on_quiet)),
      deeds_done_(population.deeds.size()),
      client_(shared, std::move(link), kProducer, std::move(token), random, *this) {}

void Follower::Start() {
  client_.Connect();
  Announce(1);
  Tick();
}

void Follower::Tick() {
  Look();
  if (!done_ && !client_.gone()) {
    shared_.loop.After(kTick, [this] { Tick(); });
  }
}

void Follower::Look() {
  const auto& stage = client_.stage();
  if (!client_.ready() || stage == nullptr) return;
  // While people are at it, the console is read now and then only: that takes time.
  const TimePoint now = shared_.loop.Now();
  const size_t at_it = crowd_.Busy(stage->activity, stage->stage);
  if (at_it > 0) busy_at_ = now;
  if (at_it > 0 && now - read_at_ < kReadAtLeast) return;
  console_ = client_.Console();
  read_at_ = now;
  if (console_ == nullptr) return;
  const ConsoleActivity* activity = console_->Find(stage->activity);
  if (activity == nullptr) return;
  if (activity_ != activity->activity || stage_ != activity->stage) {
    activity_ = activity->activity;
    stage_ = activity->stage;
    quiet_ = false;
    busy_at_ = now;
  }
  const auto place = std::ranges::find(sheet_.activities, activity_, &ActivitySpec::id);
  if (place == sheet_.activities.end()) return;  // nobody here knows it
  const auto places = static_cast<size_t>(place - sheet_.activities.begin()) + 1;
  Announce(places);
  const size_t busy = crowd_.Busy(activity_, stage_);
  on_step_(*activity, busy);
  if (busy > 0) busy_at_ = now;
  if (now - busy_at_ < kQuiet || producer_.IsBusy() || DoNextDeed(*activity)) return;
  if (!quiet_) on_quiet_(*activity, busy);
  quiet_ = true;
  if (stage_.phase >= Phase::kRevealed) Announce(places + 1);
  done_ = std::ranges::all_of(console_->activities, IsOver);
}

// Who comes late comes before the activity, if whoever leads takes their time; else into it.
void Follower::Announce(size_t places) {
  for (; announced_ < std::min(places, sheet_.activities.size()); ++announced_)
    crowd_.OnNext(sheet_.activities[announced_].id);
}

bool Follower::DoNextDeed(const ConsoleActivity& activity) {
  const auto spec = std::ranges::find(sheet_.activities, activity.activity, &ActivitySpec::id);
  for (size_t i = 0; i < population_.deeds.size(); ++i) {
    const PlannedDeed& deed = population_.deeds[i];
    const bool now = deed.activity == activity.activity && deed.phase == activity.stage.phase &&
                     (deed.round == 0 || deed.round == activity.stage.round);
    if (deeds_done_[i] || !now || !IsDoneByFollower(deed)) continue;
    deeds_done_[i] = true;
    std::optional<Command> command = CommandFor(deed, *spec, activity);
    if (!command) continue;
    producer_.Say(*std::move(command));
    return true;
  }
  return false;
}

}  // namespace plenum::rehearse
