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
  std::string out;

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
    if (ranked) head.emplace_back("Rank");
    head.push_back(table.item);
    for (const RecordColumn& column : table.columns) head.push_back(column.label);
    head.emplace_back("Log");
    Head(head);
    for (const RecordRow& row : table.rows) {
      std::vector<std::string> cells;
      if (ranked) cells.push_back(row.rank > 0 ? std::to_string(row.rank) : "–");
      std::string title = Plain(row.title.text);
      for (const Words& merged : row.merged) title += " (\\* with " + Plain(merged.text) + ")";
      if (!row.flag.empty()) title += " (" + Plain(row.flag) + ")";
      cells.push_back(title);
      for (size_t i = 0; i < row.values.size(); ++i) {
        const bool score = row.marked && table.bars == static_cast<int>(i);
        cells.push_back(row.values[i] + (score ? "\\*" : ""));
      }
      cells.push_back(At(row.index));
      Row(cells);
    }
    Line("");
  }

  void Comparison(const RecordComparison& both) {
    Head({"Before and after", "Mean", "n", "Log"});
    for (const RecordHalf* half : {&both.before, &both.after}) {
      Row({Plain(half->title.text), half->mean, std::to_string(half->people), At(half->index)});
    }
    Line("");
    std::string text = Counted(both.paired, "person", "people") + " answered both";
    if (!both.mean_change.empty()) {
      text += "; their mean changed by " + Plain(both.mean_change) + ": " +
              std::to_string(both.up) + " up, " + std::to_string(both.same) + " the same, " +
              std::to_string(both.down) + " down";
    }
    Paragraph(text + " " + At(both.index));
    if (both.groups_differ) {
      Paragraph("The two groups differ: more than a fifth answered only one of the polls.");
    }
  }

  void Facts(const RecordSection& section) {
    Line("- took part: " + section.answered.value + " of " + section.of.value + " " +
         At(section.answered.index));
    if (section.ballots.all > 0) {
      std::string text = "- ballots: " + std::to_string(section.ballots.all) + " came";
      for (const Figure& part : PartsOf(section.ballots)) {
        if (part.value != "0") text += ", " + part.value + " " + part.label;
      }
      Line(text + " " + At(section.ballots.index));
    }
    if (section.late_people.value != "0") {
      Line("- too late: " + section.late_people.value + " people. " + section.late_effect + " " +
           At(section.late_people.index));
    }
    if (section.early_looks.value != "0") {
      Line("- early looks: " + section.early_looks.value + " " + At(section.early_looks.index));
    }
    for (const RecordStep& step : section.steps) {
      Line("- " + ClockOf(step.at.time) + " " + StepLabel(step) + " " + At(step.at.index));
    }
    Line("");
  }

  void Section(const RecordSection& section, size_t number) {
    std::string title = "## " + std::to_string(number) + ". " + Plain(section.title.text);
    if (section.generations > 1) {
      title += " (time " + std::to_string(section.generation) + " of " +
               std::to_string(section.generations) + ")";
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
    for (const std::string& note : section.notes) Paragraph(Plain(note));
    if (section.comparison) Comparison(*section.comparison);
    Facts(section);
  }
};

}  // namespace

std::string WriteMarkdown(const Record& record) {
  Document document;
  document.Paragraph("# " + Plain(record.title.text));
  document.Paragraph("Record of the day, " + LongDayOf(record.begin) + ". " + record.joined.value +
                     " joined " + At(record.joined.index) + ", " + record.expected.value +
                     " were expected. A mark such as " + At(record.joined.index) +
                     " names the entry of the log after which a figure stood so. Times are UTC.");
  size_t number = 0;
  for (const RecordSection& section : record.sections) document.Section(section, ++number);
  document.Paragraph("## What was changed on the way");
  for (const Intervention& each : record.interventions) {
    document.Line("- " + ClockOf(each.at.time) + " " + Plain(each.activity) + ": " +
                  Plain(each.text) + " " + At(each.at.index));
  }
  if (record.interventions.empty()) document.Line("Nothing.");
  document.Line("");
  document.Paragraph("## Where every entry of the log went");
  document.Head({"Entry", "All", "Late", "Refused", "Last"});
  for (const auto& [type, outcomes] : record.events) {
    document.Row({Plain(TypeLabel(type)), std::to_string(outcomes.all.n),
                  std::to_string(outcomes.Of(OutcomeCode::kLate).n),
                  std::to_string(outcomes.Of(OutcomeCode::kRefused).n), At(outcomes.all.last)});
  }
  document.Line("");
  document.Paragraph("## How to check this record");
  document.Line("    plenum audit day.ndjson --index " + std::to_string(record.entries) +
                " --root " + record.root.Hex() + " --state " + record.state.Hex());
  return document.out;
}

}  // namespace plenum
