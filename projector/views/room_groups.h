// The splits by group of one room's results, beside the fold: followed from the room's first entry
// on, from the log and from the groups in the vault. What was shown before decides what may be
// shown now (groups.h), so every node, and the record of the day, that follows the same log shows
// the same.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "projector/fold/fold.h"
#include "projector/fold/result.h"
#include "projector/views/groups.h"
#include "projector/views/view_builder.h"

namespace plenum {

// Items in the result of one group, at most: those ranked highest in it.
inline constexpr size_t kGroupRows = 20;

class RoomGroups {
 public:
  // An entry that has just been folded into the room; each once, from the first on. `texts` says
  // what each group is called; who told a group whose text is not there counts as having told none.
  void OnEntry(const Event& event, const Outcome& outcome, const Room& room, TextSource& texts);
  // The index of the entry that comes next.
  uint64_t next() const { return next_; }
  // An entry that is no event counts, too.
  void OnMalformed() { ++next_; }

  // What may be shown now of an activity's current generation; null: nothing.
  const GroupFrame* Of(const Activity& activity) const;

 private:
  struct Followed {
    uint32_t generation = 0;
    bool settled = false;
    size_t answers = 0;  // since the last look
    GroupFrames frames;
  };
  void Look(const Activity& activity, const Room& room, TextSource& texts, Followed& followed);

  uint64_t next_ = 0;
  std::map<ActivityId, Followed> followed_;
};

// Whether results of this kind are split: 25/10 is not, for a card has five scores in all.
bool IsSplit(const Activity& activity);

// What a group said, in the order of the room's groups; those of no group (empty) last.
struct GroupRow {
  OptionId group;
  uint32_t people = 0;
  Result result;  // at most kGroupRows rows
};
// REQUIRES: `frame` is of this activity's generation.
std::vector<GroupRow> GroupRows(const RoomState& state, const Activity& activity,
                                const GroupFrame& frame);
// The groups of the room that a frame does not show, in the room's order.
std::vector<OptionId> HiddenGroups(const RoomState& state, const GroupFrame& frame);

}  // namespace plenum
