// Ballots: which one counts, and whether it is valid.
#include <set>

#include "projector/fold/context.h"

namespace plenum {

std::optional<Outcome> CheckGeneration(const Activity& activity, const Event& event) {
  const uint32_t now = activity.stage.generation;
  if (now == 0 || event.generation > now) return Refused(Reason::kNotOpen);
  if (event.generation < now) return Answer(OutcomeCode::kLate);
  return std::nullopt;
}

std::optional<Outcome> CheckSeq(const std::optional<LastCast>& last, const Event& event) {
  if (!last || event.seq > last->seq) return std::nullopt;
  if (event.seq < last->seq) return Answer(OutcomeCode::kSuperseded, last->index);
  const bool same = event.id == last->id;
  return Answer(same ? OutcomeCode::kDuplicate : OutcomeCode::kStale, last->index);
}

Outcome Late(FoldContext& context) {
  Activity& activity = context.activity();
  CloseTally& tally = activity.after_close;
  if (tally.people.emplace(context.person(), context.index).second) {
    ++tally.late;
    context.rows.Touch(row_key::Late(context.event.activity, context.person()));
  }
  return Answer(OutcomeCode::kLate);
}

namespace {

Reason Check(const Activity&, const ChoiceBallot& spec, const ChoiceCast& cast) {
  std::set<OptionId> chosen;
  for (const OptionId& id : cast.options) {
    bool known = false;
    for (const Option& option : spec.options) known = known || option.id == id;
    if (!known) return Reason::kUnknownOption;
    if (!chosen.insert(id).second) return Reason::kDuplicateChoice;
  }
  if (cast.options.size() < spec.min) return Reason::kTooFewChoices;
  if (cast.options.size() > spec.max) return Reason::kTooManyChoices;
  return Reason::kNone;
}

// An item that may be judged, whether or not it is shown now.
bool Judges(const Activity& activity, const ItemId& id) {
  const Item* item = activity.FindItem(id);
  return item != nullptr && activity.IsJudged(*item);
}

Reason Check(const Activity& activity, const ScaleBallot& spec, const ScaleCast& cast) {
  if (activity.spec.RatesItems()) return Reason::kWrongBallot;
  const bool inside = cast.value >= spec.low && cast.value <= spec.high;
  return inside ? Reason::kNone : Reason::kOutOfScale;
}

Reason Check(const Activity& activity, const DotsBallot& spec, const DotsCast& cast) {
  std::set<ItemId> named;
  uint64_t sum = 0;
  for (const ItemDots& one : cast.dots) {
    if (!Judges(activity, one.item)) return Reason::kUnknownItem;
    if (!named.insert(one.item).second) return Reason::kDuplicateChoice;
    if (one.dots > spec.cap) return Reason::kOverCap;
    sum += one.dots;
  }
  return sum > spec.budget ? Reason::kOverBudget : Reason::kNone;
}

Reason Check(const Activity& activity, const ScaleBallot& spec, const RatingCast& cast) {
  if (!activity.spec.RatesItems()) return Reason::kWrongBallot;
  std::set<ItemId> named;
  for (const ItemRating& one : cast.ratings) {
    if (!Judges(activity, one.item)) return Reason::kUnknownItem;
    if (!named.insert(one.item).second) return Reason::kDuplicateChoice;
    if (one.value < spec.low || one.value > spec.high) return Reason::kOutOfScale;
  }
  return Reason::kNone;
}

Reason Check(const Activity& activity, const RankBallot& spec, const RankCast& cast) {
  std::set<ItemId> named;
  for (const ItemId& item : cast.items) {
    if (!Judges(activity, item)) return Reason::kUnknownItem;
    if (!named.insert(item).second) return Reason::kDuplicateChoice;
  }
  return cast.items.size() > spec.top ? Reason::kTooManyChoices : Reason::kNone;
}

template <class Spec, class Cast>
Reason Check(const Activity&, const Spec&, const Cast&) {
  return Reason::kWrongBallot;  // a ballot of another kind
}

// Whether voting is open; an outcome if it is not.
std::optional<Outcome> CheckVoting(FoldContext& context, const Activity& activity) {
  switch (activity.stage.phase) {
    case Phase::kVoting:
      return std::nullopt;
    case Phase::kClosing:  // of rounds at tables, where people sit by what they said before
      if (activity.closed_from != Phase::kSeated) return std::nullopt;
      return Refused(Reason::kNotOpen);
    case Phase::kClosed:
    case Phase::kRevealed:
    case Phase::kSealed:
      return Late(context);
    case Phase::kWaiting:  // restarted: the generation that the ballot names is over
      return Answer(OutcomeCode::kLate);
    default:
      return Refused(Reason::kNotOpen);
  }
}

void Count(FoldContext& context, Activity& activity, const BallotCast& cast) {
  const Event& event = context.event;
  CastBallot& ballot = activity.ballots[context.person()];
  ballot.seq = event.seq;
  ballot.id = event.id;
  ballot.index = context.index;
  ballot.keyed = event.actor.role == Role::kKeyer;
  std::visit(
      [&]<class T>(const T& kind) {
        if constexpr (std::is_assignable_v<decltype(ballot.ballot)&, const T&>) {
          ballot.ballot = kind;
        }
      },
      cast.ballot);
  context.rows.Touch(row_key::BallotOf(event.activity, context.person()));
  if (activity.seats) MarkSeated(context, activity);
}

// Questions are voted for while others are still being asked.
std::optional<Outcome> CheckUpvoting(FoldContext& context, const Activity& activity) {
  if (activity.stage.phase == Phase::kCollecting) return std::nullopt;
  return CheckVoting(context, activity);
}

// By the table of ballots, for (person, item).
Outcome FoldUpvote(FoldContext& context, const UpvoteCast& cast) {
  Activity& activity = context.activity();
  if (!std::holds_alternative<UpvoteBallot>(activity.spec.ballot)) {
    return Refused(Reason::kWrongBallot);
  }
  if (!Judges(activity, cast.item)) return Refused(Reason::kUnknownItem);
  const auto votes = activity.upvotes.find(cast.item);
  std::optional<LastCast> last;
  bool was_up = false;
  if (votes != activity.upvotes.end()) {
    if (auto it = votes->second.find(context.person()); it != votes->second.end()) {
      last = {it->second.seq, it->second.id, it->second.index};
      was_up = it->second.up;
    }
  }
  if (auto answered = CheckSeq(last, context.event)) return *answered;
  if (auto closed = CheckUpvoting(context, activity)) return *closed;
  const Event& event = context.event;
  activity.upvotes[cast.item][context.person()] = {event.seq, event.id, context.index, cast.up,
                                                   event.actor.role == Role::kKeyer};
  if (cast.up != was_up) {
    uint32_t& count = activity.upvoters[context.person()];
    count = cast.up ? count + 1 : count - 1;
    if (count == 0) activity.upvoters.erase(context.person());
  }
  context.rows.Touch(row_key::UpvoteOf(event.activity, cast.item, context.person()));
  if (activity.seats) MarkSeated(context, activity);
  return Answer(OutcomeCode::kCounted);
}

}  // namespace

Outcome FoldBallot(FoldContext& context, const BallotCast& cast) {
  Activity& activity = context.activity();
  if (auto other = CheckGeneration(activity, context.event)) return *other;
  const auto* score = std::get_if<ScoreCast>(&cast.ballot);
  if (activity.spec.deal.has_value() != (score != nullptr)) return Refused(Reason::kWrongBallot);
  if (score != nullptr) return FoldScore(context, *score);
  if (const auto* vote = std::get_if<UpvoteCast>(&cast.ballot)) return FoldUpvote(context, *vote);

  std::optional<LastCast> last;
  if (auto it = activity.ballots.find(context.person()); it != activity.ballots.end()) {
    last = {it->second.seq, it->second.id, it->second.index};
  }
  if (auto answered = CheckSeq(last, context.event)) return *answered;
  const Reason reason =
      std::visit([&](const auto& spec, const auto& kind) { return Check(activity, spec, kind); },
                 activity.spec.ballot, cast.ballot);
  if (reason == Reason::kWrongBallot) return Refused(reason);
  if (auto closed = CheckVoting(context, activity)) return *closed;
  if (reason != Reason::kNone) return Refused(reason);
  Count(context, activity, cast);
  return Answer(OutcomeCode::kCounted);
}

}  // namespace plenum
