#include "projector/views/room_groups.h"

#include <algorithm>
#include <string>
#include <type_traits>

namespace plenum {
namespace {

// While people answer, looks become rarer the more have answered: a frame costs a walk over all.
constexpr size_t kAnswersALook = 10;  // a tenth of those there are

bool IsSettled(const Activity& activity) {
  const Phase phase = activity.stage.phase;
  return phase == Phase::kClosed || phase == Phase::kRevealed || phase == Phase::kSealed;
}

bool HasSaid(const Said& said) {
  return std::visit(
      [](const auto& what) {
        using Type = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<Type, RankCast>) return !what.items.empty();
        if constexpr (std::is_same_v<Type, RatingCast>) return !what.ratings.empty();
        if constexpr (std::is_same_v<Type, std::set<ItemId>>) return !what.empty();
        if constexpr (std::is_same_v<Type, DotsCast>) {
          return std::ranges::any_of(what.dots, [](const ItemDots& one) { return one.dots > 0; });
        }
        return true;
      },
      said);
}

std::map<PersonId, Said> SaidIn(const Activity& activity) {
  std::map<PersonId, Said> said;
  for (const auto& [person, cast] : activity.ballots) {
    std::visit([&](const auto& ballot) { said[person] = ballot; }, cast.ballot);
  }
  for (const auto& [item, votes] : activity.upvotes) {
    for (const auto& [person, vote] : votes) {
      if (!vote.up) continue;
      auto& up = said.try_emplace(person, std::set<ItemId>()).first->second;
      std::get<std::set<ItemId>>(up).insert(item);
    }
  }
  std::erase_if(said, [](const auto& one) { return !HasSaid(one.second); });
  return said;
}

// Who is in which group, among those who told one for this series.
std::map<PersonId, OptionId> ToldIn(const std::string& series, const Room& room,
                                    TextSource& texts) {
  std::map<PersonId, OptionId> told;
  const auto& all = room.state().groups_told;
  for (auto it = all.lower_bound({series, PersonId{}}); it != all.end(); ++it) {
    if (it->first.first != series) break;
    Item as_item;
    as_item.added_by = it->second.added_by;
    as_item.text = it->second.text;
    if (auto group = texts.TextOf(room.id(), as_item)) told[it->first.second] = *std::move(group);
  }
  return told;
}

// The activity with the answers of a group, and of nobody else.
Activity Only(const Activity& activity, const GroupFrame& frame, const OptionId& group) {
  Activity only;
  only.spec = activity.spec;
  only.stage = activity.stage;
  only.items = activity.items;
  only.item_at = activity.item_at;
  only.held = activity.held;
  for (const auto& [person, voter] : frame.voters) {
    if (voter.group != group) continue;
    if (const auto* up = std::get_if<std::set<ItemId>>(&voter.said)) {
      for (const ItemId& item : *up) only.upvotes[item][person].up = true;
      only.upvoters[person] = static_cast<uint32_t>(up->size());
      continue;
    }
    CastBallot& cast = only.ballots[person];
    std::visit(
        [&](const auto& said) {
          if constexpr (!std::is_same_v<std::decay_t<decltype(said)>, std::set<ItemId>>) {
            cast.ballot = said;
          }
        },
        voter.said);
  }
  return only;
}

Result FirstRows(Result result) {
  std::visit(
      [](auto& counted) {
        if constexpr (requires { counted.rows; }) {
          if (counted.rows.size() > kGroupRows) counted.rows.resize(kGroupRows);
        }
      },
      result);
  return result;
}

}  // namespace

bool IsSplit(const Activity& activity) { return activity.spec.HasBallot() && !activity.spec.deal; }

void RoomGroups::OnEntry(const Event& event, const Outcome& outcome, const Room& room,
                         TextSource& texts) {
  ++next_;
  const RoomState& state = room.state();
  const bool takes_effect =
      outcome.code == OutcomeCode::kAccepted || outcome.code == OutcomeCode::kCounted;
  const Activity* of = state.Find(event.activity);
  if (state.groups.empty() || !takes_effect || of == nullptr) return;
  // A group that is told is told for all activities of the series.
  const bool told = std::holds_alternative<GroupTold>(event.payload);
  for (const auto& [id, activity] : state.activities) {
    const bool concerned = &activity == of || (told && activity.spec.Series() == of->spec.Series());
    if (!concerned || !IsSplit(activity) || activity.stage.generation == 0) continue;
    Followed& followed = followed_[id];
    if (followed.generation != activity.stage.generation) {
      followed = {
          .generation = activity.stage.generation, .settled = false, .answers = 0, .frames = {}};
    }
    if (event.person) ++followed.answers;
    if (IsPublic(activity)) Look(activity, room, texts, followed);
  }
}

void RoomGroups::Look(const Activity& activity, const Room& room, TextSource& texts,
                      Followed& followed) {
  const bool settled = IsSettled(activity);
  const bool closes = settled && !followed.settled;
  followed.settled = settled;
  const size_t people = std::max(activity.ballots.size(), activity.upvoters.size());
  if (!closes && followed.answers < std::max(kGroupMin, people / kAnswersALook)) return;
  followed.answers = 0;
  const std::map<PersonId, OptionId> told = ToldIn(activity.spec.Series(), room, texts);
  GroupVoters voters;
  GroupSizes members;
  for (const auto& [person, group] : told) ++members[group];
  for (auto& [person, said] : SaidIn(activity)) {
    const auto group = told.find(person);
    if (group == told.end()) ++members[""];
    voters[person] = {group == told.end() ? OptionId() : group->second, std::move(said)};
  }
  followed.frames.Look(room.size() - 1, std::move(voters), members, settled);
}

const GroupFrame* RoomGroups::Of(const Activity& activity) const {
  const auto it = followed_.find(activity.spec.id);
  if (it == followed_.end() || it->second.generation != activity.stage.generation) return nullptr;
  return it->second.frames.shown();
}

std::vector<GroupRow> GroupRows(const RoomState& state, const Activity& activity,
                                const GroupFrame& frame) {
  const GroupSizes sizes = SizesOf(frame.voters);
  std::vector<OptionId> order;
  for (const Option& group : state.groups) order.push_back(group.id);
  order.emplace_back();
  std::vector<GroupRow> rows;
  for (const OptionId& group : order) {
    if (!frame.shown.contains(group)) continue;
    rows.push_back({.group = group,
                    .people = static_cast<uint32_t>(sizes.at(group)),
                    .result = FirstRows(ComputeResult(Only(activity, frame, group)))});
  }
  return rows;
}

std::vector<OptionId> HiddenGroups(const RoomState& state, const GroupFrame& frame) {
  std::vector<OptionId> hidden;
  for (const Option& group : state.groups) {
    if (!frame.shown.contains(group.id)) hidden.push_back(group.id);
  }
  return hidden;
}

}  // namespace plenum
