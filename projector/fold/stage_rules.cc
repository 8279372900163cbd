// Where an activity stands, and every step from there: a presenter's, or a timer's.
#include <algorithm>

#include "projector/fold/context.h"
#include "projector/fold/result.h"
#include "projector/fold/stage.h"

namespace plenum {
namespace {

// At tables: people gather (collecting) or say what they want to talk about (voting), and sit.
bool IsSeatStep(const Activity& activity, Phase from, Phase to) {
  const bool ballot = activity.spec.HasBallot();
  const bool sits = to == Phase::kSeated;
  switch (from) {
    case Phase::kWaiting:
      return sits || to == Phase::kCollecting || (to == Phase::kVoting && ballot);
    case Phase::kCollecting:
      return sits || (to == Phase::kVoting && ballot);
    case Phase::kVoting:
      return sits;
    case Phase::kSeated:
      if (sits) return activity.stage.round < activity.spec.seats->rounds;
      return to == Phase::kClosing || to == Phase::kClosed;
    default:
      return false;
  }
}

// Whether a step of this kind exists; whether it may be taken now is for CheckStep.
bool IsStep(const Activity& activity, Phase from, Phase to) {
  if (activity.spec.seats && from < Phase::kClosing) return IsSeatStep(activity, from, to);
  const bool ballot = activity.spec.HasBallot();
  const bool deal = activity.spec.deal.has_value();
  const bool upvote = std::holds_alternative<UpvoteBallot>(activity.spec.ballot);
  const bool shut = to == Phase::kClosing || to == Phase::kClosed;
  switch (from) {
    case Phase::kWaiting:
      return (to == Phase::kCollecting && activity.spec.collect) ||
             (to == Phase::kVoting && ballot && !deal);
    case Phase::kCollecting:
      return (to == Phase::kVoting && ballot && !deal) || (to == Phase::kSwapping && deal) ||
             (shut && (!ballot || upvote));
    case Phase::kVoting:
      return shut || (to == Phase::kCollecting && upvote && activity.spec.collect);
    case Phase::kSwapping:
      return to == Phase::kScoring;
    case Phase::kScoring:
      return to == Phase::kSwapping || shut;
    case Phase::kSeated:
      return false;
    case Phase::kClosing:
      return to == Phase::kClosed;
    case Phase::kClosed:
      return to == Phase::kRevealed || to == activity.closed_from;
    case Phase::kRevealed:
      return to == Phase::kSealed || to == activity.closed_from;
    case Phase::kSealed:
      return false;
  }
  return false;
}

// Where a step `to` leads from `seen`, whether or not it is allowed.
Stage TargetOf(const Activity& activity, const Stage& seen, Phase to) {
  Stage target{seen.generation, to, 0};
  if (seen.phase == Phase::kWaiting && to != Phase::kWaiting) ++target.generation;
  if (to == Phase::kSwapping) target.round = seen.round + 1;
  if (to == Phase::kSeated) {
    const bool again = seen.phase == Phase::kClosed || seen.phase == Phase::kRevealed;
    target.round = again && activity.seats ? activity.seats->round : seen.round + 1;
  }
  if (to == Phase::kScoring) {
    const bool bell = seen.phase == Phase::kSwapping;
    target.round = bell ? seen.round : activity.deck ? activity.deck->bell_round : 0;
  }
  return target;
}

uint32_t LimitOf(const TimeLimits& limits, Phase phase) {
  switch (phase) {
    case Phase::kCollecting:
      return limits.collect_ms;
    case Phase::kVoting:
      return limits.vote_ms;
    case Phase::kSwapping:
      return limits.swap_ms;
    case Phase::kScoring:
      return limits.score_ms;
    case Phase::kSeated:
      return limits.seat_ms;
    default:
      return 0;
  }
}

void SetDeadline(FoldContext& context, Activity& activity) {
  const Phase phase = activity.stage.phase;
  const uint32_t limit =
      phase == Phase::kClosing ? activity.spec.time.grace_ms : LimitOf(activity.spec.time, phase);
  // Grace is a phase of its own: it ends, even at once, where no limit means no end.
  activity.deadline = {};
  if (limit == 0 && phase != Phase::kClosing) return;
  activity.deadline = {context.event.time + limit, context.index};
}

void ForgetBallots(FoldContext& context, Activity& activity) {
  const ActivityId& id = activity.spec.id;
  for (const auto& [person, ballot] : activity.ballots) {
    context.rows.Touch(row_key::BallotOf(id, person));
  }
  for (const auto& [person, count] : activity.contributed) {
    context.rows.Touch(row_key::Contributed(id, person));
  }
  for (const auto& [item, votes] : activity.upvotes) {
    for (const auto& [person, vote] : votes) {
      context.rows.Touch(row_key::UpvoteOf(id, item, person));
    }
  }
  for (const PersonId& person : activity.held) context.rows.Touch(row_key::Held(id, person));
  activity.ballots.clear();
  activity.contributed.clear();
  activity.upvotes.clear();
  activity.upvoters.clear();
  activity.held.clear();
}

void ForgetLate(FoldContext& context, Activity& activity) {
  for (const auto& [person, index] : activity.after_close.people) {
    context.rows.Touch(row_key::Late(activity.spec.id, person));
  }
  activity.after_close = {};
}

void ForgetDeck(FoldContext& context, Activity& activity) {
  if (activity.deck) {
    const ActivityId& id = activity.spec.id;
    for (const auto& [person, member] : activity.deck->people) {
      context.rows.Touch(row_key::DeckPersonOf(id, person));
    }
    for (const auto& [item, scores] : activity.deck->scores) {
      context.rows.Touch(row_key::ScoresOf(id, item));
    }
  }
  activity.deck.reset();
  if (activity.spec.deal) activity.deck.emplace();
}

// The next generation begins with nothing but the run sheet's own items, and those carried over.
void BeginGeneration(FoldContext& context, Activity& activity) {
  ForgetBallots(context, activity);
  ForgetLate(context, activity);
  ForgetDeck(context, activity);
  ResetItems(context, activity);
  if (activity.spec.carry) CarryItems(context, activity);
  SetUpTables(context, activity);
  activity.skipped = false;
  activity.opened_index = context.index;
  activity.closed_index = 0;
  activity.closed_from = Phase::kWaiting;
  activity.early_looks = 0;
}

void Tell(FoldContext& context, Activity& activity, uint32_t down_to) {
  if (activity.told_down_to == down_to) return;
  activity.told_down_to = down_to;
  context.rows.Touch(row_key::Told(activity.spec.id));
}

// Takes a step that has been checked.
void Enter(FoldContext& context, Activity& activity, const Stage& target) {
  const Stage from = activity.stage;
  Tell(context, activity, 0);
  if (from.phase == Phase::kWaiting) BeginGeneration(context, activity);
  const bool shut = from.phase == Phase::kClosed || from.phase == Phase::kRevealed;
  const bool opens_again = shut && target.phase == activity.closed_from;
  if (opens_again) ForgetLate(context, activity);
  if (target.phase == Phase::kSwapping) DealRound(context, target.round);
  if (target.phase == Phase::kScoring && !opens_again) RingBell(context, target.round);
  const bool closes = target.phase == Phase::kClosing || target.phase == Phase::kClosed;
  if (closes && from.phase != Phase::kClosing) activity.closed_from = from.phase;
  activity.stage = target;
  if (target.phase == Phase::kSeated && !opens_again) {
    activity.seats->round = target.round;
    AskForPlan(context, activity, target.round);
  }
  if (target.phase == Phase::kClosed) {
    activity.closed_index = context.index;
    context.results_due.insert(activity.spec.id);
  }
  SetDeadline(context, activity);
  context.TouchWhere();
}

// Why the step may not be taken from where the activity stands; kNone if it may.
Reason CheckStep(const RoomState& state, const Activity& activity, Phase to) {
  const Phase from = activity.stage.phase;
  if (from == Phase::kSealed) return Reason::kSealed;
  if (!IsStep(activity, from, to)) return Reason::kNoSuchStep;
  if (from == Phase::kWaiting) return CheckCarry(state, activity);
  if (to == Phase::kSwapping) return CheckDeal(activity, activity.stage.round + 1);
  return Reason::kNone;
}

}  // namespace

std::vector<Phase> LegalSteps(const RoomState& state, const Activity& activity) {
  std::vector<Phase> steps;
  for (auto n = uint8_t{0}; n <= static_cast<uint8_t>(Phase::kSealed); ++n) {
    const auto to = static_cast<Phase>(n);
    if (CheckStep(state, activity, to) == Reason::kNone) steps.push_back(to);
  }
  return steps;
}

Outcome FoldAdvanced(FoldContext& context, const ActivityAdvanced& advanced) {
  Activity& activity = context.activity();
  const Stage target = TargetOf(activity, advanced.seen, advanced.to);
  if (advanced.seen != activity.stage) {
    return activity.stage == target ? Ignored() : Refused(Reason::kChangedMeanwhile);
  }
  if (const Reason reason = CheckStep(context.state, activity, advanced.to);
      reason != Reason::kNone) {
    return Refused(reason);
  }
  Enter(context, activity, target);
  context.state.current = context.event.activity;
  context.rows.Touch(row_key::Room());
  return Accepted();
}

Outcome FoldRestarted(FoldContext& context, const ActivityRestarted& restarted) {
  Activity& activity = context.activity();
  if (activity.stage.phase == Phase::kSealed) return Refused(Reason::kSealed);
  const Stage target{restarted.seen.generation, Phase::kWaiting, 0};
  if (activity.stage == target) return Ignored();
  if (restarted.seen != activity.stage) return Refused(Reason::kChangedMeanwhile);
  activity.stage = target;
  activity.deadline = {};
  Tell(context, activity, 0);
  context.TouchWhere();
  return Accepted();
}

// A leaderboard may be counted down from its end before all of it is revealed.
Outcome FoldResultTold(FoldContext& context, const ResultTold& told) {
  Activity& activity = context.activity();
  if (told.seen != activity.stage) return Refused(Reason::kChangedMeanwhile);
  if (activity.stage.phase != Phase::kClosed || !HasRanks(activity)) {
    return Refused(Reason::kNoSuchStep);
  }
  if (activity.told_down_to == told.down_to) return Ignored();
  Tell(context, activity, told.down_to);
  return Accepted();
}

Outcome FoldExtended(FoldContext& context, const ActivityExtended& extended) {
  Activity& activity = context.activity();
  if (extended.seen != activity.stage) return Refused(Reason::kChangedMeanwhile);
  if (activity.deadline.at == 0) return Refused(Reason::kNoDeadline);
  const TimeMs moved = activity.deadline.at + extended.by_ms;
  activity.deadline = {std::max<TimeMs>(moved, 1), context.index};
  context.TouchWhere();
  return Accepted();
}

Outcome FoldTimer(FoldContext& context, const TimerFired& fired) {
  Activity& activity = context.activity();
  const Deadline& deadline = activity.deadline;
  if (deadline.at == 0 || deadline.armed_at != fired.armed_at) return Ignored();
  if (context.event.generation != activity.stage.generation) return Ignored();
  const Phase phase = activity.stage.phase;
  // At tables, voting is how the day at them begins.
  if (phase == Phase::kVoting && activity.spec.seats) {
    activity.deadline = {};
    context.TouchWhere();
    return Accepted();
  }
  switch (phase) {
    case Phase::kVoting:
    case Phase::kClosing:
      Enter(context, activity, {activity.stage.generation, Phase::kClosed, 0});
      break;
    case Phase::kSwapping:
      Enter(context, activity, {activity.stage.generation, Phase::kScoring, activity.stage.round});
      break;
    default:  // time is up, and the presenter decides
      activity.deadline = {};
      context.TouchWhere();
  }
  return Accepted();
}

}  // namespace plenum
