// Ballots, contributions and merges: as tables.
#include <gtest/gtest.h>

#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

TEST(FoldBallot, TheTable) {
  RunTable(R"(
    activity mood scale
    ana scale 3 gen=1               -> refused not-open
    presenter to voting
    ana scale 3 seq=1 label=one     -> counted
    again one                       -> duplicate ref=one
    ana scale 4 seq=1               -> stale ref=one
    ana scale 5 seq=3 label=three   -> counted
    again one                       -> superseded ref=three
    ana scale 2 seq=2               -> superseded ref=three
    again three                     -> duplicate ref=three
    ben scale 1 seq=1               -> counted
    show turnout 2
    presenter to closed
    again three                     -> duplicate ref=three
    again one                       -> superseded ref=three
    ana scale 1 seq=3               -> stale ref=three
    ana scale 1 seq=4               -> late
    again                           -> late
    cat scale 1                     -> late
    show late 2
    show totals {"kind":"scale","people":2,"sum":6,"mean":"3.00","median":"3.0","counts":[1,0,0,0,1]}
    presenter to revealed
    presenter to sealed
    ana scale 1 seq=9               -> late
  )");
}

TEST(FoldBallot, AnInvalidBallotMovesNothing) {
  RunTable(R"(
    activity mood scale
    presenter to voting
    ana scale 2 seq=1 label=good     -> counted
    ana scale 6 seq=2                -> refused out-of-scale
    ana scale 0 seq=2                -> refused out-of-scale
    ana choose a seq=2               -> refused wrong-ballot
    ana dots a=1 seq=2               -> refused wrong-ballot
    ana score 3 seq=2 round=1 card=x -> refused wrong-ballot
    again good                       -> duplicate ref=good
    ana scale 3 seq=2                -> counted
  )");
}

TEST(FoldBallot, ScaleWithItsOwnEnds) {
  RunTable(R"(
    activity chill scale low=-2 high=2
    presenter to voting
    show totals {"kind":"scale","people":0,"sum":0,"counts":[0,0,0,0,0]}
    ana scale -2
    ben scale -1
    cat scale -3     -> refused out-of-scale
    show totals {"kind":"scale","people":2,"sum":-3,"mean":"-1.50","median":"-1.5","counts":[1,1,0,0,0]}
    cat scale -2
    show totals {"kind":"scale","people":3,"sum":-5,"mean":"-1.67","median":"-2.0","counts":[2,1,0,0,0]}
  )");
}

TEST(FoldBallot, Choice) {
  RunTable(R"(
    activity area choice options=north,south,east min=1 max=2
    presenter to voting
    ana choose north              -> counted
    ana choose north,south        -> counted
    ben choose -                  -> refused too-few-choices
    ben choose north,south,east   -> refused too-many-choices
    ben choose west               -> refused unknown-option
    ben choose north,north        -> refused duplicate-choice
    ben choose south              -> counted
    show totals {"kind":"choice","people":2,"options":[{"id":"north","count":1},{"id":"south","count":2},{"id":"east","count":0}]}
  )");
}

TEST(FoldBallot, SeriesKeepsPeopleApart) {
  RunTable(R"(
    activity before scale series=confidence
    presenter to voting
    ana scale 3 series=before        -> refused wrong-series
    ana scale 3 series=confidence    -> counted
    ana scale 3 person=none          -> refused no-person
  )");
}

TEST(FoldBallot, PaperBallotsAreKeyedIn) {
  RunTable(R"(
    activity mood scale
    presenter to voting
    keyer/1 scale 5    -> counted
    keyer/2 scale 4    -> counted
    keyer/1 scale 1    -> counted
    show turnout 2
  )");
}

TEST(FoldDots, BudgetAndCap) {
  RunTable(R"(
    activity gallery dots budget=5 cap=3 items=a,b,c
    presenter to voting
    ana dots a=3 b=2        -> counted
    ana dots a=3 b=3        -> refused over-budget
    ana dots a=4            -> refused over-cap
    ana dots z=1            -> refused unknown-item
    ana dots a=1 a=1        -> refused duplicate-choice
    ana dots c=1            -> counted
    ben dots a=3 c=2        -> counted
    cat dots                -> counted
    show totals {"kind":"dots","people":2,"dots":6,"items":[{"id":"a","dots":3,"people":1,"rank":1},{"id":"c","dots":3,"people":2,"rank":1},{"id":"b","dots":0,"people":0,"rank":3}]}
    ana dots                -> counted
    show totals {"kind":"dots","people":1,"dots":5,"items":[{"id":"a","dots":3,"people":1,"rank":1},{"id":"c","dots":2,"people":1,"rank":2},{"id":"b","dots":0,"people":0,"rank":3}]}
  )");
}

TEST(FoldDots, NoNewIdeasOnceDottingStarts) {
  RunTable(R"(
    activity gallery dots collect=everyone each=2
    presenter to collecting
    ana dots a=1             -> refused not-open
    ana idea label=first     -> accepted
    again                    -> duplicate ref=first
    ana idea                 -> accepted
    ana idea                 -> refused too-many-items
    ben idea id=same         -> accepted
    cat idea id=same         -> refused not-permitted
    show turnout 2
    presenter to voting
    dan idea                 -> late
    again first              -> duplicate ref=first
    ana dots first=5         -> counted
    show turnout 1
  )");
}

TEST(FoldDots, MergingNeverRewritesABallot) {
  RunTable(R"(
    activity gallery dots items=a,b,c,d
    presenter merge a b            -> refused not-open
    presenter to voting
    ana dots a=2 b=3
    ben dots b=1 c=4
    presenter merge a z            -> refused unknown-item
    presenter merge z a            -> refused unknown-item
    presenter merge a a            -> refused merge-loop
    presenter unmerge a            -> refused nothing-merged
    presenter merge a b            -> accepted
    presenter merge a b            -> ignored
    presenter merge b c            -> refused item-merged
    presenter merge d b            -> refused item-merged
    show totals {"kind":"dots","people":2,"dots":10,"items":[{"id":"a","dots":6,"people":2,"rank":1,"merged":["b"]},{"id":"c","dots":4,"people":1,"rank":2},{"id":"d","dots":0,"people":0,"rank":3}]}
    cat dots b=5                   -> counted
    presenter merge c a            -> accepted
    show totals {"kind":"dots","people":3,"dots":15,"items":[{"id":"c","dots":15,"people":3,"rank":1,"merged":["a","b"]},{"id":"d","dots":0,"people":0,"rank":2}]}
    presenter merge a c            -> refused item-merged
    presenter unmerge c            -> accepted
    show totals {"kind":"dots","people":3,"dots":15,"items":[{"id":"a","dots":11,"people":3,"rank":1,"merged":["b"]},{"id":"c","dots":4,"people":1,"rank":2},{"id":"d","dots":0,"people":0,"rank":3}]}
    presenter unmerge nothing      -> refused unknown-item
    presenter to closed
    presenter to revealed
    presenter to sealed
    presenter unmerge a            -> refused sealed
    presenter merge c d            -> refused sealed
    activity mood scale items=x,y
    presenter to voting
    presenter merge x y            -> refused wrong-ballot
  )");
}

TEST(FoldItems, WhoMayContribute) {
  RunTable(R"(
    activity mood scale
    presenter to voting
    ana idea                  -> refused not-open
    activity notes collect collect=hosts
    host/ola idea             -> refused not-open
    presenter to collecting
    ana idea                  -> refused not-permitted
    host/ola idea             -> accepted
    presenter idea            -> accepted
    moderator idea            -> refused not-permitted
    activity agenda collect collect=staff
    presenter to collecting
    ana idea                  -> refused not-permitted
    host/ola idea             -> refused not-permitted
    presenter idea            -> accepted
    producer idea             -> accepted
    show totals {"kind":"items","people":0,"items":2}
    activity hopes collect
    presenter to collecting
    presenter idea            -> refused not-permitted
    ana idea
    presenter to closing
    ben idea                  -> accepted
    presenter to closed
    cat idea                  -> late
    show late 1
    show totals {"kind":"items","people":2,"items":2}
  )");
}

}  // namespace
}  // namespace plenum::fold_test
