// People at tables: phases, tables, plans, visits, hosts and notes; as tables.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

TEST(FoldSeats, RoundsAndBackAgain) {
  RunTable(R"(
    activity space upvote seats=2 items=a,b vote_ms=60000 seat_ms=30000
    show next collecting,voting,seated
    presenter to voting
    ana upvote a
    show roster ana
    node timer
    show stage 1/voting/0
    presenter to closed        -> refused no-such-step
    show next seated
    presenter to seated
    show stage 1/seated/1
    show deadline 30000
    ana upvote b               -> refused not-open
    presenter to seated seen=1/voting   -> ignored
    node timer
    show stage 1/seated/1
    presenter to seated seen=1/seated/1
    presenter to seated seen=1/seated/1 -> ignored
    show stage 1/seated/2
    show next closing,closed
    presenter to seated        -> refused no-such-step
    presenter to closing
    ana upvote b               -> refused not-open
    presenter to closed
    show next seated,revealed
    show asked 2
    presenter to seated
    show stage 1/seated/2
    show asked 2
  )");
}

TEST(FoldSeats, TablesStandForTopics) {
  RunTable(R"(
    activity cafe tables seats=3 capacity=2 items=food/3,water/0,air/1 tables=5
    show next collecting,seated
    presenter to collecting
    show tables 1x2:air,2x2:water,3x2:food,4x2,5x2
    presenter tables 1x4:food,1x3     -> refused number-taken
    presenter tables 1x4:nowhere      -> refused unknown-item
    presenter tables 7x3:food gen=2   -> refused not-open
    ana tables 7x3                    -> refused not-permitted
    ana host 3
    presenter tables 3x6,7x3:food
    show tables 3x6*ana,7x3:food
    show asked no
    activity few tables seats=1 items=a,b,c tables=2
    presenter to seated
    show tables 1x10:a,2x10:b
    activity topics tables seats=1 items=a/0,b/1
    presenter to seated
    show tables 1x10:b,2x10:a
    presenter restart
    presenter tables 1x1              -> late
    presenter to seated
    show tables 1x10:b,2x10:a
  )");
}

TEST(FoldSeats, PlansAreAskedForAndKept) {
  RunTable(R"(
    activity cafe tables seats=3 capacity=2 tables=4
    presenter to collecting
    ana here
    ana here                   -> ignored
    ben here
    show roster ana,ben
    show asked no
    node plan 1,2 from=1       -> ignored
    presenter to seated
    show asked 1
    node plan 3,1/1,3/2,2 asked=1     -> ignored
    node plan 3,1/1,3/2,2 gen=2       -> ignored
    presenter plan 3,1/1,3/2,2        -> refused not-permitted
    node plan 3,1/1,3/2,2
    show asked no
    show seats ana 3,1,2
    show seats ben 1,3,2
    cem here
    presenter to seated
    show asked 2
    node plan 2,2,1/1,3,0      -> accepted
    show seats ana 3,2,1
    show seats ben 1,2,3
    show seats cem 0,1,0
    show turnout 3
  )");
}

TEST(FoldSeats, WhoeverAPlanLeavesOutHasNoneFromThereOn) {
  RunTable(R"(
    activity cafe tables seats=2 capacity=2 tables=4
    presenter to collecting
    ana,ben here
    presenter to seated
    node plan 1,2/2,1
    presenter tables 1x2,2x2,3x2
    show asked 2
    node plan 3
    show seats ana 1,3
    show seats ben 2,0
  )");
}

TEST(FoldSeats, NobodyIsSentThere) {
  RunTable(R"(
    activity cafe tables seats=2 planned=no tables=4
    presenter to collecting
    ana here
    presenter to seated
    show asked no
    activity late tables seats=2 tables=4
    presenter to seated
    show asked no
    ana here
    presenter to seated
    show asked 2
  )");
}

// Each with what is wrong with it. Whatever it is, the request is withdrawn until there is a new
// one.
TEST(FoldSeats, BadPlansAreRefused) {
  const std::string plans[] = {
      "9,1,2/2,3,4",         // no such table
      "2,2,2/4,1,3",         // three at a table for two
      "3,1,2/2,3,4",         // ana was at 3 in the first round
      "1,2,4/2,3,1",         // cem went to 4, and then to 2
      "2,1,3/2,3,1",         // ana at 2 twice
      "2,1,3,4/1,2,4,3",     // nobody is fourth
      "2,1,3/4,3",           // not everybody
      "2,1,3/4,3,1/1,4,2",   // a fourth round
      "2,1,3 from=1",        // not what was asked for
      "2,1,3/4,3,1 from=3",  // nor this
  };
  for (const std::string& plan : plans) {
    SCOPED_TRACE(plan);
    RunTable(R"(
      activity cafe tables seats=3 capacity=2 tables=4
      presenter to collecting
      ana,ben,cem here
      presenter to seated
      node plan 3,4,1
      cem visit 4
      cem visit 2
      presenter tables 1x2,2x2,3x2,4x2
      show asked 2
      node plan )" +
             plan + R"( -> refused bad-plan
      show asked no
      node plan 2,1,3/4,3,1 -> ignored
      show seats ana 3,0,0
      presenter tables 1x2,2x2,3x2,4x2
      node plan 2,1,3/4,3,0
      show seats ana 3,2,4
      show seats cem 2,3,0
    )");
  }
}

TEST(FoldSeats, AHostMayStay) {
  RunTable(R"(
    activity cafe tables seats=3 capacity=2 tables=3
    presenter to collecting
    ana host 1
    ben here
    presenter to seated
    node plan 1,2/1,3/1,1
    show seats ana 1,1,1
    show seats ben 2,3,1
    activity other tables seats=2 capacity=2 tables=3
    presenter to collecting
    ana here
    presenter to seated
    node plan 1/1              -> refused bad-plan
  )");
}

TEST(FoldSeats, PeopleGoWhereTheyLike) {
  RunTable(R"(
    activity cafe tables seats=2 capacity=1 tables=3
    presenter to collecting
    cem visit 3                -> refused not-open
    presenter to seated
    ana visit 9                -> refused unknown-table
    ana visit 3 label=first
    again                      -> duplicate ref=first
    ana visit 3                -> ignored
    ben visit 3
    ana visit 1
    again first                -> duplicate ref=first
    show seats ana 1,0
    presenter visit 1          -> refused no-person
    presenter to seated
    ana visit 1
    show seats ana 1,1
    ana visit 2 gen=2          -> refused not-open
    presenter to closed
    ana visit 2                -> late
    ana here                   -> late
    ana host 2                 -> late
    presenter restart
    ana visit 2                -> late
  )");
}

TEST(FoldSeats, ThereIsAnEndToWandering) {
  std::string table = R"(
    activity cafe tables seats=1 tables=2
    presenter to seated
  )";
  for (int i = 0; i < 100; ++i) table += "ana visit 1\nana visit 2\n";
  table += "ana visit 1 -> refused too-many-items\nben visit 1\n";
  for (int i = 0; i < 100; ++i) table += "cem host 1\ncem unhost 1\n";
  table += "cem host 1 -> refused too-many-items\nben host 1\n";
  RunTable(table);
}

TEST(FoldSeats, Hosts) {
  RunTable(R"(
    activity cafe tables seats=2 tables=3
    presenter to collecting
    ana host 1 label=one
    again                      -> duplicate ref=one
    ben host 1                 -> refused table-hosted
    ben host 9                 -> refused unknown-table
    ana host 1                 -> ignored
    ana host 2
    show tables 1x10,2x10*ana,3x10
    again one                  -> duplicate ref=one
    ben unhost 2               -> refused not-the-host
    ben unhost 1               -> ignored
    presenter host 3           -> refused not-permitted
    presenter unhost 2 label=gone
    presenter unhost 2         -> ignored
    ben host 2
    again gone                 -> duplicate ref=gone
    show tables 1x10,2x10*ben,3x10
    ben unhost 2
    show tables 1x10,2x10,3x10
    show roster ana,ben
    display host 1             -> refused not-permitted
  )");
}

TEST(FoldSeats, NotesOfHosts) {
  RunTable(R"(
    activity cafe tables seats=2 tables=3 collect=hosts each=2
    presenter to collecting
    ana host 1
    ana idea                   -> refused not-open
    presenter to seated
    ana idea label=n1
    ben idea                   -> refused not-the-host
    ana idea table=2           -> refused not-the-host
    ana idea table=9           -> refused unknown-table
    presenter idea             -> refused unknown-table
    presenter idea table=2 label=n2
    ana idea table=1 label=n3
    again                      -> duplicate ref=n3
    ana idea                   -> refused too-many-items
    presenter idea table=1     -> refused too-many-items
    presenter to seated
    ana idea label=n4
    show items n1@1.1,n2@2.1,n3@1.1,n4@1.2
    show totals {"kind":"items","people":1,"items":4}
    presenter tables 1x2:n1    -> refused unknown-item
    presenter to closed
    ana idea                   -> late
    show late 1
    node result                -> confirmed
    presenter idea table=3 label=n5
    show due 1
    presenter to revealed
    presenter idea table=3 label=n6
    presenter to sealed
    presenter idea table=2     -> late
  )");
}

TEST(FoldSeats, NotesOfEverybodyAndWhatBecomesOfThem) {
  RunTable(R"(
    activity space upvote seats=1 items=topic tables=2 collect=everyone
    presenter to seated
    ana idea                   -> refused unknown-table
    ana visit 2
    ana idea label=n1
    ben idea table=2           -> refused too-many-items
    ben idea table=1 label=n2
    presenter to closed
    ana upvote n1              -> refused unknown-item
    show totals {"kind":"upvote","people":0,"items":[{"id":"topic","votes":0,"rank":1}]}
    activity gallery dots budget=3 carry=space
    presenter to voting
    show items n1/2<space,n2/1<space
    ana dots n1=3
    show ranks n1=1,n2=2
  )");
}

TEST(FoldSeats, OnlyWhereThereAreTables) {
  RunTable(R"(
    activity mood scale
    presenter to voting
    presenter tables 1x2       -> refused no-seats
    ana visit 1                -> refused no-seats
    ana host 1                 -> refused no-seats
    ana here                   -> refused not-a-deck
    presenter to seated        -> refused no-such-step
    node plan 1 from=1         -> ignored
  )");
}

}  // namespace
}  // namespace plenum::fold_test
