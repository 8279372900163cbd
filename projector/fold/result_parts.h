// What the results that rank items have in common.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "projector/fold/result.h"

namespace plenum {

// Competition ranks (1, 1, 3) for rows that are sorted by `key`.
template <class Row, class KeyOf>
void Rank(std::vector<Row>& rows, KeyOf key) {
  for (size_t i = 0; i < rows.size(); ++i) {
    const bool tied = i > 0 && key(rows[i]) == key(rows[i - 1]);
    rows[i].rank = tied ? rows[i - 1].rank : static_cast<uint32_t>(i + 1);
  }
}

// The item that each item counts for: the last of its chain of merges that is shown; itself, if
// none after it is. So what is hidden or withdrawn takes nothing with it. By position.
std::vector<uint32_t> MergeRoots(const Activity& activity);

// The items that have a row in the result, by position: judged, shown, and merged into no other;
// with what is merged into each.
struct ResultItem {
  uint32_t position = 0;
  std::vector<ItemId> merged;
};
std::vector<ResultItem> ResultItems(const Activity& activity, const std::vector<uint32_t>& roots);

UpvoteResult CountUpvotes(const Activity& activity);
RankResult CountRanks(const Activity& activity, const RankBallot& spec);
RatingResult CountRatings(const Activity& activity, const ScaleBallot& spec);

}  // namespace plenum
