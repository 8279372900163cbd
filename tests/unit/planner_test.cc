// Table plans, rule by rule. What holds for any request is in tests/property/planner_test.cc.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/hash.h"
#include "tests/unit/planner_kit.h"

namespace plenum::planner_test {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::UnorderedElementsAre;

constexpr uint64_t kSeeds = 10;

void ExpectFewRepeated(const PlanRequest& request) {
  const uint64_t people = request.people.size();
  const uint64_t least = FewestRepeated(request.tables.size(), people, request.rounds);
  const uint64_t all_pairs = people * (people - 1) / 2;
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE(std::to_string(request.tables.size()) + " tables, " + std::to_string(people) +
                 " people, seed " + std::to_string(seed));
    const TablePlan plan = PlanOf(request, seed);
    EXPECT_EQ(WrongWith(request, plan), "");
    EXPECT_EQ(WithoutPlace(plan), 0u);
    EXPECT_LE(Repeated(plan), least + all_pairs / 50);
    EXPECT_GE(Repeated(plan), least);
  }
}

TEST(Planner, InTheCafeOfTheDayNobodyMeetsAnybodyAgain) {
  for (const uint32_t capacity : {9u, 10u}) {
    const PlanRequest request = Cafe(20, capacity, 180, 3);
    ASSERT_EQ(FewestRepeated(20, 180, 3), 0u);
    ExpectFewRepeated(request);
    EXPECT_EQ(Repeated(PlanOf(request)), 0u);
  }
}

TEST(Planner, NorDoTheyWithHostsAtSomeTablesOrWithSomebodyMissing) {
  PlanRequest request = Cafe(20, 10, 173, 3);
  EXPECT_EQ(Repeated(PlanOf(request)), 0u);
  for (uint32_t host = 0; host < 7; ++host) request.people[host].host_of = host + 1;
  const TablePlan plan = PlanOf(request);
  EXPECT_EQ(WrongWith(request, plan), "");
  EXPECT_EQ(WithoutPlace(plan), 0u);
  EXPECT_EQ(Repeated(plan), 0u);
}

TEST(Planner, WherePeopleMustMeetAgainFewDo) {
  ExpectFewRepeated(Cafe(6, 30, 180, 3));
  ExpectFewRepeated(Cafe(10, 20, 180, 3));
  ExpectFewRepeated(Cafe(12, 15, 180, 4));
  ExpectFewRepeated(Cafe(20, 10, 200, 4));
}

TEST(Planner, ASmallCafeIsPlannedAsWellAsCanBe) {
  // Each table gets four people from two others, and after that two from each: at least two pairs.
  EXPECT_EQ(FewestRepeated(3, 12, 3), 12u);
  EXPECT_EQ(Repeated(PlanOf(Cafe(3, 4, 12, 3))), 12u);
  // Five rounds of five tables, each visited once by each: at least one pair a table.
  EXPECT_EQ(FewestRepeated(5, 25, 5), 20u);
  EXPECT_EQ(Repeated(PlanOf(Cafe(5, 5, 25, 5))), 20u);
}

TEST(Planner, TablesAreEvenWhereThereAreMorePlacesThanPeople) {
  for (const uint32_t people : {100u, 101u, 109u}) {
    for (const bool hosts : {false, true}) {
      PlanRequest request = Cafe(10, 30, people, 4);
      if (hosts) request.people[0].host_of = 4;
      for (const Tables& round : TablesOf(PlanOf(request))) {
        EXPECT_THAT(Sizes(round), Each(Pair(testing::_, AnyOf(people / 10, people / 10 + 1))));
      }
    }
  }
}

TEST(Planner, SmallTablesAreFullBeforeLargeOnesAreUneven) {
  PlanRequest request = Cafe(4, 20, 31, 1);
  request.tables[2].capacity = 4;
  EXPECT_THAT(Sizes(PlanOf(request).rounds[0].table_of),
              ElementsAre(Pair(1, 9), Pair(2, 9), Pair(3, 4), Pair(4, 9)));
}

TEST(Planner, AHostStaysInAllRounds) {
  PlanRequest request = Cafe(5, 4, 20, 4);
  request.past = {Tables(20, 3)};
  request.people[7].host_of = 3;
  request.people[7].visited = {3};
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const TablePlan plan = PlanOf(request, seed);
    EXPECT_EQ(WrongWith(request, plan), "");
    for (const Tables& round : TablesOf(plan)) EXPECT_EQ(round[7], 3u);
  }
}

TEST(Planner, HostsForWhomThereIsNoRoomGetNoOtherPlace) {
  PlanRequest request = Cafe(2, 1, 4, 1);
  for (uint32_t host = 0; host < 3; ++host) request.people[host].host_of = 2;
  EXPECT_THAT(PlanOf(request).rounds[0].table_of, ElementsAre(2, 0, 0, 1));
}

TEST(Planner, TheHostOfATableThatIsNotThereIsAGuest) {
  PlanRequest request = Cafe(2, 1, 1, 2);
  request.people[0].host_of = 9;
  EXPECT_THAT(TablesOf(PlanOf(request)), UnorderedElementsAre(ElementsAre(1u), ElementsAre(2u)));
}

TEST(Planner, HostsOfTheSameTableAreNoRepeatedMeeting) {
  PlanRequest request = Cafe(2, 5, 3, 2);
  request.people[0].host_of = request.people[1].host_of = 1;
  EXPECT_EQ(Repeated(PlanOf(request)), 0u);
}

TEST(Planner, NobodyReturnsToATableAlsoIfThereIsNoOther) {
  const PlanRequest request = Cafe(2, 10, 10, 4);
  const TablePlan plan = PlanOf(request);
  EXPECT_EQ(WrongWith(request, plan), "");
  // Each has a place in as many rounds as there are tables.
  EXPECT_EQ(WithoutPlace(plan), 20u);
}

TEST(Planner, WhereThereAreTooFewPlacesAsManyAsThereAreHaveOne) {
  const PlanRequest request = Cafe(3, 4, 20, 3);
  const TablePlan plan = PlanOf(request);
  EXPECT_EQ(WrongWith(request, plan), "");
  for (const TablePlan::Round& round : plan.rounds) EXPECT_EQ(round.without_place, 8u);
}

TEST(Planner, WhoHadNoPlaceIsFirstInTheNextRound) {
  PlanRequest request = Cafe(10, 2, 30, 6);
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    std::vector<uint32_t> missed(30);
    for (const Tables& round : TablesOf(PlanOf(request, seed))) {
      for (size_t i = 0; i < 30; ++i) missed[i] += round[i] == 0;
    }
    EXPECT_THAT(missed, Each(2));
  }
  request.rounds = 1;
  request.past = {Tables(25, 99)};
  const Tables round = PlanOf(request).rounds[0].table_of;
  EXPECT_THAT(Tables(round.begin() + 25, round.end()), Each(Not(0)));
}

// Round by round, both might go to the table that only they can go to; then both need table 1.
TEST(Planner, NoRoundTakesThePlacesThatALaterOneNeeds) {
  PlanRequest request = Cafe(3, 1, 2, 2);
  request.people[0].visited = {3};
  request.people[1].visited = {2};
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const TablePlan plan = PlanOf(request, seed);
    EXPECT_EQ(WrongWith(request, plan), "");
    EXPECT_EQ(WithoutPlace(plan), 0u) << "seed " << seed;
  }
}

TEST(Planner, NobodyIsSentToTheSameTopicTwice) {
  PlanRequest request = Cafe(6, 4, 12, 3);
  for (Table& table : request.tables) table.topic = table.number <= 4 ? 7 : 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const TablePlan plan = PlanOf(request, seed);
    EXPECT_EQ(WrongWith(request, plan), "");
    for (const Tables& round : TablesOf(plan)) {
      EXPECT_THAT(round, Contains(AnyOf(1, 2, 3, 4)).Times(4));
    }
  }
}

// Planning what is left of the day

TEST(Planner, APlanGoesOnFromWherePeopleReallyWere) {
  PlanRequest request = Cafe(20, 10, 180, 3);
  const TablePlan first = PlanOf(request);
  // A third goes to table 1 instead, whatever its capacity; and ten people have come since.
  request.past = {first.rounds[0].table_of};
  for (size_t person = 0; person < 180; person += 3) request.past[0][person] = 1;
  request.people.resize(190);
  request.rounds = 2;
  const TablePlan rest = PlanOf(request);
  EXPECT_EQ(WrongWith(request, rest), "");
  EXPECT_EQ(WithoutPlace(rest), 0u);
  // In each round the sixty of table 1 are at nineteen others: at three of these four of them, at
  // sixteen three, so 3 · 6 + 16 · 3 pairs meet again at least.
  EXPECT_GE(Repeated(rest), 2u * 66);
  EXPECT_LE(Repeated(rest), 2u * 66 + 190u * 189 / 2 / 50);
}

TEST(Planner, NewcomersGetPlacesAndMeetWhomTheyLike) {
  PlanRequest request = Cafe(4, 4, 8, 1);
  request.past = {{1, 1, 2, 2, 3, 3}};
  const TablePlan plan = PlanOf(request);
  EXPECT_EQ(WrongWith(request, plan), "");
  EXPECT_EQ(WithoutPlace(plan), 0u);
  EXPECT_EQ(Repeated(plan), 0u);
}

TEST(Planner, TablesThatAreNoLongerThereCountAsMeetings) {
  PlanRequest request = Cafe(2, 2, 4, 1);
  request.past = {{8, 8, 9, 9}, {7, 0, 0, 7}};
  // Only one way is left in which nobody meets anybody again.
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Tables round = PlanOf(request, seed).rounds[0].table_of;
    EXPECT_EQ(round[0], round[2]);
    EXPECT_EQ(round[1], round[3]);
  }
}

// Wishes

TEST(Planner, PeopleGetWhatTheyWishWhereThereIsRoom) {
  PlanRequest request = Cafe(6, 30, 30, 3);
  for (uint32_t i = 0; i < 30; ++i) {
    request.people[i].wishes = {{i % 2 + 1}, {i % 3 + 3}, {(i + 1) % 2 + 1}};
  }
  const TablePlan plan = PlanOf(request);
  EXPECT_EQ(WrongWith(request, plan), "");
  for (uint32_t i = 0; i < 30; ++i) {
    EXPECT_EQ(plan.rounds[0].table_of[i], i % 2 + 1);
    EXPECT_EQ(plan.rounds[1].table_of[i], i % 3 + 3);
    EXPECT_EQ(plan.rounds[2].table_of[i], (i + 1) % 2 + 1);
  }
}

TEST(Planner, FirstWishesComeBeforeSecondOnes) {
  PlanRequest request = Cafe(3, 2, 6, 1);
  for (uint32_t i = 0; i < 4; ++i) request.people[i].wishes = {{1}, {2}};
  for (uint32_t i = 4; i < 6; ++i) request.people[i].wishes = {{2}, {3}};
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const Tables round = PlanOf(request, seed).rounds[0].table_of;
    EXPECT_EQ(round[4], 2u);
    EXPECT_EQ(round[5], 2u);
    EXPECT_THAT(Tables(round.begin(), round.begin() + 4), UnorderedElementsAre(1, 1, 3, 3));
  }
}

TEST(Planner, WhoHasFaredWorseIsFirstInTheNextRound) {
  PlanRequest request = Cafe(6, 2, 6, 3);
  for (Person& person : request.people) person.wishes = {{1}};
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const TablePlan plan = PlanOf(request, seed);
    // Two a round: after three rounds everybody has been there.
    for (const Tables& round : TablesOf(plan)) EXPECT_THAT(round, Contains(1u).Times(2));
    EXPECT_EQ(WrongWith(request, plan), "");
  }
}

TEST(Planner, AlsoByWhatWasBefore) {
  PlanRequest request = Cafe(5, 1, 3, 1);
  for (Person& person : request.people) person.wishes = {{1}, {2}, {3}};
  request.past = {{2, 3, 4}};  // second, third, none of their wishes
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    // The third of them has the first wish, then the second; table 2 is for nobody else.
    EXPECT_THAT(PlanOf(request, seed).rounds[0].table_of, ElementsAre(3, 2, 1));
  }
}

TEST(Planner, TablesThatAreWishedEquallyMixPeople) {
  PlanRequest request = Cafe(4, 4, 16, 1);
  for (uint32_t i = 0; i < 16; ++i) {
    request.people[i].wishes = {i < 8 ? Tables{1, 2} : Tables{4, 3}};
  }
  request.past = {{9, 9, 9, 9, 8, 8, 8, 8, 7, 7, 7, 7, 6, 6, 6, 6}};
  const TablePlan plan = PlanOf(request);
  EXPECT_EQ(WrongWith(request, plan), "");
  for (uint32_t i = 0; i < 16; ++i) {
    EXPECT_THAT(plan.rounds[0].table_of[i], i < 8 ? AnyOf(1, 2) : AnyOf(3, 4));
  }
  // Each four are two and two.
  EXPECT_EQ(Repeated(plan), 8u);
}

TEST(Planner, APlaceComesBeforeAWish) {
  PlanRequest request = Cafe(2, 1, 2, 1);
  request.people[0].wishes = {{1}};
  request.people[1].visited = {2};
  EXPECT_THAT(PlanOf(request).rounds[0].table_of, ElementsAre(2, 1));
}

TEST(Planner, WhatCannotBeWishedIsPassedOver) {
  PlanRequest request = Cafe(3, 3, 3, 1);
  request.people[0].wishes = {{}, {99, 0}, {2, 2}, {2}};
  request.people[1].wishes = {{3}};
  request.people[1].visited = {3, 3, 99, 0};
  const TablePlan plan = PlanOf(request);
  EXPECT_EQ(WrongWith(request, plan), "");
  EXPECT_EQ(WithoutPlace(plan), 0u);
  EXPECT_EQ(plan.rounds[0].table_of[0], 2u);
}

// The same everywhere

TEST(Planner, TheOrderOfTablesVisitsAndEqualWishesChangesNothing) {
  PlanRequest request = Cafe(12, 9, 60, 3);
  for (uint32_t i = 0; i < 60; ++i) {
    request.people[i].visited = {i % 12 + 1, i % 5 + 1};
    if (i % 4 == 0) request.people[i].wishes = {{i % 7 + 1, i % 3 + 8}, {i % 6 + 1}};
  }
  PlanRequest other = request;
  std::ranges::reverse(other.tables);
  for (Person& person : other.people) {
    std::ranges::reverse(person.visited);
    for (auto& wishes : person.wishes) std::ranges::reverse(wishes);
  }
  EXPECT_EQ(TablesOf(PlanOf(request)), TablesOf(PlanOf(other)));
  EXPECT_NE(TablesOf(PlanOf(request, 1)), TablesOf(PlanOf(request, 2)));
}

std::string DigestOf(const PlanRequest& request) {
  Sha256 hash;
  for (const Tables& round : TablesOf(PlanOf(request))) {
    for (const uint32_t table : round) hash.U32(table);
  }
  return hash.Finish().Hex();
}

// Nodes of different builds must come to the same plan, so these are compared with what was once
// computed. Whoever changes how plans are made changes these, and knows that old nodes differ.
TEST(Planner, EveryBuildComesToTheSamePlan) {
  EXPECT_EQ(DigestOf(Cafe(20, 9, 180, 3)),
            "d0fefaf3f31fd489854c19cf4616e73bc613329a14c07c93a5d12021f5227b53");
  PlanRequest request = Cafe(9, 7, 50, 3);
  for (uint32_t i = 0; i < 50; ++i) {
    if (i % 3 == 0) request.people[i].wishes = {{i % 9 + 1}, {i % 4 + 1, i % 5 + 1}};
  }
  request.people[4].host_of = 2;
  request.past = {Tables(40, 9)};
  EXPECT_EQ(DigestOf(request), "cf572a5775baf0878a1971e25c27e4ad04b991e328025d9ff9a727ebe2ef37c3");
}

// Nothing to plan

TEST(Planner, WithoutPeopleTablesOrRoundsThereIsAPlanNonetheless) {
  EXPECT_THAT(PlanOf(Cafe(3, 4, 5, 0)).rounds, IsEmpty());
  EXPECT_THAT(TablesOf(PlanOf(Cafe(3, 4, 0, 2))), ElementsAre(IsEmpty(), IsEmpty()));
  EXPECT_THAT(PlanOf(Cafe(0, 4, 2, 1)).rounds[0].table_of, ElementsAre(0, 0));
  EXPECT_EQ(PlanOf(Cafe(0, 4, 2, 1)).rounds[0].without_place, 2u);
  EXPECT_THAT(PlanOf(Cafe(2, 0, 2, 1)).rounds[0].table_of, ElementsAre(0, 0));
  EXPECT_THAT(TablesOf(PlanOf(Cafe(1, 1, 1, 2))),
              UnorderedElementsAre(ElementsAre(1u), ElementsAre(0u)));
}

TEST(Planner, OfTablesWithTheSameNumberTheFirstCountsAndNumberZeroIsNone) {
  PlanRequest request;
  request.tables = {{0, 9}, {5, 1}, {5, 9}, {UINT32_MAX, UINT32_MAX}};
  request.people.resize(4);
  request.rounds = 1;
  EXPECT_THAT(Sizes(PlanOf(request).rounds[0].table_of),
              ElementsAre(Pair(5, 1), Pair(UINT32_MAX, 3)));
}

TEST(Planner, PeopleBehindTheEndOfThePastAndBeyondThePeopleAreNobody) {
  PlanRequest request = Cafe(2, 2, 2, 1);
  request.past = {{}, {1, 0, 1, 1}};
  EXPECT_THAT(PlanOf(request).rounds[0].table_of, ElementsAre(2, Not(0)));
}

}  // namespace
}  // namespace plenum::planner_test
