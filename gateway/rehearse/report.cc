#include "gateway/rehearse/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/rehearse/activity_lines.h"
#include "schema/json.h"

namespace plenum::rehearse {
namespace {

constexpr uint32_t kTop = 10;

const Totals* ResultOf(const DayReport& report, const ActivityId& activity) {
  const ConsoleActivity* found = report.outcome.at_the_end.Find(activity);
  return found != nullptr && found->result ? &*found->result : nullptr;
}

const ActivitySpec* FirstDeck(const RunSheet& sheet) {
  for (const ActivitySpec& spec : sheet.activities) {
    if (spec.deal) return &spec;
  }
  return nullptr;
}

const ActivitySpec* FirstDots(const RunSheet& sheet) {
  for (const ActivitySpec& spec : sheet.activities) {
    if (std::holds_alternative<DotsBallot>(spec.ballot)) return &spec;
  }
  return nullptr;
}

std::string NameOf(const DayReport& report, const ItemTotal& item) {
  if (report.facts == nullptr) return item.title;
  for (const PublishedIdea& idea : report.facts->ideas) {
    if (idea.parts.front().number == item.number) return idea.idea;
  }
  return item.title;
}

size_t PublishedOr(size_t published, const std::vector<ItemTotal>& items) {
  if (published > 0) return std::min(published, items.size());
  return std::ranges::count_if(
      items, [](const ItemTotal& item) { return item.rank != 0 && item.rank <= kTop; });
}

void PrintScores(std::ostream& out, const std::vector<ScoreRow>& rows) {
  for (const ScoreRow& row : rows) {
    out << fmt::format("{:<14} {:>5}  {}\n", "", row.score + (row.item.merged.empty() ? " " : ""),
                       row.title);
  }
}

void PrintLatency(std::ostream& out, const char* name, const Latency& latency) {
  out << fmt::format("  {:<10} {:>9.1f} {:>9.1f} {:>9.1f}\n", name, latency.Percentile(50),
                     latency.Percentile(99), latency.Percentile(100));
}

void WriteRows(json::Writer& writer, const std::vector<ScoreRow>& rows) {
  writer.BeginArray();
  for (const ScoreRow& row : rows) {
    writer.BeginObject().Key("item").String(row.item.item).Key("title").String(row.title);
    writer.Key("score").String(row.score).Key("rank").Int(row.item.rank);
    if (row.item.number != 0) writer.Key("number").Int(row.item.number);
    if (row.item.scores > 0) {
      writer.Key("sum").Int(row.item.sum).Key("scores").Int(row.item.scores);
    } else {
      writer.Key("dots").Int(row.item.dots).Key("people").Int(row.item.people);
      writer.Key("merged").BeginArray();
      for (const ItemId& merged : row.item.merged) writer.String(merged);
      writer.EndArray();
    }
    writer.EndObject();
  }
  writer.EndArray();
}

// Of every poll, so that another program can compare them with its own count.
void WriteMeans(const DayReport& report, json::Writer& writer) {
  writer.Key("means").BeginObject();
  for (const ActivitySpec& spec : report.sheet.activities) {
    const Totals* totals = ResultOf(report, spec.id);
    if (totals == nullptr || totals->kind != Totals::Kind::kScale) continue;
    writer.Key(spec.id).BeginObject();
    writer.Key("mean").String(totals->mean).Key("people").Int(totals->people);
    writer.Key("counts").BeginArray();
    for (uint32_t count : totals->counts) writer.Int(count);
    writer.EndArray().EndObject();
  }
  writer.EndObject();
}

// A number in JSON is a number, even where the project itself writes none but integers.
std::string NumberOrNull(const std::string& figure) { return figure.empty() ? "null" : figure; }

}  // namespace

std::string TitleOf(const Text& text) {
  return text.by_language.empty() ? "" : text.by_language.front().second;
}

std::vector<ScoreRow> DotsRows(const DayReport& report) {
  std::vector<ScoreRow> rows;
  const ActivitySpec* spec = FirstDots(report.sheet);
  const Totals* totals = spec != nullptr ? ResultOf(report, spec->id) : nullptr;
  if (totals == nullptr) return rows;
  size_t end = PublishedOr(report.facts != nullptr ? report.facts->ideas.size() : 0, totals->items);
  for (size_t i = 0; i < end; ++i) {
    const ItemTotal& item = totals->items[i];
    std::string score = std::to_string(item.dots) + (item.merged.empty() ? "" : "*");
    rows.push_back({score, NameOf(report, item), item});
  }
  return rows;
}

std::vector<ScoreRow> TopicRows(const DayReport& report) {
  std::vector<ScoreRow> rows;
  const ActivitySpec* spec = FirstDeck(report.sheet);
  const Totals* totals = spec != nullptr ? ResultOf(report, spec->id) : nullptr;
  if (totals == nullptr) return rows;
  size_t end =
      PublishedOr(report.facts != nullptr ? report.facts->topics.size() : 0, totals->items);
  for (size_t i = 0; i < end; ++i) {
    rows.push_back({totals->items[i].total, totals->items[i].title, totals->items[i]});
  }
  return rows;
}

TwoMeans ConfidenceMeans(const DayReport& report) {
  std::map<std::string, std::vector<std::string>> by_series;
  for (const ActivitySpec& spec : report.sheet.activities) {
    const Totals* totals = ResultOf(report, spec.id);
    if (totals == nullptr || totals->kind != Totals::Kind::kScale) continue;
    by_series[spec.Series()].push_back(totals->mean);
  }
  for (const auto& [series, means] : by_series) {
    if (means.size() > 1) return {means.front(), means.back()};
  }
  return {};
}

void PrintForPeople(const DayReport& report, std::ostream& out) {
  const BallotCounts& counts = report.tally.counts();
  const Findings& findings = report.findings;
  TwoMeans means = ConfidenceMeans(report);
  out << fmt::format("{} - {} people in room {}, {} events, {:.1f} s, seed {}{}\n\n",
                     TitleOf(report.sheet.title), report.options.attendees, report.room.code,
                     report.events, report.seconds, report.options.seed,
                     report.facts == nullptr ? ", any results" : "");
  const ActivitySpec* deck = FirstDeck(report.sheet);
  const ActivitySpec* dots = FirstDots(report.sheet);
  for (const ActivitySpec& spec : report.sheet.activities) {
    out << LineOf(report, spec) << "\n";
    if (&spec == deck) PrintScores(out, TopicRows(report));
    if (&spec == dots) PrintScores(out, DotsRows(report));
  }
  if (!means.start.empty())
    out << fmt::format("\nconfidence at the start {}, at the end {}\n", means.start, means.end);
  out << fmt::format(
      "\nballots: sent {}, recorded {}, counted {}, superseded {}, late {}, "
      "refused {}; reconnects {}\n",
      counts.sent, counts.recorded, counts.counted, counts.superseded, counts.late, counts.refused,
      report.history.reconnects());
  BallotLatencies latencies = MeasureBallots(report.history);
  out << fmt::format("  {:<10} {:>9} {:>9} {:>9}\n", "ms", "p50", "p99", "max");
  PrintLatency(out, "recorded", latencies.recorded);
  PrintLatency(out, "counted", latencies.counted);
  PrintLatency(out, "seen", latencies.seen);
  for (const std::string& sentence : findings.sentences) out << "! " << sentence << "\n";
  out << fmt::format("lost {}, duplicated {}, mismatches {}\n", findings.lost, findings.duplicated,
                     findings.mismatches);
}

void PrintJson(const DayReport& report, std::ostream& out) {
  const BallotCounts& counts = report.tally.counts();
  json::Writer writer;
  writer.BeginObject().Key("attendees").Int(report.options.attendees);
  writer.Key("room").String(report.room.room).Key("code").String(report.room.code);
  writer.Key("seed").Int(static_cast<int64_t>(report.options.seed));
  writer.Key("random").Bool(report.facts == nullptr);
  writer.Key("seconds").Raw(fmt::format("{:.2f}", report.seconds));
  writer.Key("events").Int(static_cast<int64_t>(report.events));
  auto count = [&writer](const char* name, uint64_t n) {
    writer.Key(name).Int(static_cast<int64_t>(n));
  };
  count("commands", report.history.all().size());
  count("sent", counts.sent);
  count("recorded", counts.recorded);
  count("counted", counts.counted);
  count("superseded", counts.superseded);
  count("late", counts.late);
  count("refused", counts.refused);
  count("lost", report.findings.lost);
  count("duplicated", report.findings.duplicated);
  count("mismatches", report.findings.mismatches);
  count("reconnects", report.history.reconnects());
  TwoMeans means = ConfidenceMeans(report);
  writer.Key("confidence").BeginObject();
  writer.Key("start").Raw(NumberOrNull(means.start)).Key("end").Raw(NumberOrNull(means.end));
  writer.EndObject();
  WriteMeans(report, writer);
  WriteActivities(report, writer);
  writer.Key("dotmocracy");
  WriteRows(writer, DotsRows(report));
  writer.Key("topics");
  WriteRows(writer, TopicRows(report));
  BallotLatencies latencies = MeasureBallots(report.history);
  writer.Key("latency_ms").BeginObject();
  writer.Key("recorded").Raw(latencies.recorded.Json());
  writer.Key("counted").Raw(latencies.counted.Json());
  writer.Key("seen").Raw(latencies.seen.Json()).EndObject();
  writer.Key("differences").BeginArray();
  for (const std::string& sentence : report.findings.sentences) writer.String(sentence);
  writer.EndArray().EndObject();
  out << writer.Take() << "\n";
}

}  // namespace plenum::rehearse
