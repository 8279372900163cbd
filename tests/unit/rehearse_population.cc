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
  std::map<std::string, std::pair<uint32_t, int32_t>> papers;  // the last of each counts
  for (const PlannedPaper& paper : population.paper) {
    if (paper.activity != activity) continue;
    auto& [seq, value] = papers[paper.serial];
    if (paper.ballot.seq <= seq) continue;
    seq = paper.ballot.seq;
    value = std::get<ScaleCast>(paper.ballot.cast.ballot).value;
  }
  for (const auto& [serial, ballot] : papers) {
    sum += ballot.second;
    ++people;
  }
  return people == 0 ? "" : DecimalOf(sum, people, 2);
}

std::map<ItemId, uint32_t> DotsOf(const Population& population, const ActivityId& activity,
                                  uint32_t budget) {
  std::map<ItemId, uint32_t> dots;
  for (const PlannedPerson& person : population.people) {
    const PlannedBallot* last = Last(person, activity);
    if (last == nullptr || last->filling != Filling::kAsPlanned) continue;
    uint32_t used = 0;
    std::set<ItemId> items;
    for (const ItemDots& one : std::get<DotsCast>(last->cast.ballot).dots) {
      dots[one.item] += one.dots;
      used += one.dots;
      EXPECT_TRUE(items.insert(one.item).second);
    }
    EXPECT_LE(used, budget);
  }
  std::map<std::string, const PlannedPaper*> papers;
  for (const PlannedPaper& paper : population.paper) {
    if (paper.activity != activity) continue;
    const PlannedPaper*& last = papers[paper.serial];
    if (last == nullptr || paper.ballot.seq > last->ballot.seq) last = &paper;
  }
  for (const auto& [serial, paper] : papers) {
    if (paper->ballot.filling != Filling::kAsPlanned) continue;
    for (const ItemDots& one : std::get<DotsCast>(paper->ballot.cast.ballot).dots)
      dots[one.item] += one.dots;
  }
  return dots;
}

std::vector<std::string> MergesIn(const Population& population, const ActivityId& activity) {
  std::vector<std::string> merges;
  for (const PlannedDeed& deed : population.deeds) {
    const auto* merge = std::get_if<MergeItems>(&deed.what);
    if (merge == nullptr || deed.activity != activity) continue;
    std::string text = merge->into;
    for (const ItemName& from : merge->from) text += " " + from;
    merges.push_back(text);
  }
  return merges;
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
        const std::string item = "#" + std::to_string(part.number);
        score += dots[item];
        dots.erase(item);
      }
      scores.push_back(score);
    }
    EXPECT_EQ(scores, (std::vector<uint32_t>{73, 69, 65, 56, 51, 51, 50}));
    EXPECT_EQ(dots.size(), 10u);  // the other tables
    for (const auto& [item, count] : dots) EXPECT_LT(count, 50u) << item;
    const std::vector<std::string> merges = MergesIn(population, "gallery");
    ASSERT_GE(merges.size(), 2u);
    EXPECT_EQ(merges[0], "#4 #11");
    EXPECT_EQ(merges[1], "#18 #2");
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
  for (const PlannedPaper& paper : population.paper) {
    if (paper.activity != "areas") continue;
    const auto& options = std::get<ChoiceCast>(paper.ballot.cast.ballot).options;
    chosen.insert(options.begin(), options.end());
  }
  auto areas = std::ranges::find(sheet.activities, "areas", &ActivitySpec::id);
  ASSERT_NE(areas, sheet.activities.end());
  EXPECT_EQ(chosen.size(), std::get<ChoiceBallot>(areas->ballot).options.size());
}

TEST(RehearsePopulation, TheEightTopicsAreWrittenOnceEach) {
  const Facts facts = BuiltIn();
  const Population population = MakePopulation(BuiltInSheet(), &facts, 180, 5);
  ASSERT_TRUE(population.published_topics);
  std::map<std::string, int> cards;
  for (const PlannedPerson& person : population.people) {
    auto own = person.texts.find("ideas");
    if (own == person.texts.end()) continue;
    for (const PlannedText& text : own->second) ++cards[text.writing.text];
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
      EXPECT_TRUE(person.texts.contains("ideas"));
      EXPECT_TRUE(person.arrives.empty());
    }
  }
}

TEST(RehearsePopulation, TablesHaveHostsTopicsAndNotesAsPublished) {
  const Facts facts = BuiltIn();
  const Population population = MakePopulation(BuiltInSheet(), &facts, 180, 2);
  for (const PublishedTables& published : facts.tables) {
    std::set<uint32_t> hosted;
    for (const PlannedPerson& person : population.people) {
      auto table = person.tables.find(published.activity);
      const bool hosts = table != person.tables.end() && table->second.hosts != 0;
      EXPECT_TRUE(!hosts || hosted.insert(table->second.hosts).second) << "one host a table";
    }
    EXPECT_EQ(hosted.size(), published.tables);
    EXPECT_EQ(*hosted.rbegin(), published.tables);
    uint32_t typed_up = 0;
    for (const PlannedDeed& deed : population.deeds) {
      typed_up += deed.activity == published.activity && std::holds_alternative<TypeUp>(deed.what);
    }
    EXPECT_EQ(typed_up, published.tables) << "whatever a table has not sent";
  }
  const auto& notes = population.notes.at("open-space");
  for (const PublishedTable& table : facts.open_space.tables) {
    auto note = notes.find(table.number);
    if (note == notes.end()) continue;  // on paper
    EXPECT_EQ(note->second.fields[0], std::pair(std::string("idea"), table.idea));
    EXPECT_EQ(note->second.fields[1], std::pair(std::string("topic"), table.topic));
  }
}

TEST(RehearsePopulation, SomeWriteSomeTakeItBackOneTextIsErasedAndSomeVoteOnPaper) {
  const Facts facts = BuiltIn();
  RunSheet sheet = BuiltInSheet();
  sheet.activities.push_back(facts.inserted->spec);
  const Population population = MakePopulation(sheet, &facts, 180, 3);
  std::map<ActivityId, size_t> texts;
  size_t withdrawn = 0, on_paper = 0, erased = 0, undone = 0;
  for (const PlannedPerson& person : population.people) {
    on_paper += person.on_paper;
    for (const auto& [activity, own] : person.texts) {
      texts[activity] += own.size();
      for (const PlannedText& text : own) withdrawn += text.withdrawn;
      EXPECT_FALSE(person.on_paper);
    }
  }
  for (const PlannedDeed& deed : population.deeds) {
    erased += std::holds_alternative<EraseText>(deed.what);
    undone += std::holds_alternative<UndoMerge>(deed.what);
  }
  for (const char* activity : {"hopes", "panel", "ideas", "commitments", "review", "one-word"})
    EXPECT_GT(texts[activity], 30u) << activity;
  EXPECT_LT(texts["panel"], 100u) << "not everybody asks the panel";
  EXPECT_EQ(erased, 1u);
  EXPECT_EQ(undone, 2u);  // of words, and of ideas
  EXPECT_GT(withdrawn * on_paper * population.paper.size(), 0u);
  EXPECT_EQ(population.inserted, std::set<ActivityId>{"one-word"});
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
