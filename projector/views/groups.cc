#include "projector/views/groups.h"

#include <algorithm>
#include <utility>

namespace plenum {
namespace {

// A group that is shown, or the rest.
using Part = std::optional<OptionId>;

Part PartOf(const OptionId& group, const std::set<OptionId>& shown) {
  return shown.contains(group) ? Part(group) : std::nullopt;
}

bool IsMany(size_t people) { return people >= kGroupMin; }
bool IsNobodyOrMany(size_t people) { return people == 0 || IsMany(people); }

}  // namespace

GroupSizes SizesOf(const GroupVoters& voters) {
  GroupSizes sizes;
  for (const auto& [person, voter] : voters) ++sizes[voter.group];
  return sizes;
}

bool MayShowGroups(const GroupSizes& sizes, const std::set<OptionId>& shown) {
  size_t rest = 0;
  std::set<OptionId> large;
  for (const auto& [group, people] : sizes) {
    if (!shown.contains(group)) rest += people;
    if (IsMany(people)) large.insert(group);
  }
  return shown.empty() || (std::ranges::includes(large, shown) && IsNobodyOrMany(rest));
}

std::set<OptionId> GroupsToShow(const GroupSizes& sizes) {
  std::vector<std::pair<size_t, OptionId>> by_size;
  for (const auto& [group, people] : sizes) by_size.emplace_back(people, group);
  std::ranges::sort(by_size);
  std::set<OptionId> shown;
  for (const auto& [people, group] : by_size) {
    if (IsMany(people)) shown.insert(group);
  }
  for (const auto& [people, group] : by_size) {
    if (MayShowGroups(sizes, shown)) break;
    shown.erase(group);
  }
  return shown;
}

std::map<std::optional<OptionId>, size_t> ChangesByPart(const GroupFrame& earlier,
                                                        const GroupFrame& later) {
  const std::set<OptionId>& shown = later.shown;
  std::map<Part, size_t> changes{{std::nullopt, 0}};
  for (const OptionId& group : shown) changes[group] = 0;
  for (const auto& [person, voter] : later.voters) {
    const auto before = earlier.voters.find(person);
    const bool same = before != earlier.voters.end() && before->second.said == voter.said &&
                      PartOf(before->second.group, shown) == PartOf(voter.group, shown);
    if (!same) ++changes[PartOf(voter.group, shown)];
  }
  for (const auto& [person, voter] : earlier.voters) {
    const auto after = later.voters.find(person);
    const bool stayed = after != later.voters.end() &&
                        PartOf(after->second.group, shown) == PartOf(voter.group, shown);
    if (!stayed) ++changes[PartOf(voter.group, shown)];
  }
  return changes;
}

// Hides one group more, if the frame would tell too much as it is; false if it does not.
bool GroupFrames::Hide(GroupFrame& frame) const {
  const GroupSizes sizes = SizesOf(frame.voters);
  std::optional<Part> telling;
  for (const GroupFrame& earlier : shown_) {
    for (const auto& [part, people] : ChangesByPart(earlier, frame)) {
      if (!IsNobodyOrMany(people)) telling = part;
    }
  }
  if (!telling && MayShowGroups(sizes, frame.shown)) return false;
  // What the rest tells is hidden by more people in it.
  const auto people_in = [&](const OptionId& group) {
    const auto size = sizes.find(group);
    return size == sizes.end() ? size_t{0} : size->second;
  };
  const auto smallest = std::ranges::min_element(frame.shown, {}, people_in);
  frame.shown.erase(telling && *telling ? **telling : OptionId(*smallest));
  return true;
}

// Whether all of its parts have changed enough since. (Somebody may have taken an answer back.)
bool GroupFrames::IsFollowed(const GroupFrame& frame, const GroupVoters& now) const {
  const GroupSizes sizes = SizesOf(frame.voters);
  const bool all_shown = sizes.size() == frame.shown.size();
  return std::ranges::all_of(
      ChangesByPart(frame, {.index = 0, .voters = now, .shown = frame.shown}),
      [&](const auto& change) {
        return IsMany(change.second) || (all_shown && !change.first && change.second == 0);
      });
}

void GroupFrames::Look(uint64_t index, GroupVoters now, const GroupSizes& members, bool settled) {
  if (!shown_.empty() && shown_.back().voters == now) return;
  if (!settled && waiting_ && IsFollowed(*waiting_, now)) {
    shown_.push_back(*std::exchange(waiting_, std::nullopt));
  }
  if (waiting_ && !settled) return;
  waiting_.reset();
  if (shown_.size() + (settled ? 0 : 1) >= kGroupFrames) return;  // one place is for the close
  GroupFrame frame{.index = index, .voters = std::move(now), .shown = {}};
  const std::set<OptionId> wished = !shown_.empty() ? shown_.back().shown
                                    : settled       ? GroupsToShow(SizesOf(frame.voters))
                                                    : GroupsToShow(members);
  frame.shown = wished;
  while (!frame.shown.empty() && Hide(frame)) {
  }
  // While people answer, what is not ready yet may be soon.
  if (frame.shown.empty() || (!settled && frame.shown != wished)) return;
  if (settled) {
    shown_.push_back(std::move(frame));
  } else {
    waiting_ = std::move(frame);
  }
}

}  // namespace plenum
