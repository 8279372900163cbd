// 25/10: as tables. Who gets which card is for tests/property; here is what is answered.
#include <gtest/gtest.h>

#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

TEST(FoldDeck, NeedsSixPeople) {
  RunTable(R"(
    activity ideas deck
    ana here gen=1              -> refused not-open
    presenter to voting         -> refused no-such-step
    presenter to collecting
    presenter to closed         -> refused no-such-step
    ana,ben,cat,dan,eve card
    show next nothing
    presenter to swapping       -> refused too-few-people
    fay here
    presenter to swapping       -> refused too-few-people
    fay card
    show next swapping
    show present 6
    presenter to swapping       -> accepted
    show stage 1/swapping/1
    show hands 6
  )");
}

TEST(FoldDeck, TheDeckFreezesWhenRoundOneOpens) {
  RunTable(R"(
    activity ideas deck
    presenter to collecting
    ana,ben,cat,dan,eve,fay card
    ana card label=second       -> refused too-many-items
    presenter to swapping
    gus card                    -> refused deck-frozen
    again second                -> refused deck-frozen
    again fay-card              -> duplicate ref=fay-card
    presenter to scoring
    gus card                    -> refused deck-frozen
  )");
}

TEST(FoldDeck, ARoundOfScores) {
  RunTable(R"(
    activity ideas deck rounds=2
    presenter to collecting
    ana,ben,cat,dan,eve,fay card
    ana score 3 round=1 card=ben-card    -> refused not-open
    presenter to swapping
    ana score 3 round=1 card=ben-card    -> refused wrong-round
    presenter to scoring seen=1/swapping/1
    presenter to scoring seen=1/swapping/1 -> ignored
    show present 0
    ana score 6                          -> refused out-of-scale
    ana score 3 card=ana-card            -> refused own-card
    ana score 3 card=nothing             -> refused unknown-item
    ana score 3 card=another             -> refused not-your-card
    ana score 3 round=2                  -> refused wrong-round
    gus score 3 card=ana-card            -> refused no-card
    ana score 3 seq=1 label=a1           -> counted
    again                                -> duplicate ref=a1
    ana score 4 seq=1                    -> stale ref=a1
    ana score 5 seq=2 label=a2           -> counted
    again a1                             -> superseded ref=a2
    show turnout 1
    show present 1
    ben,cat,dan,eve,fay score 4
    show turnout 6
    presenter to swapping seen=1/scoring/1
    presenter to swapping seen=1/scoring/1 -> ignored
    show stage 1/swapping/2
    ana score 2 seq=3 round=1            -> counted
    again a2                             -> superseded
    presenter to scoring
    ana score 1 seq=4 round=1 card=ben-card -> refused wrong-round
    again a2                             -> superseded
    ana score 1 seq=5 card=first         -> refused already-scored
    ana,ben,cat,dan,eve,fay score 5
    presenter to swapping                -> refused nobody-left
    presenter to closing
    fay score 4                          -> counted
    node timer
    fay score 1 label=toolate            -> late
    again toolate                        -> late
    gus score 1 card=ana-card            -> late
    show late 2
  )");
}

TEST(FoldDeck, ReopeningGoesBackToTheScoresOfTheLastRound) {
  RunTable(R"(
    activity ideas deck rounds=1
    presenter to collecting
    ana,ben,cat,dan,eve,fay card
    presenter to swapping
    presenter to scoring
    ana,ben,cat,dan,eve,fay score 3
    presenter to closed
    ana score 5                           -> late
    show late 1
    show turnout 6
    show next scoring,revealed
    presenter to scoring
    show stage 1/scoring/1
    show late 0
    ana,ben,cat,dan,eve,fay score 4       -> counted
    presenter to closed
    presenter restart
    presenter to collecting
    show present 0
    show hands 0
    show totals {"kind":"deck","cards":0,"complete":0,"scorers":0,"rounds":1,"items":[]}
  )");
}

TEST(FoldDeck, TotalsRanksAndFlags) {
  RunTable(R"(
    activity ideas deck rounds=4 deck=paper
    presenter to collecting
    ana card number=1
    ben card number=2
    cat card number=3
    dan card number=4
    eve card number=5
    fay card number=6
    presenter to swapping
    presenter to scoring
    ben score 3 number=1
    ana score 4 number=2
    dan score 5 number=3
    cat score 5 number=4
    presenter to swapping
    presenter to scoring
    cat score 3 number=1
    dan score 4 number=2
    eve score 4 number=3
    fay score 5 number=4
    presenter to swapping
    presenter to scoring
    dan score 3 number=1
    eve score 4 number=2
    fay score 4 number=3
    presenter to swapping
    presenter to scoring
    eve score 3 number=1
    fay score 5 number=2
    presenter to closed
    # 3 of 4 scores, 13 in all: 13 / 3 x 4 = 17.333; two scores are too few for a rank
    show totals {"kind":"deck","cards":6,"complete":2,"scorers":6,"rounds":4,"items":[{"id":"cat-card","number":3,"total":"17.3","scores":3,"sum":13,"complete":false,"rank":1},{"id":"ben-card","number":2,"total":"17","scores":4,"sum":17,"complete":true,"rank":2},{"id":"ana-card","number":1,"total":"12","scores":4,"sum":12,"complete":true,"rank":3},{"id":"dan-card","number":4,"total":"20.0","scores":2,"sum":10,"complete":false,"rank":0},{"id":"eve-card","number":5,"total":"0","scores":0,"sum":0,"complete":false,"rank":0},{"id":"fay-card","number":6,"total":"0","scores":0,"sum":0,"complete":false,"rank":0}]}
  )");
}

TEST(FoldDeck, PassingNeedsACardInHandAndASwapThatIsOpen) {
  RunTable(R"(
    activity ideas deck
    presenter to collecting
    ana,ben,cat,dan,eve,fay card
    ana pass round=1               -> refused not-open
    gus here
    presenter to swapping
    show hands 6
    gus pass                       -> refused no-card
    ana pass round=2               -> refused wrong-round
    ana pass seq=1 label=p1        -> accepted
    again                          -> duplicate ref=p1
    ana pass seq=1                 -> stale ref=p1
    ana pass seq=2 label=p2        -> accepted
    again p1                       -> superseded ref=p2
    show hands 6
    presenter to scoring
    ben pass round=1               -> refused wrong-round
    again p2                       -> duplicate ref=p2
    presenter to swapping
    ana pass seq=1                 -> refused no-card
    presenter to scoring
    presenter to closed
    ana pass round=2               -> late
    on ideas
    activity mood scale
    presenter to voting
    ana pass round=1               -> refused not-a-deck
    ana here                       -> refused not-a-deck
    node away ana since=1          -> refused not-a-deck
  )");
}

TEST(FoldDeck, NobodyToSwapWith) {
  RunTable(R"(
    activity ideas deck
    presenter to collecting
    ana,ben,cat,dan,eve,fay card
    node away ben
    node away cat
    node away dan
    node away eve
    node away fay
    show present 1
    presenter to swapping
    show hands 1
    ana pass label=p       -> refused no-partner
    again p                -> duplicate ref=p
    ana pass               -> refused no-partner
  )");
}

TEST(FoldDeck, Presence) {
  RunTable(R"(
    activity ideas deck
    presenter to collecting
    ana,ben,cat,dan,eve,fay card
    ana here label=h1
    again h1                   -> duplicate ref=h1
    node away ana since=1      -> ignored
    show present 6
    node away ana              -> accepted
    again                      -> ignored
    show present 5
    node away gus since=1      -> ignored
    presenter to swapping
    show hands 5
    node away ben              -> accepted
    show hands 5
    ana here                   -> accepted
    show hands 5
    presenter to scoring
    show present 0
    again h1                   -> duplicate ref=h1
    show present 0
    ben score 3                -> counted
    ana score 3 card=ben-card  -> refused no-card
    ana,gus here
    show present 3
    ana here gen=2             -> refused not-open
    node away ana gen=2        -> ignored
    presenter to swapping
    show hands 3
    presenter to scoring
    presenter to closed
    cat here                   -> ignored
    presenter restart
    presenter to collecting
    cat here gen=1             -> late
  )");
}

TEST(FoldDeck, MakeUpRounds) {
  RunTable(R"(
    activity ideas deck rounds=1
    presenter to collecting
    ana,ben,cat,dan,eve,fay card
    presenter to swapping
    presenter to scoring
    ana,ben,cat,dan,eve score 3
    presenter to swapping       -> accepted
    show stage 1/swapping/2
    show hands 1
    fay score 5 round=1         -> counted
    presenter to scoring
    show hands 0
    show turnout 0
    ana here
    presenter to swapping       -> refused nobody-left
    presenter to closed         -> accepted
  )");
}

TEST(FoldDeck, TimersRingTheBell) {
  RunTable(R"(
    activity ideas deck swap_ms=90000 score_ms=30000
    presenter to collecting
    ana,ben,cat,dan,eve,fay card
    presenter to swapping
    show deadline 90000
    node timer                  -> accepted
    show stage 1/scoring/1
    show deadline 30000
    node timer                  -> accepted
    show stage 1/scoring/1
    ana score 3                 -> counted
  )");
}

TEST(FoldDeck, OnPaper) {
  RunTable(R"(
    activity ideas deck rounds=2 deck=paper
    presenter to collecting
    ana card                    -> refused no-number
    ana card number=1
    ben card number=1           -> refused number-taken
    ben card number=2
    cat card number=3
    dan card number=4
    eve card number=5
    fay card number=6
    presenter to swapping
    show hands 0
    ana pass                    -> refused not-a-deck
    presenter to scoring
    ana score 3 number=1        -> refused own-card
    ana score 3 number=99       -> refused unknown-item
    ana score 3 card=ben-card   -> refused no-number
    ana score 3 number=2        -> counted
    ben score 4 number=1        -> counted
    gus score 4 number=1        -> refused card-taken
    gus score 4 number=3        -> counted
    show turnout 3
    # a wrong number, put right
    gus score 2 number=4        -> counted
    cat score 5 number=3        -> refused own-card
    dan score 5 number=3        -> counted
    presenter to swapping
    presenter to scoring
    ana score 5 number=2        -> refused already-scored
    ana score 5 number=4        -> counted
    gus score 5 number=2        -> counted
    presenter to swapping       -> accepted
    show stage 1/swapping/3
    presenter to scoring
    # in a make-up round, only cards that are short
    eve score 1 number=2        -> refused card-taken
    eve score 1 number=1        -> counted
    presenter to closed
    show totals {"kind":"deck","cards":6,"complete":3,"scorers":5,"rounds":2,"items":[{"id":"ben-card","number":2,"total":"8","scores":2,"sum":8,"complete":true,"rank":1},{"id":"dan-card","number":4,"total":"7","scores":2,"sum":7,"complete":true,"rank":2},{"id":"ana-card","number":1,"total":"5","scores":2,"sum":5,"complete":true,"rank":3},{"id":"cat-card","number":3,"total":"10.0","scores":1,"sum":5,"complete":false,"rank":0},{"id":"eve-card","number":5,"total":"0","scores":0,"sum":0,"complete":false,"rank":0},{"id":"fay-card","number":6,"total":"0","scores":0,"sum":0,"complete":false,"rank":0}]}
  )");
}

}  // namespace
}  // namespace plenum::fold_test
