#include <algorithm>

#include "projector/record/facts.h"
#include "projector/record/html_charts.h"
#include "projector/record/html_parts.h"
#include "projector/record/html_text.h"
#include "projector/record/words.h"

namespace plenum::html {
namespace {

constexpr size_t kShortRows = 14;  // a table of so many stays on one page

std::string Paragraph(std::string_view css, const std::string& content) {
  return "<p class=\"" + std::string(css) + "\">" + content + "</p>\n";
}

std::string Head(const Say& say, const RecordSection& section, size_t number) {
  std::string title = Of(section.title);
  if (section.generations > 1) {
    title += " " + say("(time {0} of {1})",
                       {std::to_string(section.generation), std::to_string(section.generations)});
  }
  std::string out =
      "<h2><span class=\"number\">" + std::to_string(number) + "</span> " + title + "</h2>\n";
  if (!section.prompt.text.empty()) out += Paragraph("prompt", Of(section.prompt));
  return out + Paragraph("method", "<strong>" + Escaped(section.method) + ".</strong> " +
                                       Escaped(section.rules) + " " + Escaped(section.privacy));
}

// What stands under a title, smaller.
std::string Beside(const Say& say, const RecordRow& row) {
  std::string out;
  if (!row.detail.text.empty()) out += "<span class=\"detail\">" + Of(row.detail) + "</span>";
  if (!row.from.empty()) out += "<span class=\"detail\">" + Escaped(row.from) + "</span>";
  if (!row.merged.empty()) {
    std::string titles;
    for (const RecordMerged& merged : row.merged) {
      titles += (titles.empty() ? "" : "; ") + Of(merged.title);
    }
    out += "<span class=\"detail\">" + say("* merged with {0}", {titles}) + "</span>";
  }
  if (!row.flag.empty()) out += "<span class=\"detail\">" + Escaped(row.flag) + "</span>";
  return out;
}

// More columns of text than this are too narrow to read on paper; then the fields stand below each
// other.
constexpr size_t kSideBySide = 4;

bool IsSideBySide(const RecordTable& table) { return table.fields.size() <= kSideBySide; }

std::string FieldsBelow(const RecordTable& table, const RecordRow& row) {
  std::string out;
  for (size_t i = 1; i < std::min(table.fields.size(), row.fields.size()); ++i) {
    if (row.fields[i].text.empty()) continue;
    out += "<span class=\"field\"><strong>" + Of(table.fields[i]) + "</strong> " +
           Of(row.fields[i]) + "</span>";
  }
  return out;
}

std::string Titles(const Say& say, const RecordTable& table, const RecordRow& row) {
  std::string out = "<th scope=\"row\">";
  if (row.number > 0) out += "<span class=\"sign\">" + std::to_string(row.number) + "</span> ";
  if (table.fields.empty() || row.fields.empty()) {
    out += Of(row.title) + Beside(say, row) + "</th>";
    if (!IsSideBySide(table)) return out;
    for (size_t i = 1; i < table.fields.size(); ++i) out += "<td class=\"text\"></td>";
    return out;
  }
  out += Of(row.fields.front());
  if (!IsSideBySide(table)) return out + FieldsBelow(table, row) + Beside(say, row) + "</th>";
  out += Beside(say, row) + "</th>";
  for (size_t i = 1; i < table.fields.size(); ++i) {
    out += "<td class=\"text\">" + (i < row.fields.size() ? Of(row.fields[i]) : "") + "</td>";
  }
  return out;
}

std::string Row(const Say& say, const RecordTable& table, const RecordRow& row) {
  std::string out = "<tr>";
  const bool ranked = table.rows.front().rank > 0;
  if (ranked)
    out += "<td class=\"rank\">" + (row.rank > 0 ? std::to_string(row.rank) : "–") + "</td>";
  out += Titles(say, table, row);
  for (size_t i = 0; i < row.values.size(); ++i) {
    const bool score = row.marked && table.bars == static_cast<int>(i);
    const bool text = !row.values[i].empty() && !IsNumber(row.values[i]);
    out += (text ? "<td class=\"text\">" : "<td>") + Escaped(row.values[i]) + (score ? "*" : "") +
           "</td>";
  }
  return out + "<td class=\"at\">#" + std::to_string(row.added_at.value_or(row.index)) +
         "</td></tr>\n";
}

std::string Fact(const std::string& label, const std::string& value) {
  return "<div><dt>" + label + "</dt><dd>" + value + "</dd></div>\n";
}

std::string Refusals(const Say& say, const RecordSection& section) {
  std::vector<std::string> parts;
  for (const auto& [type, outcomes] : section.events) {
    for (const auto& [reason, count] : outcomes.refused) {
      parts.push_back(std::to_string(count.n) + " × " + Escaped(say(ReasonText(reason))) + " " +
                      At(count.last));
    }
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "<br>") + part;
  return out;
}

std::string BallotFact(const Say& say, const BallotCount& count) {
  std::vector<std::string> parts;
  for (const Figure& part : PartsOf(say, count)) {
    if (part.value != "0") parts.push_back(part.value + " " + Escaped(part.label));
  }
  std::string text = say("{0} came: {1}", {std::to_string(count.all), say.List(parts)});
  if (count.on_paper > 0) {
    text += say("; {0} of them from paper", {std::to_string(count.on_paper)});
  }
  return text + " " + At(count.index);
}

std::string Steps(const Say& say, const RecordSection& section) {
  std::string steps;
  for (const RecordStep& step : section.steps) {
    if (!steps.empty()) steps += " · ";
    steps += Escaped(StepLabel(say, step)) + " " + TimeOf(step.at.time) + " " + At(step.at.index) +
             (step.by_timer ? " " + say("(time limit)") : "");
  }
  return steps;
}

std::string Facts(const Say& say, const RecordSection& section) {
  std::string out = "<dl class=\"facts\">\n";
  out += Fact(say("Took part"), say("{0} of {1} who had joined",
                                    {Escaped(section.answered.value), Escaped(section.of.value)}) +
                                    " " + At(section.answered.index));
  if (section.ballots.all > 0) out += Fact(say("Ballots"), BallotFact(say, section.ballots));
  if (section.late_people.value != "0") {
    out += Fact(say("Too late"),
                say.Count(std::stoull(section.late_people.value), "person", "people") + ". " +
                    Escaped(section.late_effect) + " " + At(section.late_people.index));
  }
  const std::string refusals = Refusals(say, section);
  if (!refusals.empty()) out += Fact(say("Refused, and why"), refusals);
  if (section.early_looks.value != "0") {
    out += Fact(say("Looked at early"),
                say("{0} by the team",
                    {say.Count(std::stoull(section.early_looks.value), "time", "times")}) +
                    " " + At(section.early_looks.index));
  }
  out += Fact(say("Times (UTC)"), Steps(say, section));
  if (section.recorded == "confirmed") {
    out += Fact(say("Result in the log"), say("confirmed") + " " + At(section.recorded_index));
  } else if (section.recorded == "disputed") {
    out += Fact(say("Result in the log"), say("disputed") + " " + At(section.recorded_index));
  } else if (!section.recorded.empty()) {
    out += Fact(say("Result in the log"), say("not recorded yet"));
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

std::string PairedText(const Say& say, const RecordComparison& both) {
  const std::string people = say.Count(both.paired, "person", "people");
  if (both.mean_change.empty()) return say("{0} answered both polls.", {people});
  const bool rose = !both.mean_change.starts_with('-');
  return say(
      "{0} answered both polls; among them the mean changed by {1}: {2} went up, {3} stayed, "
      "{4} went down.",
      {people, (rose ? "+" : "") + both.mean_change, std::to_string(both.up),
       std::to_string(both.same), std::to_string(both.down)});
}

std::string Comparison(const Say& say, const RecordComparison& both) {
  std::string out = "<h3>" + say("Before and after") + "</h3>\n<figure>" +
                    ComparisonChart(say, both) + "<figcaption>" +
                    say("Above: the two means; hollow is before, solid is after. Below: how many "
                        "people gave each answer; heights are shares of each group.") +
                    "</figcaption></figure>\n";
  out += "<table class=\"dense\"><caption>" + say("Both polls side by side") +
         "</caption><thead><tr><th scope=\"col\" class=\"wide\">" + say("Poll") +
         "</th><th scope=\"col\">" + say("Mean") + "</th><th scope=\"col\">n</th>";
  for (size_t i = 0; i < both.before.counts.size(); ++i) {
    out += "<th scope=\"col\">" + std::to_string(both.low + static_cast<int64_t>(i)) + "</th>";
  }
  out += "<th scope=\"col\">" + say("Log") + "</th></tr></thead><tbody>\n" +
         HalfRow(both.before, say("Before")) + HalfRow(both.after, say("After")) +
         "</tbody></table>\n";
  out += Paragraph("note", Escaped(PairedText(say, both)) + " " + At(both.index));
  if (both.groups_differ) {
    out += Paragraph("note", "<strong>" + say("The two groups differ:") + "</strong> " +
                                 say("more than a fifth of the people answered only one of the "
                                     "polls."));
  }
  return out;
}

constexpr size_t kCloudWords = 100;
constexpr uint64_t kCloudSizes = 5;

// Words by their size, the most frequent first; the table has the numbers.
std::string Cloud(const RecordTable& table) {
  std::string out = "<ul class=\"cloud\">";
  uint64_t most = 1;
  const auto times = [&](const RecordRow& row) {
    return std::stoull(row.values[static_cast<size_t>(*table.bars)]);
  };
  for (const RecordRow& row : table.rows) most = std::max<uint64_t>(most, times(row));
  for (size_t i = 0; i < std::min(table.rows.size(), kCloudWords); ++i) {
    const uint64_t size = 1 + (kCloudSizes - 1) * times(table.rows[i]) / most;
    out += "<li class=\"c" + std::to_string(size) + "\">" + Of(table.rows[i].title) + "</li> ";
  }
  return out + "</ul>\n";
}

std::string Chart(const Say& say, const RecordTable& table) {
  if (table.cloud && table.bars && !table.rows.empty()) return Cloud(table);
  const std::string chart =
      BarChart(table, say("{0}. The table below has all figures.", {table.caption}));
  if (chart.empty()) return "";
  const size_t drawn = DrawnRows(table);
  std::string caption;
  if (drawn < table.rows.size()) {
    caption =
        "<figcaption>" +
        say("The first {0} of {1}.", {std::to_string(drawn), std::to_string(table.rows.size())}) +
        "</figcaption>";
  }
  return "<figure>" + chart + caption + "</figure>\n";
}

}  // namespace

std::string AnchorOf(const RecordSection& section) {
  std::string anchor = "a-" + Escaped(section.activity);
  if (section.generations > 1) anchor += "-" + std::to_string(section.generation);
  return anchor;
}

std::string TableOf(const Say& say, const RecordTable& table, bool rest) {
  const size_t from = rest ? table.top : 0;
  const size_t to = rest ? table.rows.size() : table.top;
  if (from >= to) return "";
  const bool added = table.rows.front().added_at.has_value();
  const auto head = [](std::string_view css, const std::string& text) {
    return "<th scope=\"col\"" + std::string(css) + ">" + Escaped(text) + "</th>";
  };
  constexpr std::string_view kWide = " class=\"wide\"";
  std::string out =
      (to - from <= kShortRows ? "<table class=\"short\"><caption>" : "<table><caption>") +
      (rest ? say("{0}: the others", {Escaped(table.caption)}) : Escaped(table.caption)) +
      "</caption><thead><tr>";
  if (table.rows.front().rank > 0) out += head("", say("Rank"));
  if (table.fields.empty()) out += head(kWide, table.item);
  for (const Words& field : table.fields) {
    if (IsSideBySide(table) || &field == &table.fields.front()) out += head(kWide, field.text);
  }
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const bool text = std::ranges::any_of(table.rows, [i](const RecordRow& row) {
      return i < row.values.size() && !row.values[i].empty() && !IsNumber(row.values[i]);
    });
    out += head(text ? kWide : "", table.columns[i].label);
  }
  out += head("", say(added ? "Handed in" : "Log")) + "</tr></thead><tbody>\n";
  for (size_t i = from; i < to; ++i) out += Row(say, table, table.rows[i]);
  return out + "</tbody></table>\n";
}

std::string Activity(const Say& say, const RecordSection& section, size_t number) {
  std::string out = "<section class=\"activity\" id=\"" + AnchorOf(section) +
                    "\">\n<div class=\"lead\">\n" + Head(say, section, number);
  if (!section.hidden.empty()) {
    out += Paragraph("note", Escaped(section.hidden)) + "</div>\n";
    return out + (section.generation == 0 ? "" : Facts(say, section)) + "</section>\n";
  }
  out += "<p class=\"figures\">";
  for (const Figure& figure : section.figures) {
    out += "<span class=\"figure\">" + Escaped(figure.label) + " <strong>" + Escaped(figure.value) +
           "</strong> " + At(figure.index) + "</span> ";
  }
  out += "</p>\n" + Chart(say, section.table) + "</div>\n" + TableOf(say, section.table, false);
  if (section.table.top < section.table.rows.size()) {
    const size_t others = section.table.rows.size() - section.table.top;
    out += Paragraph(
        "note", say("The other {0} are in the {1}.",
                    {std::to_string(others), "<a href=\"#appendix\">" + say("appendix") + "</a>"}));
  }
  for (const RecordTable& table : section.more) out += TableOf(say, table, false);
  for (const std::string& note : section.notes) out += Paragraph("note", Escaped(note));
  if (section.comparison) out += Comparison(say, *section.comparison);
  return out + Facts(say, section) + "</section>\n";
}

}  // namespace plenum::html
