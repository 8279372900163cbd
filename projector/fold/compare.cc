// Two polls of one question, compared.
#include <algorithm>

#include "projector/fold/result.h"

namespace plenum {
namespace {

bool IsScalePoll(const Activity& activity) {
  return std::holds_alternative<ScaleBallot>(activity.spec.ballot) && !activity.spec.deal &&
         !activity.spec.RatesItems();
}

// The nearest earlier poll of the same series, in the order of the run sheet, that may be seen.
const Activity* EarlierHalf(const RoomState& state, const Activity& activity) {
  const Activity* found = nullptr;
  for (const ActivityId& id : state.order) {
    if (id == activity.spec.id) return found;
    const Activity* other = state.Find(id);
    const bool same = IsScalePoll(*other) && other->spec.Series() == activity.spec.Series();
    if (same && IsPublic(*other) && !other->ballots.empty()) found = other;
  }
  return nullptr;
}

int64_t ValueOf(const CastBallot& ballot) { return std::get<ScaleCast>(ballot.ballot).value; }

// People who answered both, by their pseudonym of the series. Paper ballots have none.
void ComparePaired(const Activity& before, const Activity& after, Comparison& result) {
  int64_t change = 0;
  size_t both = 0;
  for (const auto& [person, later] : after.ballots) {
    auto it = before.ballots.find(person);
    if (it == before.ballots.end()) continue;
    ++both;
    if (later.keyed || it->second.keyed) continue;
    const int64_t step = ValueOf(later) - ValueOf(it->second);
    ++result.paired;
    change += step;
    ++(step > 0 ? result.up : step < 0 ? result.down : result.same);
  }
  if (result.paired > 0) result.mean_change = Divide(change, result.paired, 2);
  const size_t either = before.ballots.size() + after.ballots.size() - both;
  result.groups_differ = (either - both) * 5 > either;
}

}  // namespace

std::optional<Comparison> CompareSeries(const RoomState& state, const Activity& activity) {
  if (!IsScalePoll(activity)) return std::nullopt;
  const Activity* before = EarlierHalf(state, activity);
  if (before == nullptr) return std::nullopt;
  Comparison result;
  result.before = before->spec.id;
  result.after = activity.spec.id;
  result.before_result = std::get<ScaleResult>(ComputeResult(*before));
  result.after_result = std::get<ScaleResult>(ComputeResult(activity));
  ComparePaired(*before, activity, result);
  return result;
}

}  // namespace plenum
