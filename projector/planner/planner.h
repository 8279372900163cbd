// Who sits where in the coming rounds: nobody at a table twice, no table above its capacity, and as
// few people as possible meeting again. Outside of the fold, which only checks a plan; but several
// nodes compute it, so it is a pure function of what it is given: integers, and one Draw.
//
// That is the social golfer problem (number 10 of csplib.org), for which no fast exact method is
// known, with hosts, unequal tables, wishes, and what has happened already. What is used here:
// - Places: augmenting paths for one round (Kuhn 1955; for even tables, level by level, as in
//   Harvey, Ladner, Lovász and Tamir, "Semi-matchings for bipartite graphs and load balancing",
//   2006), and for all rounds together: a flow, split into rounds along alternating chains (Kőnig
//   1916). So a place is missing only if there is no plan that has more places.
// - Meetings: a rotation where it meets nobody twice, else a greedy start (Triska and Musliu, "An
//   effective greedy heuristic for the social golfer problem", 2012) and tabu search by swaps
//   within a round (Dotú and Van Hentenryck, "Scheduling social golfers locally", 2005), with a
//   fixed number of steps, so that it ends at the same plan on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "projector/fold/draw.h"

namespace plenum {

// Tables are named by their numbers; 0 is no table. People are named by their place in `people`.
struct PlanRequest {
  struct Table {
    uint32_t number = 0;
    uint32_t capacity = 0;
    uint32_t topic = 0;  // nobody is sent to the same topic twice; 0: one of the table's own
  };
  struct Person {
    uint32_t host_of = 0;                       // who stays at this table in all rounds
    std::vector<uint32_t> visited;              // not to be sent to again, beside what `past` says
    std::vector<std::vector<uint32_t>> wishes;  // the tables wished first, second, …
  };
  std::vector<Table> tables;  // in any order; of those with the same number the first counts
  std::vector<Person> people;
  // The table of each person in each round so far, as it really was. A row may be short: whoever
  // is behind its end was not there. Tables that are no longer there count as meetings.
  std::vector<std::vector<uint32_t>> past;
  uint32_t rounds = 0;  // to plan
};

struct TablePlan {
  struct Round {
    std::vector<uint32_t> table_of;  // one a person; 0: there is no place
    uint32_t without_place = 0;      // people
    // Pairs at a table who have met in an earlier round, of the plan or past. Hosts of the same
    // table are no such pair.
    uint64_t repeated = 0;
  };
  std::vector<Round> rounds;
};

// In this order: capacity; never the same table (or topic) again, and a host's own only; as many
// places as there can be; wishes; tables as even as that allows; few repeated meetings.
//
// Wishes: in each round all first wishes are looked at before any second one. Where a table does
// not suffice, whoever has fared worst so far (the wishes that they got, no wish or no table counts
// as the last) is first, then by lot. So a wish is refused only if the table is full of people who
// wished it as early and have not fared better. Only for want of places is anybody moved from a
// table that they wished.
//
// Where there are too few places: whoever has been without one more often is first, then by lot.
//
// The order of `tables`, of `visited`, and of equal wishes changes nothing.
TablePlan PlanTables(const PlanRequest& request, Draw& draw);

}  // namespace plenum
