#include "gateway/rehearse/activity_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace plenum::rehearse {
namespace {

constexpr size_t kLeading = 3;  // words or questions that a line names

std::string Quoted(const std::vector<std::string>& texts) {
  std::string joined;
  for (size_t i = 0; i < std::min(texts.size(), kLeading); ++i)
    joined += (i > 0 ? ", \"" : "\"") + texts[i] + "\"";
  return joined;
}

// The largest item count a screen agreed on.
uint32_t VotesIn(const Totals& totals) {
  return std::accumulate(totals.items.begin(), totals.items.end(), 0u,
                         [](uint32_t sum, const ItemTotal& item) { return sum + item.votes; });
}

std::string TablesLine(const DayReport& report, const Seating& seating, const ActivityId& id) {
  std::string seated;
  for (const RoundAtTables& round : seating.rounds())
    seated += (seated.empty() ? "" : ", ") + std::to_string(round.seated);
  const uint32_t topics = TopicsAt(seating);
  std::string line = topics > 0 ? fmt::format("{} topics on ", topics) : "";
  line += fmt::format("{} tables x {} rounds", seating.topics().size(), seating.rounds().size());
  return line + fmt::format(", {} people seated; {} tables wrote notes", seated,
                            NotesIn(report.tally.ItemsOf(id)));
}

std::string ChoiceLine(const Totals& totals) {
  const auto chosen =
      std::ranges::count_if(totals.options, [](const auto& option) { return option.second > 0; });
  std::string nobody;
  for (const OptionId& option : totals.nobody) nobody += (nobody.empty() ? "" : ", ") + option;
  return fmt::format("{} of {} chosen by {} people{}", chosen, totals.options.size(), totals.people,
                     nobody.empty() ? "" : "; by nobody: " + nobody);
}

std::string ScaleLine(const Totals& totals) {
  std::string line = totals.mean.empty()
                         ? "nobody answered"
                         : fmt::format("mean {} of {} people", totals.mean, totals.people);
  if (!totals.comparison) return line;
  const PairedChange& change = *totals.comparison;
  return line + fmt::format("; of {} who answered both {} went up, {} down", change.paired,
                            change.up, change.down);
}

std::string ItemsLine(const Totals& totals) {
  std::vector<std::string> first;
  for (const ItemTotal& item : totals.items) {
    if (item.rank == 1) first.push_back(item.title);
  }
  const std::string best = first.empty() ? "" : "; first: " + Quoted(first);
  switch (totals.kind) {
    case Totals::Kind::kUpvote:
      return fmt::format("{} items, {} votes of {} people{}", totals.items.size(), VotesIn(totals),
                         totals.people, best);
    case Totals::Kind::kDots:
      return fmt::format("{} dots of {} people on {} items{}", totals.dots, totals.people,
                         totals.items.size(), best);
    case Totals::Kind::kDeck:
      return fmt::format("{} cards, {} with all scores, by {} people{}", totals.cards,
                         totals.complete, totals.scorers, best);
    default:
      return fmt::format("{} items, judged by {} people{}", totals.items.size(), totals.people,
                         best);
  }
}

std::string ResultLine(const DayReport& report, const ActivitySpec& spec, const Totals& totals) {
  switch (totals.kind) {
    case Totals::Kind::kChoice:
      return ChoiceLine(totals);
    case Totals::Kind::kScale:
      return ScaleLine(totals);
    case Totals::Kind::kWords: {
      std::vector<std::string> words;
      for (const WordTotal& word : totals.words)
        words.push_back(fmt::format("{} ({})", word.word, word.count));
      return fmt::format("{} answers of {} people; {}", totals.cards, totals.people, Quoted(words));
    }
    case Totals::Kind::kItems: {
      const size_t all = report.tally.ItemsOf(spec.id).size();
      return fmt::format("{} contributions of {} people{}", totals.cards, totals.people,
                         spec.carry ? fmt::format("; {} items in all", all) : "");
    }
    default:
      return ItemsLine(totals);
  }
}

const Totals* ResultOf(const DayReport& report, const ActivityId& activity) {
  const ConsoleActivity* found = report.outcome.at_the_end.Find(activity);
  return found != nullptr && found->result ? &*found->result : nullptr;
}

void WriteTables(const DayReport& report, const ActivityId& id, json::Writer& writer) {
  auto found = report.seatings.find(id);
  if (found == report.seatings.end()) return;
  const Seating& seating = found->second;
  writer.Key("tables").Int(static_cast<int64_t>(seating.topics().size()));
  writer.Key("topics").Int(TopicsAt(seating));
  writer.Key("notes").Int(NotesIn(report.tally.ItemsOf(id)));
  writer.Key("rounds").BeginArray();
  for (const RoundAtTables& round : seating.rounds()) {
    writer.BeginObject().Key("round").Int(round.round).Key("seated").Int(round.seated);
    writer.Key("tables").Int(round.tables).Key("planned").Int(round.planned);
    writer.Key("without_place").Int(round.without_place).EndObject();
  }
  writer.EndArray();
}

std::string_view KindOf(const ActivitySpec& spec, const Totals& totals) {
  static const std::map<Totals::Kind, std::string_view> kKinds = {
      {Totals::Kind::kItems, "items"},   {Totals::Kind::kWords, "words"},
      {Totals::Kind::kChoice, "choice"}, {Totals::Kind::kScale, "scale"},
      {Totals::Kind::kDots, "dots"},     {Totals::Kind::kUpvote, "upvote"},
      {Totals::Kind::kRank, "rank"},     {Totals::Kind::kRatings, "ratings"},
      {Totals::Kind::kDeck, "deck"}};
  return spec.seats ? "tables" : kKinds.at(totals.kind);
}

}  // namespace

std::string LineOf(const DayReport& report, const ActivitySpec& spec) {
  const Totals* totals = ResultOf(report, spec.id);
  std::string line = totals == nullptr ? "skipped" : ResultLine(report, spec, *totals);
  auto seating = report.seatings.find(spec.id);
  if (totals != nullptr && seating != report.seatings.end()) {
    const std::string votes = spec.HasBallot() ? "; " + line : "";
    line = TablesLine(report, seating->second, spec.id) + votes;
  }
  return fmt::format("{:<19} {}", spec.id, line);
}

void WriteActivities(const DayReport& report, json::Writer& writer) {
  writer.Key("activities").BeginArray();
  for (const ActivitySpec& spec : report.sheet.activities) {
    writer.BeginObject().Key("activity").String(spec.id);
    writer.Key("line").String(LineOf(report, spec));
    if (const Totals* totals = ResultOf(report, spec.id)) {
      writer.Key("kind").String(KindOf(spec, *totals)).Key("people").Int(totals->people);
      writer.Key("items").Int(static_cast<int64_t>(report.tally.ItemsOf(spec.id).size()));
      if (totals->kind == Totals::Kind::kItems || totals->kind == Totals::Kind::kWords)
        writer.Key("contributions").Int(totals->cards);
      if (totals->kind == Totals::Kind::kUpvote) writer.Key("votes").Int(VotesIn(*totals));
      WriteTables(report, spec.id, writer);
      if (totals->kind == Totals::Kind::kWords) {
        writer.Key("words").BeginArray();
        for (const WordTotal& word : totals->words) {
          writer.BeginObject().Key("word").String(word.word).Key("count").Int(word.count);
          writer.EndObject();
        }
        writer.EndArray();
      }
    }
    writer.EndObject();
  }
  writer.EndArray();
}

}  // namespace plenum::rehearse
