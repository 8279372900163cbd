#include "gateway/rehearse/rehearse.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "gateway/rehearse/history_file.h"
#include "gateway/rehearse/load.h"
#include "gateway/rehearse/open_files.h"
#include "gateway/rehearse/others.h"
#include "gateway/rehearse/random_day.h"
#include "gateway/rehearse/report.h"
#include "gateway/rehearse/their_part.h"
#include "schema/limits.h"

namespace plenum {
namespace rehearse {
namespace {

constexpr int kAllWell = 0;
constexpr int kSomethingIsWrong = 1;
constexpr int kCouldNotRun = 2;
constexpr uint32_t kMostAttendees = 10'000;

std::string Describe(const std::vector<Problem>& problems) {
  const Problem& first = problems.front();
  return "The run sheet has " + std::to_string(problems.size()) + " mistakes; the first, at " +
         first.pointer + " (line " + std::to_string(first.place.line) + "): " + first.what;
}

// Time limits as short as the pace of the day. At full speed there are none but those of rounds at
// tables, which end nothing: so there is one that can be extended.
void Hasten(ActivitySpec& spec, const Pace& pace) {
  for (uint32_t* limit : {&spec.time.collect_ms, &spec.time.vote_ms, &spec.time.swap_ms,
                          &spec.time.score_ms, &spec.time.grace_ms}) {
    *limit = pace.LimitMs(*limit);
  }
  if (!pace.full_speed()) spec.time.seat_ms = pace.LimitMs(spec.time.seat_ms);
}

// The day's run sheet, with its time limits as short as its pace.
std::expected<RunSheet, std::string> LoadDay(const RehearseOptions& options, const Pace& pace) {
  std::string text(BuiltInDay());
  if (options.day == "-") {
    text = (std::ostringstream() << std::cin.rdbuf()).str();
  } else if (!options.day.empty()) {
    std::ifstream file(options.day, std::ios::binary);
    if (!file) return std::unexpected("The run sheet " + options.day + " cannot be read.");
    text = (std::ostringstream() << file.rdbuf()).str();
  }
  std::expected<RunSheet, std::vector<Problem>> sheet = ParseRunSheet(text);
  if (!sheet) return std::unexpected(Describe(sheet.error()));
  if (options.random_day) *sheet = RandomDay(Random(options.seed).Fork("day"));
  sheet->expected_people = options.attendees;
  for (ActivitySpec& spec : sheet->activities) Hasten(spec, pace);
  return *std::move(sheet);
}

// The sheet as it will be in the end: with what is added to it during the day.
void AddInserted(const Facts* facts, const Pace& pace, RunSheet& sheet) {
  if (facts == nullptr || !facts->inserted) return;
  auto before = std::ranges::find(sheet.activities, facts->inserted->before, &ActivitySpec::id);
  if (before == sheet.activities.end()) return;
  Hasten(*sheet.activities.insert(before, facts->inserted->spec), pace);
}

// The sheet as it is before the day.
RunSheet WithoutInserted(RunSheet sheet, const Population& population) {
  std::erase_if(sheet.activities,
                [&](const ActivitySpec& spec) { return population.inserted.contains(spec.id); });
  return sheet;
}

// `others`: where to put what none of our clients has said.
std::expected<ExportedLog, std::string> FetchLog(const ServerApi& api, const MadeRoom& made,
                                                 const std::string& keep_as, const History& history,
                                                 Others& others) {
  std::ofstream file;
  if (!keep_as.empty()) {
    file.open(keep_as, std::ios::binary | std::ios::trunc);
    if (!file) return std::unexpected("The file " + keep_as + " cannot be written.");
  }
  ExportedLog log;
  std::string rest;
  bool good = true;
  auto take = [&](std::string_view piece) {
    if (file.is_open()) file << piece;
    rest += piece;
    size_t begin = 0;
    for (size_t end; (end = rest.find('\n', begin)) != std::string::npos; begin = end + 1) {
      const auto line = std::string_view(rest).substr(begin, end - begin);
      good = log.Add(line) && good;
      const bool is_first = log.PlacesOf(log.ids().back()).size() == 1;
      if (is_first && history.Find(log.ids().back()) == nullptr) others.Add(log.size() - 1, line);
    }
    rest.erase(0, begin);
    return true;
  };
  if (auto done = api.Export(made.room.room, made.tokens.at("producer"), take); !done)
    return std::unexpected(done.error());
  file.close();
  if (!keep_as.empty() && !file) return std::unexpected("Writing " + keep_as + " failed.");
  if (!good || !rest.empty()) return std::unexpected("The export holds lines that are no events.");
  return log;
}

std::expected<std::optional<HistoryFile>, std::string> OpenHistory(const RehearseOptions& options,
                                                                   const MadeRoom& made,
                                                                   TimePoint begin) {
  if (options.history_to.empty()) return std::nullopt;
  return HistoryFile::Open(options.history_to, made, begin);
}

Seatings RecountSeats(const RunSheet& sheet, const Tally& tally, const History& history,
                      const ExportedLog& log) {
  Seatings seatings;
  for (const ActivitySpec& spec : sheet.activities) {
    if (spec.seats && tally.WasOpened(spec.id))
      seatings.try_emplace(spec.id, spec, tally, history, log);
  }
  return seatings;
}

// Whether places were read out before the reveal, by whoever led the day.
bool WasTold(const History& history, const ActivityId& activity) {
  return std::ranges::any_of(history.all(), [&](const Sent& sent) {
    return sent.command.activity == activity &&
           std::holds_alternative<ResultTold>(sent.command.request);
  });
}

// Who comes, without those whom others play: these get their part.
std::expected<Population, std::string> Invite(const RehearseOptions& options, const RunSheet& sheet,
                                              const Facts* facts) {
  Population population = MakePopulation(sheet, facts, options.attendees, options.seed);
  if (options.whole) population.skipped.clear();
  if (!options.follow) return population;
  population.inserted.clear();
  population.skipped.clear();
  population.elsewhere = PickElsewhere(population, options.without);
  if (population.elsewhere.size() < options.without)
    return std::unexpected("Only " + std::to_string(population.elsewhere.size()) +
                           " of these people come at the beginning, stay and host no table: no "
                           "more can be left to others.");
  if (options.their_part_to.empty()) return population;
  const auto scores = ScoresFor(sheet, population, CardScores::Order::kOfTheRound, options.seed);
  auto written = WriteTheirPart(options.their_part_to, EncodeTheirPart(population, scores));
  if (!written) return std::unexpected(written.error());
  return population;
}

std::expected<int, std::string> RunDay(const RehearseOptions& options, std::ostream& out) {
  if (auto allowed = AllowOpenFiles(options.attendees); !allowed)
    return std::unexpected(allowed.error());
  AsioLoop loop;
  const Pace pace(options.speed, options.attendees);
  std::expected<RunSheet, std::string> sheet = LoadDay(options, pace);
  if (!sheet) return std::unexpected(sheet.error());
  std::expected<Facts, std::string> built_in = ParseFacts(BuiltInFacts());
  if (!built_in) return std::unexpected(built_in.error());
  const Facts* facts = options.random || options.random_day ? nullptr : &*built_in;
  if (options.day.empty()) AddInserted(facts, pace, *sheet);
  std::expected<Target, std::string> target = FindTarget(loop, options.url);
  if (!target) return std::unexpected(target.error());
  std::expected<Population, std::string> invited = Invite(options, *sheet, facts);
  if (!invited) return std::unexpected(invited.error());
  const Population& population = *invited;
  const ServerApi api(options.url, options.token);
  std::expected<MadeRoom, std::string> made =
      api.MakeRoom(EncodeRunSheet(WithoutInserted(*sheet, population)));
  if (!made) return std::unexpected(made.error());
  if (options.on_room) options.on_room(made->room);

  const TimePoint begin = loop.Now();
  std::expected<std::optional<HistoryFile>, std::string> history_file =
      OpenHistory(options, *made, begin);
  if (!history_file) return std::unexpected(history_file.error());
  History history;
  Shared shared{loop, pace, history, {}, {}};
  Day day(loop, *target, api, shared, *sheet, population, options.seed, options.follow);
  std::expected<DayOutcome, std::string> outcome = day.Run(*made, options.displays);
  // Of a day that could not go on, too.
  if (std::optional<HistoryFile>& file = *history_file) {
    if (auto written = file->Write(history); !written) return std::unexpected(written.error());
  }
  if (!outcome) return std::unexpected(outcome.error());
  const double seconds = std::chrono::duration<double>(loop.Now() - begin).count();
  Others others;
  std::expected<ExportedLog, std::string> log =
      FetchLog(api, *made, options.export_to, history, others);
  if (!log) return std::unexpected(log.error());
  if (options.follow) {
    others.Tell(outcome->at_the_end, history);
    std::erase_if(outcome->seen_early,
                  [&](const std::string& activity) { return WasTold(history, activity); });
  }

  const Tally tally(*sheet, history);
  const Seatings seatings = RecountSeats(*sheet, tally, history, *log);
  Findings findings;
  CheckAnswers(shared, tally, findings);
  CheckResults(*sheet, *outcome, tally, findings);
  CheckSeatings(seatings, findings);
  if (facts != nullptr) {
    CheckPublished(*sheet, *facts, population, *outcome, findings);
    CheckPublishedTables(*facts, population, tally, seatings, findings);
  }
  CheckLog(history, *log, findings);
  const DayReport report{options, *sheet,   facts,    made->room, *outcome,   history,
                         tally,   seatings, findings, seconds,    log->size()};
  options.json ? PrintJson(report, out) : PrintForPeople(report, out);
  return findings.AllWell() ? kAllWell : kSomethingIsWrong;
}

std::expected<int, std::string> Run(const RehearseOptions& options, std::ostream& out) {
  if (options.burst > 0) return RunBurst(options, out);
  if (options.idle > 0) return RunIdle(options, out);
  if (options.attendees < limits::kDeckPeople)
    return std::unexpected("A day needs at least six people, because of 25/10.");
  if (options.attendees > kMostAttendees)
    return std::unexpected("At most 10000 people can be rehearsed with.");
  if (!options.follow && (options.without > 0 || !options.their_part_to.empty()))
    return std::unexpected("--without and --their-part are for a day that others lead: --follow.");
  if (options.without >= options.attendees)
    return std::unexpected("--without must leave somebody of the " +
                           std::to_string(options.attendees) + " people to be played.");
  return RunDay(options, out);
}

}  // namespace
}  // namespace rehearse

int RunRehearse(const RehearseOptions& options, std::ostream& out) {
  std::expected<int, std::string> code = rehearse::Run(options, out);
  if (code) return *code;
  std::cerr << code.error() << std::endl;
  return rehearse::kCouldNotRun;
}

}  // namespace plenum
