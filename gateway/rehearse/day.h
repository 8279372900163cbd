// Day: one rehearsed day from the first arrival to the last seal, and the checks at its end.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/rehearse/connection.h"
#include "gateway/rehearse/display.h"
#include "gateway/rehearse/lead.h"
#include "gateway/rehearse/person.h"
#include "gateway/rehearse/progress.h"
#include "gateway/rehearse/server_api.h"
#include "gateway/rehearse/staff.h"

namespace plenum::rehearse {

// What a day leaves behind, for the checks and the report.
struct DayOutcome {
  std::vector<std::map<ActivityId, Totals>> on_displays;  // at the reveal, by display
  std::vector<std::string> seen_early;  // activities with totals on a display before the reveal
  ConsoleView at_the_end;               // from a connection of its own
};

class Snapshot;

// What the cards of each deck on phones get.
std::map<ActivityId, CardScores> ScoresFor(const RunSheet& sheet, const Population& population,
                                           CardScores::Order order, uint64_t seed);

class Day : public Crowd {
 public:
  // `follows`: somebody else leads it.
  Day(AsioLoop& loop, const Target& target, const ServerApi& api, Shared& shared,
      const RunSheet& sheet, const Population& population, uint64_t seed, bool follows = false);
  ~Day() override;

  // Everybody joins, everything happens. The error is one sentence: it could not go on.
  std::expected<DayOutcome, std::string> Run(const MadeRoom& made, uint32_t displays);

 private:
  void OnNext(const ActivityId& activity) override;
  size_t Busy(const ActivityId& activity, const Stage& stage) const override;
  bool WouldVote(const ActivityId& activity) const override;

  std::expected<void, std::string> Join(const MadeRoom& made);
  void MakeStaff(const MadeRoom& made, uint32_t displays);
  std::vector<StaffMember*> Staff() const;
  void MakeLead(const MadeRoom& made);
  void OnStep(const ConsoleActivity& activity, size_t busy);
  void Watch();
  bool IsSnapshotComplete() const;

  AsioLoop& loop_;
  const Target& target_;
  const ServerApi& api_;
  Shared& shared_;
  const RunSheet& sheet_;
  const Population& population_;
  const Random random_;
  Progress progress_;
  Room room_;
  std::vector<std::unique_ptr<Person>> people_;  // with phones
  std::vector<std::unique_ptr<Display>> displays_;
  std::unique_ptr<Producer> producer_;
  std::unique_ptr<Moderator> moderator_;
  std::unique_ptr<Keyer> keyer_;
  std::unique_ptr<Lead> lead_;
  std::unique_ptr<Snapshot> snapshot_;
  const MadeRoom* made_ = nullptr;
  ActivityId told_activity_;  // as last said in the progress
  Stage told_stage_;
  TimePoint last_connected_;
  TimePoint snapshot_since_;
  std::string failure_;
};

}  // namespace plenum::rehearse
