#include "gateway/rehearse/population.h"

#include <algorithm>
#include <cassert>

#include "gateway/rehearse/population_tables.h"
#include "gateway/rehearse/texts.h"
#include "gateway/rehearse/votes.h"
#include "schema/limits.h"

namespace plenum::rehearse {
namespace {

constexpr int kLatecomersPercent = 3;
constexpr int kLeaversPercent = 3;
constexpr int kSilentPercent = 4;
constexpr int kSilentUpToPercent = 30;  // when everything is left to chance
// With fewer people everybody comes at once, stays and answers: 25/10 needs six.
constexpr uint32_t kSmallRoom = 12;
constexpr uint32_t kRoomWithPaper = 30;  // from this size on somebody has no phone
constexpr uint32_t kOnPaper = 3;
constexpr size_t kWritersForAWithdrawal = 10;

class Maker {
 public:
  Maker(const RunSheet& sheet, const Facts* facts, uint32_t attendees, uint64_t seed)
      : sheet_(sheet),
        facts_(facts),
        texts_(facts, sheet.languages.empty() ? "en" : sheet.languages.front()),
        attendees_(attendees),
        random_(seed) {
    population_.people.resize(attendees);
  }

  Population Make() {
    PlanComingAndGoing();
    for (size_t i = 0; i < sheet_.activities.size(); ++i) {
      const ActivitySpec& spec = sheet_.activities[i];
      if (spec.deal) {
        PlanCards(spec, WithPhones(i));
      } else if (spec.collect && !spec.seats && spec.collect->who == Contributors::kEveryone) {
        PlanTexts(spec, WithPhones(i));
      }
      PlanBallots(i);
      if (spec.seats) {
        Random random = random_.Fork("tables", i);
        const std::vector<uint32_t> here = Voters(WithPhones(i), random);
        PlanTables(spec, facts_, here, texts_, random, population_);
      }
      if (spec.collect && !spec.seats && spec.collect->who != Contributors::kEveryone)
        PlanTopics(spec, facts_, texts_, random_.Fork("topics", i), population_);
    }
    facts_ != nullptr ? PlanPublished() : PlanSkipping();
    return std::move(population_);
  }

 private:
  void PlanComingAndGoing() {
    if (attendees_ < kSmallRoom || sheet_.activities.size() < 2) return;
    Random random = random_.Fork("coming-and-going");
    for (PlannedPerson& person : population_.people) {
      // Nobody comes to the last activity only, and nobody leaves before the second.
      size_t place = 1 + random.Below(sheet_.activities.size() - 1);
      const ActivityId& activity = sheet_.activities[place].id;
      if (random.Chance(kLatecomersPercent)) {
        person.arrives = activity;
      } else if (random.Chance(kLeaversPercent) && place > 1) {
        person.leaves = activity;
      }
    }
    if (attendees_ < kRoomWithPaper) return;
    for (uint32_t i = 0; i < kOnPaper; ++i) {
      PlannedPerson& person = population_.people[random.Below(attendees_)];
      person = {};
      person.on_paper = true;
    }
  }

  size_t PlaceOf(const ActivityId& id) const {
    return std::ranges::find(sheet_.activities, id, &ActivitySpec::id) - sheet_.activities.begin();
  }

  std::vector<uint32_t> PeopleAt(size_t place) const {
    std::vector<uint32_t> people;
    for (uint32_t i = 0; i < attendees_; ++i) {
      const PlannedPerson& person = population_.people[i];
      bool here = person.arrives.empty() || PlaceOf(person.arrives) <= place;
      bool gone = !person.leaves.empty() && PlaceOf(person.leaves) <= place;
      if (here && !gone) people.push_back(i);
    }
    return people;
  }

  std::vector<uint32_t> WithPhones(size_t place) const {
    std::vector<uint32_t> people = PeopleAt(place);
    std::erase_if(people, [this](uint32_t i) { return population_.people[i].on_paper; });
    return people;
  }

  // Those who answer, in random order; the others' phones stay silent.
  std::vector<uint32_t> Voters(std::vector<uint32_t> people, Random& random) const {
    random.Shuffle(people);
    if (people.size() < kSmallRoom) return people;
    size_t percent = facts_ != nullptr ? kSilentPercent : random.Below(kSilentUpToPercent + 1);
    people.resize(people.size() - people.size() * percent / 100);
    return people;
  }

  void PlanCards(const ActivitySpec& spec, const std::vector<uint32_t>& people) {
    Random random = random_.Fork("cards", PlaceOf(spec.id));
    std::vector<uint32_t> writers = Voters(people, random);
    std::vector<std::string> topics;
    if (facts_ != nullptr && facts_->topics_activity == spec.id) {
      population_.published_topics = writers.size() >= facts_->topics.size();
      for (const std::string& topic : facts_->topics) {
        if (topics.size() < writers.size()) topics.push_back(topic);
      }
    }
    std::vector<uint32_t>* on_paper =
        spec.deal->deck == plenum::Deck::kPaper ? &population_.cards[spec.id] : nullptr;
    auto write = [&](size_t i, const std::string& text) {
      PlannedText card{{text}};
      if (on_paper != nullptr) {
        on_paper->push_back(writers[i]);
        card.number = static_cast<uint32_t>(on_paper->size());
      }
      population_.people[writers[i]].texts[spec.id].push_back(std::move(card));
    };
    for (size_t i = 0; i < writers.size(); ++i) {
      const auto number = static_cast<uint32_t>(i);
      write(i, i < topics.size() ? topics[i] : texts_.Card(spec, number, random));
      for (uint32_t more = 1; more < spec.collect->each && random.Chance(30); ++more) {
        write(i, texts_.Card(spec, number, random));
      }
    }
    population_.topics[spec.id] = std::move(topics);
  }

  void PlanTexts(const ActivitySpec& spec, const std::vector<uint32_t>& people) {
    Random random = random_.Fork("texts", PlaceOf(spec.id));
    std::vector<uint32_t> writers = Voters(people, random);
    const size_t percent = static_cast<size_t>(texts_.PercentOf(spec.id));
    if (writers.size() >= kSmallRoom) writers.resize(writers.size() * percent / 100);
    for (uint32_t writer : writers) {
      std::vector<PlannedText>& texts = population_.people[writer].texts[spec.id];
      texts.push_back({texts_.Any(spec, random)});
      for (uint32_t more = 1; more < spec.collect->each && random.Chance(20); ++more) {
        texts.push_back({texts_.Any(spec, random)});
      }
    }
    if (writers.size() < kWritersForAWithdrawal) return;
    population_.people[writers[0]].texts[spec.id].back().withdrawn = true;
    // One text is erased: of the first such activity, or wherever chance will have it.
    const Writing& erased = population_.people[writers[1]].texts[spec.id].front().writing;
    if (erased_ && (facts_ != nullptr || random.Chance(70))) return;
    erased_ = true;
    Deed(spec.id, Phase::kRevealed,
         EraseText{erased.fields.empty() ? erased.text : erased.fields.front().second});
  }

  void PlanBallots(size_t place) {
    const ActivitySpec& spec = sheet_.activities[place];
    if (spec.deal || !spec.HasBallot()) return;
    if (std::holds_alternative<UpvoteBallot>(spec.ballot)) {
      PlanUpvotes(spec, WithPhones(place));
    } else {
      PlanPoll(spec, PeopleAt(place));
    }
  }

  void PlanUpvotes(const ActivitySpec& spec, const std::vector<uint32_t>& people) {
    Random random = random_.Fork("upvotes", PlaceOf(spec.id));
    for (uint32_t voter : Voters(people, random)) population_.people[voter].upvotes.insert(spec.id);
    population_.interest[spec.id].percent = random.Between(4, 20);
    if (spec.seats) return;
    Deed(spec.id, Phase::kVoting, MarkLeader{Mark::kLive});
    Deed(spec.id, Phase::kClosed, MarkLeader{Mark::kAnswered});
  }

  void PlanPoll(const ActivitySpec& spec, const std::vector<uint32_t>& people) {
    Random random = random_.Fork("poll", PlaceOf(spec.id));
    std::vector<uint32_t> voters = Voters(people, random);
    std::vector<std::optional<FinalBallot>> finals = Finals(spec, voters, random);
    voters.resize(std::min(voters.size(), finals.size()));
    for (size_t i = 0; i < voters.size(); ++i) {
      PlannedPerson& person = population_.people[voters[i]];
      if (person.on_paper) {
        const std::string serial = spec.id.substr(0, 12) + "-" + std::to_string(voters[i] + 1);
        for (PlannedPaper& paper : PlanPaper(spec, serial, finals[i], random))
          population_.paper.push_back(std::move(paper));
      } else {
        person.votes[spec.id] = PlanVote(spec, finals[i], random);
      }
    }
    for (uint32_t i : people) {
      PlannedPerson& person = population_.people[i];
      if (person.on_paper || person.votes.contains(spec.id) || !random.Chance(40)) continue;
      person.votes[spec.id].ballots.push_back(LateBallot(spec, random));
    }
    if (std::holds_alternative<DotsBallot>(spec.ballot)) PlanMerges(spec, random);
  }

  // What counts in the end, one for each voter or for the first of them.
  std::vector<std::optional<FinalBallot>> Finals(const ActivitySpec& spec,
                                                 const std::vector<uint32_t>& voters,
                                                 Random& random) {
    if (facts_ != nullptr) {
      const PublishedMean* mean = facts_->MeanOf(spec.id);
      if (mean != nullptr && std::holds_alternative<ScaleBallot>(spec.ballot)) {
        return ScaleFinals(spec, *mean, voters, random);
      }
      if (spec.id == facts_->dots_activity) {
        if (auto finals = PublishedDots(spec, *facts_, Numbered(spec), voters.size(), random)) {
          population_.published_dots = true;
          return {finals->begin(), finals->end()};
        }
      }
      if (std::ranges::find(facts_->every_option, spec.id) != facts_->every_option.end()) {
        auto finals = EveryOption(std::get<ChoiceBallot>(spec.ballot), voters.size(), random);
        return {finals.begin(), finals.end()};
      }
    }
    std::vector<std::optional<FinalBallot>> finals(voters.size());
    if (JudgesLaterItems(spec)) return finals;
    for (auto& final : finals) final = AnyBallot(spec, SheetItems(spec), random);
    return finals;
  }

  // The items of the published ideas, by their numbers.
  std::vector<ItemName> Numbered(const ActivitySpec& spec) const {
    std::vector<ItemName> names;
    for (const SheetItem& item : spec.items) names.push_back("#" + std::to_string(item.number));
    if (!spec.carry || spec.carry->from != facts_->open_space.activity) return names;
    for (const PublishedTable& table : facts_->open_space.tables)
      names.push_back("#" + std::to_string(table.number));
    return names;
  }

  // Values that have the published mean; somebody known from the series moves from where they were.
  std::vector<std::optional<FinalBallot>> ScaleFinals(const ActivitySpec& spec,
                                                      const PublishedMean& mean,
                                                      const std::vector<uint32_t>& voters,
                                                      Random& random) {
    const auto& scale = std::get<ScaleBallot>(spec.ballot);
    std::optional<MeanPlan> plan =
        PlanMean(mean.hundredths, static_cast<uint32_t>(voters.size()), scale.low, scale.high);
    if (!plan) return {};
    std::map<uint32_t, int32_t>& before = series_values_[spec.Series()];
    std::vector<int32_t> values;
    for (uint32_t i = 0; i < plan->people; ++i) {
      auto known = before.find(voters[i]);
      int32_t value = known == before.end() ? AboutTheMean(mean.hundredths, random)
                                            : Moved(known->second, random);
      values.push_back(std::clamp(value, scale.low, scale.high));
    }
    ShiftToSum(values, plan->sum, scale.low, scale.high, random);
    std::vector<std::optional<FinalBallot>> finals;
    for (uint32_t i = 0; i < plan->people; ++i) {
      before[voters[i]] = values[i];
      finals.push_back(ScaleCast{values[i]});
    }
    return finals;
  }

  static int32_t AboutTheMean(int64_t hundredths, Random& random) {
    int64_t away = random.Between(-130, 130) + random.Between(-130, 130);
    return static_cast<int32_t>((hundredths + away + 50) / 100);
  }

  // Most stay or move up a step; a few move down.
  static int32_t Moved(int32_t from, Random& random) {
    uint64_t how = random.Below(100);
    return from + (how < 10 ? -1 : how < 45 ? 0 : how < 90 ? 1 : 2);
  }

  void Deed(const ActivityId& activity, Phase phase, decltype(PlannedDeed::what) what) {
    population_.deeds.push_back({activity, phase, 0, std::move(what)});
  }

  void PlanMerges(const ActivitySpec& spec, Random& random) {
    std::vector<ItemName> names = SheetItems(spec);
    if (facts_ != nullptr && spec.id == facts_->dots_activity) {
      names.clear();
      for (const PublishedIdea& idea : facts_->ideas) {
        MergeItems merge;
        for (const PosterDots& part : idea.parts) {
          const ItemName name = "#" + std::to_string(part.number);
          (merge.into.empty() ? merge.into : merge.from.emplace_back()) = name;
        }
        if (!merge.from.empty()) Deed(spec.id, Phase::kClosed, std::move(merge));
      }
      for (const PublishedTable& table : facts_->open_space.tables) {
        if (table.topic == facts_->topics[1]) names.push_back("#" + std::to_string(table.number));
      }
    } else if (names.empty()) {
      for (int number = 1; number <= 6; ++number) names.push_back("#" + std::to_string(number));
    }
    random.Shuffle(names);
    const size_t merges = names.size() < 6 ? 0 : random.Below(3);
    for (size_t i = 0; i < merges; ++i) {
      Deed(spec.id, Phase::kClosed, MergeItems{names[2 * i], {names[2 * i + 1]}});
    }
    if (names.size() < 2) return;
    // One that is a mistake, and is taken back.
    const size_t last = names.size() - 1;
    Deed(spec.id, Phase::kClosed, MergeItems{names[last], {names[last - 1]}});
    Deed(spec.id, Phase::kClosed, UndoMerge{names[last]});
  }

  // What is done beside the sheet.
  void PlanPublished() {
    population_.published_tables = attendees_ >= facts_->attendees / 2;
    const std::optional<Inserted>& inserted = facts_->inserted;
    if (!inserted || PlaceOf(inserted->spec.id) == sheet_.activities.size()) return;
    const ActivityId& id = inserted->spec.id;
    population_.inserted.insert(id);
    for (const WordMerge& merge : inserted->merges)
      Deed(id, Phase::kClosed, MergeItems{merge.into, merge.from});
    Deed(id, Phase::kClosed, UndoMerge{inserted->undo});
  }

  // An activity that no other needs may be left out.
  void PlanSkipping() {
    Random random = random_.Fork("skipping");
    const ActivitySpec& spec = random.Pick(sheet_.activities);
    const bool needed = std::ranges::any_of(sheet_.activities, [&](const ActivitySpec& other) {
      return (other.carry && other.carry->from == spec.id) ||
             (other.collect && other.collect->picture_of == spec.id);
    });
    if (!needed && sheet_.activities.size() > 3 && random.Chance(50))
      population_.skipped.insert(spec.id);
  }

  const RunSheet& sheet_;
  const Facts* facts_;
  const TextSource texts_;
  const uint32_t attendees_;
  const Random random_;
  Population population_;
  bool erased_ = false;
  std::map<std::string, std::map<uint32_t, int32_t>> series_values_;
};

}  // namespace

std::optional<MeanPlan> PlanMean(int64_t hundredths, uint32_t most, int32_t low, int32_t high) {
  for (int64_t people = most; people > 0; --people) {
    // Half up: 2n·h <= 200·sum + n < 2n·(h + 1). The smallest sum that is not too small:
    int64_t sum = (2 * people * hundredths - people + 199) / 200;
    bool shown = 200 * sum + people < 2 * people * (hundredths + 1);
    if (shown && sum >= people * low && sum <= people * high)
      return MeanPlan{static_cast<uint32_t>(people), sum};
  }
  return std::nullopt;
}

Population MakePopulation(const RunSheet& sheet, const Facts* facts, uint32_t attendees,
                          uint64_t seed) {
  assert(attendees >= limits::kDeckPeople);
  return Maker(sheet, facts, attendees, seed).Make();
}

}  // namespace plenum::rehearse
