// Whether those who came too late could have changed the result: an upper bound, for it is not
// known what all of them wanted.
#include <algorithm>
#include <variant>

#include "projector/fold/result.h"
#include "projector/record/findings.h"
#include "projector/record/words.h"

namespace plenum {
namespace {

// By how much late people could at most have moved two neighbours of a ranking against each other:
// `most` each, and twice that if they would have taken away from the one to give to the other.
int64_t Reach(const Activity& activity, int64_t most) {
  int64_t reach = 0;
  for (const auto& [person, index] : activity.after_close.people) {
    reach += activity.ballots.contains(person) ? 2 * most : most;
  }
  return reach;
}

std::string OfOrder(const Say& say, std::vector<int64_t> totals, int64_t reach) {
  std::ranges::sort(totals, std::greater{});
  size_t within = 0;
  for (size_t i = 0; i + 1 < totals.size(); ++i) within += totals[i] - totals[i + 1] <= reach;
  if (totals.size() < 2) return "";
  if (within == 0) return say("They could not have changed the order.");
  return say(
      "They could have changed the order in {0} of {1} of neighbours, which are at most {2} "
      "apart.",
      {std::to_string(within), say.Count(totals.size() - 1, "pair", "pairs"),
       std::to_string(reach)});
}

struct Effect {
  const Say& say;
  const Activity& activity;

  // Collected, not judged: there is no order.
  std::string operator()(const ItemsResult&) const { return ""; }

  std::string operator()(const ChoiceResult& result) const {
    std::vector<int64_t> totals;
    for (const auto& [option, count] : result.counts) totals.push_back(count);
    return OfOrder(say, std::move(totals), Reach(activity, 1));
  }

  std::string operator()(const DotsResult& result) const {
    const auto& spec = std::get<DotsBallot>(activity.spec.ballot);
    std::vector<int64_t> totals;
    for (const DotsRow& row : result.rows) totals.push_back(row.dots);
    return OfOrder(say, std::move(totals), Reach(activity, spec.budget));
  }

  std::string operator()(const UpvoteResult& result) const {
    std::vector<int64_t> totals;
    for (const UpvoteRow& row : result.rows) totals.push_back(row.votes);
    return OfOrder(say, std::move(totals), Reach(activity, 1));
  }

  std::string operator()(const RankResult& result) const {
    std::vector<int64_t> totals;
    for (const RankRow& row : result.rows) totals.push_back(row.points);
    return OfOrder(say, std::move(totals), Reach(activity, result.top));
  }

  // Means move by more the fewer people rated an idea: no bound that is worth saying.
  std::string operator()(const RatingResult&) const { return ""; }

  std::string operator()(const ScaleResult& result) const {
    const auto& spec = std::get<ScaleBallot>(activity.spec.ballot);
    int64_t people = result.people;
    int64_t least = result.sum;
    int64_t most = result.sum;
    for (const auto& [person, index] : activity.after_close.people) {
      const auto it = activity.ballots.find(person);
      const auto* cast =
          it == activity.ballots.end() ? nullptr : std::get_if<ScaleCast>(&it->second.ballot);
      const int64_t had = cast ? cast->value : 0;
      people += cast ? 0 : 1;
      least += spec.low - had;
      most += spec.high - had;
    }
    if (people == 0) return "";
    return say("With them the mean would have been between {0} and {1}.",
               {Divide(least, people, 2).ToString(), Divide(most, people, 2).ToString()});
  }

  // A late score can finish a card or change one; which card it was for is not kept.
  std::string operator()(const DeckResult&) const { return ""; }
};

}  // namespace

std::string LateEffect(const Say& say, const Activity& activity) {
  if (activity.after_close.people.empty()) return "";
  return std::visit(Effect{say, activity}, ComputeResult(activity));
}

}  // namespace plenum
