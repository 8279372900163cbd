#include "projector/record/record.h"

namespace plenum {

void Outcomes::Add(const Outcome& outcome) {
  all.Add(outcome.index);
  by_code[outcome.code].Add(outcome.index);
  if (outcome.code == OutcomeCode::kRefused) refused[outcome.reason].Add(outcome.index);
}

Count Outcomes::Of(OutcomeCode code) const {
  const auto it = by_code.find(code);
  return it == by_code.end() ? Count{} : it->second;
}

}  // namespace plenum
