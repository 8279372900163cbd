#include "projector/record/facts.h"

#include <algorithm>
#include <utility>

#include "projector/record/words.h"
#include "schema/rfc3339.h"

namespace plenum {
namespace {

struct Facts {
  Say say;
  std::vector<Fact> all = {};
  std::string activity = {};

  void Add(std::string item, std::string measure, std::string value, uint64_t index) {
    const bool number = IsNumber(value);
    all.push_back({activity, std::move(item), std::move(measure), std::move(value), number, index});
  }
  void Text(std::string item, std::string measure, std::string value, uint64_t index) {
    if (value.empty()) return;
    all.push_back({activity, std::move(item), std::move(measure), std::move(value), false, index});
  }
  void Add(const Figure& figure) { Add("", figure.measure, figure.value, figure.index); }

  void Ballots(const BallotCount& count) {
    if (count.all == 0) return;
    Add("", "ballots", std::to_string(count.all), count.index);
    for (const Figure& part : PartsOf(say, count)) Add(part);
    if (count.on_paper > 0) {
      Add("", "ballots.on_paper", std::to_string(count.on_paper), count.index);
    }
  }

  void Events(const std::map<std::string, Outcomes>& events) {
    for (const auto& [type, outcomes] : events) {
      for (const auto& [code, count] : outcomes.by_code) {
        Add("", type + "." + std::string(OutcomeName(code)), std::to_string(count.n), count.last);
      }
      for (const auto& [reason, count] : outcomes.refused) {
        Add("", type + ".refused." + std::string(ReasonName(reason)), std::to_string(count.n),
            count.last);
      }
    }
  }

  void Table(const RecordTable& table) {
    for (const RecordRow& row : table.rows) {
      const std::string& item = row.title.text;
      if (row.number > 0) Add(item, "number", std::to_string(row.number), row.index);
      if (row.rank > 0) Add(item, "rank", std::to_string(row.rank), row.index);
      for (size_t i = 0; i < table.columns.size(); ++i) {
        Add(item, table.columns[i].measure, row.values[i], row.index);
      }
      if (row.rank > 0) Text(item, "score", ScoreOf(table, row), row.index);
      for (const RecordMerged& merged : row.merged) {
        Text(item, "merged_from", merged.title.text, row.index);
      }
      for (size_t i = 0; i < row.fields.size(); ++i) {
        Text(item, "field." + std::to_string(i + 1), row.fields[i].text, row.index);
      }
      Text(item, "from", row.from, row.index);
      Text(item, "flag", row.flag, row.index);
      if (row.added_at) Add(item, "added_at", std::to_string(*row.added_at), *row.added_at);
    }
  }

  void Comparison(const RecordComparison& both) {
    const uint64_t index = both.index;
    Text("", "before", both.before.activity, both.before.index);
    Add("", "mean_before", both.before.mean, both.before.index);
    Add("", "people_before", std::to_string(both.before.people), both.before.index);
    Add("", "mean_after", both.after.mean, both.after.index);
    Add("", "people_after", std::to_string(both.after.people), both.after.index);
    Add("", "paired", std::to_string(both.paired), index);
    if (!both.mean_change.empty()) Add("", "mean_change", both.mean_change, index);
    Add("", "up", std::to_string(both.up), index);
    Add("", "same", std::to_string(both.same), index);
    Add("", "down", std::to_string(both.down), index);
    Text("", "groups_differ", both.groups_differ ? "yes" : "no", index);
  }

  void Section(const RecordSection& section) {
    activity = NameOf(section);
    const uint64_t last = section.answered.index;
    Text("", "title", section.title.text, last);
    Text("", "prompt", section.prompt.text, last);
    Text("", "method", section.method, last);
    Text("", "phase", std::string(PhaseName(section.phase)), last);
    for (const RecordStep& step : section.steps) {
      const std::string round = step.round > 0 ? "." + std::to_string(step.round) : "";
      Text("", "step." + std::string(PhaseName(step.phase)) + round, FormatTime(step.at.time),
           step.at.index);
    }
    if (section.generation > 0) {
      for (const Figure* figure :
           {&section.answered, &section.of, &section.late_people, &section.early_looks}) {
        Add(*figure);
      }
    }
    Text("", "late_effect", section.late_effect, last);
    Ballots(section.ballots);
    Events(section.events);
    Text("", "result", section.recorded, section.recorded_index);
    Text("", "hidden", section.hidden, last);
    for (const Figure& figure : section.figures) Add(figure);
    Table(section.table);
    for (const RecordTable& table : section.more) Table(table);
    if (section.comparison) Comparison(*section.comparison);
    for (const std::string& note : section.notes) Text("", "note", note, last);
    activity.clear();
  }
};

}  // namespace

std::string NameOf(const RecordSection& section) {
  if (section.generations < 2) return section.activity;
  return section.activity + "#" + std::to_string(section.generation);
}

bool IsNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const size_t point = text.find('.');
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (point == std::string_view::npos) return digits(text);
  return digits(text.substr(0, point)) && digits(text.substr(point + 1));
}

std::string ScoreOf(const RecordTable& table, const RecordRow& row) {
  if (!table.bars) return "";
  return row.values[static_cast<size_t>(*table.bars)] + (row.marked ? "*" : "");
}

std::vector<Figure> PartsOf(const Say& say, const BallotCount& count) {
  std::vector<Figure> parts;
  const auto add = [&](std::string measure, std::string label, uint64_t n) {
    parts.push_back({"ballots." + measure, std::move(label), std::to_string(n), count.index});
  };
  add("standing", say("stand"), count.standing);
  add("replaced", say("replaced by a later one of the same person"), count.replaced);
  add("overtaken", say("overtaken: a later one was there before them"), count.overtaken);
  add("repeated", say("the same once more"), count.repeated);
  add("late", say("too late"), count.late);
  add("refused", say("refused"), count.refused);
  if (count.other > 0) add("other", say("without effect for another reason"), count.other);
  return parts;
}

std::vector<Fact> FactsOf(const Record& record) {
  Facts facts{.say = Say(record.language)};
  const uint64_t last = record.entries == 0 ? 0 : record.entries - 1;
  facts.Text("", "title", record.title.text, 0);
  facts.Text("", "room", record.room.Hex(), 0);
  facts.Text("", "code", record.code, 0);
  facts.Text("", "begin", FormatTime(record.begin), 0);
  facts.Text("", "end", FormatTime(record.end), last);
  facts.Add(record.joined);
  facts.Add(record.expected);
  for (const RecordSection& section : record.sections) facts.Section(section);
  facts.Ballots(record.ballots);
  facts.Events(record.events);
  for (const Balance& balance : record.balances) {
    for (const Figure& part : balance.parts) {
      if (!part.measure.starts_with("ballots")) facts.Add(part);
    }
  }
  for (const Figure& figure : record.counted) facts.Add(figure);
  for (const AddedSource& source : record.additions.figures) {
    for (const AddedFigure& figure : source.figures) {
      facts.Text(figure.label, "elsewhere", figure.value, last);
      facts.Text(figure.label, "source", source.source, last);
    }
  }
  for (const Intervention& each : record.interventions) {
    facts.activity = each.activity;
    facts.Text("", "intervention." + each.what, each.text, each.at.index);
  }
  facts.activity.clear();
  facts.Add("", "results_confirmed", std::to_string(record.results_confirmed), last);
  facts.Add("", "results_disputed", std::to_string(record.results_disputed), last);
  facts.Add("", "results_due", std::to_string(record.results_due), last);
  facts.Add("", "entries", std::to_string(record.entries), last);
  facts.Text("", "root", record.root.Hex(), last);
  facts.Text("", "state", record.state.Hex(), last);
  return facts.all;
}

}  // namespace plenum
