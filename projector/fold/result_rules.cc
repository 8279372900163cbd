// Results as events, and looking at them early.
#include "projector/fold/context.h"
#include "projector/fold/result.h"

namespace plenum {

Outcome FoldEarlyLook(FoldContext& context) {
  Activity& activity = context.activity();
  if (activity.stage.generation == 0) return Refused(Reason::kNotOpen);
  if (IsPublic(activity)) return Ignored();
  ++activity.early_looks;
  context.TouchWhere();
  return Accepted();
}

Outcome FoldResult(FoldContext& context, const ResultRecorded& recorded) {
  const Event& event = context.event;
  auto it = context.state.results.find({event.activity, event.generation});
  if (it == context.state.results.end()) return Ignored();
  StoredResult& result = it->second;
  // A result of an earlier close, or of before a merge, is no longer asked for.
  if (recorded.index < result.index) return Ignored();
  if (result.status != StoredResult::Status::kDue) {
    return Answer(OutcomeCode::kDuplicate, result.recorded);
  }
  const bool agrees = recorded.rules == context.state.rules && recorded.index == result.index &&
                      recorded.state == result.state && recorded.totals == result.totals;
  result.status = agrees ? StoredResult::Status::kConfirmed : StoredResult::Status::kDisputed;
  result.recorded = context.index;
  context.rows.Touch(row_key::ResultOf(event.activity, event.generation));
  return Answer(agrees ? OutcomeCode::kConfirmed : OutcomeCode::kDisputed);
}

}  // namespace plenum
