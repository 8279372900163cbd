// Others: what was said in the room by those whom a rehearsal does not play, in browsers. Nobody
// told the rehearsal; it reads it in the log after the day, so that its recount is of the whole
// room.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "gateway/rehearse/history.h"
#include "gateway/rehearse/views.h"
#include "schema/event.h"

namespace plenum::rehearse {

class Others {
 public:
  // One event of the export, a line, which none of our clients sent. What nodes say is left out.
  void Add(uint64_t index, std::string_view line);
  // Puts all of it into the history, in the order of the log. Outcomes are not in a log: a ballot's
  // is for the tally to judge; an item stands if the console has it, and its text is taken from
  // there; a step was taken if it was from where the activity stood.
  void Tell(const ConsoleView& at_the_end, History& history);

 private:
  struct Said {
    uint64_t index = 0;
    Event event;
  };

  uint32_t WhoSaid(const Event& event);
  bool IsTaken(const Said& said, const ActivityAdvanced& step) const;

  std::vector<Said> said_;
  std::map<PersonId, uint32_t> people_;
  std::map<ActivityId, Stage> stages_;
};

}  // namespace plenum::rehearse
