// The fold's rules as tables: one line an event and its outcome, as one would say it.
//
//   activity gallery dots budget=5 cap=3 items=a,b,c
//   presenter to voting            -> accepted
//   ana dots a=3 b=2               -> counted
//   ben dots a=4                   -> refused over-cap
//   again                          -> refused over-cap
//   show totals {"kind":"dots",...}
//
// Lines:
//   activity NAME choice|scale|dots|deck|collect [key=value ...]   adds it, and talks about it from
//   now on on NAME                                                        talks about another one
//   WHO[,WHO...] VERB [words] [key=value ...] [-> outcome [reason] [ref=LABEL]]
//   again [LABEL] -> outcome     the last event (or the labelled one), the same bytes once more
//   show WHAT VALUE              compares something that is visible from outside
// WHO: presenter, producer, moderator, display, auditor, node, keyer/SERIAL, host/NAME; anybody
// else is an attendee. Ballots: choose, scale, dots, rank, rate, upvote, downvote, score. Items:
// idea, hide, unhide, hold, release, reword, erase, mark, withdraw, merge, unmerge. At tables:
// here, visit, host, unhost, tables 1x4:food,2x3 (number x capacity : topic), plan 1,2/2,1 (a round
// after the other, by the roster). The sheet: change, move, skip, unskip. An item is called by its
// id or the label of the line that added it. Keys for every event: gen, seq, id, series, epoch,
// token, seen (1/voting/0), label. Without an arrow the outcome must be accepted, counted or
// confirmed.
#pragma once

#include <string_view>

namespace plenum::fold_test {

// Runs the table and reports every line that went otherwise, with its number.
void RunTable(std::string_view table);

}  // namespace plenum::fold_test
