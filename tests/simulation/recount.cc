#include "tests/simulation/recount.h"

#include <algorithm>
#include <type_traits>
#include <variant>

#include "tests/simulation/look.h"

namespace plenum::simulation {
namespace {

bool IsShut(Phase phase) {
  return phase == Phase::kClosed || phase == Phase::kRevealed || phase == Phase::kSealed;
}

template <class T>
const T* As(const Event& event) {
  return std::get_if<T>(&event.payload);
}

bool IsStaffs(const Event& event) {
  return As<ActivityAdvanced>(event) || As<ActivityRestarted>(event) ||
         As<ActivityExtended>(event) || As<ItemsMerged>(event) || As<ItemsUnmerged>(event) ||
         As<DoorsSet>(event) || As<LinkRevoked>(event) || As<LinksRevoked>(event) ||
         As<EarlyLook>(event) || As<RoomCreated>(event) || As<ActivityAdded>(event);
}

uint32_t LimitOf(const TimeLimits& time, Phase phase) {
  if (phase == Phase::kCollecting) return time.collect_ms;
  if (phase == Phase::kVoting) return time.vote_ms;
  if (phase == Phase::kSwapping) return time.swap_ms;
  return phase == Phase::kScoring ? time.score_ms : 0;
}

}  // namespace

Tally TallyOf(const json::Value& result) {
  Tally tally;
  for (const char* name : {"people", "dots", "sum", "cards", "complete", "scorers"}) {
    if (At(&result, name)) tally[name] = Number(&result, name);
  }
  for (const json::Value& option : List(&result, "options")) {
    tally["option/" + Text(&option, "id")] = Number(&option, "count");
  }
  int64_t at = 0;
  for (const json::Value& count : List(&result, "counts")) {
    tally["place/" + std::to_string(at++)] = *count.AsInt();
  }
  for (const json::Value& item : List(&result, "items")) {
    for (const char* name : {"dots", "people", "sum", "scores"}) {
      if (At(&item, name)) tally[std::string(name) + "/" + Text(&item, "id")] = Number(&item, name);
    }
  }
  if (Text(&result, "kind") == "items") tally["items"] = Number(&result, "items");
  return tally;
}

void Recount::Expect(bool right, const Event& event, const Outcome& outcome, std::string_view why) {
  if (right) return;
  problems_.push_back("event " + std::to_string(size()) + " (" +
                      std::string(EventType(event.payload)) + " of " + event.activity +
                      ") was decided " + std::string(OutcomeName(outcome.code)) + " " +
                      std::string(ReasonName(outcome.reason)) + ", but " + std::string(why));
}

bool Recount::Withdrawn(const Actor& actor) const {
  if (actor.role == Role::kAttendee || actor.role == Role::kNode) return false;
  return actor.epoch < epoch_ || revoked_.contains(actor.token);
}

// A staff's command that was decided before takes no effect again.
bool Recount::IsAgain(const Event& event, const Outcome& outcome) {
  if (!IsStaffs(event)) return false;
  auto [it, first] = staff_.emplace(event.id, outcome.code == OutcomeCode::kAccepted);
  if (first) return false;
  Expect(outcome.code != OutcomeCode::kAccepted, event, outcome, "it is there twice");
  if (it->second)
    Expect(outcome.code == OutcomeCode::kDuplicate, event, outcome, "it was accepted");
  return true;
}

void Recount::Add(const Event& event, const Outcome& outcome) {
  if (!IsAgain(event, outcome)) {
    if (Withdrawn(event.actor)) {
      Expect(outcome.code == OutcomeCode::kRefused, event, outcome, "its link was withdrawn");
    } else {
      Decide(event, outcome);
    }
  }
  NotePlace();
}

void Recount::AddGarbage() { NotePlace(); }

void Recount::Decide(const Event& event, const Outcome& outcome) {
  if (As<LinksRevoked>(event)) ++epoch_;
  if (const auto* link = As<LinkRevoked>(event)) revoked_.insert(link->token);
  if (const auto* added = As<ActivityAdded>(event)) {
    Expect(outcome.code == OutcomeCode::kAccepted, event, outcome, "the run sheet is sound");
    polls_[added->spec.id].spec = added->spec;
  }
  auto it = polls_.find(event.activity);
  if (event.activity.empty() || it == polls_.end()) return;
  Poll& poll = it->second;
  if (As<ActivityAdvanced>(event)) Advance(poll, event, outcome);
  if (As<ActivityRestarted>(event)) Restart(poll, event, outcome);
  if (As<ActivityExtended>(event)) Extend(poll, event, outcome);
  if (As<TimerFired>(event)) Timer(poll, event, outcome);
  if (As<ItemAdded>(event)) Item(poll, event, outcome);
  if (As<ItemsMerged>(event) || As<ItemsUnmerged>(event)) Merge(poll, event, outcome);
  if (As<BallotCast>(event)) Ballot(poll, event, outcome);
  const bool result = As<ResultRecorded>(event) != nullptr;
  Expect(!result || outcome.code != OutcomeCode::kDisputed, event, outcome, "nodes agree");
}

bool Recount::MayStep(const Poll& poll, Phase to) const {
  const bool deck = poll.spec.deal.has_value();
  const bool ballot = !std::holds_alternative<std::monostate>(poll.spec.ballot);
  const bool shuts = to == Phase::kClosing || to == Phase::kClosed;
  switch (poll.stage.phase) {
    case Phase::kWaiting:
      return poll.spec.collect
                 ? to == Phase::kCollecting || (!deck && ballot && to == Phase::kVoting)
                 : to == Phase::kVoting && ballot;
    case Phase::kCollecting:
      return deck ? to == Phase::kSwapping : ballot ? to == Phase::kVoting : shuts;
    case Phase::kVoting:
      return shuts;
    case Phase::kSwapping:
      return to == Phase::kScoring;
    case Phase::kScoring:
      return shuts || to == Phase::kSwapping;
    case Phase::kClosing:
      return to == Phase::kClosed;
    case Phase::kClosed:
      return to == Phase::kRevealed || to == poll.closed_from;
    case Phase::kRevealed:
      return to == Phase::kSealed || to == poll.closed_from;
    default:
      return false;
  }
}

void Recount::Enter(Poll& poll, Stage target, uint64_t index) {
  const Phase from = poll.stage.phase;
  if (from == Phase::kWaiting) {
    poll.items.clear();
    for (const SheetItem& item : poll.spec.items) poll.items[item.id] = {};
    poll.contributed.clear();
    poll.ballots.clear();
    poll.scores.clear();
    poll.bell = 0;
  }
  if (!IsShut(from) && target.phase == Phase::kScoring) poll.bell = target.round;
  const bool shuts = target.phase == Phase::kClosing || target.phase == Phase::kClosed;
  if (shuts && from != Phase::kClosing) poll.closed_from = from;
  poll.stage = target;
  poll.armed.reset();
  if (LimitOf(poll.spec.time, target.phase) > 0 || target.phase == Phase::kClosing) {
    poll.armed = index;
  }
  if (target.phase == Phase::kClosed) results_[{poll.spec.id, index}] = Count(poll.spec.id);
}

void Recount::Advance(Poll& poll, const Event& event, const Outcome& outcome) {
  const auto& advanced = *As<ActivityAdvanced>(event);
  const bool accepted = outcome.code == OutcomeCode::kAccepted;
  const Phase from = poll.stage.phase;
  bool may = advanced.seen == poll.stage && MayStep(poll, advanced.to);
  Stage target{poll.stage.generation, advanced.to, 0};
  if (from == Phase::kWaiting) ++target.generation;
  if (advanced.to == Phase::kSwapping) {
    target.round = poll.stage.round + 1;
    if (target.round == 1) may = may && poll.contributed.size() >= 6;
    // A make-up round needs somebody who may still score a card: that takes the deals to know.
    if (target.round > poll.spec.deal->rounds) may = may && accepted;
  }
  if (advanced.to == Phase::kScoring) {
    target.round = from == Phase::kSwapping ? poll.stage.round : poll.bell;
  }
  Expect(accepted == may, event, outcome, may ? "it may be" : "it may not be");
  if (!accepted) return;
  Enter(poll, target, outcome.index);
  current_ = poll.spec.id;
}

void Recount::Restart(Poll& poll, const Event& event, const Outcome& outcome) {
  const auto& restarted = *As<ActivityRestarted>(event);
  const bool may = restarted.seen == poll.stage && poll.stage.phase != Phase::kSealed &&
                   poll.stage.phase != Phase::kWaiting;
  const bool accepted = outcome.code == OutcomeCode::kAccepted;
  Expect(accepted == may, event, outcome, may ? "it may be" : "it may not be");
  if (!accepted) return;
  poll.stage = {poll.stage.generation, Phase::kWaiting, 0};
  poll.armed.reset();
}

void Recount::Extend(Poll& poll, const Event& event, const Outcome& outcome) {
  const bool may = As<ActivityExtended>(event)->seen == poll.stage && poll.armed;
  const bool accepted = outcome.code == OutcomeCode::kAccepted;
  Expect(accepted == may, event, outcome, may ? "there is a deadline" : "there is no deadline");
  if (accepted) poll.armed = outcome.index;
}

void Recount::Timer(Poll& poll, const Event& event, const Outcome& outcome) {
  const bool may =
      poll.armed == As<TimerFired>(event)->armed_at && event.generation == poll.stage.generation;
  const bool accepted = outcome.code == OutcomeCode::kAccepted;
  Expect(accepted == may, event, outcome, may ? "it is due" : "its deadline has moved");
  if (!accepted) return;
  poll.armed.reset();
  const Phase phase = poll.stage.phase;
  if (phase == Phase::kVoting || phase == Phase::kClosing) {
    Enter(poll, {poll.stage.generation, Phase::kClosed, 0}, outcome.index);
  } else if (phase == Phase::kSwapping) {
    Enter(poll, {poll.stage.generation, Phase::kScoring, poll.stage.round}, outcome.index);
  }
}

void Recount::Item(Poll& poll, const Event& event, const Outcome& outcome) {
  const ItemId id = event.id.Hex();
  const bool ballot = !std::holds_alternative<std::monostate>(poll.spec.ballot);
  const bool open =
      poll.stage.phase == Phase::kCollecting || (!ballot && poll.stage.phase == Phase::kClosing);
  const bool may = event.generation == poll.stage.generation && open && event.person &&
                   poll.spec.collect && !poll.items.contains(id) &&
                   poll.contributed[*event.person] < poll.spec.collect->each;
  if (event.person && poll.contributed[*event.person] == 0) poll.contributed.erase(*event.person);
  const bool accepted = outcome.code == OutcomeCode::kAccepted;
  Expect(accepted == may, event, outcome, may ? "it may be added" : "it may not be added");
  if (!accepted) return;
  poll.items[id] = {event.person, {}};
  ++poll.contributed[*event.person];
}

void Recount::Merge(Poll& poll, const Event& event, const Outcome& outcome) {
  if (outcome.code != OutcomeCode::kAccepted) return;
  const Phase phase = poll.stage.phase;
  Expect(phase != Phase::kWaiting && phase != Phase::kSealed, event, outcome, "it is not open");
  if (const auto* merged = As<ItemsMerged>(event)) {
    for (const ItemId& item : merged->from) poll.items[item].merged_into = merged->into;
  } else {
    for (auto& [id, item] : poll.items) {
      if (item.merged_into == As<ItemsUnmerged>(event)->into) item.merged_into.clear();
    }
  }
  if (IsShut(phase)) results_[{poll.spec.id, outcome.index}] = Count(poll.spec.id);
}

void Recount::NotePlace() {
  Place place;
  place.current = current_;
  if (auto it = polls_.find(current_); it != polls_.end()) {
    const Poll& poll = it->second;
    const Phase phase = poll.stage.phase;
    place.stage = poll.stage;
    place.open_result = phase == Phase::kRevealed || phase == Phase::kSealed ||
                        (poll.spec.reveal == Reveal::kLive && phase != Phase::kWaiting);
    place.answered = Answered(poll);
    if (place.open_result) place.result = std::make_shared<const Tally>(Count(current_));
  }
  places_.push_back(std::move(place));
}

}  // namespace plenum::simulation
