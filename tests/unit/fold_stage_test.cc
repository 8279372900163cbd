// Phases: every step, pressing twice, timers, grace, re-opening and new generations; as tables.
#include <gtest/gtest.h>

#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

TEST(FoldStage, APollFromBeginningToEnd) {
  RunTable(R"(
    activity mood scale
    show stage 0/waiting/0
    show next voting
    presenter to collecting  -> refused no-such-step
    presenter to closed      -> refused no-such-step
    presenter to voting
    show stage 1/voting/0
    show current mood
    show next closing,closed
    presenter to voting      -> refused no-such-step
    presenter to revealed    -> refused no-such-step
    presenter to closing
    show stage 1/closing/0
    show next closed
    presenter to closed
    show next voting,revealed
    presenter to sealed      -> refused no-such-step
    presenter to revealed
    show next voting,sealed
    presenter to sealed
    show next nothing
    presenter to voting      -> refused sealed
    presenter restart        -> refused sealed
    show stage 1/sealed/0
  )");
}

TEST(FoldStage, CollectThenVote) {
  RunTable(R"(
    activity gallery dots collect=everyone
    show next collecting,voting
    presenter to collecting
    show next voting
    presenter to voting
    activity hopes collect
    show next collecting
    presenter to collecting
    show next closing,closed
    presenter to closing
    presenter to closed
    show next collecting,revealed
  )");
}

TEST(FoldStage, PressingTwiceDoesItOnce) {
  RunTable(R"(
    activity mood scale
    presenter to voting seen=0/waiting   -> accepted
    again                                -> duplicate ref=presenter-to
    presenter to voting seen=0/waiting   -> ignored
    producer to closing seen=1/voting    -> accepted
    presenter to closing seen=1/voting   -> ignored
    presenter to closed seen=1/voting    -> refused changed-meanwhile
    presenter to closed seen=1/closing   -> accepted
    presenter to revealed seen=1/closing -> refused changed-meanwhile
    presenter restart seen=1/closed      -> accepted
    presenter restart seen=1/closed      -> ignored
    presenter restart                    -> ignored
    presenter to voting seen=0/waiting   -> refused changed-meanwhile
    presenter to voting seen=1/waiting   -> accepted
    presenter to voting seen=1/waiting   -> ignored
    show stage 2/voting/0
  )");
}

TEST(FoldStage, ARefusedStepThatIsSentAgainIsRefusedAgain) {
  RunTable(R"(
    activity mood scale
    presenter to revealed label=early -> refused no-such-step
    presenter to voting
    presenter to closed
    again early                       -> refused no-such-step ref=early
    show stage 1/closed/0
  )");
}

TEST(FoldStage, ClosingGivesGrace) {
  RunTable(R"(
    activity mood scale grace_ms=8000
    presenter to voting
    show deadline -1790000000000
    presenter to closing
    show deadline 8000
    ana scale 4     -> counted
    node timer      -> accepted
    again           -> ignored
    show stage 1/closed/0
    ben scale 4     -> late
    show late 1
  )");
}

TEST(FoldStage, GraceOfNothingStillEndsByItself) {
  RunTable(R"(
    activity mood scale grace_ms=0
    presenter to voting
    presenter to closing
    show deadline 0
    node timer       -> accepted
    show stage 1/closed/0
  )");
}

TEST(FoldStage, TimersEndOnlyTheirOwnDeadline) {
  RunTable(R"(
    activity mood scale vote_ms=60000
    node timer                  -> ignored
    presenter to voting
    show deadline 60000
    presenter extend 30000      -> accepted
    show deadline 90000
    node timer armed_at=2       -> ignored
    node timer armed_at=99      -> ignored
    presenter extend -86400000  -> accepted
    show deadline -86310000
    node timer gen=2            -> ignored
    node timer                  -> accepted
    show stage 1/closed/0
    presenter extend 1000       -> refused no-deadline
    presenter extend 1000 seen=1/voting -> refused changed-meanwhile
    presenter to voting         -> accepted
    show deadline 60000
    show stage 1/voting/0
  )");
}

TEST(FoldStage, ALeaderboardIsCountedDownBetweenItsCloseAndItsReveal) {
  RunTable(R"(
    activity mood scale
    presenter to voting
    presenter to closed
    presenter tell 3          -> refused no-such-step
    activity gallery dots items=a,b,c
    presenter to voting
    presenter tell 3          -> refused no-such-step
    presenter to closed
    presenter tell 3 seen=1/voting -> refused changed-meanwhile
    attendee tell 3           -> refused not-permitted
    show told 0
    presenter tell 3          -> accepted
    again                     -> duplicate ref=presenter-tell
    presenter tell 3          -> ignored
    show told 3
    presenter tell 2          -> accepted
    presenter tell 3          -> accepted
    show told 3
    show public no
    presenter to voting       -> accepted
    show told 0
    presenter to closed
    show told 0
    presenter tell 1          -> accepted
    presenter to revealed     -> accepted
    show told 0
    presenter tell 1          -> refused no-such-step
    presenter to voting
    presenter to closed
    presenter tell 0          -> ignored
    presenter tell 2          -> accepted
    presenter tell 0          -> accepted
    presenter tell 2          -> accepted
    presenter restart         -> accepted
    show told 0
  )");
}

TEST(FoldStage, CollectingGoesOnWhenItsTimeIsUp) {
  RunTable(R"(
    activity hopes collect collect_ms=1000
    presenter to collecting
    node timer              -> accepted
    again                   -> ignored
    show stage 1/collecting/0
    ana idea                -> accepted
  )");
}

TEST(FoldStage, ReopeningKeepsTheGenerationAndItsBallots) {
  RunTable(R"(
    activity mood scale
    presenter to voting
    ana scale 4 label=first
    presenter to closed
    ben scale 2               -> late
    show late 1
    presenter to voting       -> accepted
    show late 0
    show stage 1/voting/0
    show turnout 1
    again first               -> duplicate ref=first
    ben scale 2               -> counted
    presenter to closed
    presenter to revealed
    presenter to voting       -> accepted
    ana scale 5               -> counted
    show totals {"kind":"scale","people":2,"sum":7,"mean":"3.50","median":"3.5","counts":[0,1,0,0,1]}
  )");
}

TEST(FoldStage, ANewGenerationBeginsWithNothing) {
  RunTable(R"(
    activity gallery dots items=a,b collect=everyone
    ana dots a=1 gen=1                -> refused not-open
    presenter to collecting
    ana idea label=mine
    presenter to voting
    ana dots a=5 label=old            -> counted
    presenter merge a b
    presenter look
    presenter restart
    ana dots a=4 gen=1                -> late
    again old                         -> duplicate ref=old
    ana dots a=1 gen=2                -> refused not-open
    ana idea                          -> late
    presenter to voting
    show stage 2/voting/0
    show looks 0
    show totals {"kind":"dots","people":0,"dots":0,"items":[{"id":"a","dots":0,"people":0,"rank":1},{"id":"b","dots":0,"people":0,"rank":1}]}
    again old                         -> late
    again mine                        -> late
    ana dots a=2 gen=1                -> late
    ana dots a=3 gen=2                -> counted
    ana dots a=3 gen=3                -> refused not-open
    show late 0
  )");
}

}  // namespace
}  // namespace plenum::fold_test
