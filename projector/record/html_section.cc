#include <algorithm>

#include "projector/record/facts.h"
#include "projector/record/html_charts.h"
#include "projector/record/html_parts.h"
#include "projector/record/html_text.h"
#include "projector/record/words.h"

namespace plenum::html {
namespace {

std::string Paragraph(std::string_view css, const std::string& content) {
  return "<p class=\"" + std::string(css) + "\">" + content + "</p>\n";
}

std::string Head(const RecordSection& section, size_t number) {
  std::string title = Of(section.title);
  if (section.generations > 1) {
    title += " (time " + std::to_string(section.generation) + " of " +
             std::to_string(section.generations) + ")";
  }
  std::string out =
      "<h2><span class=\"number\">" + std::to_string(number) + "</span> " + title + "</h2>\n";
  if (!section.prompt.text.empty()) out += Paragraph("prompt", Of(section.prompt));
  return out + Paragraph("method", "<strong>" + Escaped(section.method) + ".</strong> " +
                                       Escaped(section.rules) + " " + Escaped(section.privacy));
}

std::string Row(const RecordTable& table, const RecordRow& row) {
  std::string out = "<tr>";
  const bool ranked = table.rows.front().rank > 0;
  if (ranked)
    out += "<td class=\"rank\">" + (row.rank > 0 ? std::to_string(row.rank) : "–") + "</td>";
  out += "<th scope=\"row\">";
  if (row.number > 0) out += "<span class=\"sign\">" + std::to_string(row.number) + "</span> ";
  out += Of(row.title);
  if (!row.detail.text.empty()) out += "<span class=\"detail\">" + Of(row.detail) + "</span>";
  if (!row.merged.empty()) {
    out += "<span class=\"detail\">* merged with ";
    for (size_t i = 0; i < row.merged.size(); ++i) out += (i > 0 ? "; " : "") + Of(row.merged[i]);
    out += "</span>";
  }
  if (!row.flag.empty()) out += "<span class=\"detail\">" + Escaped(row.flag) + "</span>";
  out += "</th>";
  for (size_t i = 0; i < row.values.size(); ++i) {
    const bool score = row.marked && table.bars == static_cast<int>(i);
    out += "<td>" + Escaped(row.values[i]) + (score ? "*" : "") + "</td>";
  }
  return out + "<td class=\"at\">#" + std::to_string(row.added_at.value_or(row.index)) +
         "</td></tr>\n";
}

std::string Fact(const std::string& label, const std::string& value) {
  return "<div><dt>" + label + "</dt><dd>" + value + "</dd></div>\n";
}

std::string Refusals(const RecordSection& section) {
  std::vector<std::string> parts;
  for (const auto& [type, outcomes] : section.events) {
    for (const auto& [reason, count] : outcomes.refused) {
      parts.push_back(std::to_string(count.n) + " " + Escaped(ReasonName(reason)) + " " +
                      At(count.last));
    }
  }
  return Listed(parts);
}

std::string BallotFact(const BallotCount& count) {
  std::vector<std::string> parts;
  for (const Figure& part : PartsOf(count)) {
    if (part.value != "0") parts.push_back(part.value + " " + Escaped(part.label));
  }
  std::string text = Counted(count.all, "came", "came") + ": " + Listed(parts);
  if (count.on_paper > 0) text += "; " + std::to_string(count.on_paper) + " of them from paper";
  return text + " " + At(count.index);
}

std::string Facts(const RecordSection& section) {
  std::string out = "<dl class=\"facts\">\n";
  out += Fact("Took part", Escaped(section.answered.value) + " of " + Escaped(section.of.value) +
                               " who had joined " + At(section.answered.index));
  if (section.ballots.all > 0) out += Fact("Ballots", BallotFact(section.ballots));
  if (section.late_people.value != "0") {
    out += Fact("Too late", Counted(std::stoull(section.late_people.value), "person", "people") +
                                ". " + Escaped(section.late_effect) + " " +
                                At(section.late_people.index));
  }
  const std::string refusals = Refusals(section);
  if (!refusals.empty()) out += Fact("Refused, and why", refusals);
  if (section.early_looks.value != "0") {
    out += Fact("Looked at early", Escaped(section.early_looks.value) + " times by the team " +
                                       At(section.early_looks.index));
  }
  std::string steps;
  for (const RecordStep& step : section.steps) {
    if (!steps.empty()) steps += " · ";
    steps += Escaped(StepLabel(step)) + " " + TimeOf(step.at.time) + " " + At(step.at.index) +
             (step.by_timer ? " (time limit)" : "");
  }
  out += Fact("Times (UTC)", steps);
  if (!section.recorded.empty()) {
    out += Fact("Result in the log", section.recorded == "due" ? std::string("not recorded yet")
                                                               : Escaped(section.recorded) + " " +
                                                                     At(section.recorded_index));
  }
  return out + "</dl>\n";
}

std::string HalfRow(const RecordHalf& half, std::string_view when) {
  std::string out = "<tr><th scope=\"row\">" + std::string(when) + ": " + Of(half.title) +
                    "</th><td><strong>" + Escaped(half.mean) + "</strong></td><td>" +
                    std::to_string(half.people) + "</td>";
  for (const uint32_t count : half.counts) out += "<td>" + std::to_string(count) + "</td>";
  return out + "<td class=\"at\">#" + std::to_string(half.index) + "</td></tr>\n";
}

std::string Comparison(const RecordComparison& both) {
  std::string out = "<h3>Before and after</h3>\n<figure>" + ComparisonChart(both) +
                    "<figcaption>Above: the two means; hollow is before, solid is after. Below: "
                    "how many people gave each answer; heights are shares of each group."
                    "</figcaption></figure>\n";
  out +=
      "<table class=\"dense\"><caption>Both polls side by side</caption><thead><tr><th "
      "scope=\"col\" "
      "class=\"wide\">Poll</th>"
      "<th scope=\"col\">Mean</th><th scope=\"col\">n</th>";
  for (size_t i = 0; i < both.before.counts.size(); ++i) {
    out += "<th scope=\"col\">" + std::to_string(both.low + static_cast<int64_t>(i)) + "</th>";
  }
  out += "<th scope=\"col\">Log</th></tr></thead><tbody>\n" + HalfRow(both.before, "Before") +
         HalfRow(both.after, "After") + "</tbody></table>\n";
  std::string text = Counted(both.paired, "person", "people") + " answered both polls";
  if (!both.mean_change.empty()) {
    const bool rose = !both.mean_change.starts_with('-');
    text += "; among them the mean changed by " + std::string(rose ? "+" : "") + both.mean_change +
            ": " + std::to_string(both.up) + " went up, " + std::to_string(both.same) +
            " stayed, " + std::to_string(both.down) + " went down";
  }
  out += Paragraph("note", Escaped(text) + ". " + At(both.index));
  if (both.groups_differ) {
    out += Paragraph("note",
                     "<strong>The two groups differ:</strong> more than a fifth of the "
                     "people answered only one of the polls.");
  }
  return out;
}

std::string Chart(const RecordTable& table) {
  const std::string chart = BarChart(table, table.caption + ". The table below has all figures.");
  if (chart.empty()) return "";
  const size_t drawn = DrawnRows(table);
  std::string caption;
  if (drawn < table.rows.size()) {
    caption = "<figcaption>The first " + std::to_string(drawn) + " of " +
              std::to_string(table.rows.size()) + ".</figcaption>";
  }
  return "<figure>" + chart + caption + "</figure>\n";
}

}  // namespace

std::string AnchorOf(const RecordSection& section) {
  std::string anchor = "a-" + Escaped(section.activity);
  if (section.generations > 1) anchor += "-" + std::to_string(section.generation);
  return anchor;
}

std::string TableOf(const RecordTable& table, bool rest) {
  const size_t from = rest ? table.top : 0;
  const size_t to = rest ? table.rows.size() : table.top;
  if (from >= to) return "";
  const bool added = table.rows.front().added_at.has_value();
  std::string out = "<table><caption>" + Escaped(table.caption) + (rest ? ": the others" : "") +
                    "</caption><thead><tr>";
  if (table.rows.front().rank > 0) out += "<th scope=\"col\">Rank</th>";
  out += "<th scope=\"col\" class=\"wide\">" + Escaped(table.item) + "</th>";
  for (const RecordColumn& column : table.columns) {
    out += "<th scope=\"col\">" + Escaped(column.label) + "</th>";
  }
  out += std::string("<th scope=\"col\">") + (added ? "Handed in" : "Log") +
         "</th></tr></thead><tbody>\n";
  for (size_t i = from; i < to; ++i) out += Row(table, table.rows[i]);
  return out + "</tbody></table>\n";
}

std::string Activity(const RecordSection& section, size_t number) {
  std::string out = "<section class=\"activity\" id=\"" + AnchorOf(section) +
                    "\">\n<div class=\"lead\">\n" + Head(section, number);
  if (!section.hidden.empty()) {
    out += Paragraph("note", Escaped(section.hidden)) + "</div>\n";
    return out + (section.generation == 0 ? "" : Facts(section)) + "</section>\n";
  }
  out += "<p class=\"figures\">";
  for (const Figure& figure : section.figures) {
    out += "<span class=\"figure\">" + Escaped(figure.label) + " <strong>" + Escaped(figure.value) +
           "</strong> " + At(figure.index) + "</span> ";
  }
  out += "</p>\n" + Chart(section.table) + "</div>\n" + TableOf(section.table, false);
  for (const std::string& note : section.notes) out += Paragraph("note", Escaped(note));
  if (section.table.top < section.table.rows.size()) {
    out += Paragraph("note", "The other " +
                                 std::to_string(section.table.rows.size() - section.table.top) +
                                 " are in the <a href=\"#appendix\">appendix</a>.");
  }
  if (section.comparison) out += Comparison(*section.comparison);
  return out + Facts(section) + "</section>\n";
}

}  // namespace plenum::html
