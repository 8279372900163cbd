// The run sheet while the day goes on, who has the control, groups, and words to the organisers; as
// tables.
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

TEST(FoldSheet, ChangedUntilItIsOpened) {
  RunTable(R"(
    activity mood scale
    activity talk collect
    on mood
    moderator change mood scale high=7  -> refused not-permitted
    producer change talk scale          -> refused unknown-activity
    producer change mood scale high=7
    producer change mood scale high=7   -> ignored
    presenter to voting
    ana scale 7
    producer change mood scale          -> refused already-opened
    presenter restart
    producer change mood scale          -> refused already-opened
    activity other scale
    producer change other choice options=a,b
    presenter to voting
    ana choose b
    producer change nowhere scale activity=nowhere -> refused unknown-activity
  )");
}

TEST(FoldSheet, ChangedItemsStandAsTheSheetHasThem) {
  RunTable(R"(
    activity gallery dots items=a,b
    producer change gallery dots items=b,c,d
    show items b/1,c/2,d/3
    presenter to voting
    ana dots d=2
    ana dots a=1                        -> refused unknown-item
    show ranks d=1,b=2,c=2
  )");
}

TEST(FoldSheet, Moved) {
  RunTable(R"(
    activity a scale
    activity b scale
    activity c scale
    presenter move a
    show order c,a,b
    presenter move a                    -> ignored
    presenter move c                    -> ignored
    presenter move nowhere              -> refused unknown-activity
    presenter move end
    show order a,b,c
    presenter move end                  -> ignored
    moderator move a                    -> refused not-permitted
  )");
}

TEST(FoldSheet, Skipped) {
  RunTable(R"(
    activity a scale
    show skipped no
    presenter skip
    presenter skip                      -> ignored
    show skipped yes
    show stage 0/waiting/0
    presenter to voting
    show skipped no
    presenter unskip                    -> ignored
    presenter skip                      -> refused already-opened
    presenter restart
    presenter skip
    presenter unskip
    show skipped no
  )");
}

TEST(FoldSheet, WhoHasTheControlAndWhatTheScreensShow) {
  RunTable(R"(
    presenter control token=one
    show control one theirs
    presenter control token=one         -> ignored
    producer control token=two label=two
    show control one not
    show control two theirs
    moderator control token=three       -> refused not-permitted
    presenter control token=one
    again two                           -> duplicate ref=two
    show control one theirs
    show blank no
    moderator blank
    presenter blank                     -> ignored
    show blank yes
    moderator unblank
    ana blank                           -> refused not-permitted
    show blank no
  )");
}

TEST(FoldSheet, GroupsAreToldOnceEach) {
  RunTable(R"(
    activity mood scale
    ana group north label=north
    again                               -> duplicate ref=north
    ana group south label=south
    again north                         -> superseded ref=south
    again south                         -> duplicate ref=south
    ana group south series=other        -> refused wrong-series
    presenter group south               -> refused no-person
    ben group north
    show groups 2
  )");
}

TEST(FoldSheet, AGroupDoesNotChangeForEver) {
  std::string table = "activity mood scale\n";
  for (int i = 0; i < 51; ++i) table += "ana group north\n";
  RunTable(table + "ana group south -> refused too-many-items\nben group south\n");
}

TEST(FoldSheet, WordsToTheOrganisers) {
  RunTable(R"(
    ana word id=same label=first
    again                               -> duplicate ref=first
    ben word id=same                    -> refused not-permitted
    ben word
    ana word series=mood                -> refused wrong-series
    presenter word                      -> refused no-person
    show words 0 of 2
    moderator heard first
    presenter heard first               -> ignored
    moderator heard nothing             -> refused unknown-item
    ana heard first                     -> refused not-permitted
    show words 1 of 2
  )");
}

TEST(FoldSheet, ThereIsAnEndToWords) {
  std::string table;
  for (int i = 0; i < 20; ++i) table += "ana word\n";
  RunTable(table + "ana word -> refused too-many-items\nben word\n");
}

}  // namespace
}  // namespace plenum::fold_test
