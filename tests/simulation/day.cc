#include "tests/simulation/day.h"

#include <string>
#include <utility>

#include "schema/limits.h"

namespace plenum::simulation {
namespace {

Text English(std::string text) { return {{{"en", std::move(text)}}}; }

ActivitySpec Choice(Random& random) {
  ChoiceBallot ballot;
  for (const char* id : {"north", "east", "south", "west"}) {
    ballot.options.push_back({id, English(id)});
  }
  ballot.max = static_cast<uint32_t>(random.Between(1, 3));
  ballot.name_unchosen = random.Percent(50);
  ActivitySpec spec;
  spec.id = "areas";
  spec.ballot = ballot;
  if (random.Percent(30)) spec.reveal = Reveal::kLive;
  return spec;
}

ActivitySpec Scale(std::string id) {
  ActivitySpec spec;
  spec.id = std::move(id);
  spec.ballot = ScaleBallot{};
  spec.series = "confidence";
  return spec;
}

ActivitySpec Dots(Random& random) {
  ActivitySpec spec;
  spec.id = "dots";
  const auto budget = static_cast<uint32_t>(random.Between(1, 6));
  spec.ballot = DotsBallot{budget, static_cast<uint32_t>(random.Between(1, budget))};
  for (uint32_t number = 1; number <= 5; ++number) {
    const std::string name = "t" + std::to_string(number);
    spec.items.push_back({name, number, English(name), {}});
  }
  spec.shuffle_items = random.Percent(50);
  return spec;
}

ActivitySpec Ideas(Random& random) {
  ActivitySpec spec;
  spec.id = "ideas";
  spec.collect = Collect{};
  spec.ballot = ScaleBallot{};
  spec.deal = Deal{static_cast<uint32_t>(random.Between(2, 5)), Deck::kPhones};
  if (random.Percent(50)) spec.time.swap_ms = 4000;
  if (random.Percent(30)) spec.time.score_ms = 5000;
  return spec;
}

ActivitySpec Wishes(Random& random) {
  ActivitySpec spec;
  spec.id = "wishes";
  spec.collect = Collect{.each = static_cast<uint32_t>(random.Between(1, 3)), .max_graphemes = 60};
  if (random.Percent(30)) spec.time.collect_ms = 4000;
  return spec;
}

}  // namespace

std::vector<ActivitySpec> DrawDay(Random& random, size_t people) {
  std::vector<ActivitySpec> day;
  if (random.Percent(60)) day.push_back(Scale("confidence-start"));
  if (random.Percent(50)) day.push_back(Choice(random));
  if (random.Percent(30)) day.push_back(Wishes(random));
  if (people >= limits::kDeckPeople) day.push_back(Ideas(random));
  if (random.Percent(60)) day.push_back(Dots(random));
  if (day.empty() || random.Percent(60)) day.push_back(Scale("confidence-end"));
  for (ActivitySpec& spec : day) {
    spec.title = English(spec.id);
    spec.time.grace_ms = static_cast<uint32_t>(random.Between(0, 3) * 1000);
    if (!spec.deal && random.Percent(30)) spec.time.vote_ms = 6000;
  }
  return day;
}

}  // namespace plenum::simulation
