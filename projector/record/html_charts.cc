#include "projector/record/html_charts.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "projector/fold/result.h"
#include "projector/record/facts.h"
#include "projector/record/html_text.h"

namespace plenum::html {
namespace {

// All lengths are in tenths of a unit, so that no floating point is needed.
constexpr int64_t kWide = 6800;
constexpr int64_t kLabels = 2900;  // of the rows' titles
constexpr size_t kLabelColumns = 46;
constexpr int64_t kBars = kWide - kLabels - 700;  // leaves room for the value
constexpr int64_t kLine = 145;
constexpr size_t kChartRows = 20;  // of a longer table only the first places are drawn
constexpr size_t kFirstPlaces = 10;

std::string Tenths(int64_t length) { return Decimal{length, 1}.ToString(); }

// "3.33" as 333, whatever the number of its digits is: scaled to hundredths.
int64_t Hundredths(std::string_view text) {
  int64_t whole = 0;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  const char* at = std::from_chars(text.data(), end, whole).ptr;
  whole *= 100;
  for (int64_t unit = 10; at != end && ++at != end && unit > 0; unit /= 10) {
    whole += (*at - '0') * unit;
  }
  return negative ? -whole : whole;
}

std::string Text(int64_t x, int64_t y, std::string_view css, std::string_view text) {
  return "<text x=\"" + Tenths(x) + "\" y=\"" + Tenths(y) + "\" class=\"" + std::string(css) +
         "\">" + Escaped(text) + "</text>";
}

std::string Box(int64_t x, int64_t y, int64_t width, int64_t height, std::string_view css) {
  return "<rect x=\"" + Tenths(x) + "\" y=\"" + Tenths(y) + "\" width=\"" + Tenths(width) +
         "\" height=\"" + Tenths(height) + "\" class=\"" + std::string(css) + "\"/>";
}

std::string Line(int64_t x1, int64_t y1, int64_t x2, int64_t y2, std::string_view css) {
  return "<line x1=\"" + Tenths(x1) + "\" y1=\"" + Tenths(y1) + "\" x2=\"" + Tenths(x2) +
         "\" y2=\"" + Tenths(y2) + "\" class=\"" + std::string(css) + "\"/>";
}

std::string Circle(int64_t x, int64_t y, std::string_view css) {
  return "<circle cx=\"" + Tenths(x) + "\" cy=\"" + Tenths(y) + "\" r=\"8\" class=\"" +
         std::string(css) + "\"/>";
}

std::string Svg(int64_t height, const std::string& label, const std::string& content) {
  return "<svg role=\"img\" aria-label=\"" + Escaped(label) + "\" viewBox=\"0 0 " + Tenths(kWide) +
         " " + Tenths(height) + "\">" + content + "</svg>";
}

// The two means as dots on the scale, with what they are beside them.
struct ScaleLine {
  const Say& say;
  const RecordComparison& both;
  int64_t y = 640;
  int64_t left = 600;
  int64_t right = kWide - 600;

  int64_t At(int64_t hundredths) const {
    const int64_t range = std::max<int64_t>(1, (int64_t{both.high} - both.low) * 100);
    return left + (hundredths - int64_t{both.low} * 100) * (right - left) / range;
  }

  std::string Mean(const RecordHalf& half, bool later, int64_t away) const {
    const int64_t x = At(Hundredths(half.mean));
    const std::string people = std::to_string(half.people);
    const std::string text = later ? say("{0} after (n = {1})", {half.mean, people})
                                   : say("{0} before (n = {1})", {half.mean, people});
    const std::string side = away < 0 ? "end" : "start";
    return Circle(x, y, later ? "after" : "before") + Text(x + away, y - 200, "mean " + side, text);
  }

  std::string Draw() const {
    std::string out = Line(left, y, right, y, "axis");
    const int64_t step = std::max<int64_t>(1, (int64_t{both.high} - both.low) / 10);
    for (int64_t value = both.low; value <= both.high; value += step) {
      const int64_t x = At(value * 100);
      out += Line(x, y - 60, x, y + 60, "axis") +
             Text(x, y + 220, "tick middle", std::to_string(value));
    }
    out += Text(left, y + 400, "tick middle", both.low_label.text);
    out += Text(right, y + 400, "tick middle", both.high_label.text);
    const int64_t before = Hundredths(both.before.mean);
    const int64_t after = Hundredths(both.after.mean);
    out += Line(At(before), y, At(after), y, "change");
    const int64_t outward = before <= after ? 1 : -1;
    out += Mean(both.before, false, -outward * 60);
    out += Mean(both.after, true, outward * 60);
    return out;
  }
};

std::string MeansLabel(const Say& say, const RecordComparison& both) {
  return say(
      "Mean {0} before and {1} after, on a scale from {2} to {3}.",
      {both.before.mean, both.after.mean, std::to_string(both.low), std::to_string(both.high)});
}

uint32_t Largest(const std::vector<uint32_t>& counts) {
  return counts.empty() ? 0 : *std::ranges::max_element(counts);
}

}  // namespace

size_t DrawnRows(const RecordTable& table) {
  const size_t rows = std::min(table.top, table.rows.size());
  if (rows <= kChartRows) return rows;
  // Not within a tie: some of those who are equal would be missing.
  size_t drawn = kFirstPlaces;
  while (drawn > 0 && table.rows[drawn].rank == table.rows[drawn - 1].rank) --drawn;
  return drawn == 0 ? kFirstPlaces : drawn;
}

std::string BarChart(const RecordTable& table, const std::string& label) {
  if (!table.bars || table.rows.empty()) return "";
  const auto column = static_cast<size_t>(*table.bars);
  int64_t most = 1;
  for (const RecordRow& row : table.rows) most = std::max(most, Hundredths(row.values[column]));
  std::string out;
  int64_t y = 40;
  for (size_t i = 0; i < DrawnRows(table); ++i) {
    const RecordRow& row = table.rows[i];
    const auto lines = Wrapped(row.title.text, kLabelColumns, 2);
    const int64_t height = std::max<int64_t>(1, static_cast<int64_t>(lines.size())) * kLine;
    int64_t text_y = y + 110;
    for (const std::string& line : lines) {
      out += Text(kLabels - 90, text_y, "label end", line);
      text_y += kLine;
    }
    const int64_t bar_y = y + height / 2 - 65;
    const int64_t length = std::max<int64_t>(0, Hundredths(row.values[column])) * kBars / most;
    out += Box(kLabels, bar_y, length, 130, "bar");
    out += Text(kLabels + length + 60, bar_y + 110, "value",
                row.values[column] + (row.marked ? "*" : ""));
    y += height + 80;
  }
  out += Line(kLabels, 0, kLabels, y, "axis");
  return Svg(y, label, out);
}

std::string MeansChart(const Say& say, const RecordComparison& both) {
  return Svg(1100, MeansLabel(say, both), ScaleLine{say, both}.Draw());
}

std::string ComparisonChart(const Say& say, const RecordComparison& both) {
  std::string out = ScaleLine{say, both}.Draw();
  // Shares, not counts: the two groups need not be of one size.
  int64_t most = 1;
  const auto share = [](uint32_t count, uint32_t people) {
    return people == 0 ? 0 : int64_t{count} * 1000 / people;
  };
  most = std::max({most, share(Largest(both.before.counts), both.before.people),
                   share(Largest(both.after.counts), both.after.people)});
  const int64_t base = 2500;
  const int64_t slot = (kWide - 1200) / std::max<int64_t>(1, std::ssize(both.before.counts));
  const int64_t bar = std::min<int64_t>(400, slot * 2 / 5);
  for (size_t i = 0; i < both.before.counts.size(); ++i) {
    const int64_t middle = 600 + slot * static_cast<int64_t>(i) + slot / 2;
    const int64_t before = share(both.before.counts[i], both.before.people) * 1000 / most;
    const int64_t after = share(both.after.counts[i], both.after.people) * 1000 / most;
    out += Box(middle - bar, base - before, bar - 20, before, "before");
    out += Box(middle + 20, base - after, bar - 20, after, "after");
    out += Text(middle - bar / 2, base - before - 50, "value middle",
                std::to_string(both.before.counts[i]));
    out += Text(middle + bar / 2, base - after - 50, "value middle",
                std::to_string(both.after.counts[i]));
    out += Text(middle, base + 180, "tick middle",
                std::to_string(int64_t{both.low} + static_cast<int64_t>(i)));
  }
  out += Line(600, base, kWide - 600, base, "axis");
  return Svg(base + 260, MeansLabel(say, both) + " " + say("The table below has all figures."),
             out);
}

}  // namespace plenum::html
