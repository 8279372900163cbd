// Makes the record of the day by folding a room's log once, from its beginning.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "projector/fold/fold.h"
#include "projector/record/item_words.h"
#include "projector/record/record.h"
#include "projector/record/redactions.h"
#include "projector/record/say.h"
#include "projector/replay.h"
#include "projector/views/room_groups.h"
#include "projector/views/view_builder.h"

namespace plenum {

struct RecordOptions {
  std::string code = {};      // the room's join code, if it is known
  std::string language = {};  // of the room's languages; empty: its first
  // What stands for a contribution whose text is not there.
  std::string no_text = "(text erased)";
  Additions additions = {};   // what the organisers add
  uint32_t version = 0;       // which version of the record this is; 0: the next
  std::string salt = {};      // of a version that is approved
  uint64_t erased_since = 0;  // texts that were erased after it was approved
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
    Intervention shown;  // with titles: the phrase that they belong into
    uint32_t generation = 0;
    std::string discreet = {};
    std::vector<std::vector<RecordMerged>> titles = {};
  };
  struct Intervening;

  void Follow(const Event& event, const Outcome& outcome, Room& room);
  void Intervene(const Event& event, const Outcome& outcome, const Room& room);
  // The fixed words, in the language of the record; known from the room's first entry on.
  Say say() const { return Say(options_.language); }
  RecordSection Describe(const Room& room, const Activity& activity, const Run& run, bool restarted,
                         const Redactions* redactions);
  void CountPeople(const Room& room, const Activity& activity, const Run& run,
                   RecordSection& section) const;
  void FinishSections(const Room& room, const Redactions& redactions);
  void FinishInterventions(const Redactions& redactions);
  void FinishVersions(const Room& room);
  // record_balance.cc: sums that must add up, and what else there was.
  void FinishBalances(const Room& room);

  TextSource& texts_;
  RecordOptions options_;
  Record record_;
  std::map<ActivityId, Run> runs_;
  std::map<ActivityId, std::vector<RecordSection>> restarted_;
  std::vector<Pending> pending_;
  std::vector<std::pair<ActivityId, ItemId>> contributed_;  // what was accepted
  std::map<uint64_t, TimeMs> approved_;                     // versions, by the index of the event
  RoomGroups groups_;
  bool running_ = false;  // an activity has been opened
};

}  // namespace plenum
