// Many people who vote at the same time: a day of one poll, and nobody who hesitates.
#include <fmt/format.h>

#include "gateway/rehearse/findings.h"
#include "gateway/rehearse/latency.h"
#include "gateway/rehearse/load.h"
#include "gateway/rehearse/open_files.h"

namespace plenum::rehearse {
namespace {

// A person of a rehearsal votes within this time, in the room.
constexpr double kToVoteMs = 40'000;
constexpr char kPoll[] = R"({"title":"Burst","languages":["en"],"activities":[
  {"id":"burst","title":"Everybody at once","series":"burst",
   "ballot":{"kind":"scale","low":1,"high":5},"time":{"grace_ms":0}}]})";

Population EverybodyOnce(const RunSheet& sheet, uint32_t people, uint64_t seed) {
  Population population;
  population.loses_connection_percent = 0;
  population.people.resize(people);
  Random random = Random(seed).Fork("burst");
  for (PlannedPerson& person : population.people) {
    PlannedBallot ballot{{ScaleCast{random.Between(1, 5)}}, 1, 1, false};
    person.votes[sheet.activities.front().id].ballots.push_back(ballot);
  }
  return population;
}

void Print(const RehearseOptions& options, const BallotCounts& counts, const Findings& findings,
           const BallotLatencies& latencies, std::ostream& out) {
  if (options.json) {
    out << fmt::format(
               R"({{"attendees":{},"within_ms":{},"sent":{},"counted":{},"lost":{},"duplicated":{},)"
               R"("mismatches":{},"latency_ms":{{"recorded":{},"counted":{},"seen":{}}}}})",
               options.burst, options.within_ms, counts.sent, counts.counted, findings.lost,
               findings.duplicated, findings.mismatches, latencies.recorded.Json(),
               latencies.counted.Json(), latencies.seen.Json())
        << "\n";
    return;
  }
  auto line = [&out](const char* name, const Latency& latency) {
    out << fmt::format("  {:<10} {:>9.1f} {:>9.1f} {:>9.1f}\n", name, latency.Percentile(50),
                       latency.Percentile(99), latency.Percentile(100));
  };
  out << fmt::format("{} people voted within {} ms: {} counted\n", options.burst, options.within_ms,
                     counts.counted);
  out << fmt::format("  {:<10} {:>9} {:>9} {:>9}\n", "ms", "p50", "p99", "max");
  line("recorded", latencies.recorded);
  line("counted", latencies.counted);
  line("seen", latencies.seen);
  for (const std::string& sentence : findings.sentences) out << "! " << sentence << "\n";
  out << fmt::format("lost {}, duplicated {}, mismatches {}\n", findings.lost, findings.duplicated,
                     findings.mismatches);
}

}  // namespace

std::expected<int, std::string> RunBurst(const RehearseOptions& options, std::ostream& out) {
  if (auto allowed = AllowOpenFiles(options.burst); !allowed)
    return std::unexpected(allowed.error());
  AsioLoop loop;
  std::expected<Target, std::string> target = FindTarget(loop, options.url);
  if (!target) return std::unexpected(target.error());
  std::expected<RunSheet, std::vector<Problem>> sheet = ParseRunSheet(kPoll);
  if (!sheet) return std::unexpected("The poll of the burst is no run sheet.");
  sheet->expected_people = options.burst;
  const Population population = EverybodyOnce(*sheet, options.burst, options.seed);
  const ServerApi api(options.url, options.token);
  std::expected<MadeRoom, std::string> made = api.MakeRoom(EncodeRunSheet(*sheet));
  if (!made) return std::unexpected(made.error());
  if (options.on_room) options.on_room(made->room);

  History history;
  const double speed = kToVoteMs / std::max(options.within_ms, 1u);
  Shared shared{loop, Pace(speed, options.burst), history, {}, {}};
  Day day(loop, *target, api, shared, *sheet, population, options.seed);
  std::expected<DayOutcome, std::string> outcome = day.Run(*made, options.displays);
  if (!outcome) return std::unexpected(outcome.error());
  const Tally tally(*sheet, history);
  Findings findings;
  CheckAnswers(shared, tally, findings);
  CheckResults(*sheet, *outcome, tally, findings);
  Print(options, tally.counts(), findings, MeasureBallots(history), out);
  return findings.AllWell() ? 0 : 1;
}

}  // namespace plenum::rehearse
