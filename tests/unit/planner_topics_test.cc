// Open space: how many tables each topic gets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "projector/planner/topic_tables.h"

namespace plenum {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;

TEST(TopicTables, TheDayHasFourteenTopicsAndNineteenTables) {
  const std::vector<uint32_t> interest = {41, 35, 22, 18, 12, 11, 9, 8, 6, 5, 5, 4, 3, 1};
  EXPECT_THAT(AssignTables(interest, 19, 10),
              ElementsAre(3, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
}

TEST(TopicTables, TheLastTablesGoToWhoHasTheMostPeopleATable) {
  // 30/3, 21/3 → 30/5 < 21/3 → 21/5 < 30/5.
  EXPECT_THAT(AssignTables({30, 21}, 3, 5), ElementsAre(2, 1));
  EXPECT_THAT(AssignTables({30, 21}, 4, 5), ElementsAre(2, 2));
  EXPECT_THAT(AssignTables({30, 21}, 5, 5), ElementsAre(3, 2));
}

TEST(TopicTables, TopicsWhosePeopleDoNotFitComeFirst) {
  // After three tables 30 / 7 is more than 12 / 3; but 30 people fit at three tables of ten.
  EXPECT_THAT(AssignTables({30, 12}, 5, 10), ElementsAre(3, 2));
  EXPECT_THAT(AssignTables({30, 12}, 5, 100), ElementsAre(4, 1));
}

TEST(TopicTables, WithFewerTablesThanTopicsTheMostWantedGetOne) {
  EXPECT_THAT(AssignTables({1, 5, 3, 5}, 2, 10), ElementsAre(0, 1, 0, 1));
  EXPECT_THAT(AssignTables({1, 5, 3, 5}, 3, 10), ElementsAre(0, 1, 1, 1));
}

TEST(TopicTables, TiesGoToTheTopicThatIsNamedFirst) {
  EXPECT_THAT(AssignTables({4, 4, 4}, 1, 10), ElementsAre(1, 0, 0));
  EXPECT_THAT(AssignTables({4, 4, 4}, 5, 10), ElementsAre(2, 2, 1));
  EXPECT_THAT(AssignTables({0, 0, 0}, 4, 10), ElementsAre(2, 1, 1));
}

TEST(TopicTables, ATopicThatNobodyWantsGetsOneTableWhileTheyLast) {
  EXPECT_THAT(AssignTables({50, 0}, 4, 10), ElementsAre(3, 1));
}

TEST(TopicTables, NoTablesAndNoTopics) {
  EXPECT_THAT(AssignTables({}, 5, 10), IsEmpty());
  EXPECT_THAT(AssignTables({3, 4}, 0, 10), ElementsAre(0, 0));
  EXPECT_THAT(AssignTables({3, 4}, 3, 0), ElementsAre(1, 2));
}

TEST(TopicTables, AllTablesAreGivenAwayAndNoTopicIsLeftOut) {
  for (uint32_t tables = 14; tables < 60; ++tables) {
    std::vector<uint32_t> interest(14);
    for (uint32_t i = 0; i < 14; ++i) interest[i] = i * i * tables % 53;
    const std::vector<uint32_t> given = AssignTables(interest, tables, 9);
    EXPECT_EQ(std::accumulate(given.begin(), given.end(), 0u), tables);
    EXPECT_THAT(given, Each(Ge(1u)));
    for (size_t a = 0; a < 14; ++a) {
      for (size_t b = 0; b < 14; ++b) {
        if (interest[a] > interest[b]) {
          EXPECT_THAT(given[b], Le(given[a]));
        }
      }
    }
  }
}

}  // namespace
}  // namespace plenum
