// Days that are made up: every one is a run sheet that a server takes.
#include <gtest/gtest.h>

#include <set>

#include "gateway/rehearse/population.h"
#include "gateway/rehearse/random_day.h"

namespace plenum::rehearse {
namespace {

TEST(RehearseRandomDay, EveryOneIsASoundRunSheetWithADeckAndTables) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    const RunSheet sheet = RandomDay(Random(seed));
    const auto read = ParseRunSheet(EncodeRunSheet(sheet));
    ASSERT_TRUE(read) << seed << ": " << read.error().front().pointer << " "
                      << read.error().front().what;
    int decks = 0, tables = 0;
    for (const ActivitySpec& spec : read->activities) {
      decks += spec.deal.has_value();
      tables += spec.seats.has_value();
    }
    EXPECT_EQ(decks, 1) << seed;
    EXPECT_GE(tables, 1) << seed;
  }
}

TEST(RehearseRandomDay, AllMethodsComeUp) {
  std::set<size_t> ballots;
  bool words = false, approved = false, carried = false, skipped = false, ratings = false;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    const RunSheet sheet = RandomDay(Random(seed));
    for (const ActivitySpec& spec : sheet.activities) {
      ballots.insert(spec.ballot.index());
      words |= spec.collect && spec.collect->words > 0;
      approved |= spec.collect && spec.collect->moderation == Moderation::kApproveFirst;
      carried |= spec.carry.has_value();
      ratings |= spec.RatesItems();
    }
    skipped |= !MakePopulation(sheet, nullptr, 20, seed).skipped.empty();
  }
  EXPECT_EQ(ballots.size(), std::variant_size_v<Ballot>);
  EXPECT_TRUE(words && approved && carried && skipped && ratings);
}

TEST(RehearseRandomDay, ASeedRepeats) {
  EXPECT_EQ(RandomDay(Random(7)), RandomDay(Random(7)));
  EXPECT_NE(RandomDay(Random(7)), RandomDay(Random(8)));
}

}  // namespace
}  // namespace plenum::rehearse
