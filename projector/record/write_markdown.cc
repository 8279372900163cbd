#include "projector/record/facts.h"
#include "projector/record/words.h"
#include "projector/record/writers.h"

namespace plenum {
namespace {

// Text that stays text, on one line: nothing in it is markup, a table's border, or HTML.
std::string Plain(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_[]#|~@";
  constexpr std::string_view kFirst = "-+=.";  // markup only where a line begins
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      continue;
    }
    const bool first = out.find_first_not_of("0123456789") == std::string::npos;
    const bool link = text.substr(i, 3) == "://";  // some readers make links of themselves
    if (c == '<' || c == '>' || c == '&') {
      out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
      continue;
    }
    if (kSpecial.contains(c) || (first && kFirst.contains(c)) || link) out += '\\';
    out += c;
  }
  return out;
}

std::string At(uint64_t index) { return "\\#" + std::to_string(index); }

struct Document {
  Say say;
  std::string out = {};

  void Line(const std::string& text) { out += text + "\n"; }
  void Paragraph(const std::string& text) { out += text + "\n\n"; }
  void Row(const std::vector<std::string>& cells) {
    out += '|';
    for (const std::string& cell : cells) out += " " + cell + " |";
    out += '\n';
  }
  void Head(const std::vector<std::string>& cells) {
    Row(cells);
    out += '|';
    for (size_t i = 0; i < cells.size(); ++i) out += i == 0 ? " --- |" : " ---: |";
    out += '\n';
  }

  void Table(const RecordTable& table) {
    if (table.rows.empty()) return;
    const bool ranked = table.rows.front().rank > 0;
    std::vector<std::string> head;
    if (ranked) head.push_back(say("Rank"));
    if (table.fields.empty()) head.push_back(table.item);
    for (const Words& field : table.fields) head.push_back(Plain(field.text));
    for (const RecordColumn& column : table.columns) head.push_back(column.label);
    head.push_back(say("Log"));
    Head(head);
    for (const RecordRow& row : table.rows) {
      std::vector<std::string> cells;
      if (ranked) cells.push_back(row.rank > 0 ? std::to_string(row.rank) : "–");
      std::string title = Plain(row.title.text);
      for (const RecordMerged& merged : row.merged) {
        title += " (\\* " + Plain(merged.title.text) + ")";
      }
      if (!row.from.empty()) title += " (" + Plain(row.from) + ")";
      if (!row.flag.empty()) title += " (" + Plain(row.flag) + ")";
      cells.push_back(title);
      for (size_t i = 1; i < table.fields.size(); ++i) {
        cells.push_back(i < row.fields.size() ? Plain(row.fields[i].text) : "");
      }
      for (size_t i = 0; i < row.values.size(); ++i) {
        const bool score = row.marked && table.bars == static_cast<int>(i);
        cells.push_back(Plain(row.values[i]) + (score ? "\\*" : ""));
      }
      cells.push_back(At(row.index));
      Row(cells);
    }
    Line("");
  }

  void Comparison(const RecordComparison& both) {
    Head({say("Before and after"), say("Mean"), "n", say("Log")});
    for (const RecordHalf* half : {&both.before, &both.after}) {
      Row({Plain(half->title.text), half->mean, std::to_string(half->people), At(half->index)});
    }
    Line("");
    const std::string people = say.Count(both.paired, "person", "people");
    if (!both.mean_change.empty()) {
      const bool rose = !both.mean_change.starts_with('-');
      Paragraph(Plain(say("{0} answered both polls; among them the mean changed by {1}: {2} went "
                          "up, {3} stayed, {4} went down.",
                          {people, (rose ? "+" : "") + both.mean_change, std::to_string(both.up),
                           std::to_string(both.same), std::to_string(both.down)})) +
                " " + At(both.index));
    }
    if (both.groups_differ) {
      Paragraph(say("The two groups differ:") + " " +
                say("more than a fifth of the people answered only one of the polls."));
    }
  }

  void Facts(const RecordSection& section) {
    Line("- " + say("Took part") + ": " +
         say("{0} of {1} who had joined", {section.answered.value, section.of.value}) + " " +
         At(section.answered.index));
    if (section.ballots.all > 0) {
      std::vector<std::string> parts;
      for (const Figure& part : PartsOf(say, section.ballots)) {
        if (part.value != "0") parts.push_back(part.value + " " + part.label);
      }
      Line("- " + say("Ballots") + ": " +
           say("{0} came: {1}", {std::to_string(section.ballots.all), say.List(parts)}) + " " +
           At(section.ballots.index));
    }
    if (section.late_people.value != "0") {
      Line("- " + say("Too late") + ": " +
           say.Count(std::stoull(section.late_people.value), "person", "people") + ". " +
           section.late_effect + " " + At(section.late_people.index));
    }
    if (section.early_looks.value != "0") {
      Line("- " + say("Early looks") + ": " + section.early_looks.value + " " +
           At(section.early_looks.index));
    }
    for (const RecordStep& step : section.steps) {
      Line("- " + ClockOf(step.at.time) + " " + StepLabel(say, step) + " " + At(step.at.index));
    }
    Line("");
  }

  void Added(const std::vector<AddedPart>& parts) {
    for (const AddedPart& part : parts) {
      Paragraph("## " + Plain(part.title));
      Paragraph(Plain(part.text));
    }
  }

  void Elsewhere(const Additions& additions) {
    if (!additions.figures.empty()) Paragraph("## " + say("Figures from elsewhere"));
    for (const AddedSource& source : additions.figures) {
      Head({Plain(source.title), say("Value")});
      for (const AddedFigure& figure : source.figures) {
        Row({Plain(figure.label), Plain(figure.value)});
      }
      Line("");
      Paragraph(say("Source: {0}", {Plain(source.source)}));
    }
    if (!additions.video.empty()) Paragraph(say("Video") + ": " + Plain(additions.video));
  }

  void Section(const RecordSection& section, size_t number) {
    std::string title = "## " + std::to_string(number) + ". " + Plain(section.title.text);
    if (section.generations > 1) {
      title += " " + say("(time {0} of {1})",
                         {std::to_string(section.generation), std::to_string(section.generations)});
    }
    Paragraph(title);
    if (!section.prompt.text.empty()) Paragraph("*" + Plain(section.prompt.text) + "*");
    Paragraph(Plain(section.method + ". " + section.rules + " " + section.privacy));
    if (!section.hidden.empty()) Paragraph(section.hidden);
    if (section.generation == 0) return;
    std::string figures;
    for (const Figure& figure : section.figures) {
      figures += (figures.empty() ? "" : " · ") + figure.label + " **" + figure.value + "** " +
                 At(figure.index);
    }
    if (!figures.empty()) Paragraph(figures);
    Table(section.table);
    for (const RecordTable& table : section.more) {
      Paragraph(Plain(table.caption));
      Table(table);
    }
    for (const std::string& note : section.notes) Paragraph(Plain(note));
    if (section.comparison) Comparison(*section.comparison);
    Facts(section);
  }
};

}  // namespace

std::string WriteMarkdown(const Record& record) {
  Document document{.say = Say(record.language)};
  const Say& say = document.say;
  document.Paragraph("# " + Plain(record.title.text));
  document.Paragraph(say("Record of the day, {0}", {LongDayOf(say, record.begin)}) + ". " +
                     say("{0} people joined {1}, {2} were expected. A mark such as {1} names the "
                         "entry of the log after which a figure stood so. Times are UTC.",
                         {record.joined.value, At(record.joined.index), record.expected.value}));
  document.Added(record.additions.front);
  size_t number = 0;
  for (const RecordSection& section : record.sections) document.Section(section, ++number);
  document.Elsewhere(record.additions);
  document.Added(record.additions.back);
  document.Paragraph("## " + say("What was changed on the way"));
  for (const Intervention& each : record.interventions) {
    document.Line("- " + ClockOf(each.at.time) + " " + Plain(each.activity) + ": " +
                  Plain(each.text) + " " + At(each.at.index));
  }
  if (record.interventions.empty()) document.Line(say("There was nothing of the kind."));
  document.Line("");
  document.Paragraph("## " + say("Where every entry of the log went"));
  for (const Balance& balance : record.balances) {
    document.Head({Plain(balance.title), say("Number"), say("Log")});
    for (const Figure& part : balance.parts) {
      document.Row({Plain(part.label), part.value, At(part.index)});
    }
    document.Row({Plain(balance.all.label), balance.all.value, At(balance.all.index)});
    document.Line("");
  }
  document.Head({say("Entry"), say("All"), say("Late"), say("Refused"), say("Last")});
  for (const auto& [type, outcomes] : record.events) {
    document.Row({Plain(TypeLabel(say, type)), std::to_string(outcomes.all.n),
                  std::to_string(outcomes.Of(OutcomeCode::kLate).n),
                  std::to_string(outcomes.Of(OutcomeCode::kRefused).n), At(outcomes.all.last)});
  }
  document.Line("");
  document.Paragraph("## " + say("How to check this record"));
  document.Line("    plenum audit day.ndjson --index " + std::to_string(record.entries) +
                " --root " + record.root.Hex() + " --state " + record.state.Hex());
  return document.out;
}

}  // namespace plenum
