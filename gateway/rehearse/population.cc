#include "gateway/rehearse/population.h"

#include <algorithm>
#include <cassert>

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

class Maker {
 public:
  Maker(const RunSheet& sheet, const Facts* facts, uint32_t attendees, uint64_t seed)
      : sheet_(sheet), facts_(facts), attendees_(attendees), random_(seed) {
    population_.people.resize(attendees);
  }

  Population Make() {
    PlanComingAndGoing();
    for (size_t i = 0; i < sheet_.activities.size(); ++i) {
      const ActivitySpec& spec = sheet_.activities[i];
      if (spec.collect) PlanCards(spec, PeopleAt(i));
      if (!spec.deal && !std::holds_alternative<std::monostate>(spec.ballot))
        PlanPoll(spec, PeopleAt(i));
    }
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
    for (size_t i = 0; i < writers.size(); ++i) {
      std::vector<std::string>& cards = population_.people[writers[i]].cards[spec.id];
      cards.push_back(i < topics.size() ? topics[i] : CardText(random, static_cast<uint32_t>(i)));
      for (uint32_t more = 1; more < spec.collect->each && random.Chance(30); ++more) {
        cards.push_back(CardText(random, static_cast<uint32_t>(i)));
      }
    }
    population_.topics[spec.id] = std::move(topics);
  }

  // Distinct, so that a card is known by its text.
  std::string CardText(Random& random, uint32_t number) const {
    std::string tail = " (" + std::to_string(number + 1) + ")";
    if (facts_ == nullptr) return "Idea of seed " + std::to_string(random.Below(1'000'000)) + tail;
    return random.Pick(facts_->card_ideas) + " " + random.Pick(facts_->card_with) + ". " +
           random.Pick(facts_->card_first_steps) + tail;
  }

  void PlanPoll(const ActivitySpec& spec, const std::vector<uint32_t>& people) {
    Random random = random_.Fork("poll", PlaceOf(spec.id));
    std::vector<uint32_t> voters = Voters(people, random);
    std::vector<FinalBallot> finals = Finals(spec, voters, random);
    voters.resize(std::min(voters.size(), finals.size()));
    for (size_t i = 0; i < voters.size(); ++i) {
      PlannedPerson& person = population_.people[voters[i]];
      person.votes[spec.id] = PlanVote(spec, finals[i], random);
    }
    for (uint32_t i : people) {
      PlannedPerson& person = population_.people[i];
      if (person.votes.contains(spec.id) || !random.Chance(40)) continue;
      PlannedBallot late{{AnyBallot(spec, random)}, 1, 1, true};
      person.votes[spec.id].ballots.push_back(late);
    }
    if (std::holds_alternative<DotsBallot>(spec.ballot)) PlanMerges(spec, random);
  }

  // What counts in the end, one for each voter or for the first of them.
  std::vector<FinalBallot> Finals(const ActivitySpec& spec, const std::vector<uint32_t>& voters,
                                  Random& random) {
    if (facts_ != nullptr) {
      const PublishedMean* mean = facts_->MeanOf(spec.id);
      if (mean != nullptr && std::holds_alternative<ScaleBallot>(spec.ballot)) {
        return ScaleFinals(spec, *mean, voters, random);
      }
      if (spec.id == facts_->dots_activity) {
        if (auto finals = PublishedDots(spec, *facts_, voters.size(), random)) {
          population_.published_dots = true;
          return *finals;
        }
      }
      if (std::ranges::find(facts_->every_option, spec.id) != facts_->every_option.end()) {
        return EveryOption(std::get<ChoiceBallot>(spec.ballot), voters.size(), random);
      }
    }
    std::vector<FinalBallot> finals;
    for (size_t i = 0; i < voters.size(); ++i) finals.push_back(AnyBallot(spec, random));
    return finals;
  }

  // Values that have the published mean; somebody known from the series moves from where they were.
  std::vector<FinalBallot> ScaleFinals(const ActivitySpec& spec, const PublishedMean& mean,
                                       const std::vector<uint32_t>& voters, Random& random) {
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
    std::vector<FinalBallot> finals;
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

  static bool HasIdeas(const ActivitySpec& spec, const Facts& facts) {
    return spec.id == facts.dots_activity &&
           std::ranges::all_of(facts.ideas, [&](const PublishedIdea& idea) {
             return std::ranges::all_of(idea.parts, [&](const PosterDots& part) {
               return std::ranges::find(spec.items, part.item, &SheetItem::id) != spec.items.end();
             });
           });
  }

  void PlanMerges(const ActivitySpec& spec, Random& random) {
    if (facts_ != nullptr && HasIdeas(spec, *facts_)) {
      for (const PublishedIdea& idea : facts_->ideas) {
        if (idea.parts.size() < 2) continue;
        PlannedMerge merge{spec.id, idea.parts[0].item, {}};
        for (size_t i = 1; i < idea.parts.size(); ++i) merge.from.push_back(idea.parts[i].item);
        population_.merges.push_back(std::move(merge));
      }
      return;
    }
    std::vector<ItemId> items;
    for (const SheetItem& item : spec.items) items.push_back(item.id);
    random.Shuffle(items);
    size_t merges = items.size() < 6 ? 0 : random.Below(3);
    for (size_t i = 0; i < merges; ++i) {
      population_.merges.push_back({spec.id, items[2 * i], {items[2 * i + 1]}});
    }
  }

  const RunSheet& sheet_;
  const Facts* facts_;
  const uint32_t attendees_;
  const Random random_;
  Population population_;
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
