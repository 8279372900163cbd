#include "gateway/rehearse/latency.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace plenum::rehearse {
namespace {

// A person's first ballot in a poll or round: the next ones do not change the turnout.
using First = std::tuple<uint32_t, ActivityId, uint32_t, uint32_t>;

First KeyOf(const Sent& sent, const BallotCast& cast) {
  const auto* score = std::get_if<ScoreCast>(&cast.ballot);
  return {sent.who, sent.command.activity, sent.command.generation,
          score != nullptr ? score->round : 0};
}

}  // namespace

double Latency::Percentile(double percent) const {
  if (waits_.empty()) return 0;
  std::ranges::sort(waits_);
  auto rank = static_cast<size_t>(std::ceil(percent / 100 * static_cast<double>(waits_.size())));
  return waits_[std::max<size_t>(rank, 1) - 1];
}

std::string Latency::Json() const {
  return fmt::format("{{\"p50\":{:.2f},\"p99\":{:.2f},\"max\":{:.2f}}}", Percentile(50),
                     Percentile(99), Percentile(100));
}

BallotLatencies MeasureBallots(const History& history) {
  BallotLatencies latencies;
  std::vector<const Sent*> in_order;
  for (const Sent& sent : history.all()) {
    if (sent.others || !std::holds_alternative<BallotCast>(sent.command.request)) continue;
    if (sent.recorded) latencies.recorded.Add(sent.sent, *sent.recorded);
    if (sent.outcome) latencies.counted.Add(sent.sent, *sent.answered);
    if (sent.outcome && sent.outcome->code == OutcomeCode::kCounted) in_order.push_back(&sent);
  }
  std::ranges::sort(in_order, {}, [](const Sent* sent) { return sent->outcome->index; });
  std::set<First> answered;
  for (const Sent* sent : in_order) {
    const auto& cast = std::get<BallotCast>(sent->command.request);
    if (!answered.insert(KeyOf(*sent, cast)).second) continue;
    if (auto seen = history.SeenBy(sent->outcome->index)) latencies.seen.Add(sent->sent, *seen);
  }
  return latencies;
}

}  // namespace plenum::rehearse
