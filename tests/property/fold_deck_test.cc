// 25/10 for any number of people: every card gets its scores by as many different people, never its
// author, if and only if enough eligible people were left.
#include <gtest/gtest.h>

#include "projector/fold/result.h"
#include "tests/property/fold_play.h"
#include "tests/property/seeds.h"

namespace plenum::fold_test {
namespace {

void Play(const DeckPlan& plan, uint64_t seed, uint32_t most_makeup_rounds) {
  SCOPED_TRACE("PLENUM_SEED=" + std::to_string(seed) + ", " + std::to_string(plan.writers) +
               " people" + (plan.deck == Deck::kPaper ? ", paper deck" : ""));
  DeckPlay play(plan, seed);
  play.Run();
  if (testing::Test::HasFatalFailure()) return;
  EXPECT_EQ(WrongWith(play.activity(), play.there()), "");
  EXPECT_LE(play.makeup_rounds(), most_makeup_rounds);
}

constexpr size_t kSizes[] = {6, 7, 8, 9, 10, 13, 20, 41, 180};

void PlayPerfectly(size_t writers, uint64_t seed) {
  SCOPED_TRACE("PLENUM_SEED=" + std::to_string(seed) + ", " + std::to_string(writers) + " people");
  DeckPlay play({.writers = writers, .passes = 200}, seed);
  play.Run();
  if (testing::Test::HasFatalFailure()) return;
  EXPECT_EQ(play.makeup_rounds(), 0u);
  const auto result = std::get<DeckResult>(ComputeResult(play.activity()));
  EXPECT_EQ(result.cards, writers);
  EXPECT_EQ(result.complete, writers);
  EXPECT_EQ(WrongWith(play.activity(), play.there()), "");
}

TEST(DeckProperty, WithEverybodyPresentEveryDealIsPerfect) {
  for (const uint64_t seed : Seeds(4, 60)) {
    for (const size_t writers : kSizes) PlayPerfectly(writers, seed);
  }
  if (!FullTests()) return;
  for (size_t writers = 6; writers < 300; ++writers) PlayPerfectly(writers, writers);
  for (const size_t writers : {500, 1000, 2000}) PlayPerfectly(writers, writers);
}

TEST(DeckProperty, SomePhonesAreSilent) {
  for (const uint64_t seed : Seeds(4, 60)) {
    for (const size_t writers : kSizes) {
      Play({.writers = writers, .silent = 15, .late = 10, .passes = 100, .changed = 5}, seed, 60);
    }
  }
}

TEST(DeckProperty, PeopleLeaveAndCome) {
  for (const uint64_t seed : Seeds(4, 60)) {
    for (const size_t writers : kSizes) {
      Play({.writers = writers,
            .newcomers = writers / 2,
            .silent = 15,
            .late = 20,
            .passes = 100,
            .leaving = 10,
            .changed = 10},
           seed, 400);
    }
  }
}

TEST(DeckProperty, OtherNumbersOfRounds) {
  for (const uint64_t seed : Seeds(3, 40)) {
    for (const uint32_t rounds : {1u, 2u, 3u, 8u}) {
      Play({.writers = 30, .rounds = rounds, .silent = 15, .passes = 50, .leaving = 3}, seed, 400);
    }
  }
}

TEST(DeckProperty, PaperDecks) {
  for (const uint64_t seed : Seeds(4, 60)) {
    for (const size_t writers : kSizes) {
      if (writers > 100 && seed > 1 && !FullTests()) continue;
      Play({.writers = writers,
            .newcomers = 5,
            .deck = Deck::kPaper,
            .silent = 15,
            .leaving = 5,
            .changed = 10},
           seed, 400);
    }
  }
}

TEST(DeckProperty, TwoThousandPeople) {
  for (const uint64_t seed : Seeds(1, 10)) {
    Play({.writers = 2000, .newcomers = 50, .silent = 15, .late = 5, .passes = 30, .leaving = 2},
         seed, 60);
    if (!FullTests()) continue;
    Play({.writers = 2000, .deck = Deck::kPaper, .silent = 15, .leaving = 2}, seed, 400);
  }
}

}  // namespace
}  // namespace plenum::fold_test
