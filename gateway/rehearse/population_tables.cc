#include "gateway/rehearse/population_tables.h"

#include <algorithm>

namespace plenum::rehearse {
namespace {

constexpr uint32_t kMostMadeUpTables = 12;  // where nobody knows how many topics there will be
constexpr int kMovesPercent = 12;
constexpr int kOnPaperPercent = 10;  // tables that write their note on paper
constexpr size_t kHandOvers = 2;
constexpr int32_t kExtendMs = 60'000;
constexpr uint32_t kAddedTopics = 2;  // in a day that was made up
constexpr int kWanted = 60;           // of a hundred, a topic that needs a second table
constexpr int kLessWanted = 15;

// One activity's tables.
class Tables {
 public:
  Tables(const ActivitySpec& spec, const Facts* facts, const TextSource& texts, Random random,
         Population& population)
      : spec_(spec),
        facts_(facts),
        texts_(texts),
        random_(random),
        population_(population),
        published_(facts != nullptr && facts->open_space.activity == spec.id),
        tables_(std::max(spec.seats->tables, static_cast<uint32_t>(spec.items.size()))) {
    if (tables_ == 0) tables_ = kMostMadeUpTables;
  }

  void Plan(std::vector<uint32_t> people) {
    random_.Shuffle(people);
    PlanPlaces(people);
    PlanHosts(people);
    PlanNotes();
    if (std::holds_alternative<UpvoteBallot>(spec_.ballot)) PlanTopicsOfTables(people.size());
    if (spec_.time.seat_ms > 0) Deed(Phase::kSeated, 1, Extend{kExtendMs});
  }

 private:
  template <class What>
  void Deed(Phase phase, uint32_t round, What what) {
    population_.deeds.push_back({spec_.id, phase, round, std::move(what)});
  }

  uint32_t AnyTable() { return 1 + static_cast<uint32_t>(random_.Below(tables_)); }

  void PlanPlaces(const std::vector<uint32_t>& people) {
    for (size_t i = 0; i < people.size(); ++i) {
      PlannedTable& table = population_.people[people[i]].tables[spec_.id];
      if (!spec_.seats->planned) table.sits = 1 + static_cast<uint32_t>(i) % tables_;
      if (!random_.Chance(kMovesPercent)) continue;
      table.moves_to = AnyTable();
      table.moves_in = 1 + static_cast<uint32_t>(random_.Below(spec_.seats->rounds));
    }
  }

  // At most every third is a host, so that there is somebody to sit with.
  void PlanHosts(const std::vector<uint32_t>& people) {
    std::vector<uint32_t> numbers;
    for (uint32_t number = 1; number <= tables_; ++number) numbers.push_back(number);
    random_.Shuffle(numbers);
    numbers.resize(std::min<size_t>(numbers.size(), std::max<size_t>(people.size() / 3, 1)));
    for (size_t i = 0; i < numbers.size() && i < people.size(); ++i) {
      PlannedTable& table = population_.people[people[i]].tables[spec_.id];
      table = {.hosts = numbers[i]};
      if (!spec_.seats->planned) table.sits = numbers[i];
      table.hands_over = i < kHandOvers && spec_.seats->rounds > 1;
    }
  }

  void PlanNotes() {
    if (!spec_.collect) return;
    std::map<uint32_t, Writing>& notes = population_.notes[spec_.id];
    for (uint32_t table = 1; table <= tables_; ++table) {
      const Writing note = texts_.Any(spec_, random_, Given(table));
      if (!random_.Chance(kOnPaperPercent)) notes[table] = note;
      Deed(Phase::kClosed, 0, TypeUp{table, note});
    }
  }

  std::map<std::string, std::string> Given(uint32_t table) const {
    if (!published_) return {};
    for (const PublishedTable& published : facts_->open_space.tables) {
      if (published.number == table) return {{"topic", published.topic}, {"idea", published.idea}};
    }
    return {};
  }

  // Who signs up for what, so that the topics that had two tables are those most wanted.
  void PlanTopicsOfTables(size_t people) {
    SetTables deed{tables_, spec_.seats->capacity, {}};
    const size_t places = size_t{tables_} * spec_.seats->capacity;
    if (places < people) deed.capacity = static_cast<uint32_t>(people / tables_ + 2);
    Interest& interest = population_.interest[spec_.id];
    if (published_) {
      interest.percent = kLessWanted;
      std::map<std::string, int> tables;
      for (const PublishedTable& table : facts_->open_space.tables) {
        deed.named.push_back({table.number, table.topic});
        if (++tables[table.topic] > 1) interest.by_title[table.topic] = kWanted;
      }
    } else {
      interest.percent = random_.Between(10, 60);
    }
    Deed(Phase::kVoting, 0, std::move(deed));
  }

  const ActivitySpec& spec_;
  const Facts* facts_;
  const TextSource& texts_;
  Random random_;
  Population& population_;
  const bool published_;
  uint32_t tables_;
};

}  // namespace

void PlanTables(const ActivitySpec& spec, const Facts* facts, const std::vector<uint32_t>& people,
                const TextSource& texts, Random random, Population& population) {
  Tables(spec, facts, texts, random, population).Plan(people);
}

void PlanTopics(const ActivitySpec& spec, const Facts* facts, const TextSource& texts,
                Random random, Population& population) {
  auto add = [&](Writing writing) {
    population.deeds.push_back({spec.id, Phase::kCollecting, 0, AddTopic{std::move(writing)}});
  };
  if (facts != nullptr && facts->open_space.board == spec.id) {
    for (const std::string& topic : facts->open_space.added) add({topic});
    return;
  }
  for (uint32_t i = 0; i < kAddedTopics; ++i) add(texts.Any(spec, random));
}

}  // namespace plenum::rehearse
