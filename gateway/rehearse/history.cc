#include "gateway/rehearse/history.h"

#include <algorithm>

namespace plenum::rehearse {
namespace {

bool Refers(OutcomeCode code) { return code == OutcomeCode::kDuplicate; }

}  // namespace

std::optional<uint64_t> Sent::Index() const {
  if (!outcome) return std::nullopt;
  return Refers(outcome->code) ? outcome->ref : outcome->index;
}

Sent& History::Place(uint32_t who, const Command& command) {
  auto [place, is_new] = places_.try_emplace(command.id, sent_.size());
  if (!is_new) return sent_[place->second];
  Sent& sent = sent_.emplace_back();
  sent.who = who;
  sent.command = command;
  return sent;
}

void History::OnOthers(uint32_t who, const Command& command, const Outcome& outcome) {
  Sent& sent = Place(who, command);
  sent.others = true;
  sent.times = 1;
  sent.outcome = outcome;
}

void History::OnKept(uint32_t who, const Command& command) { Place(who, command); }

void History::OnSent(uint32_t who, const Command& command, TimePoint now) {
  Sent& sent = Place(who, command);
  if (sent.times == 0) sent.sent = now;
  ++sent.times;
}

void History::OnRecorded(const EventId& id, uint64_t offset, TimePoint now) {
  auto place = places_.find(id);
  if (place == places_.end()) return;
  Sent& sent = sent_[place->second];
  if (!sent.recorded) sent.recorded = now;
  if (!sent.offset) sent.offset = offset;
}

void History::OnOutcome(const EventId& id, const Outcome& outcome, TimePoint now) {
  auto place = places_.find(id);
  if (place == places_.end()) {
    contradictions_.push_back("An outcome came for " + id.Hex() + ", which nobody sent.");
    return;
  }
  Sent& sent = sent_[place->second];
  if (!sent.recorded) sent.recorded = now;
  if (!sent.answered) sent.answered = now;
  if (!sent.outcome || Refers(sent.outcome->code)) {
    sent.outcome = outcome;
    return;
  }
  // A second answer, to a command that was sent again: it may only refer to the first entry.
  bool same_entry = outcome.index == sent.outcome->index && outcome.code == sent.outcome->code;
  bool took_effect =
      outcome.code == OutcomeCode::kCounted || outcome.code == OutcomeCode::kAccepted;
  if (took_effect && !same_entry) {
    contradictions_.push_back("The command " + id.Hex() + " took effect twice.");
  }
}

void History::OnRefused(const EventId& id, const std::string& code, TimePoint now) {
  auto place = places_.find(id);
  if (place == places_.end()) {
    contradictions_.push_back("An error (" + code + ") came for what nobody sent.");
    return;
  }
  Sent& sent = sent_[place->second];
  if (!sent.answered) sent.answered = now;
  sent.refused = code;
}

void History::OnTakeOver(uint64_t epoch, uint64_t kept) {
  if (epoch <= epoch_) return;
  epoch_ = epoch;
  for (Sent& sent : sent_) {
    if (!sent.outcome) {
      sent.offset.reset();
    } else if (*sent.Index() >= kept) {
      // It stays acknowledged: it must be there in the end.
      sent.outcome.reset();
      sent.answered.reset();
      sent.offset.reset();
    } else if (sent.outcome->index >= kept) {
      sent.outcome->index = sent.outcome->ref;  // a duplicate that is gone, of one that is there
    }
  }
  const auto is_gone = [kept](const auto& seen) { return seen.first > kept; };
  for (auto& [activity, observations] : stages_) std::erase_if(observations, is_gone);
  for (auto& [display, versions] : shown_) std::erase_if(versions, is_gone);
  std::erase_if(seats_, [kept](const SeenSeat& seen) { return seen.version > kept; });
  std::erase_if(tables_, [kept](const SeenTables& seen) { return seen.version > kept; });
}

void History::OnShown(uint32_t display, uint64_t version, TimePoint now) {
  shown_[display].try_emplace(version, now);
}

void History::OnStage(uint64_t version, const ActivityId& activity, const Stage& stage) {
  stages_[activity].try_emplace(version, stage);
}

void History::OnSeat(uint32_t who, const ActivityId& activity, uint64_t version, uint32_t table) {
  seats_.push_back({who, activity, version, table});
}

void History::OnTables(SeenTables tables) { tables_.push_back(std::move(tables)); }

const Sent* History::Find(const EventId& id) const {
  auto place = places_.find(id);
  return place == places_.end() ? nullptr : &sent_[place->second];
}

const Observations& History::StagesOf(const ActivityId& activity) const {
  static const Observations kNone;
  auto stages = stages_.find(activity);
  return stages == stages_.end() ? kNone : stages->second;
}

std::optional<TimePoint> History::SeenBy(uint64_t index) const {
  std::optional<TimePoint> last;
  for (const auto& [display, versions] : shown_) {
    auto view = versions.upper_bound(index);
    if (view == versions.end()) return std::nullopt;
    last = std::max(last.value_or(view->second), view->second);
  }
  return last;
}

}  // namespace plenum::rehearse
