// How fast a node rebuilds its read models from the log: 10,000 events of one room (polls, dots,
// and a whole 25/10 of 180 people) through the real projector, into memory and into RocksDB.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "ingest/memory_log.h"
#include "ingest/memory_storage.h"
#include "projector/memory_store.h"
#include "projector/projector.h"
#include "projector/replay.h"
#include "projector/rocksdb_store.h"

namespace plenum {
namespace {

constexpr size_t kEvents = 10'000;
constexpr uint32_t kPeople = 180;

// Writes a day into a log; folds it meanwhile, to know who holds which card.
class DayWriter {
 public:
  explicit DayWriter(EventLog& log) : log_(log), fold_(room_) {}

  void Write() {
    Say(Role::kProducer, RoomCreated{.rules = kRules,
                                     .title = Text{{{"en", "A day"}}},
                                     .languages = {"en"},
                                     .expected_people = kPeople});
    PlayDeck();
    for (int poll = 0; written_ < kEvents; ++poll) PlayPoll(poll);
  }
  const RoomId& room() const { return room_; }
  Room& fold() { return fold_; }

 private:
  void Say(Role role, Payload payload, const ActivityId& activity = {},
           std::optional<uint32_t> person = {}, uint32_t seq = 1) {
    if (written_ >= kEvents) return;
    Event event;
    ++written_;
    for (size_t i = 0; i < 8; ++i) {
      event.id.bytes[i] = static_cast<uint8_t>(written_ * 0x9e3779b97f4a7c15ull >> (8 * i));
    }
    event.room = room_;
    event.time = 1'790'000'000'000 + static_cast<TimeMs>(written_);
    event.actor.role = role;
    event.activity = activity;
    if (person) {
      event.person = PersonAt(*person);
      event.series = activity;
      event.generation = 1;
      event.seq = std::holds_alternative<ItemAdded>(payload) ? 0 : seq;
    }
    event.payload = std::move(payload);
    std::string bytes = EncodeEvent(event);
    fold_.Apply(bytes);
    if (!log_.Append(kRoomPartition, std::move(bytes), Urgency::kVote, [](auto) {})) std::abort();
  }
  static PersonId PersonAt(uint32_t n) {
    PersonId person;
    person.bytes[3] = static_cast<uint8_t>(n >> 8);
    person.bytes[7] = static_cast<uint8_t>(n);
    return person;
  }
  void Advance(const ActivityId& activity, Phase to) {
    const Stage seen = fold_.state().activities.at(activity).stage;
    Say(Role::kPresenter, ActivityAdvanced{.seen = seen, .to = to}, activity);
  }
  void PlayDeck() {
    ActivitySpec spec;
    spec.id = "ideas";
    spec.title = Text{{{"en", "One bold idea"}}};
    spec.collect = Collect{};
    spec.ballot = ScaleBallot{};
    spec.deal = Deal{};
    Say(Role::kProducer, ActivityAdded{.spec = spec, .before = ""});
    Advance(spec.id, Phase::kCollecting);
    for (uint32_t n = 0; n < kPeople; ++n) Say(Role::kAttendee, ItemAdded{}, spec.id, n);
    for (uint32_t round = 1; round <= 5; ++round) {
      Advance(spec.id, Phase::kSwapping);
      for (uint32_t n = 0; n < kPeople; ++n) {
        Say(Role::kAttendee, CardPassed{round}, spec.id, n);
      }
      Advance(spec.id, Phase::kScoring);
      for (uint32_t n = 0; n < kPeople; ++n) Score(spec.id, n, round);
    }
    Advance(spec.id, Phase::kClosed);
  }
  void Score(const ActivityId& activity, uint32_t n, uint32_t round) {
    const auto& people = fold_.state().activities.at(activity).deck->people;
    const ScoreCast score{.round = round,
                          .card = people.at(PersonAt(n)).to_score,
                          .number = 0,
                          .score = 1 + static_cast<int32_t>(n % 5)};
    if (!score.card.empty()) Say(Role::kAttendee, BallotCast{score}, activity, n);
  }
  void PlayPoll(int poll) {
    ActivitySpec spec;
    spec.id = "poll-" + std::to_string(poll);
    spec.title = Text{{{"en", "A question"}}};
    const bool dots = poll % 2 == 1;
    if (dots) {
      spec.ballot = DotsBallot{.budget = 5, .cap = 5};
      spec.items = {{"a", 1, Text{{{"en", "A"}}}, {}}, {"b", 2, Text{{{"en", "B"}}}, {}}};
    } else {
      spec.ballot = ScaleBallot{};
    }
    Say(Role::kProducer, ActivityAdded{.spec = spec, .before = ""});
    Advance(spec.id, Phase::kVoting);
    for (uint32_t seq = 1; seq <= 2; ++seq) {
      for (uint32_t n = 0; n < kPeople; ++n) {
        BallotCast cast{ScaleCast{1 + static_cast<int32_t>((n + seq) % 5)}};
        if (dots) cast.ballot = DotsCast{{{"a", 2}, {"b", 3}}};
        Say(Role::kAttendee, cast, spec.id, n, seq);
      }
    }
    Advance(spec.id, Phase::kClosed);
  }

  EventLog& log_;
  RoomId room_ = *RoomId::FromHex("0123456789abcdef0123456789abcdef");
  Room fold_;
  size_t written_ = 0;
};

class Nobody : public ProjectorSink {
 public:
  void OnFolded(std::span<const FoldedEvent>) override {}
  void OnRoom(std::shared_ptr<const RoomInfo>) override {}
  void OnView(const View&) override {}
};

struct Day {
  Day() : log(disk) {
    DayWriter writer(log);
    writer.Write();
    while (log.Step()) {
    }
    status = {.room = writer.room(),
              .index = writer.fold().size(),
              .root = writer.fold().Root(),
              .state = writer.fold().StateDigest(),
              .rules = kRules};
  }
  MemoryStorage disk{"bench"};
  MemoryLog log;
  RoomStatus status;
};

Day& TheDay() {
  static Day day;
  return day;
}

void Rebuild(Store& store) {
  Nobody sink;
  NoTexts texts;
  Projector projector(TheDay().log, store, texts, sink);
  if (!projector.Start()) std::abort();
  for (bool end = false; !end;) {
    auto reached = projector.CatchUp(kRoomPartition);
    if (!reached) std::abort();
    end = *reached;
  }
  if (projector.Status(TheDay().status.room) != TheDay().status) std::abort();
}

void BM_RebuildInMemory(benchmark::State& state) {
  TheDay();
  for (auto _ : state) {
    MemoryStore store;
    Rebuild(store);
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kEvents));
}
BENCHMARK(BM_RebuildInMemory)->Unit(benchmark::kMillisecond);

void BM_RebuildOnRocksDb(benchmark::State& state) {
  TheDay();
  std::string folder = std::filesystem::temp_directory_path() / "plenum-rebuild-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) std::abort();
  int n = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto store = RocksDbStore::Open(folder + "/" + std::to_string(n++));
    if (!store) std::abort();
    state.ResumeTiming();
    Rebuild(**store);
    state.PauseTiming();
    store->reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * kEvents));
  std::filesystem::remove_all(folder);
}
BENCHMARK(BM_RebuildOnRocksDb)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plenum
