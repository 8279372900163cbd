// Table plans for requests of all kinds: the rules of every plan, as many places as any plan can
// have, even tables, wishes that are refused for a reason only, and the same plan for the same
// request.
#include <gtest/gtest.h>

#include <optional>

#include "tests/property/seeds.h"
#include "tests/simulation/random.h"
#include "tests/unit/planner_kit.h"

namespace plenum::planner_test {
namespace {

using fold_test::Seeds;
using simulation::Random;

// What a request is like.
struct Kind {
  bool hosts = false;
  bool past = false;
  bool topics = false;
  bool wishes = false;
  bool ample = false;   // beside the tables that are wished, five with room for everybody
  uint32_t rounds = 0;  // 0: drawn
};

Tables SomeTables(Random& random, uint32_t tables, uint32_t most) {
  Tables list;
  for (uint64_t count = random.Below(most + 1); count > 0; --count) {
    list.push_back(static_cast<uint32_t>(random.Between(1, tables)));
  }
  return list;
}

void AddPast(PlanRequest& request, Random& random, uint32_t tables) {
  request.past.resize(random.Below(3));
  for (Tables& round : request.past) {
    for (uint64_t i = random.Below(request.people.size() + 3); i > 0; --i) {
      round.push_back(static_cast<uint32_t>(random.Below(tables + 3)));
    }
  }
  for (Person& person : request.people) {
    if (random.Percent(20)) person.visited = SomeTables(random, tables + 1, 3);
  }
}

PlanRequest DrawRequest(Random& random, const Kind& kind) {
  const auto tables = static_cast<uint32_t>(random.Between(1, 9));
  const auto people = static_cast<uint32_t>(random.Between(1, 40));
  // From far too few places to far too many.
  const auto capacity = static_cast<uint32_t>(random.Between(1, 2 * people / tables + 2));
  PlanRequest request = Cafe(tables, capacity, people, static_cast<uint32_t>(random.Between(1, 5)));
  if (kind.rounds > 0) request.rounds = kind.rounds;
  const bool even = random.Percent(40);
  for (Table& table : request.tables) {
    if (!even) table.capacity = static_cast<uint32_t>(random.Below(capacity + 1));
    if (kind.topics) table.topic = static_cast<uint32_t>(random.Below(tables));
  }
  for (uint32_t i = 0; kind.ample && i < 5; ++i) request.tables.push_back({tables + 1 + i, people});
  for (Person& person : request.people) {
    if (kind.hosts && random.Percent(15)) {
      person.host_of = static_cast<uint32_t>(random.Between(1, tables + 1));
    }
    if (!kind.wishes || random.Percent(30)) continue;
    person.wishes.resize(random.Below(5));
    for (Tables& equal : person.wishes) equal = SomeTables(random, tables, 2);
  }
  if (kind.past) AddPast(request, random, tables);
  return request;
}

std::string Say(uint64_t seed) { return "PLENUM_SEED=" + std::to_string(seed); }

const Kind kKinds[] = {
    {},
    {.hosts = true},
    {.past = true},
    {.hosts = true, .past = true, .topics = true},
    {.wishes = true},
    {.hosts = true, .past = true, .topics = true, .wishes = true},
};

TEST(PlannerProperty, EveryPlanKeepsTheRulesAndReportsWhatItIs) {
  for (const uint64_t seed : Seeds(12, 2000)) {
    SCOPED_TRACE(Say(seed));
    Random random(seed);
    for (const Kind& kind : kKinds) {
      const PlanRequest request = DrawRequest(random, kind);
      EXPECT_EQ(WrongWith(request, PlanOf(request, seed)), "");
    }
  }
}

TEST(PlannerProperty, TheSameRequestHasTheSamePlanInWhateverOrderItIsWritten) {
  for (const uint64_t seed : Seeds(4, 500)) {
    SCOPED_TRACE(Say(seed));
    Random random(seed);
    for (const Kind& kind : kKinds) {
      const PlanRequest request = DrawRequest(random, kind);
      const std::vector<Tables> plan = TablesOf(PlanOf(request, seed));
      EXPECT_EQ(TablesOf(PlanOf(request, seed)), plan);
      PlanRequest other = request;
      std::ranges::reverse(other.tables);
      for (Person& person : other.people) {
        std::ranges::reverse(person.visited);
        for (Tables& equal : person.wishes) std::ranges::reverse(equal);
      }
      EXPECT_EQ(TablesOf(PlanOf(other, seed)), plan);
    }
  }
}

// As many places as there can be in all rounds together, as a flow: a person is at a place (a
// topic, or a table without one) once, and in as many places as there are rounds; a table takes its
// capacity each round. Any flow can be split into rounds (Kőnig), so this many can be reached.
class MostPlaces {
 public:
  explicit MostPlaces(const PlanRequest& request) : request_(request) {
    // Tables of the same number do not occur here.
    for (const Table& table : request.tables) {
      uint64_t hosts = 0;
      for (const Person& person : request.people) hosts += person.host_of == table.number;
      hosts_ += std::min<uint64_t>(hosts, table.capacity) * request.rounds;
      left_.push_back((table.capacity - std::min<uint64_t>(hosts, table.capacity)) *
                      request.rounds);
    }
    at_.resize(request.people.size());
    for (size_t i = 0; i < at_.size(); ++i) been_.push_back(Been(request, i));
  }

  uint64_t Count() {
    uint64_t count = hosts_;
    for (size_t person = 0; person < at_.size(); ++person) {
      if (IsHost(request_, person)) continue;
      for (uint32_t round = 0; round < request_.rounds; ++round) {
        tried_.assign(left_.size(), false);
        entered_.clear();
        if (Find(person, SIZE_MAX)) ++count;
      }
    }
    return count;
  }

 private:
  // Whether `person` finds a table more, or another one than `instead_of`.
  bool Find(size_t person, size_t instead_of) {
    std::set<std::pair<uint32_t, uint32_t>> mine;
    for (size_t table = 0; table < left_.size(); ++table) {
      if (tried_[table] || !May(person, table, instead_of)) continue;
      // Further down the same path they may not come to the same place by another table.
      const auto place = PlaceOf(request_.tables[table]);
      if (!mine.contains(place) && !entered_.insert({person, place}).second) continue;
      mine.insert(place);
      tried_[table] = true;
      if (left_[table] > 0 || MakeRoom(table)) {
        --left_[table];
        at_[person].insert(table);
        return true;
      }
    }
    return false;
  }

  bool MakeRoom(size_t table) {
    for (size_t other = 0; other < at_.size(); ++other) {
      if (!at_[other].contains(table) || !Find(other, table)) continue;
      at_[other].erase(table);
      ++left_[table];
      return true;
    }
    return false;
  }

  bool May(size_t person, size_t table, size_t instead_of) const {
    const auto place = PlaceOf(request_.tables[table]);
    if (table == instead_of || been_[person].contains(place)) return false;
    return std::ranges::none_of(at_[person], [&](size_t other) {
      return other != instead_of && PlaceOf(request_.tables[other]) == place;
    });
  }

  const PlanRequest& request_;
  uint64_t hosts_ = 0;
  std::vector<uint64_t> left_;  // by table
  std::vector<std::set<size_t>> at_;
  std::vector<std::set<std::pair<uint32_t, uint32_t>>> been_;
  std::vector<bool> tried_;
  std::set<std::pair<size_t, std::pair<uint32_t, uint32_t>>> entered_;
};

TEST(PlannerProperty, NobodyIsWithoutAPlaceIfAnyPlanHasMorePlaces) {
  for (const uint64_t seed : Seeds(12, 2000)) {
    SCOPED_TRACE(Say(seed));
    Random random(seed);
    for (const Kind& kind : kKinds) {
      const PlanRequest request = DrawRequest(random, kind);
      const uint64_t asked = request.people.size() * request.rounds;
      EXPECT_EQ(asked - WithoutPlace(PlanOf(request, seed)), MostPlaces(request).Count());
    }
  }
}

// Whether people could move along, from table to table, so that one table has a person less and
// another, that is smaller by two, one more.
bool CouldBeMoreEven(const PlanRequest& request, const Tables& round) {
  auto sizes = Sizes(round);
  for (const Table& from : request.tables) {
    std::set<uint32_t> reached = {from.number};
    std::vector<uint32_t> next = {from.number};
    for (size_t i = 0; i < next.size(); ++i) {
      for (size_t person = 0; person < round.size(); ++person) {
        if (round[person] != next[i] || IsHost(request, person)) continue;
        const auto been = Been(request, person);
        for (const Table& to : request.tables) {
          if (been.contains(PlaceOf(to)) || !reached.insert(to.number).second) continue;
          next.push_back(to.number);
          if (sizes[to.number] < to.capacity && sizes[to.number] + 2 <= sizes[from.number]) {
            return true;
          }
        }
      }
    }
  }
  return false;
}

TEST(PlannerProperty, TablesAreAsEvenAsTheRulesAllow) {
  for (const uint64_t seed : Seeds(20, 3000)) {
    SCOPED_TRACE(Say(seed));
    Random random(seed);
    for (const bool topics : {false, true}) {
      const PlanRequest request =
          DrawRequest(random, {.hosts = true, .past = true, .topics = topics, .rounds = 1});
      const TablePlan plan = PlanOf(request, seed);
      EXPECT_FALSE(CouldBeMoreEven(request, plan.rounds[0].table_of));
    }
  }
}

// Who got what of their wishes, and who has fared how badly.
class Claims {
 public:
  explicit Claims(const PlanRequest& request) : request_(request), owed_(request.people.size()) {
    for (size_t person = 0; person < owed_.size(); ++person) {
      been_.push_back(Been(request, person));
      if (IsHost(request, person)) continue;
      for (const Table& table : request.tables) {
        const auto rank = RankIn(request.people[person].wishes, table.number);
        if (rank) most_ = std::max(most_, *rank + 1);
      }
    }
    for (const Tables& round : request.past) Add(round);
  }

  void Add(const Tables& round) {
    for (size_t person = 0; person < owed_.size(); ++person) {
      const uint32_t number = person < round.size() ? round[person] : 0;
      if (Wishes(person)) owed_[person] += Rank(person, number);
      if (number != 0) been_[person].insert(PlaceOf(*Find(request_, number)));
    }
  }

  // Whom a wish was refused for no reason in this round; empty if nobody.
  std::string Refused(const Tables& round) const {
    for (size_t person = 0; person < owed_.size(); ++person) {
      if (!Wishes(person)) continue;
      for (const Table& table : request_.tables) {
        const uint32_t rank = Rank(person, table.number);
        if (rank >= Rank(person, round[person])) continue;
        if (been_[person].contains(PlaceOf(table))) continue;
        if (!IsTaken(round, table, rank, owed_[person])) {
          return "person " + std::to_string(person) + " at table " + std::to_string(table.number);
        }
      }
    }
    return "";
  }

 private:
  bool Wishes(size_t person) const {
    return !IsHost(request_, person) &&
           std::ranges::any_of(request_.people[person].wishes,
                               [](const Tables& equal) { return !equal.empty(); });
  }

  static std::optional<uint32_t> RankIn(const std::vector<Tables>& wishes, uint32_t number) {
    for (uint32_t rank = 0; rank < wishes.size(); ++rank) {
      if (number != 0 && std::ranges::count(wishes[rank], number) > 0) return rank;
    }
    return std::nullopt;
  }

  uint32_t Rank(size_t person, uint32_t number) const {
    return RankIn(request_.people[person].wishes, number).value_or(most_);
  }

  // By people who wished it as early and have fared no better.
  bool IsTaken(const Tables& round, const Table& table, uint32_t rank, uint64_t owed) const {
    uint32_t people = 0;
    for (size_t person = 0; person < round.size(); ++person) {
      if (round[person] != table.number) continue;
      ++people;
      if (IsHost(request_, person)) continue;
      const uint32_t theirs = Rank(person, table.number);
      if (theirs > rank || (theirs == rank && owed_[person] < owed)) return false;
    }
    return people == table.capacity;
  }

  const PlanRequest& request_;
  uint32_t most_ = 0;
  std::vector<uint64_t> owed_;
  std::vector<std::set<std::pair<uint32_t, uint32_t>>> been_;
};

TEST(PlannerProperty, AWishIsRefusedOnlyForSomebodyWithAsGoodAClaim) {
  for (const uint64_t seed : Seeds(20, 3000)) {
    SCOPED_TRACE(Say(seed));
    Random random(seed);
    // Hosts of tables 1 to `tables` only, and no past: everybody always has a table without wishes.
    const PlanRequest request =
        DrawRequest(random, {.hosts = random.Percent(50), .wishes = true, .ample = true});
    const TablePlan plan = PlanOf(request, seed);
    ASSERT_EQ(WrongWith(request, plan), "");
    Claims claims(request);
    for (size_t round = 0; round < plan.rounds.size(); ++round) {
      EXPECT_EQ(claims.Refused(plan.rounds[round].table_of), "") << "round " << round + 1;
      claims.Add(plan.rounds[round].table_of);
    }
  }
}

TEST(PlannerProperty, RepeatedMeetingsAreCloseToTheFewestThatAreForced) {
  for (const uint64_t seed : Seeds(3, 200)) {
    SCOPED_TRACE(Say(seed));
    Random random(seed);
    const auto tables = static_cast<uint32_t>(random.Between(4, 25));
    const auto people = static_cast<uint32_t>(tables * random.Between(3, tables));
    const auto rounds = static_cast<uint32_t>(random.Between(2, 3));
    const PlanRequest request = Cafe(tables, (people + tables - 1) / tables, people, rounds);
    const TablePlan plan = PlanOf(request, seed);
    EXPECT_EQ(WithoutPlace(plan), 0u);
    EXPECT_LE(Repeated(plan), FewestRepeated(tables, people, rounds) + people * (people - 1) / 100)
        << tables << " tables, " << people << " people, " << rounds << " rounds";
  }
}

}  // namespace
}  // namespace plenum::planner_test
