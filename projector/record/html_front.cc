#include <algorithm>

#include "projector/record/facts.h"
#include "projector/record/html_charts.h"
#include "projector/record/html_parts.h"
#include "projector/record/html_text.h"
#include "projector/record/words.h"

namespace plenum::html {
namespace {

constexpr size_t kSummaryRows = 3;
constexpr size_t kSummaryFewRows = 5;  // when there is room
constexpr size_t kFewActivities = 6;

std::string When(const Record& record) {
  const std::string first = LongDayOf(record.begin);
  const std::string last = LongDayOf(record.end);
  return first == last ? first : first + " to " + last;
}

size_t HeldIn(const Record& record) {
  return static_cast<size_t>(std::ranges::count_if(
      record.sections, [](const RecordSection& each) { return each.generation > 0; }));
}

std::string Tile(const std::string& value, const std::string& label, const std::string& more) {
  return "<div class=\"tile\"><dt>" + label + "</dt><dd><strong>" + value + "</strong> " + more +
         "</dd></div>\n";
}

std::string Tiles(const Record& record) {
  uint64_t contributions = 0;
  uint64_t last = 0;
  if (const auto it = record.events.find("item.added"); it != record.events.end()) {
    contributions = it->second.Of(OutcomeCode::kAccepted).n;
    last = it->second.Of(OutcomeCode::kAccepted).last;
  }
  std::string out = "<dl class=\"tiles\">\n";
  out += Tile(record.joined.value, "people joined",
              "of " + record.expected.value + " expected " + At(record.joined.index));
  out += Tile(std::to_string(HeldIn(record)), "activities held", "");
  out += Tile(std::to_string(record.ballots.standing), "ballots that count",
              record.ballots.all > 0 ? At(record.ballots.index) : "");
  if (contributions > 0) out += Tile(std::to_string(contributions), "contributions", At(last));
  return out + "</dl>\n";
}

// The first ranks, a line each; or the findings in one sentence.
std::string Outcome(const RecordSection& section, size_t rows) {
  if (!section.hidden.empty()) return "<em>" + Escaped(section.hidden) + "</em>";
  const RecordTable& table = section.table;
  if (table.rows.empty() || table.rows.front().rank == 0) return Escaped(section.headline);
  std::string out = "<ol>";
  size_t written = 0;
  for (const RecordRow& row : table.rows) {
    if (row.rank == 0 || written++ == rows) break;
    out += "<li value=\"" + std::to_string(row.rank) + "\"><span>" + Of(row.title) +
           "</span> <strong>" + Escaped(ScoreOf(table, row)) + "</strong></li>";
  }
  return out + "</ol>";
}

}  // namespace

std::string Cover(const Record& record) {
  std::string out = "<header class=\"cover\">\n<p class=\"kind\">Record of the day</p>\n<h1>" +
                    Of(record.title) + "</h1>\n<p class=\"when\">" + When(record) + "</p>\n";
  out +=
      "<nav aria-label=\"Contents\"><h2>Contents</h2>\n<ul>\n"
      "<li><a href=\"#summary\">Summary</a></li>\n"
      "<li><a href=\"#about\">About this record</a></li>\n";
  size_t number = 0;
  for (const RecordSection& section : record.sections) {
    out += "<li><a href=\"#" + AnchorOf(section) + "\">" + std::to_string(++number) + "  " +
           Of(section.title) + "</a> <span class=\"detail\">" + Escaped(section.method) +
           "</span></li>\n";
  }
  out +=
      "<li><a href=\"#changes\">What was changed on the way</a></li>\n"
      "<li><a href=\"#reconciliation\">Where every entry of the log went</a></li>\n";
  if (std::ranges::any_of(record.sections, [](const RecordSection& section) {
        return section.table.top < section.table.rows.size();
      })) {
    out += "<li><a href=\"#appendix\">Appendix</a></li>\n";
  }
  return out +
         "<li><a href=\"#verify\">How to check this record</a></li>\n</ul></nav>\n</header>\n";
}

std::string Summary(const Record& record) {
  std::string out = "<section class=\"page\" id=\"summary\"><h2>Summary</h2>\n" + Tiles(record);
  for (const RecordSection& section : record.sections) {
    if (!section.comparison) continue;
    out += "<figure>" + MeansChart(*section.comparison) + "<figcaption>" +
           Of(section.comparison->before.title) + " (hollow) and " +
           Of(section.comparison->after.title) + " (solid). " + At(section.comparison->index) +
           "</figcaption></figure>\n";
  }
  const size_t rows = HeldIn(record) <= kFewActivities ? kSummaryFewRows : kSummaryRows;
  out +=
      "<table class=\"summary\"><caption>What came of each activity</caption><thead><tr>"
      "<th scope=\"col\">Activity</th><th scope=\"col\">Outcome</th>"
      "<th scope=\"col\">Took part</th></tr></thead><tbody>\n";
  for (const RecordSection& section : record.sections) {
    if (section.generation == 0) continue;
    out += "<tr><th scope=\"row\"><a href=\"#" + AnchorOf(section) + "\">" + Of(section.title) +
           "</a></th><td>" + Outcome(section, rows) + "</td><td>" +
           Escaped(section.answered.value) + " of " + Escaped(section.of.value) + "</td></tr>\n";
  }
  return out + "</tbody></table>\n</section>\n";
}

std::string About(const Record& record) {
  const std::string last = std::to_string(record.entries == 0 ? 0 : record.entries - 1);
  std::string out =
      "<section id=\"about\"><h2>About this record</h2>\n"
      "<p>This record was computed from the log of the room alone: every vote, every contribution "
      "and every step of the day is an entry there, numbered from #0 to #" +
      last + ". No figure in it was typed by hand. A mark such as " + At(record.joined.index) +
      " names the entry after which a figure stood so; with the log, anybody can compute it "
      "again up to there.</p>\n"
      "<p>It names nobody. Answers carry a pseudonym that differs from question to question; where "
      "answers of one person were compared, the activity says so. Texts stand here as they were "
      "handed in.</p>\n"
      "<p>It is not a survey: whoever was in the room could take part, and nobody had to. A mean "
      "always comes with n, the number of people who answered.</p>\n";
  if (record.first_join > 0) {
    out += "<p>The first person joined at " + TimeOf(record.first_join) + ", the last at " +
           TimeOf(record.last_join) +
           ". All times are UTC, as the server's clock had them; only "
           "the order of the entries decides anything.</p>\n";
  }
  return out + "</section>\n";
}

}  // namespace plenum::html
