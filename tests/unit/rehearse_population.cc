// The rehearsed population: whatever its size and seed, its votes add up to the published results.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "gateway/rehearse/population.h"
#include "gateway/rehearse/totals.h"
#include "gateway/rehearse/votes.h"

namespace plenum::rehearse {
namespace {

RunSheet BuiltInSheet() {
  auto sheet = ParseRunSheet(BuiltInDay());
  EXPECT_TRUE(sheet) << sheet.error().front().pointer << " " << sheet.error().front().what;
  return *sheet;
}

Facts BuiltIn() {
  auto facts = ParseFacts(BuiltInFacts());
  EXPECT_TRUE(facts) << facts.error();
  return *facts;
}

// The ballot that counts: the highest seq that is sent in time, and valid for a scale to five.
const PlannedBallot* Last(const PlannedPerson& person, const ActivityId& activity) {
  auto vote = person.votes.find(activity);
  if (vote == person.votes.end()) return nullptr;
  const PlannedBallot* last = nullptr;
  for (const PlannedBallot& ballot : vote->second.ballots) {
    if (!ballot.after_close && (last == nullptr || ballot.seq > last->seq)) last = &ballot;
  }
  return last;
}

std::string MeanOf(const Population& population, const ActivityId& activity) {
  int64_t sum = 0, people = 0;
  for (const PlannedPerson& person : population.people) {
    if (const PlannedBallot* last = Last(person, activity)) {
      sum += std::get<ScaleCast>(last->cast.ballot).value;
      ++people;
    }
  }
  return people == 0 ? "" : DecimalOf(sum, people, 2);
}

std::map<ItemId, uint32_t> DotsOf(const Population& population, const ActivityId& activity,
                                  uint32_t budget) {
  std::map<ItemId, uint32_t> dots;
  for (const PlannedPerson& person : population.people) {
    const PlannedBallot* last = Last(person, activity);
    if (last == nullptr) continue;
    uint32_t used = 0;
    std::set<ItemId> items;
    for (const ItemDots& one : std::get<DotsCast>(last->cast.ballot).dots) {
      dots[one.item] += one.dots;
      used += one.dots;
      EXPECT_TRUE(items.insert(one.item).second);
    }
    EXPECT_LE(used, budget);
  }
  return dots;
}

TEST(RehearsePopulation, MeansAreThePublishedOnesWhateverTheNumber) {
  const RunSheet sheet = BuiltInSheet();
  const Facts facts = BuiltIn();
  for (uint32_t people = 6; people <= 260; people += people < 60 ? 1 : 13) {
    const Population population = MakePopulation(sheet, &facts, people, people * 7 + 1);
    EXPECT_EQ(MeanOf(population, "confidence-start"), "3.33") << people;
    EXPECT_EQ(MeanOf(population, "confidence-end"), "4.00") << people;
  }
}

TEST(RehearsePopulation, DotsOfTheDayAreThePublishedOnesAndNotEverybodyUsesAll) {
  const RunSheet sheet = BuiltInSheet();
  const Facts facts = BuiltIn();
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const Population population = MakePopulation(sheet, &facts, 180, seed);
    ASSERT_TRUE(population.published_dots);
    std::map<ItemId, uint32_t> dots = DotsOf(population, "gallery", 5);
    std::vector<uint32_t> scores;
    for (const PublishedIdea& idea : facts.ideas) {
      uint32_t score = 0;
      for (const PosterDots& part : idea.parts) {
        score += dots[part.item];
        dots.erase(part.item);
      }
      scores.push_back(score);
    }
    EXPECT_EQ(scores, (std::vector<uint32_t>{73, 69, 65, 56, 51, 51, 50}));
    EXPECT_EQ(dots.size(), 10u);  // the other tables
    for (const auto& [item, count] : dots) EXPECT_LT(count, 50u) << item;
    ASSERT_EQ(population.merges.size(), 2u);
    EXPECT_EQ(population.merges[0].into, "t4");
    EXPECT_EQ(population.merges[0].from, std::vector<ItemId>{"t11"});
    EXPECT_EQ(population.merges[1].into, "t18");
    EXPECT_EQ(population.merges[1].from, std::vector<ItemId>{"t2"});
  }
}

TEST(RehearsePopulation, DotsFitBigAndSmallRooms) {
  const RunSheet sheet = BuiltInSheet();
  const Facts facts = BuiltIn();
  for (uint32_t people : {6u, 50u, 90u, 100u, 400u, 1000u, 2000u}) {
    const Population population = MakePopulation(sheet, &facts, people, 3);
    DotsOf(population, "gallery", 5);
    EXPECT_EQ(population.published_dots, people >= 100) << people;
  }
}

TEST(RehearsePopulation, HasSilentPhonesLatecomersChangedMindsDuplicatesAndLateAnswers) {
  const Facts facts = BuiltIn();
  const Population population = MakePopulation(BuiltInSheet(), &facts, 180, 1);
  size_t silent = 0, latecomers = 0, changed = 0, twice = 0, late = 0, drops = 0;
  for (const PlannedPerson& person : population.people) {
    latecomers += !person.arrives.empty();
    silent += person.arrives.empty() && Last(person, "areas") == nullptr;
    for (const auto& [activity, vote] : person.votes) {
      drops += vote.drops_connection;
      for (const PlannedBallot& ballot : vote.ballots) {
        changed += ballot.seq > 1 && !ballot.after_close;
        twice += ballot.times > 1;
        late += ballot.after_close;
      }
    }
  }
  for (size_t number : {silent, latecomers, changed, twice, late, drops}) EXPECT_GT(number, 0u);
}

TEST(RehearsePopulation, EveryAreaIsRepresented) {
  const Facts facts = BuiltIn();
  const RunSheet sheet = BuiltInSheet();
  const Population population = MakePopulation(sheet, &facts, 180, 5);
  std::set<OptionId> chosen;
  for (const PlannedPerson& person : population.people) {
    const PlannedBallot* last = Last(person, "areas");
    if (last == nullptr) continue;
    chosen.insert(std::get<ChoiceCast>(last->cast.ballot).options.front());
  }
  EXPECT_EQ(chosen.size(), std::get<ChoiceBallot>(sheet.activities[0].ballot).options.size());
}

TEST(RehearsePopulation, TheEightTopicsAreWrittenOnceEach) {
  const Facts facts = BuiltIn();
  const Population population = MakePopulation(BuiltInSheet(), &facts, 180, 5);
  ASSERT_TRUE(population.published_topics);
  std::map<std::string, int> cards;
  for (const PlannedPerson& person : population.people) {
    auto own = person.cards.find("ideas");
    if (own == person.cards.end()) continue;
    for (const std::string& text : own->second) ++cards[text];
  }
  EXPECT_EQ(facts.topics.size(), 8u);
  for (const std::string& topic : facts.topics) EXPECT_EQ(cards[topic], 1) << topic;
  for (const auto& [text, count] : cards) EXPECT_EQ(count, 1) << text;
}

TEST(RehearsePopulation, ASeedRepeatsAndAnotherDiffers) {
  const Facts facts = BuiltIn();
  auto fingerprint = [&](uint64_t seed) {
    std::string all;
    for (const PlannedPerson& person : MakePopulation(BuiltInSheet(), &facts, 60, seed).people) {
      for (const auto& [activity, vote] : person.votes) {
        for (const PlannedBallot& ballot : vote.ballots) {
          const auto* scale = std::get_if<ScaleCast>(&ballot.cast.ballot);
          all += scale != nullptr ? std::to_string(scale->value) : "-";
        }
      }
      all += person.arrives + "|";
    }
    return all;
  };
  EXPECT_EQ(fingerprint(11), fingerprint(11));
  EXPECT_NE(fingerprint(11), fingerprint(12));
}

TEST(RehearsePopulation, RandomPopulationsAreWithinTheRules) {
  for (uint32_t people : {6u, 7u, 30u, 300u}) {
    const Population population = MakePopulation(BuiltInSheet(), nullptr, people, people);
    DotsOf(population, "gallery", 5);
    EXPECT_FALSE(population.published_dots);
    for (const PlannedPerson& person : population.people) {
      const PlannedBallot* last = Last(person, "confidence-start");
      if (last == nullptr) continue;
      int32_t value = std::get<ScaleCast>(last->cast.ballot).value;
      EXPECT_TRUE(value >= 1 && value <= 5) << value;
    }
    if (people >= 12) continue;  // the smallest rooms need everybody's card
    for (const PlannedPerson& person : population.people) {
      EXPECT_TRUE(person.cards.contains("ideas"));
      EXPECT_TRUE(person.arrives.empty());
    }
  }
}

TEST(RehearsePopulation, AMeanThatCannotBeIsNotPlanned) {
  EXPECT_FALSE(PlanMean(333, 1, 1, 5));
  EXPECT_FALSE(PlanMean(600, 100, 1, 5));
  auto seven = PlanMean(333, 7, 1, 5);
  ASSERT_TRUE(seven);
  EXPECT_EQ(seven->people, 6u);
  EXPECT_EQ(seven->sum, 20);
}

}  // namespace
}  // namespace plenum::rehearse
