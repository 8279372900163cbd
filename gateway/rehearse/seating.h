// Seating: who sat where, recounted from what people and staff did and what the log says of plans
// (schema/rules.md, section 7), and held against what phones and displays showed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/rehearse/exported_log.h"
#include "gateway/rehearse/tally.h"

namespace plenum::rehearse {

// One round at the tables of an activity.
struct RoundAtTables {
  uint32_t round = 0;
  uint32_t seated = 0;         // people at a table, at its end
  uint32_t tables = 0;         // with somebody
  uint32_t planned = 0;        // people who were sent to one
  uint32_t without_place = 0;  // of the roster, when it was planned
};

class Seating {
 public:
  // REQUIRES: spec.seats. All arguments outlive it.
  Seating(const ActivitySpec& spec, const Tally& tally, const History& history,
          const ExportedLog& log);

  const std::vector<RoundAtTables>& rounds() const { return rounds_; }
  // The tables at the end: number to topic ("" for none).
  const std::map<uint32_t, ItemId>& topics() const { return topics_; }
  // What is against the rules, or was shown otherwise; one sentence each.
  const std::vector<std::string>& wrong() const { return wrong_; }

 private:
  struct Seat {
    std::map<uint32_t, uint32_t> planned;              // by round
    std::map<uint32_t, std::vector<uint32_t>> visits;  // by round
    std::map<uint64_t, uint32_t> sits;                 // by index: where from then on
  };
  struct Step {
    uint64_t index = 0;
    const Sent* sent = nullptr;  // or:
    const ExportedPlan* plan = nullptr;
  };

  void MakeTables();
  std::vector<Step> Steps() const;
  void Apply(const Step& step);
  void ApplyPlan(const ExportedPlan& plan);
  void Appear(uint32_t who);
  void OpenRound(uint64_t index, uint32_t round);
  void SitNow(uint64_t index, uint32_t who);
  std::optional<uint32_t> At(uint32_t who, uint64_t index) const;  // before this entry
  // What is against the rules in a plan, as far as it was for these tables and people.
  std::vector<std::string> FaultsOf(const ExportedPlan& plan) const;
  void CheckShown();
  void Finish();
  void Complain(const std::string& what) { wrong_.push_back(spec_.id + ": " + what + "."); }

  const ActivitySpec& spec_;
  const Tally& tally_;
  const History& history_;
  const ExportedLog& log_;
  std::map<uint32_t, uint32_t> capacity_;  // by table
  std::map<uint32_t, ItemId> topics_;
  std::map<uint32_t, uint32_t> host_;  // by table
  std::vector<uint32_t> roster_;
  std::map<uint32_t, Seat> seats_;
  uint32_t round_ = 0;
  std::optional<uint64_t> request_;
  uint64_t moved_ = 0;                          // index of the latest visit, or change of a host
  std::map<uint32_t, uint32_t> without_place_;  // by round
  std::vector<std::pair<uint64_t, uint32_t>> opened_;  // index and round
  std::vector<RoundAtTables> rounds_;
  std::vector<std::string> wrong_;
};

}  // namespace plenum::rehearse
