#include "tests/simulation/presenter.h"

#include <algorithm>

#include "tests/simulation/look.h"

namespace plenum::simulation {
namespace {

Stage SeenIn(const json::Value& activity) {
  return {static_cast<uint32_t>(Number(&activity, "generation")),
          ParsePhase(Text(&activity, "phase")).value_or(Phase::kWaiting),
          static_cast<uint32_t>(Number(&activity, "round"))};
}

bool IsDone(const json::Value& activity) {
  const std::string phase = Text(&activity, "phase");
  return phase == "revealed" || phase == "sealed";
}

}  // namespace

void Presenter::Act() {
  const json::Array& activities = List(Screen(Topic::kConsole), "activities");
  if (activities.empty()) return;
  auto next = std::ranges::find_if_not(activities, IsDone);
  if (next == activities.end()) {
    day_is_over_ = true;
    if (random().Percent(50)) Advance(random().Pick(activities));  // seals, or opens again
    return;
  }
  if (!hurry_ && random().Percent(30)) return Sidestep(random().Pick(activities));
  if (random().Percent(hurry_ ? 70 : 30)) Advance(*next);
}

std::string Presenter::ChooseStep(const json::Value& activity) {
  std::vector<std::string> steps;
  for (const json::Value& step : List(&activity, "next")) steps.push_back(Text(&step, "to"));
  if (steps.empty()) return {};
  const std::string phase = Text(&activity, "phase");
  const bool shut = phase == "closed" || phase == "revealed";
  if (!shut) {
    const bool another_round = std::ranges::count(steps, "swapping") > 0 && random().Percent(80);
    return another_round ? "swapping" : random().Pick(steps);
  }
  const std::string forward = phase == "closed" ? "revealed" : "sealed";
  const bool back = !hurry_ && random().Percent(12);
  auto fits = std::ranges::find_if(steps, [&](const auto& to) { return (to == forward) != back; });
  return fits == steps.end() ? std::string() : *fits;
}

void Presenter::Advance(const json::Value& activity) {
  auto to = ParsePhase(ChooseStep(activity));
  if (!to) return;
  const ActivityAdvanced advanced{SeenIn(activity), *to};
  const EventId id = Ask(Text(&activity, "activity"), 0, 0, advanced);
  // Pressed twice: the same command again, or one more that saw the same.
  if (random().Percent(10)) AskAgain(id);
  if (random().Percent(10)) Ask(Text(&activity, "activity"), 0, 0, advanced);
}

void Presenter::Sidestep(const json::Value& activity) {
  const ActivityId id = Text(&activity, "activity");
  switch (random().Below(9)) {
    case 8:
      return Withdraw();
    case 0:
      if (!random().Percent(20)) return;
      Ask(id, 0, 0, ActivityRestarted{SeenIn(activity)});
      return;
    case 1:
      Ask(id, 0, 0,
          ActivityExtended{SeenIn(activity), static_cast<int32_t>(random().Between(-2000, 5000))});
      return;
    case 2:
      if (May(badge().role, Permission::kEarlyLook)) Ask(id, 0, 0, EarlyLook{});
      return;
    case 3:
      if (May(badge().role, Permission::kDoors)) {
        Ask("", 0, 0, DoorsSet{random().Percent(20), static_cast<uint32_t>(random().Below(50))});
      }
      return;
    case 4:  // a step that there is not
      Ask(id, 0, 0, ActivityAdvanced{SeenIn(activity), Phase::kWaiting});
      return;
    default:
      return Merge(activity);
  }
}

void Presenter::Withdraw() {
  if (links_.empty() || !random().Percent(20)) return;
  if (random().Percent(50)) {
    Ask("", 0, 0, LinksRevoked{});
  } else {
    Ask("", 0, 0, LinkRevoked{random().Pick(links_)});
  }
}

void Presenter::Merge(const json::Value& activity) {
  if (!May(badge().role, Permission::kMerge)) return;
  const json::Array& items = List(&activity, "items");
  if (items.size() < 2) return;
  const ItemId into = Text(&random().Pick(items), "id");
  if (random().Percent(30)) {
    Ask(Text(&activity, "activity"), 0, 0, ItemsUnmerged{into});
    return;
  }
  Ask(Text(&activity, "activity"), 0, 0, ItemsMerged{into, {Text(&random().Pick(items), "id")}});
}

}  // namespace plenum::simulation
