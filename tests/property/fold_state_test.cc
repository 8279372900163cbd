// Replay, rows, digests, duplicates and budgets: rules that hold whatever happens.
#include <gtest/gtest.h>

#include <algorithm>

#include "projector/fold/result.h"
#include "projector/fold/rows.h"
#include "tests/property/fold_day.h"
#include "tests/property/seeds.h"

namespace plenum::fold_test {
namespace {

std::string Seeded(uint64_t seed) { return "PLENUM_SEED=" + std::to_string(seed); }

// The digest by its definition, from all rows.
Digest DigestFromScratch(const std::map<std::string, std::string>& rows, uint32_t rules,
                         uint64_t size) {
  RowSum sum;
  for (const auto& [key, value] : rows) {
    if (!IsBesideDigest(key)) sum.Add(RowHash(key, value));
  }
  return Sha256()
      .Bytes(std::string_view("plenum/state/v1\0", 16))
      .U32(rules)
      .U64(size)
      .Bytes(sum.ToDigest().View())
      .Finish();
}

TEST(FoldProperty, ReplayGivesTheSame) {
  for (const uint64_t seed : Seeds(20, 500)) {
    SCOPED_TRACE(Seeded(seed));
    RandomDay day({}, seed);
    day.Run();
    Room again(day.room().room().id());
    for (size_t i = 0; i < day.room().log().size(); ++i) {
      ASSERT_EQ(again.Apply(day.room().log()[i]).outcome, day.outcomes()[i]) << "entry " << i;
    }
    EXPECT_EQ(again.Root(), day.room().room().Root());
    EXPECT_EQ(again.StateDigest(), day.room().room().StateDigest());
    EXPECT_EQ(again.TakeChanges(), day.room().room().TakeChanges());
  }
}

TEST(FoldProperty, AStoredRoomGoesOnAsIfItHadNeverStopped) {
  for (const uint64_t seed : Seeds(20, 500)) {
    SCOPED_TRACE(Seeded(seed));
    RandomDay day({}, seed);
    day.Run();
    const std::vector<std::string>& log = day.room().log();
    Random random(seed);
    Room room(day.room().room().id());
    RowStore store;
    for (size_t i = 0; i < log.size(); ++i) {
      ASSERT_EQ(room.Apply(log[i]).outcome, day.outcomes()[i]) << "entry " << i;
      if (!random.Chance(10)) continue;
      store.Take(room);
      if (!random.Chance(50)) continue;
      auto loaded = Room::Load(room.id(), store.All());
      ASSERT_TRUE(loaded) << loaded.error();
      ASSERT_EQ(loaded->StateDigest(), room.StateDigest()) << "entry " << i;
      ASSERT_EQ(loaded->Root(), room.Root());
      room = std::move(*loaded);
    }
    EXPECT_EQ(room.StateDigest(), day.room().room().StateDigest());
    EXPECT_EQ(room.Root(), day.room().room().Root());
    store.Take(room);
    RowStore never_stopped;
    never_stopped.Take(day.room().room());
    EXPECT_EQ(store.rows(), never_stopped.rows());
    EXPECT_EQ(room.DueResults().size(), day.room().room().DueResults().size());
  }
}

TEST(FoldProperty, TheDigestIsThatOfAllRows) {
  for (const uint64_t seed : Seeds(10, 300)) {
    SCOPED_TRACE(Seeded(seed));
    RandomDay day({}, seed);
    Random random(seed);
    RowStore store;
    while (day.outcomes().size() < 400) {
      day.Step();
      if (!random.Chance(20)) continue;
      Room& room = day.room().room();
      // In either order: what is stored and what is hashed are tracked apart.
      if (random.Chance(50)) store.Take(room);
      const Digest digest = room.StateDigest();
      store.Take(room);
      ASSERT_EQ(digest, DigestFromScratch(store.rows(), room.state().rules, room.size()))
          << "entry " << room.size() - 1;
    }
  }
}

TEST(FoldProperty, DamagedRowsAreRefused) {
  RandomDay day({}, 1);
  day.Run();
  RowStore store;
  store.Take(day.room().room());
  std::vector<Row> treeless = store.All();
  std::erase_if(treeless, [](const Row& row) { return IsTreeRow(row.key); });
  EXPECT_FALSE(Room::Load(day.room().room().id(), treeless));
  for (size_t i = 0; i < store.All().size(); ++i) {
    std::vector<Row> rows = store.All();
    if (rows[i].key.starts_with('S')) rows[i].value = "{";
    rows[i].value.pop_back();
    if (rows[i].value.empty()) continue;  // a row that is not there
    EXPECT_FALSE(Room::Load(day.room().room().id(), rows)) << rows[i].key.front();
  }
}

std::vector<std::string> AllTotals(const RoomState& state) {
  std::vector<std::string> totals;
  for (const ActivityId& id : state.order) {
    totals.push_back(EncodeTotals(ComputeResult(*state.Find(id))));
  }
  return totals;
}

bool TookEffect(const Outcome& outcome) {
  return outcome.code == OutcomeCode::kCounted || outcome.code == OutcomeCode::kAccepted ||
         outcome.code == OutcomeCode::kConfirmed;
}

// Timers, results, plans and versions name indices, which duplicates shift: they are not said again
// here.
bool NamesIndex(const std::string& entry) {
  static const char* const kTypes[] = {"timer.fired", "extended", "result.recorded",
                                       "seats.planned", "record.approved"};
  return std::ranges::any_of(
      kTypes, [&](const char* type) { return entry.find(type) != std::string::npos; });
}

TEST(FoldProperty, DuplicatesChangeNoTotals) {
  for (const uint64_t seed : Seeds(30, 500)) {
    SCOPED_TRACE(Seeded(seed));
    RandomDay day({.decks = false}, seed);
    day.Run();
    Random random(seed);
    Room room(day.room().room().id());
    Room plain(day.room().room().id());
    std::vector<std::string> took_effect;
    for (const std::string& entry : day.room().log()) {
      if (NamesIndex(entry)) continue;
      const Outcome outcome = plain.Apply(entry).outcome;
      if (TookEffect(outcome)) took_effect.push_back(entry);
      const Outcome same = room.Apply(entry).outcome;
      ASSERT_EQ(outcome.code, same.code) << entry;
      ASSERT_EQ(outcome.reason, same.reason) << entry;
      if (random.Chance(20)) room.Apply(entry);
      if (random.Chance(50) || took_effect.empty()) continue;
      const std::string& earlier = took_effect[random.Below(took_effect.size())];
      ASSERT_FALSE(TookEffect(room.Apply(earlier).outcome)) << earlier;
    }
    EXPECT_EQ(AllTotals(room.state()), AllTotals(plain.state()));
    for (const ActivityId& id : plain.state().order) {
      EXPECT_EQ(room.state().Find(id)->stage, plain.state().Find(id)->stage);
      EXPECT_EQ(room.state().Find(id)->after_close.late, plain.state().Find(id)->after_close.late);
    }
  }
}

void CheckBudgets(const RoomState& state) {
  for (const auto& [id, activity] : state.activities) {
    const auto* dots = std::get_if<DotsBallot>(&activity.spec.ballot);
    if (dots == nullptr) continue;
    for (const auto& [person, ballot] : activity.ballots) {
      uint32_t sum = 0;
      for (const ItemDots& one : std::get<DotsCast>(ballot.ballot).dots) {
        ASSERT_LE(one.dots, dots->cap);
        sum += one.dots;
      }
      ASSERT_LE(sum, dots->budget);
    }
    const auto result = std::get<DotsResult>(ComputeResult(activity));
    uint64_t dealt = 0;
    for (const DotsRow& row : result.rows) dealt += row.dots;
    const auto is_shown = [&](const Item& item) { return activity.Shows(item); };
    // Dots on what was hidden since stand in no row.
    if (std::ranges::all_of(activity.items, is_shown)) {
      ASSERT_EQ(dealt, result.dots);
    }
    ASSERT_LE(dealt, result.dots);
    ASSERT_LE(dealt, uint64_t{dots->budget} * activity.ballots.size());
  }
}

void CheckHolders(const RoomState& state) {
  for (const auto& [id, activity] : state.activities) {
    if (!activity.deck) continue;
    std::set<ItemId> held;
    for (const auto& [person, member] : activity.deck->people) {
      if (member.hand.empty()) continue;
      ASSERT_TRUE(held.insert(member.hand).second);
      ASSERT_NE(activity.FindItem(member.hand)->author, person);
    }
    for (const auto& [card, scores] : activity.deck->scores) {
      ASSERT_LE(scores.size(), activity.spec.deal->rounds);
      std::set<PersonId> people = {*activity.FindItem(card)->author};
      for (const CardScore& score : scores) ASSERT_TRUE(people.insert(score.person).second);
    }
  }
}

void CheckSeats(const RoomState& state) {
  for (const auto& [id, activity] : state.activities) {
    if (!activity.seats) continue;
    std::set<PersonId> hosts;
    for (const auto& [number, table] : activity.seats->tables) {
      ASSERT_EQ(number, table.number);
      if (table.host) {
        ASSERT_TRUE(hosts.insert(*table.host).second) << "somebody hosts two tables";
      }
    }
    for (const auto& [person, seat] : activity.seats->people) {
      ASSERT_LE(seat.planned.size(), activity.spec.seats->rounds);
    }
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> notes;  // by table and round
    for (const Item& item : activity.items) {
      if (item.round != 0) ++notes[{item.table, item.round}];
    }
    for (const auto& [where, count] : notes) ASSERT_LE(count, activity.spec.collect->each);
  }
}

// Only what may be seen is carried on: neither what was hidden, nor an order before its reveal.
void CheckCarried(const Event& event, const Outcome& outcome, const RoomState& before,
                  const RoomState& state) {
  const auto* advanced = std::get_if<ActivityAdvanced>(&event.payload);
  if (advanced == nullptr || advanced->seen.phase != Phase::kWaiting) return;
  if (outcome.code != OutcomeCode::kAccepted) return;
  const Activity& activity = *state.Find(event.activity);
  if (!activity.spec.carry) return;
  const Activity& from = *before.Find(activity.spec.carry->from);
  const bool ranked = from.spec.HasBallot() && !from.spec.seats;
  if (ranked) {
    ASSERT_TRUE(IsPublic(from)) << "the order of the items tells a result";
  }
  for (const Item& item : activity.items) {
    if (item.origin.empty()) continue;
    const Item* there = from.FindItem(item.origin);
    ASSERT_NE(there, nullptr);
    ASSERT_TRUE(from.Shows(*there));
    ASSERT_FALSE(item.author) << "who wrote it is not carried on";
  }
}

TEST(FoldProperty, TablesAndCarriedItemsUnderAnyInterleaving) {
  for (const uint64_t seed : Seeds(20, 500)) {
    SCOPED_TRACE(Seeded(seed));
    RandomDay day({}, seed);
    while (day.outcomes().size() < 700) {
      const RoomState before = day.room().state();
      day.Step();
      CheckSeats(day.room().state());
      const auto event = DecodeEvent(day.room().log().back());
      if (event) CheckCarried(*event, day.outcomes().back(), before, day.room().state());
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(FoldProperty, BudgetsAndHoldersUnderAnyInterleaving) {
  for (const uint64_t seed : Seeds(20, 500)) {
    SCOPED_TRACE(Seeded(seed));
    RandomDay day({}, seed);
    while (day.outcomes().size() < 500) {
      day.Step();
      CheckBudgets(day.room().state());
      CheckHolders(day.room().state());
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

// A plain recount, which knows nothing of the rules but "the last counted ballot of the
// generation".
TEST(FoldProperty, TotalsAreThoseOfTheLastCountedBallots) {
  for (const uint64_t seed : Seeds(20, 300)) {
    SCOPED_TRACE(Seeded(seed));
    RandomDay day({.decks = false}, seed);
    std::map<std::pair<std::string, PersonId>, int32_t> last;
    std::map<std::string, uint32_t> generation;
    while (day.outcomes().size() < 500) {
      day.Step();
      const auto event = DecodeEvent(day.room().log().back());
      if (!event) continue;
      const auto* cast = std::get_if<BallotCast>(&event->payload);
      if (cast == nullptr || day.outcomes().back().code != OutcomeCode::kCounted) continue;
      if (generation[event->activity] != event->generation) {
        std::erase_if(last, [&](const auto& one) { return one.first.first == event->activity; });
      }
      generation[event->activity] = event->generation;
      const auto* scale = std::get_if<ScaleCast>(&cast->ballot);
      if (scale != nullptr) last[{event->activity, *event->person}] = scale->value;
    }
    for (const char* id : {"before", "after"}) {
      const Activity& activity = day.room().At(id);
      if (activity.stage.generation != generation[id]) continue;  // opened again, nobody voted yet
      int64_t sum = 0;
      uint32_t people = 0;
      for (const auto& [key, value] : last) {
        if (key.first != id) continue;
        sum += value;
        ++people;
      }
      const auto computed = ComputeResult(activity);
      const auto* result = std::get_if<ScaleResult>(&computed);
      if (result == nullptr) continue;  // the sheet was changed before it was opened
      EXPECT_EQ(result->sum, sum) << id;
      EXPECT_EQ(result->people, people) << id;
    }
  }
}

}  // namespace
}  // namespace plenum::fold_test
