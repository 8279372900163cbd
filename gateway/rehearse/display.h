// Display: a screen in the room. It only watches: when it showed which version, where the
// activities stood, and the results that it was given.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "gateway/rehearse/client.h"

namespace plenum::rehearse {

class Display : private ClientSink {
 public:
  Display(Shared& shared, std::unique_ptr<Link> link, uint32_t number, std::string token,
          Random random);

  void Start() { client_.Connect(); }
  void Stop() { client_.Leave(); }
  bool ready() const { return client_.ready(); }
  // The newest result that it showed of each activity.
  const std::map<ActivityId, Totals>& results() const { return results_; }
  // Activities of which it was given a result before the reveal.
  const std::set<ActivityId>& seen_early() const { return seen_early_; }
  bool Shows(const ActivityId& activity, Phase phase) const {
    return activity_ == activity && stage_.phase == phase;
  }

 private:
  void OnStage(const StageView& view) override;

  Shared& shared_;
  const uint32_t number_;
  ActivityId activity_;
  Stage stage_;
  std::map<ActivityId, Totals> results_;
  std::set<ActivityId> seen_early_;
  Client client_;
};

}  // namespace plenum::rehearse
