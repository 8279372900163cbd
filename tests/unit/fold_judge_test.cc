// Upvotes, rankings and rating sheets, as tables; the figures are worked out by hand.
#include <gtest/gtest.h>

#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

TEST(FoldUpvote, WhileQuestionsAreStillAsked) {
  RunTable(R"(
    activity talk upvote collect=everyone each=2
    presenter to collecting
    show next voting,closing,closed
    ana idea label=q1
    ben idea label=q2
    ben upvote q1
    ana upvote q1
    ana upvote q2
    ana upvote q1
    ana upvote nowhere         -> refused unknown-item
    ana dots q1=1              -> refused wrong-ballot
    presenter upvote q1        -> refused no-person
    show turnout 2
    show public no
    show totals {"kind":"upvote","people":2,"items":[{"id":"q1","votes":2,"rank":1},{"id":"q2","votes":1,"rank":2}]}
    ana downvote q2
    show totals {"kind":"upvote","people":2,"items":[{"id":"q1","votes":2,"rank":1},{"id":"q2","votes":0,"rank":2}]}
    ana downvote q1
    show totals {"kind":"upvote","people":1,"items":[{"id":"q1","votes":1,"rank":1},{"id":"q2","votes":0,"rank":2}]}
    presenter to voting
    show next collecting,closing,closed
    ana idea                   -> late
    presenter to collecting
    cem idea label=q3
    presenter to closing
    cem upvote q3
    presenter to closed
    dee upvote q3              -> late
    show late 1
    presenter to closing       -> refused no-such-step
    presenter to collecting
    dee upvote q3
    show late 0
  )");
}

TEST(FoldUpvote, ByTheTableOfBallotsItemByItem) {
  RunTable(R"(
    activity talk upvote items=x,y
    ana upvote x gen=1         -> refused not-open
    presenter to voting
    ana upvote x seq=2 label=two
    again                      -> duplicate ref=two
    ana upvote x seq=2         -> stale ref=two
    ana downvote x seq=1       -> superseded ref=two
    ana upvote y seq=1
    ana downvote x seq=3 label=three
    again two                  -> superseded ref=three
    show ranks y=1,x=2
    presenter to closed
    again three                -> duplicate ref=three
    presenter restart
    ana upvote x gen=1 seq=9   -> late
    presenter to voting
    show ranks x=1,y=1
    again three                -> late
  )");
}

TEST(FoldUpvote, MergedTheyCountPeopleOnce) {
  RunTable(R"(
    activity talk upvote items=x,y,z
    presenter to voting
    ana upvote x
    ana upvote y
    ben upvote y
    cem upvote z
    presenter merge x y
    show totals {"kind":"upvote","people":3,"items":[{"id":"x","votes":2,"rank":1,"merged":["y"]},{"id":"z","votes":1,"rank":2}]}
  )");
}

TEST(FoldUpvote, NowhereElse) {
  RunTable(R"(
    activity gallery dots items=x
    presenter to voting
    ana upvote x               -> refused wrong-ballot
    activity mood scale
    presenter to voting
    ana upvote x               -> refused wrong-ballot
    ana rank x                 -> refused wrong-ballot
    ana rate x=3               -> refused wrong-ballot
  )");
}

TEST(FoldRank, FirstPlacesAreWorthMost) {
  RunTable(R"(
    activity prio rank top=3 items=a,b,c,d
    presenter to voting
    ana rank a,b,c
    ben rank b,a
    cem rank b
    dee rank -
    ana rank a,a               -> refused duplicate-choice
    ana rank a,b,c,d           -> refused too-many-choices
    ana rank a,nowhere         -> refused unknown-item
    show turnout 4
    show totals {"kind":"rank","people":3,"top":3,"items":[{"id":"b","points":8,"people":3,"firsts":2,"rank":1},{"id":"a","points":5,"people":2,"firsts":1,"rank":2},{"id":"c","points":1,"people":1,"firsts":0,"rank":3},{"id":"d","points":0,"people":0,"firsts":0,"rank":4}]}
    moderator merge a b
    show totals {"kind":"rank","people":3,"top":3,"items":[{"id":"a","points":9,"people":3,"firsts":3,"rank":1,"merged":["b"]},{"id":"c","points":1,"people":1,"firsts":0,"rank":2},{"id":"d","points":0,"people":0,"firsts":0,"rank":3}]}
    moderator unmerge a
    moderator hide b
    show ranks a=1,c=2,d=3
    ben rank d,b
    show ranks a=1,d=1,c=3
  )");
}

TEST(FoldRank, FromPaper) {
  RunTable(R"(
    activity prio rank top=2 items=a,b
    presenter to voting
    keyer/17 rank a,b
    keyer/18 rank a
    show totals {"kind":"rank","people":2,"top":2,"items":[{"id":"a","points":4,"people":2,"firsts":2,"rank":1},{"id":"b","points":1,"people":1,"firsts":0,"rank":2}]}
    keyer/17 rank b
    show totals {"kind":"rank","people":2,"top":2,"items":[{"id":"a","points":2,"people":1,"firsts":1,"rank":1},{"id":"b","points":2,"people":1,"firsts":1,"rank":1}]}
    ana rank b,a
    display rank a             -> refused not-permitted
    show turnout 3
  )");
}

TEST(FoldRatings, TheMeanDecidesNotTheSum) {
  RunTable(R"(
    activity projects ratings items=a,b,c,d
    presenter to voting
    ana rate a=5 b=4
    ben rate a=4 b=5 c=1
    cem rate a=4
    dee rate
    ana scale 3                -> refused wrong-ballot
    ana rate a=6               -> refused out-of-scale
    ana rate a=0               -> refused out-of-scale
    ana rate a=1 a=2           -> refused duplicate-choice
    ana rate nowhere=1         -> refused unknown-item
    moderator merge a b        -> refused wrong-ballot
    show totals {"kind":"ratings","people":3,"items":[{"id":"b","people":2,"sum":9,"mean":"4.50","counts":[0,0,0,1,1],"rank":1},{"id":"a","people":3,"sum":13,"mean":"4.33","counts":[0,0,0,2,1],"rank":2},{"id":"c","people":1,"sum":1,"mean":"1.00","counts":[1,0,0,0,0],"rank":3},{"id":"d","people":0,"sum":0,"counts":[0,0,0,0,0],"rank":0}]}
    moderator hide b
    show ranks a=1,c=2,d=0
    cem rate a=1 c=5
    show ranks a=1,c=2,d=0
  )");
}

TEST(FoldRatings, EqualMeansAreTiedHoweverManyRated) {
  RunTable(R"(
    activity projects ratings items=a,b,c low=-2 high=2
    presenter to voting
    ana rate a=-1 b=-1 c=-2
    ben rate a=-1 c=1
    show totals {"kind":"ratings","people":2,"items":[{"id":"c","people":2,"sum":-1,"mean":"-0.50","counts":[1,0,0,1,0],"rank":1},{"id":"a","people":2,"sum":-2,"mean":"-1.00","counts":[0,2,0,0,0],"rank":2},{"id":"b","people":1,"sum":-1,"mean":"-1.00","counts":[0,1,0,0,0],"rank":2}]}
  )");
}

}  // namespace
}  // namespace plenum::fold_test
