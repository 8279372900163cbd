// Makes the record of the day by folding a room's log once, from its beginning.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "projector/fold/fold.h"
#include "projector/record/record.h"
#include "projector/replay.h"
#include "projector/views/view_builder.h"

namespace plenum {

struct RecordOptions {
  std::string code = {};      // the room's join code, if it is known
  std::string language = {};  // of the room's languages; empty: its first
  // What stands for a contribution whose text is not there.
  std::string no_text = "(text erased)";
};

class RecordBuilder {
 public:
  RecordBuilder(TextSource& texts, RecordOptions options);

  // The next entry, which has just been folded into the room: a ReplayVisitor.
  void OnEntry(const ReplayedEntry& entry, Room& room);
  // Folds the next entry into the room first.
  void Fold(const std::string& entry, Room& room);
  // At the end of the log, or wherever the record is to end. Once.
  Record Finish(Room& room);

 private:
  // One generation of an activity, while it runs.
  struct Run {
    std::vector<RecordStep> steps;
    std::map<std::string, Outcomes> events;  // of people, by short type
    bool is_public = false;                  // may everybody see its totals?
    Count early_looks;
    uint32_t joined = 0;  // when it was closed
    Phase phase = Phase::kWaiting;
  };
  // An intervention whose titles may be shown only with the findings of the activity.
  struct Pending {
    Intervention shown;
    uint32_t generation = 0;
    std::string discreet = {};
  };

  void Follow(const Event& event, const Outcome& outcome, Room& room);
  void Intervene(const Event& event, const Outcome& outcome, const Room& room);
  void Add(const Event& event, uint64_t index, const RoomState& state, std::string what,
           std::string text, std::string discreet = "");
  std::string Titles(const Room& room, const ActivityId& activity,
                     const std::vector<ItemId>& items);
  RecordSection Describe(const Room& room, const Activity& activity, const Run& run,
                         bool restarted);
  void CountPeople(const Room& room, const Activity& activity, const Run& run,
                   RecordSection& section) const;
  void FinishSections(const Room& room);
  void FinishInterventions();

  TextSource& texts_;
  RecordOptions options_;
  Record record_;
  std::map<ActivityId, Run> runs_;
  std::map<ActivityId, std::vector<RecordSection>> restarted_;
  std::vector<Pending> pending_;
};

}  // namespace plenum
