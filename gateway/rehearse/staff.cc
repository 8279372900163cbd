#include "gateway/rehearse/staff.h"

#include <algorithm>

#include "gateway/rehearse/habit.h"

namespace plenum::rehearse {
namespace {

constexpr std::chrono::seconds kToApprove{15};
constexpr std::chrono::seconds kToTypeIn{20};
constexpr int kRefusesPercent = 8;  // of what waits
constexpr int kHidesPercent = 2;    // of what is shown at once

bool IsModerated(const ActivitySpec& spec) {
  return spec.collect && !spec.deal && spec.collect->moderation != Moderation::kOff;
}

}  // namespace

void StaffMember::Later(std::chrono::milliseconds in_the_room, std::function<void()> then) {
  ++pending_;
  const auto wait =
      std::chrono::duration_cast<Duration>(shared_.pace.Of(in_the_room) * random_.Unit());
  shared_.loop.After(wait, [this, then = std::move(then)] {
    --pending_;
    if (!client_.gone()) then();
  });
}

bool Moderator::ReadsConsole() const {
  if (client_.stage() == nullptr) return false;
  auto spec = std::ranges::find(sheet_.activities, client_.stage()->activity, &ActivitySpec::id);
  return spec != sheet_.activities.end() && IsModerated(*spec);
}

void Moderator::OnConsole(const ConsoleView& view) {
  for (const ActivitySpec& spec : sheet_.activities) {
    const ConsoleActivity* activity = view.Find(spec.id);
    if (activity == nullptr || !IsModerated(spec)) continue;
    const Phase phase = activity->stage.phase;
    if (phase != Phase::kCollecting && phase != Phase::kVoting) continue;
    for (const ShownItem& item : activity->items) {
      const bool waits = item.state == "pending";
      if ((waits || item.state.empty()) && judged_.insert({spec.id, item.id}).second)
        Judge(spec.id, item, waits);
    }
  }
}

void Moderator::Judge(const ActivityId& activity, const ShownItem& item, bool waits) {
  const bool show = !random_.Chance(waits ? kRefusesPercent : kHidesPercent);
  if (show && !waits) return;
  Later(kToApprove, [this, activity, id = item.id, show] {
    Command command;
    command.activity = activity;
    command.request = ItemModerated{id, show};
    client_.Say(std::move(command));
  });
}

void Keyer::OnStage(const StageView&) { TypeNext(); }

void Keyer::TypeNext() {
  const StageView& stage = *client_.stage();
  if (typing_ || stage.stage.phase != Phase::kVoting) return;
  size_t place = 0;
  while (place < population_.paper.size() &&
         (typed_.contains(place) || population_.paper[place].activity != stage.activity))
    ++place;
  if (place == population_.paper.size()) return;
  typing_ = true;
  Later(kToTypeIn, [this, place] {
    typing_ = false;
    const StageView& now = *client_.stage();
    const PlannedPaper& paper = population_.paper[place];
    auto spec = std::ranges::find(sheet_.activities, paper.activity, &ActivitySpec::id);
    if (now.activity != paper.activity || spec == sheet_.activities.end()) return;
    typed_.insert(place);
    if (auto cast = FillIn(paper.ballot, *spec, now.items, random_)) {
      Command command;
      command.activity = paper.activity;
      command.generation = now.stage.generation;
      command.seq = paper.ballot.seq;
      command.serial = paper.serial;
      command.request = *std::move(cast);
      client_.Say(std::move(command));
    }
    TypeNext();
  });
}

}  // namespace plenum::rehearse
