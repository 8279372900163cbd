// What becomes of what people wrote: moderation, withdrawing, erasing, merging what is hidden, and
// carrying over; as tables.
#include <gtest/gtest.h>

#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

TEST(FoldItems, ApprovedFirst) {
  RunTable(R"(
    activity talk upvote collect=everyone each=3 moderation=approve
    presenter to collecting
    ana idea label=q1
    ben idea label=q2
    ana idea label=q3
    show items -q1,-q2,-q3
    ana hide q2                -> refused not-permitted
    keyer/1 unhide q1          -> refused not-permitted
    moderator unhide q1
    moderator unhide q1        -> ignored
    moderator hide q2
    moderator hide q2          -> ignored
    moderator unhide nowhere   -> refused unknown-item
    show items q1,-q2,-q3
    show totals {"kind":"upvote","people":0,"items":[{"id":"q1","votes":0,"rank":1}]}
  )");
}

TEST(FoldItems, WhatStaffWriteNeedsNoApproval) {
  RunTable(R"(
    activity news collect=staff collect moderation=approve
    presenter to collecting
    presenter idea label=n
    ana idea                   -> refused not-permitted
    show items n
  )");
}

TEST(FoldItems, ShownUntilHidden) {
  RunTable(R"(
    activity hopes collect each=2 moderation=hide
    presenter to collecting
    ana idea label=a
    show items a
    moderator hide a
    show items -a
    show totals {"kind":"items","people":1,"items":0}
    presenter unhide a
    show totals {"kind":"items","people":1,"items":1}
  )");
}

TEST(FoldItems, HoldingAnAuthorHidesAllOfTheirs) {
  RunTable(R"(
    activity hopes collect each=3 items=poster
    presenter to collecting
    ana idea label=a1
    ben idea label=b1
    moderator hold a1
    ana idea label=a2
    show items poster/1,-a1,b1,-a2
    show totals {"kind":"items","people":2,"items":1}
    moderator hold a2          -> ignored
    moderator hold poster      -> refused unknown-item
    moderator hold nowhere     -> refused unknown-item
    moderator release a2
    moderator release a1       -> ignored
    show items poster/1,a1,b1,a2
    moderator hold a1
    presenter restart
    presenter to collecting
    ana idea label=a3
    show items poster/1,a3
    presenter to closed
    presenter to revealed
    presenter to sealed
    moderator hold a3          -> refused sealed
    moderator hide a3          -> refused sealed
  )");
}

TEST(FoldItems, WithdrawnByTheirAuthorAndNobodyElse) {
  RunTable(R"(
    activity hopes collect
    presenter to collecting
    ana idea label=a
    ben withdraw a             -> refused not-your-item
    ana withdraw nowhere       -> refused unknown-item
    presenter withdraw a       -> refused no-person
    ana withdraw a
    ana withdraw a             -> ignored
    show items -a
    moderator unhide a         -> refused not-your-item
    ana idea                   -> refused too-many-items
    ana idea table=1           -> refused unknown-table
    presenter to closed
    presenter to revealed
    presenter to sealed
    ana withdraw a             -> refused sealed
  )");
}

TEST(FoldItems, ACardThatIsNotShownIsNotDealt) {
  RunTable(R"(
    activity ideas deck
    presenter to collecting
    ana,ben,cem,dee,eva,fay card
    ana withdraw ana-card
    presenter to swapping      -> refused too-few-people
    gus card
    moderator hide gus-card
    presenter to swapping      -> refused too-few-people
    moderator unhide gus-card
    presenter to swapping
    show hands 6
    ben withdraw ben-card      -> refused deck-frozen
    show totals {"kind":"deck","cards":6,"complete":0,"scorers":0,"rounds":5,"items":[{"id":"ben-card","total":"0","scores":0,"sum":0,"complete":false,"rank":0},{"id":"cem-card","total":"0","scores":0,"sum":0,"complete":false,"rank":0},{"id":"dee-card","total":"0","scores":0,"sum":0,"complete":false,"rank":0},{"id":"eva-card","total":"0","scores":0,"sum":0,"complete":false,"rank":0},{"id":"fay-card","total":"0","scores":0,"sum":0,"complete":false,"rank":0},{"id":"gus-card","total":"0","scores":0,"sum":0,"complete":false,"rank":0}]}
  )");
}

TEST(FoldItems, OneQuestionIsLiveAtATime) {
  RunTable(R"(
    activity talk upvote collect=everyone
    presenter to collecting
    ana idea label=q1
    ben idea label=q2
    moderator mark q1 live
    moderator mark q1 live     -> ignored
    show items q1:live,q2
    presenter mark q2 live
    show items q1:answered,q2:live
    moderator mark q2 none
    moderator mark nowhere live -> refused unknown-item
    show items q1:answered,q2
  )");
}

TEST(FoldItems, RewordedAndErased) {
  RunTable(R"(
    activity talk upvote collect=everyone items=poster
    presenter to collecting
    ana idea label=q1
    moderator reword q1 better
    again                      -> duplicate
    producer erase poster      -> refused unknown-item
    producer erase nowhere     -> refused unknown-item
    moderator erase q1         -> refused not-permitted
    producer erase q1
    producer erase q1          -> ignored
    show items poster/1,-q1
    moderator reword q1 worse  -> refused text-erased
    moderator mark q1 live     -> refused text-erased
    moderator unhide q1        -> refused text-erased
    ana withdraw q1            -> ignored
    presenter to closed
    presenter to revealed
    presenter to sealed
    moderator reword poster x  -> refused sealed
    show due 1
    node result
    ben idea                   -> late
  )");
}

TEST(FoldItems, AnErasedTextIsErasedWhereverItWent) {
  RunTable(R"(
    activity hopes collect each=2
    presenter to collecting
    ana idea label=a
    ben idea label=b
    activity second rank carry=hopes
    presenter to voting
    show items a<hopes,b<hopes
    on hopes
    moderator reword a better
    activity third rank carry=hopes
    presenter to voting
    on second
    producer erase a
    show items -a<hopes,b<hopes
    on hopes
    show items -a,b
    on third
    show items -a<hopes,b<hopes
  )");
}

TEST(FoldItems, AWordOfTheSheetThatWasRewordedIsNoContribution) {
  RunTable(R"(
    activity hopes collect items=poster
    presenter to collecting
    presenter reword poster better
    ana idea
    show totals {"kind":"items","people":1,"items":1}
  )");
}

TEST(FoldItems, WhatIsHiddenTakesNothingMergedWithIt) {
  RunTable(R"(
    activity gallery dots budget=3 items=a/0,b/0,c/0
    presenter to voting
    ana dots a=2 b=1
    ben dots b=1
    cem dots c=3
    moderator hide c
    moderator merge c a        -> refused item-hidden
    moderator unhide c
    moderator merge b a
    show totals {"kind":"dots","people":3,"dots":7,"items":[{"id":"b","dots":4,"people":2,"rank":1,"merged":["a"]},{"id":"c","dots":3,"people":1,"rank":2}]}
    moderator hide b
    show totals {"kind":"dots","people":3,"dots":7,"items":[{"id":"c","dots":3,"people":1,"rank":1},{"id":"a","dots":2,"people":1,"rank":2}]}
    moderator unhide b
    moderator hide a
    show totals {"kind":"dots","people":3,"dots":7,"items":[{"id":"b","dots":4,"people":2,"rank":1,"merged":["a"]},{"id":"c","dots":3,"people":1,"rank":2}]}
    moderator unhide a
    moderator merge c b
    moderator hide b
    show totals {"kind":"dots","people":3,"dots":7,"items":[{"id":"c","dots":7,"people":3,"rank":1,"merged":["a","b"]}]}
    moderator hide c
    show totals {"kind":"dots","people":3,"dots":7,"items":[{"id":"a","dots":2,"people":1,"rank":1}]}
  )");
}

TEST(FoldItems, AChangeAfterTheCloseMakesTheResultDueAgain) {
  RunTable(R"(
    activity gallery dots items=a,b
    presenter to voting
    ana dots a=2
    presenter to closed
    show due 1
    node result                -> confirmed
    show due 0
    moderator hide b
    show due 1
    node result                -> confirmed
    moderator mark a live
    show due 1
  )");
}

TEST(FoldItems, CarriedByRankOnlyOnceTheRoomHasSeenIt) {
  RunTable(R"(
    activity gallery dots budget=3 items=a,b,c,d
    presenter to voting
    ana dots b=2 c=1
    ben dots b=1 a=2
    cem dots c=1 d=1
    activity best rank carry=gallery/2
    show next nothing
    presenter to voting        -> refused not-ready
    on gallery
    presenter to closed
    on best
    presenter to voting        -> refused not-ready
    on gallery
    presenter to revealed
    show ranks b=1,a=2,c=2,d=4
    on best
    show next voting
    presenter to voting
    show items b/2<gallery,a/1<gallery,c/3<gallery
    activity all rank items=b carry=gallery
    presenter to voting
    show items b/1,a<gallery,c/3<gallery,d/4<gallery
    on gallery
    moderator hide a
    on best
    show items b/2<gallery,a/1<gallery,c/3<gallery
    presenter restart
    presenter to voting
    show items b/2<gallery,c/3<gallery
    activity lost rank carry=nowhere
    presenter to voting        -> refused unknown-activity
  )");
}

TEST(FoldItems, ALiveResultMayBeCarriedOnceItIsClosed) {
  RunTable(R"(
    activity talk upvote items=x,y reveal=live
    activity best rank carry=talk/1
    presenter to voting        -> refused not-ready
    on talk
    presenter to voting
    ana upvote y
    on best
    presenter to voting        -> refused not-ready
    on talk
    presenter to closed
    on best
    presenter to voting
    show items y/2<talk
  )");
}

TEST(FoldItems, CarriedInLogOrderWithoutWhatIsNotShown) {
  RunTable(R"(
    activity hopes collect each=2 moderation=approve
    presenter to collecting
    ana idea label=a
    ben idea label=b
    ben idea label=c
    ana idea label=d
    moderator unhide b
    moderator unhide a
    moderator unhide d
    moderator merge a d
    activity next dots carry=hopes
    presenter to voting
    show items a<hopes,b<hopes
    ana withdraw a             -> refused not-your-item
    moderator hold a           -> refused unknown-item
    on hopes
    presenter restart
    on next
    show items a<hopes,b<hopes
    presenter restart
    presenter to voting        -> refused not-ready
  )");
}

}  // namespace
}  // namespace plenum::fold_test
