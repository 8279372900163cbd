#include "gateway/rehearse/person.h"

#include <algorithm>

namespace plenum::rehearse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kToJoin = seconds(20);
constexpr milliseconds kOffline = seconds(15);

}  // namespace

Person::Person(Room& room, std::unique_ptr<Link> link, uint32_t number, std::string token,
               const PlannedPerson& plan, Random random)
    : room_(room),
      number_(number),
      plan_(plan),
      random_(random),
      nature_(random.Fork("nature")),
      client_(room.shared, std::move(link), number, std::move(token), random.Fork("client"),
              *this) {
  for (auto make : {MakeVoting, MakeUpvoting, MakeWriting, MakeCards, MakeSitting})
    habits_.push_back(make(*this));
}

void Person::Arrive() {
  if (arrived_) return;
  arrived_ = true;
  room_.shared.loop.After(Within(kToJoin), [this] { client_.Connect(); });
}

void Person::Leave() {
  if (here()) client_.Leave();
}

bool Person::IsBusy(const ActivityId& activity, const Stage& stage) const {
  if (!here()) return false;
  const bool elsewhere = spec_ == nullptr || spec_->id != activity || stage != stage_;
  return IsUnsettled() || elsewhere || pending_ > 0;
}

bool Person::IsUnsettled() const {
  return here() && (client_.unanswered() > 0 || !client_.ready());
}

bool Person::WouldVote(const ActivityId& activity) const {
  return here() && std::ranges::any_of(
                       habits_, [&](const auto& habit) { return habit->WouldVote(activity); });
}

Duration Person::Within(milliseconds in_the_room) {
  return std::chrono::duration_cast<Duration>(Whole(in_the_room) * random_.Unit());
}

Duration Person::Whole(milliseconds in_the_room) const { return room_.shared.pace.Of(in_the_room); }

void Person::Later(Duration wait, std::function<void()> then) {
  ++pending_;
  room_.shared.loop.After(wait, [this, then = std::move(then), count = stage_count_] {
    if (count != stage_count_ || client_.gone()) return;
    --pending_;
    then();
  });
}

Command Person::Prepare(Request request, uint32_t seq) const {
  Command command;
  command.activity = spec_->id;
  command.generation = stage_.generation;
  command.seq = seq;
  command.request = std::move(request);
  return command;
}

EventId Person::Say(Command command, uint32_t times) {
  return client_.Say(std::move(command), times);
}

void Person::LoseConnection() { client_.Drop(Within(kOffline)); }

void Person::OnStage(const StageView& view) {
  if (spec_ != nullptr && view.activity == spec_->id && view.stage == stage_) {
    for (const auto& habit : habits_) habit->OnView();
    return;
  }
  auto spec = std::ranges::find(room_.sheet.activities, view.activity, &ActivitySpec::id);
  spec_ = spec == room_.sheet.activities.end() ? nullptr : &*spec;
  stage_ = view.stage;
  ++stage_count_;
  pending_ = 0;
  if (spec_ == nullptr) return;
  for (const auto& habit : habits_) habit->OnStage();
  if (random_.Chance(room_.population.loses_connection_percent)) {
    Later(Within(kToVote), [this] { LoseConnection(); });
  }
}

void Person::OnPerson(const PersonView& view) {
  view_ = view;
  if (view.here) room_.shared.history.OnSeat(number_, view.activity, view.version, view.table);
  if (spec_ == nullptr) return;
  for (const auto& habit : habits_) habit->OnView();
}

void Person::OnDone(const Command& command, const Outcome* outcome) {
  if (spec_ == nullptr) return;
  for (const auto& habit : habits_) habit->OnDone(command, outcome);
}

void Person::OnDoneAgain(const Command& command, const Outcome* outcome) {
  if (spec_ == nullptr) return;
  for (const auto& habit : habits_) habit->OnDoneAgain(command, outcome);
}

}  // namespace plenum::rehearse
