// History: everything that the rehearsal's clients sent and what they were told about it, and what
// the screens showed when. The only source of the recount (tally.h) and of the report.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "schema/command.h"
#include "schema/message.h"

namespace plenum::rehearse {

using TimePoint = std::chrono::steady_clock::time_point;

// Who sends: a place in the population, or one of these.
inline constexpr uint32_t kPresenter = 0xffff'fff0;
inline constexpr uint32_t kDisplay = 0xffff'fff1;
inline constexpr uint32_t kModerator = 0xffff'fff2;
inline constexpr uint32_t kProducer = 0xffff'fff3;
inline constexpr uint32_t kKeyer = 0xffff'fff4;
inline bool IsStaff(uint32_t who) { return who >= kPresenter; }

struct Sent {
  uint32_t who = 0;
  Command command;
  TimePoint sent;      // for the first time
  uint32_t times = 0;  // how often; above 1: pressed twice, or sent again on a new connection
  std::optional<TimePoint> recorded;  // told, or implied by the outcome
  std::optional<uint64_t> offset;     // as told first
  std::optional<TimePoint> answered;
  std::optional<Outcome> outcome;  // the one that decides: of several, not the duplicate's
  std::string refused;             // code of an error: nothing was recorded
  bool others = false;             // not of this rehearsal: read in the log (others.h)

  // Where it stands in the room; nullopt while that is not known.
  std::optional<uint64_t> Index() const;
  bool Acknowledged() const { return recorded.has_value() || outcome.has_value(); }
};

// Where an activity stood when a number of the room's events were folded, as a screen showed it.
using Observations = std::map<uint64_t, Stage>;

// Where a phone said its person sits, when a number of the room's events were folded.
struct SeenSeat {
  uint32_t who = 0;
  ActivityId activity;
  uint64_t version = 0;
  uint32_t table = 0;  // 0: nowhere
};
// How many a screen said sit at each table.
struct SeenTables {
  uint32_t display = 0;
  ActivityId activity;
  Stage stage;
  uint64_t version = 0;
  std::map<uint32_t, uint32_t> seated;  // by table
};

class History {
 public:
  // Somebody whom the rehearsal does not play has said this; it stands at outcome.index.
  void OnOthers(uint32_t who, const Command& command, const Outcome& outcome);
  // A command was made, but there was no connection to send it on.
  void OnKept(uint32_t who, const Command& command);
  void OnSent(uint32_t who, const Command& command, TimePoint now);
  void OnRecorded(const EventId& id, uint64_t offset, TimePoint now);
  void OnOutcome(const EventId& id, const Outcome& outcome, TimePoint now);
  void OnRefused(const EventId& id, const std::string& code, TimePoint now);
  void OnReconnect() { ++reconnects_; }
  // A copy has taken over, with so many of the room's events: what was told of later ones holds no
  // more, until it is told again. Once for each epoch, whoever hears of it first.
  void OnTakeOver(uint64_t epoch, uint64_t kept);
  // A screen showed `version` (the first sight of it counts).
  void OnShown(uint32_t display, uint64_t version, TimePoint now);
  void OnStage(uint64_t version, const ActivityId& activity, const Stage& stage);
  void OnSeat(uint32_t who, const ActivityId& activity, uint64_t version, uint32_t table);
  void OnTables(SeenTables tables);

  const Sent* Find(const EventId& id) const;
  const std::deque<Sent>& all() const { return sent_; }
  uint64_t reconnects() const { return reconnects_; }
  // Sentences about answers that cannot both be true.
  const std::vector<std::string>& contradictions() const { return contradictions_; }
  // By display and version: when it was shown first.
  const std::map<uint32_t, std::map<uint64_t, TimePoint>>& shown() const { return shown_; }
  const std::vector<SeenSeat>& seats() const { return seats_; }
  const std::vector<SeenTables>& tables() const { return tables_; }
  const Observations& StagesOf(const ActivityId& activity) const;
  // When the last of all displays held a view with the event at `index`.
  std::optional<TimePoint> SeenBy(uint64_t index) const;

 private:
  Sent& Place(uint32_t who, const Command& command);

  std::deque<Sent> sent_;
  std::unordered_map<EventId, size_t> places_;
  uint64_t reconnects_ = 0;
  uint64_t epoch_ = 0;
  std::vector<std::string> contradictions_;
  std::map<ActivityId, Observations> stages_;
  std::vector<SeenSeat> seats_;
  std::vector<SeenTables> tables_;
  std::map<uint32_t, std::map<uint64_t, TimePoint>> shown_;  // by display, version
};

}  // namespace plenum::rehearse
