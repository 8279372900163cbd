// Which results may be shown split by group, so that nobody's answer is told by them: not by a
// small group, not by subtracting the shown groups from the total, and not by comparing what was
// shown with what was shown before. Pure functions of who answered what, and of which group they
// are.
//
// Whoever compares sees, of an activity: its total, at every moment once it is public, and one
// *frame* after another, each a split of the total as it stood after one entry of the log. The
// parts of a frame are the groups that it shows, and the rest, which is the total without them. A
// later frame of the same generation shows no group that an earlier one does not show: so its rest
// is made of whole parts of the earlier ones. All that can be worked out is then the answers of a
// part, in one frame, and how they have changed since another one: each part has nobody or
// kGroupMin people at least, and the answers in it that have changed since an earlier frame are
// nobody's, or those of kGroupMin people at least.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include "projector/fold/state.h"

namespace plenum {

inline constexpr size_t kGroupMin = 5;
// Frames of one generation, at most: each new one is compared with all before it.
inline constexpr size_t kGroupFrames = 32;

// What somebody said, as far as the result is concerned.
using Said = std::variant<ChoiceCast, ScaleCast, DotsCast, RankCast, RatingCast, std::set<ItemId>>;

struct GroupVoter {
  OptionId group;  // empty: has told none
  Said said;       // the last: the items with an upvote
  bool operator==(const GroupVoter&) const = default;
};
using GroupVoters = std::map<PersonId, GroupVoter>;
using GroupSizes = std::map<OptionId, size_t>;  // people by group; "": who has told none

// Whether these groups may be shown beside the total.
bool MayShowGroups(const GroupSizes& sizes, const std::set<OptionId>& shown);
// As many groups as may be shown. Those of fewer than kGroupMin people are hidden, and then the
// next smallest (of equal ones the first by id) as long as the hidden ones, which can be worked out
// from the total, are fewer than kGroupMin people: so at least one more, if exactly one is hidden.
std::set<OptionId> GroupsToShow(const GroupSizes& sizes);

struct GroupFrame {
  uint64_t index = 0;  // of the log entry after which it stood so
  GroupVoters voters;  // all who answered
  std::set<OptionId> shown;
};
GroupSizes SizesOf(const GroupVoters& voters);

// In each part of the later frame (nullopt: the rest), how many people's answers have changed.
// REQUIRES: the later frame shows no more groups than the earlier one.
std::map<std::optional<OptionId>, size_t> ChangesByPart(const GroupFrame& earlier,
                                                        const GroupFrame& later);

// The frames of one activity in one generation, in the order of the log.
class GroupFrames {
 public:
  // How it stands now. `settled`: nobody can answer any more, so that the split may be exact at
  // once. Until then a frame shows what could be shown if all of `members` answered, and waits
  // until kGroupMin people of every part have answered after it: so what is shown at the close,
  // exact again, differs enough from it.
  void Look(uint64_t index, GroupVoters now, const GroupSizes& members, bool settled);
  // What may be shown now; null: nothing.
  const GroupFrame* shown() const { return shown_.empty() ? nullptr : &shown_.back(); }

 private:
  bool Hide(GroupFrame& frame) const;
  bool IsFollowed(const GroupFrame& frame, const GroupVoters& now) const;

  std::vector<GroupFrame> shown_;
  std::optional<GroupFrame> waiting_;
};

}  // namespace plenum
