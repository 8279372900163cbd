// The record of the day in the log: what is redacted in it, its versions; and texts of former
// generations, which can still be erased. As tables (fold_table.h).
#include <gtest/gtest.h>

#include "tests/unit/fold_table.h"

namespace plenum::fold_test {
namespace {

TEST(FoldRecord, TextsAreRedactedAndShownAgain) {
  RunTable(R"(
    activity talk upvote collect=everyone items=poster
    presenter to collecting
    ana idea label=q1
    moderator redact q1 personal
    again                            -> duplicate
    moderator redact q1 personal     -> ignored
    presenter redact poster other
    producer redact nowhere asked    -> refused unknown-item
    auditor redact q1 none           -> refused not-permitted
    ana redact q1 none               -> refused not-permitted
    show redacted personal,other
    moderator redact q1 hurtful
    presenter redact poster none
    presenter redact poster none     -> ignored
    show redacted hurtful
    presenter to closed
    presenter to revealed
    presenter to sealed
    moderator redact q1 confidential
  )");
}

TEST(FoldRecord, AnItemOfAFormerGenerationIsWithinReach) {
  RunTable(R"(
    activity talk upvote collect=everyone
    presenter to collecting
    ana idea label=q1
    ben idea label=q2
    moderator reword q1 better
    producer erase q2
    presenter restart
    presenter to collecting
    show items nothing
    moderator reword q1 worse        -> refused unknown-item
    moderator redact q1 asked
    producer erase q2                -> ignored
    producer erase q1
    producer erase q1                -> ignored
    producer erase nowhere           -> refused unknown-item
    show redacted asked
  )");
}

TEST(FoldRecord, WhatWasCarriedFromAFormerGenerationGoesWithIt) {
  RunTable(R"(
    activity hopes collect
    presenter to collecting
    ana idea label=a
    activity second rank carry=hopes
    presenter to voting
    on hopes
    presenter restart
    presenter to collecting
    show items nothing
    producer erase a
    on second
    show items -a<hopes
  )");
}

TEST(FoldRecord, AndFromNowBackToAFormerGeneration) {
  RunTable(R"(
    activity hopes collect
    presenter to collecting
    ana idea label=a
    activity second rank carry=hopes
    presenter to voting
    presenter restart
    presenter to voting
    producer erase a
    show items -a<hopes
    presenter restart
    producer erase a                 -> ignored
    on hopes
    show items -a
  )");
}

TEST(FoldRecord, VersionsAreApprovedInTurn) {
  RunTable(R"(
    moderator approve 1 1            -> refused not-permitted
    presenter approve 2 1            -> refused changed-meanwhile
    presenter approve 1 9            -> refused changed-meanwhile
    presenter approve 1 3
    again                            -> duplicate
    producer approve 1 4             -> refused changed-meanwhile
    producer approve 2 2             -> refused changed-meanwhile
    producer approve 2 5
    show versions 3,5
    auditor publish 2                -> refused not-permitted
    presenter publish 3              -> refused unknown-version
    presenter publish 2
    presenter publish 2              -> ignored
    show versions 3,5!
  )");
}

}  // namespace
}  // namespace plenum::fold_test
