#include "projector/record/facts.h"
#include "projector/record/writers.h"
#include "schema/json.h"
#include "schema/rfc3339.h"

namespace plenum {
namespace {

struct JsonWriter {
  json::Writer writer;

  json::Writer& Key(std::string_view key) { return writer.Key(key); }
  void Number(std::string_view key, uint64_t n) { Key(key).Int(static_cast<int64_t>(n)); }

  void Put(std::string_view key, const Words& words) {
    if (words.text.empty()) return;
    Key(key).BeginObject().Key("text").String(words.text);
    if (!words.language.empty()) Key("language").String(words.language);
    writer.EndObject();
  }

  void Put(const Figure& figure) {
    writer.BeginObject().Key("measure").String(figure.measure);
    Key("label").String(figure.label).Key("value").String(figure.value);
    Number("index", figure.index);
    writer.EndObject();
  }
  void Put(std::string_view key, const Figure& figure) {
    Key(key);
    Put(figure);
  }

  void Put(std::string_view key, const BallotCount& count) {
    Key(key).BeginObject();
    Number("all", count.all);
    Number("standing", count.standing);
    Number("replaced", count.replaced);
    Number("overtaken", count.overtaken);
    Number("repeated", count.repeated);
    Number("late", count.late);
    Number("refused", count.refused);
    Number("other", count.other);
    Number("on_paper", count.on_paper);
    Number("index", count.index);
    writer.EndObject();
  }

  void Put(const Count& count) {
    writer.BeginObject();
    Number("count", count.n);
    Number("last", count.last);
    writer.EndObject();
  }

  void Put(std::string_view key, const std::map<std::string, Outcomes>& events) {
    Key(key).BeginObject();
    for (const auto& [type, outcomes] : events) {
      Key(type).BeginObject().Key("outcomes").BeginObject();
      for (const auto& [code, count] : outcomes.by_code) {
        Key(OutcomeName(code));
        Put(count);
      }
      writer.EndObject();
      if (!outcomes.refused.empty()) {
        Key("reasons").BeginObject();
        for (const auto& [reason, count] : outcomes.refused) {
          Key(ReasonName(reason));
          Put(count);
        }
        writer.EndObject();
      }
      writer.EndObject();
    }
    writer.EndObject();
  }

  void Put(const RecordRow& row, const RecordTable& table) {
    writer.BeginObject().Key("id").String(row.id);
    if (row.number > 0) Number("number", row.number);
    Put("title", row.title);
    Put("detail", row.detail);
    if (row.rank > 0) Number("rank", row.rank);
    Key("values").BeginObject();
    for (size_t i = 0; i < table.columns.size(); ++i) {
      Key(table.columns[i].measure).String(row.values[i]);
    }
    writer.EndObject();
    if (row.rank > 0) Key("score").String(ScoreOf(table, row));
    if (!row.merged.empty()) {
      Key("merged").BeginArray();
      for (const RecordMerged& merged : row.merged) writer.String(merged.title.text);
      writer.EndArray();
    }
    if (!row.fields.empty()) {
      Key("fields").BeginArray();
      for (const Words& field : row.fields) writer.String(field.text);
      writer.EndArray();
    }
    if (!row.from.empty()) Key("from").String(row.from);
    if (!row.flag.empty()) Key("flag").String(row.flag);
    if (row.added_at) Number("added_at", *row.added_at);
    Number("index", row.index);
    writer.EndObject();
  }

  void Put(const RecordTable& table) {
    writer.BeginObject().Key("caption").String(table.caption);
    if (!table.fields.empty()) {
      Key("fields").BeginArray();
      for (const Words& field : table.fields) writer.String(field.text);
      writer.EndArray();
    }
    Key("columns").BeginArray();
    for (const RecordColumn& column : table.columns) {
      writer.BeginObject().Key("measure").String(column.measure);
      Key("label").String(column.label);
      writer.EndObject();
    }
    writer.EndArray();
    Key("rows").BeginArray();
    for (const RecordRow& row : table.rows) Put(row, table);
    writer.EndArray().EndObject();
  }

  void Put(std::string_view key, const RecordHalf& half) {
    Key(key).BeginObject().Key("activity").String(half.activity);
    Put("title", half.title);
    Key("mean").String(half.mean);
    Number("people", half.people);
    Key("counts").BeginArray();
    for (const uint32_t count : half.counts) writer.Int(count);
    writer.EndArray();
    Number("index", half.index);
    writer.EndObject();
  }

  void Put(const RecordComparison& both) {
    Key("comparison").BeginObject();
    Put("before", both.before);
    Put("after", both.after);
    Key("low").Int(both.low).Key("high").Int(both.high);
    Number("paired", both.paired);
    if (!both.mean_change.empty()) Key("mean_change").String(both.mean_change);
    Number("up", both.up);
    Number("same", both.same);
    Number("down", both.down);
    Key("groups_differ").Bool(both.groups_differ);
    Number("index", both.index);
    writer.EndObject();
  }

  void Steps(const RecordSection& section) {
    Key("steps").BeginArray();
    for (const RecordStep& step : section.steps) {
      writer.BeginObject().Key("phase").String(PhaseName(step.phase));
      if (step.round > 0) Number("round", step.round);
      Key("time").String(FormatTime(step.at.time));
      Number("index", step.at.index);
      Key("by_timer").Bool(step.by_timer);
      writer.EndObject();
    }
    writer.EndArray();
  }

  void Findings(const RecordSection& section) {
    Key("figures").BeginArray();
    for (const Figure& figure : section.figures) Put(figure);
    writer.EndArray();
    Key("table");
    Put(section.table);
    if (!section.more.empty()) {
      Key("more").BeginArray();
      for (const RecordTable& table : section.more) Put(table);
      writer.EndArray();
    }
    if (section.comparison) Put(*section.comparison);
    Key("notes").BeginArray();
    for (const std::string& note : section.notes) writer.String(note);
    writer.EndArray();
  }

  void Put(const RecordSection& section) {
    writer.BeginObject().Key("activity").String(section.activity);
    Number("generation", section.generation);
    Key("restarted").Bool(section.restarted);
    Put("title", section.title);
    Put("prompt", section.prompt);
    Key("method").String(section.method).Key("rules").String(section.rules);
    Key("privacy").String(section.privacy).Key("phase").String(PhaseName(section.phase));
    Steps(section);
    Put("answered", section.answered);
    Put("of", section.of);
    Put("late_people", section.late_people);
    Put("early_looks", section.early_looks);
    Put("ballots", section.ballots);
    Put("events", section.events);
    if (!section.recorded.empty()) {
      Key("result").BeginObject().Key("status").String(section.recorded);
      Number("index", section.recorded_index);
      writer.EndObject();
    }
    if (!section.late_effect.empty()) Key("late_effect").String(section.late_effect);
    if (section.hidden.empty()) {
      Findings(section);
    } else {
      Key("hidden").String(section.hidden);
    }
    writer.EndObject();
  }

  void Figures(std::string_view key, const std::vector<Figure>& figures) {
    Key(key).BeginArray();
    for (const Figure& figure : figures) Put(figure);
    writer.EndArray();
  }

  void Balances(const Record& record) {
    Key("balances").BeginArray();
    for (const Balance& balance : record.balances) {
      writer.BeginObject().Key("title").String(balance.title);
      Figures("parts", balance.parts);
      Put("all", balance.all);
      writer.EndObject();
    }
    writer.EndArray();
    Figures("counted", record.counted);
  }

  void Elsewhere(const Additions& additions) {
    if (additions.figures.empty()) return;
    Key("elsewhere").BeginArray();
    for (const AddedSource& source : additions.figures) {
      writer.BeginObject().Key("title").String(source.title);
      Key("source").String(source.source).Key("figures").BeginArray();
      for (const AddedFigure& figure : source.figures) {
        writer.BeginObject().Key("label").String(figure.label);
        Key("value").String(figure.value);
        writer.EndObject();
      }
      writer.EndArray().EndObject();
    }
    writer.EndArray();
  }

  void Interventions(const Record& record) {
    Key("interventions").BeginArray();
    for (const Intervention& each : record.interventions) {
      writer.BeginObject().Key("what").String(each.what).Key("text").String(each.text);
      if (!each.activity.empty()) Key("activity").String(each.activity);
      Key("time").String(FormatTime(each.at.time));
      Number("index", each.at.index);
      writer.EndObject();
    }
    writer.EndArray();
  }
};

}  // namespace

std::string WriteJson(const Record& record) {
  JsonWriter out;
  json::Writer& writer = out.writer;
  writer.BeginObject();
  out.Put("title", record.title);
  writer.Key("room").String(record.room.Hex());
  if (!record.code.empty()) writer.Key("code").String(record.code);
  out.Number("version", record.version);
  out.Number("rules", record.rules);
  writer.Key("begin").String(FormatTime(record.begin)).Key("end").String(FormatTime(record.end));
  out.Put("joined", record.joined);
  out.Put("expected", record.expected);
  writer.Key("activities").BeginArray();
  for (const RecordSection& section : record.sections) out.Put(section);
  writer.EndArray();
  out.Elsewhere(record.additions);
  out.Interventions(record);
  out.Balances(record);
  out.Put("ballots", record.ballots);
  out.Put("events", record.events);
  writer.Key("results").BeginObject();
  out.Number("confirmed", record.results_confirmed);
  out.Number("disputed", record.results_disputed);
  out.Number("due", record.results_due);
  writer.EndObject();
  writer.Key("log").BeginObject();
  out.Number("entries", record.entries);
  writer.Key("root").String(record.root.Hex()).Key("state").String(record.state.Hex());
  writer.EndObject().EndObject();
  return writer.Take() + "\n";
}

}  // namespace plenum
