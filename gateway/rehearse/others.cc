#include "gateway/rehearse/others.h"

#include <algorithm>
#include <optional>
#include <type_traits>

namespace plenum::rehearse {
namespace {

constexpr uint32_t kFirst = 0x4000'0000;  // they are numbered from here, in each series anew

template <class T, class Variant>
struct IsOneOf;
template <class T, class... Ts>
struct IsOneOf<T, std::variant<Ts...>> : std::disjunction<std::is_same<T, Ts>...> {};

// The words of an item as the console has them: of a card, in the result; nullopt if it has none.
std::optional<std::string> TitleOf(const ItemId& id, const ConsoleActivity& activity) {
  const auto item = std::ranges::find(activity.items, id, &ShownItem::id);
  if (item != activity.items.end()) return item->title;
  const ItemTotal* total = activity.result ? activity.result->Find(id) : nullptr;
  return total != nullptr ? std::optional(total->title) : std::nullopt;
}

// What a client asked for when this event was made; nullopt if no client did, or its text is gone.
std::optional<Request> RequestOf(const Event& event, const ConsoleActivity& activity) {
  return std::visit(
      [&](const auto& payload) -> std::optional<Request> {
        using Kind = std::decay_t<decltype(payload)>;
        if constexpr (std::is_same_v<Kind, ItemAdded>) {
          const std::optional<std::string> title = TitleOf(event.id.Hex(), activity);
          if (!title) return std::nullopt;
          return AddItem{{*title}, payload.number, payload.table};
        } else if constexpr (IsOneOf<Kind, Request>::value) {
          return payload;
        } else {
          return std::nullopt;
        }
      },
      event.payload);
}

Stage After(const ActivityAdvanced& step) {
  Stage now{step.seen.generation, step.to, 0};
  if (step.seen.phase == Phase::kWaiting) ++now.generation;
  if (step.to == Phase::kScoring) now.round = step.seen.round;
  if (step.to == Phase::kSwapping || step.to == Phase::kSeated) now.round = step.seen.round + 1;
  return now;
}

}  // namespace

void Others::Add(uint64_t index, std::string_view line) {
  std::expected<Event, std::string> event = DecodeEvent(line);
  if (!event || event->activity.empty() || event->actor.role == Role::kNode) return;
  said_.push_back({index, *std::move(event)});
}

uint32_t Others::WhoSaid(const Event& event) {
  if (!event.person) return kPresenter;
  const auto next = static_cast<uint32_t>(kFirst + people_.size());
  return people_.try_emplace(*event.person, next).first->second;
}

// Rounds are told apart, but not trusted: a make-up round that nobody can be dealt to is undone.
bool Others::IsTaken(const Said& said, const ActivityAdvanced& step) const {
  auto stage = stages_.find(said.event.activity);
  if (stage == stages_.end()) return step.seen.phase == Phase::kWaiting;
  return step.seen.phase == stage->second.phase && step.seen.generation == stage->second.generation;
}

void Others::Tell(const ConsoleView& at_the_end, History& history) {
  for (const Said& said : said_) {
    const ConsoleActivity* activity = at_the_end.Find(said.event.activity);
    if (activity == nullptr) continue;
    std::optional<Request> request = RequestOf(said.event, *activity);
    if (!request) continue;
    if (const auto* step = std::get_if<ActivityAdvanced>(&*request)) {
      if (!IsTaken(said, *step)) continue;
      const Stage now = After(*step);
      history.OnStage(said.index, said.event.activity, step->seen);
      history.OnStage(said.index + 1, said.event.activity, now);
      stages_[said.event.activity] = now;
    }
    const bool ballot = std::holds_alternative<BallotCast>(*request);
    Command command{said.event.id, said.event.activity, said.event.generation, said.event.seq,
                    *std::move(request)};
    const OutcomeCode code = ballot ? OutcomeCode::kCounted : OutcomeCode::kAccepted;
    history.OnOthers(WhoSaid(said.event), command, {code, Reason::kNone, said.index, 0});
  }
}

}  // namespace plenum::rehearse
