// Checks: the nine invariants (README.md), held against what the clients sent and heard, the
// durable log, and a recount. A second fold, of the log alone, is the other node that must agree.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "projector/fold/fold.h"
#include "tests/simulation/client.h"
#include "tests/simulation/disk.h"
#include "tests/simulation/node.h"
#include "tests/simulation/recount.h"

namespace plenum::simulation {

class Checks final : public Observer {
 public:
  Checks(Disk& disk, const RoomId& room, std::string room_key, Timeline& timeline, Trace& trace);

  void Know(const Client& client) { clients_.push_back(&client); }
  // Sent by the organiser, outside of any client.
  void KnowSent(const EventId& id) { organiser_.insert(id); }

  // After a step. `node`: null while there is none.
  void Step(Node* node);
  // A new node has started: its position may be older, but never beyond the log; and what was
  // durable still is.
  void NodeStarted();
  // All has healed and all is calm: everything has converged.
  void Converged(Node& node);

  // The room as the log alone has it.
  const RoomState& state() const { return witness_.state(); }
  // The first thing that was wrong; empty while all holds.
  const std::string& failure() const { return failure_; }
  uint64_t events() const { return ids_.size(); }

  // Observer
  void OnRecorded(const Client& client, const Asked& asked) override;
  void OnAnswer(const Client& client, const Asked& asked) override;
  void OnView(const Client& client, const ViewMessage& view, bool first_of_connection) override;
  void OnBroken(const Client& client, std::string_view what) override;

 private:
  using CardAtBell = std::tuple<ActivityId, int64_t, int64_t, ItemId>;  // generation, round

  void Fail(std::string what);
  void ReadLog();
  void OnEntry(const LogEntry& entry);
  void CheckSent(const Event& event);
  void CheckSentByPerson(const Event& event, const Client& client, const Asked& asked);
  void CheckText(const Event& event, const Command& command);
  void CheckNodeEvent(const Event& event);
  void CheckOnce(const Event& event, const Outcome& outcome);
  void CheckResult(const Event& event);
  void CheckHands();
  void CheckDeck(const Activity& activity);
  void CheckDots(const Activity& activity);
  void CheckPosition(Node& node);
  void CheckSame(Node& node);
  void CheckStage(const ViewMessage& view, const json::Value& data);
  void CheckPerson(const Client& client, const json::Value& data);
  void CheckHistories();
  void CheckScreens(Node& node);
  void CheckRebuild(Node& node);
  void CheckLogUnchanged();
  std::pair<const Client*, const Asked*> WhoSent(const EventId& id) const;

  Disk& disk_;
  const RoomId room_;
  const std::string room_key_;
  Timeline& timeline_;
  Trace& trace_;
  std::string failure_;

  std::vector<const Client*> clients_;
  std::set<EventId> organiser_;
  Room witness_;
  Recount recount_;
  // By index, which is the offset: there is one room.
  std::vector<EventId> ids_;
  std::vector<Digest> entries_;
  std::vector<Outcome> outcomes_;
  std::vector<Digest> states_;  // after it
  std::vector<Digest> roots_;
  std::multimap<EventId, uint64_t> places_;
  std::set<EventId> took_effect_;
  std::array<uint64_t, 2> applied_{};  // by the living node, by partition
  uint64_t compared_ = 0;              // position at which node and witness were compared last
  std::map<CardAtBell, ParticipantId> holders_;
  std::unordered_set<size_t> seen_;  // hashes of views that were checked
};

}  // namespace plenum::simulation
