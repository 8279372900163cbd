// A story for the recount: what was sent, and how it was answered, entry by entry.
#pragma once

#include <string>
#include <utility>

#include "gateway/rehearse/tally.h"

namespace plenum::rehearse {

struct Story {
  RunSheet sheet;
  History history;
  uint64_t next = 1;  // index in the log
  uint8_t last_id = 0;

  // Somebody says it, and it takes effect (or becomes what `code` says). Returns its id in hex.
  std::string Say(uint32_t who, const ActivityId& activity, Request request, uint32_t seq = 0,
                  OutcomeCode code = OutcomeCode::kAccepted) {
    Command command;
    command.id.bytes[15] = ++last_id;
    command.activity = activity;
    command.generation = 1;
    command.seq = seq;
    command.request = std::move(request);
    history.OnSent(who, command, TimePoint{});
    history.OnOutcome(command.id, {code, Reason::kNone, next++, 0}, TimePoint{});
    return command.id.Hex();
  }
  void Cast(uint32_t who, const ActivityId& activity, decltype(BallotCast::ballot) ballot,
            uint32_t seq = 1) {
    Say(who, activity, BallotCast{std::move(ballot)}, seq, OutcomeCode::kCounted);
  }
  std::string Write(uint32_t who, const ActivityId& activity, const std::string& text,
                    uint32_t table = 0) {
    return Say(who, activity, AddItem{{text}, 0, table});
  }
  // The presenter takes this step.
  void Step(const ActivityId& activity, Phase from, Phase to, uint32_t round = 0) {
    Say(kPresenter, activity, ActivityAdvanced{{1, from, round}, to});
  }
  ActivitySpec& Add(const ActivityId& id, Ballot ballot = {}) {
    ActivitySpec& spec = sheet.activities.emplace_back();
    spec.id = id;
    spec.ballot = std::move(ballot);
    return spec;
  }
  static void GiveItems(ActivitySpec& spec, const std::string& names) {
    for (char name : names) spec.items.push_back({std::string(1, name), 0, {}, {}});
  }
};

}  // namespace plenum::rehearse
