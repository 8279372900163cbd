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

std::string When(const Say& say, const Record& record) {
  const std::string first = LongDayOf(say, record.begin);
  const std::string last = LongDayOf(say, record.end);
  return first == last ? first : say("{0} to {1}", {first, last});
}

size_t HeldIn(const Record& record) {
  return static_cast<size_t>(std::ranges::count_if(
      record.sections, [](const RecordSection& each) { return each.generation > 0; }));
}

std::string Tile(const std::string& value, const std::string& label, const std::string& more) {
  return "<div class=\"tile\"><dt>" + label + "</dt><dd><strong>" + value + "</strong> " + more +
         "</dd></div>\n";
}

std::string Tiles(const Say& say, const Record& record) {
  uint64_t contributions = 0;
  uint64_t last = 0;
  if (const auto it = record.events.find("item.added"); it != record.events.end()) {
    contributions = it->second.Of(OutcomeCode::kAccepted).n;
    last = it->second.Of(OutcomeCode::kAccepted).last;
  }
  std::string out = "<dl class=\"tiles\">\n";
  out += Tile(record.joined.value, say("people joined"),
              say("of {0} expected", {record.expected.value}) + " " + At(record.joined.index));
  out += Tile(std::to_string(HeldIn(record)), say("activities held"), "");
  out += Tile(std::to_string(record.ballots.standing), say("ballots that count"),
              record.ballots.all > 0 ? At(record.ballots.index) : "");
  if (contributions > 0)
    out += Tile(std::to_string(contributions), say("contributions handed in"), At(last));
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

namespace {

std::string Link(const std::string& anchor, const std::string& text) {
  return "<li><a href=\"#" + anchor + "\">" + text + "</a></li>\n";
}

}  // namespace

std::string Cover(const Say& say, const Record& record) {
  std::string out = "<header class=\"cover\">\n<p class=\"kind\">" + say("Record of the day") +
                    "</p>\n<h1>" + Of(record.title) + "</h1>\n<p class=\"when\">" +
                    When(say, record) + "</p>\n<p class=\"version\">" +
                    say(record.salt.empty() ? "Draft of version {0}" : "Version {0}",
                        {std::to_string(record.version)}) +
                    "</p>\n";
  if (record.erased_since > 0) {
    out +=
        "<p class=\"version\">" +
        say("After this version was approved, texts of the day were erased for good. This is what "
            "it holds without them: its bytes are not those that were approved.") +
        "</p>\n";
  }
  out += "<nav aria-label=\"" + say("Contents") + "\"><h2>" + say("Contents") + "</h2>\n<ul>\n" +
         Link("summary", say("Summary")) + Link("about", say("About this record"));
  for (size_t i = 0; i < record.additions.front.size(); ++i) {
    out += Link("front-" + std::to_string(i + 1), Escaped(record.additions.front[i].title));
  }
  size_t number = 0;
  for (const RecordSection& section : record.sections) {
    out += "<li><a href=\"#" + AnchorOf(section) + "\">" + std::to_string(++number) + "  " +
           Of(section.title) + "</a> <span class=\"detail\">" + Escaped(section.method) +
           "</span></li>\n";
  }
  if (!record.additions.figures.empty()) {
    out += Link("elsewhere", say("Figures from elsewhere"));
  }
  for (size_t i = 0; i < record.additions.back.size(); ++i) {
    out += Link("back-" + std::to_string(i + 1), Escaped(record.additions.back[i].title));
  }
  out += Link("changes", say("What was changed on the way")) +
         Link("reconciliation", say("Where every entry of the log went"));
  if (std::ranges::any_of(record.sections, [](const RecordSection& section) {
        return section.table.top < section.table.rows.size();
      })) {
    out += Link("appendix", say("Appendix"));
  }
  return out + Link("verify", say("How to check this record")) + "</ul></nav>\n</header>\n";
}

std::string Summary(const Say& say, const Record& record) {
  std::string out = "<section class=\"page\" id=\"summary\"><h2>" + say("Summary") + "</h2>\n" +
                    Tiles(say, record);
  for (const RecordSection& section : record.sections) {
    if (!section.comparison) continue;
    out += "<figure>" + MeansChart(say, *section.comparison) + "<figcaption>" +
           say("{0} (hollow) and {1} (solid).",
               {Of(section.comparison->before.title), Of(section.comparison->after.title)}) +
           " " + At(section.comparison->index) + "</figcaption></figure>\n";
  }
  const size_t rows = HeldIn(record) <= kFewActivities ? kSummaryFewRows : kSummaryRows;
  out += "<table class=\"summary\"><caption>" + say("What came of each activity") +
         "</caption><thead><tr><th scope=\"col\">" + say("Activity") + "</th><th scope=\"col\">" +
         say("Outcome") + "</th><th scope=\"col\">" + say("Took part") +
         "</th></tr></thead><tbody>\n";
  for (const RecordSection& section : record.sections) {
    if (section.generation == 0) continue;
    out += "<tr><th scope=\"row\"><a href=\"#" + AnchorOf(section) + "\">" + Of(section.title) +
           "</a></th><td>" + Outcome(section, rows) + "</td><td>" +
           say("{0} of {1}", {Escaped(section.answered.value), Escaped(section.of.value)}) +
           "</td></tr>\n";
  }
  return out + "</tbody></table>\n</section>\n";
}

std::string About(const Say& say, const Record& record) {
  const std::string last = std::to_string(record.entries == 0 ? 0 : record.entries - 1);
  const auto paragraph = [](const std::string& text) { return "<p>" + text + "</p>\n"; };
  std::string out = "<section id=\"about\"><h2>" + say("About this record") + "</h2>\n";
  out += paragraph(
      say("This record was computed from the log of the room alone: every vote, every contribution "
          "and every step of the day is an entry there, numbered from #0 to #{0}. A mark such as "
          "{1} names the entry after which a figure stood so; with the log, anybody can compute it "
          "again up to there.",
          {last, At(record.joined.index)}));
  if (record.additions.empty()) {
    out += paragraph(say("No figure in it was typed by hand."));
  } else {
    out += paragraph(
        say("Figures from elsewhere, and what the organisers wrote themselves, stand in parts of "
            "their own, and say so. No other figure was typed by hand."));
  }
  out += paragraph(say(
      "It names nobody. Answers carry a pseudonym that differs from question to question; where "
      "answers of one person were compared, the activity says so. Texts stand here as they were "
      "handed in; a text that is redacted or erased says so in its place."));
  out +=
      paragraph(say("It is not a survey: whoever was in the room could take part, and nobody had "
                    "to. A mean always comes with n, the number of people who answered."));
  if (record.first_join > 0) {
    out += paragraph(
        say("The first person joined at {0}, the last at {1}. All times are UTC, as the server’s "
            "clock had them; only the order of the entries decides anything.",
            {TimeOf(record.first_join), TimeOf(record.last_join)}));
  }
  return out + "</section>\n";
}

}  // namespace plenum::html
