#include <algorithm>
#include <span>

#include "projector/record/facts.h"
#include "projector/record/html_parts.h"
#include "projector/record/html_text.h"
#include "projector/record/words.h"

namespace plenum::html {
namespace {

// Rows of one table in the appendix, at most; the spreadsheet has all.
constexpr size_t kAppendixRows = 500;

constexpr OutcomeCode kTookEffect[] = {OutcomeCode::kCounted, OutcomeCode::kAccepted,
                                       OutcomeCode::kConfirmed};
constexpr OutcomeCode kRepeated[] = {OutcomeCode::kSuperseded, OutcomeCode::kDuplicate,
                                     OutcomeCode::kStale, OutcomeCode::kIgnored};

uint64_t Sum(const Outcomes& outcomes, std::span<const OutcomeCode> codes) {
  uint64_t sum = 0;
  for (const OutcomeCode code : codes) sum += outcomes.Of(code).n;
  return sum;
}

std::string Cell(uint64_t n) { return "<td>" + std::to_string(n) + "</td>"; }

std::string TitleOf(const Record& record, const ActivityId& activity) {
  const auto it = std::ranges::find(record.sections, activity, &RecordSection::activity);
  return it == record.sections.end() ? "The room" : Of(it->title);
}

std::string BallotTable(const BallotCount& count) {
  std::string out =
      "<table><caption>What became of every ballot and every score</caption><thead>"
      "<tr><th scope=\"col\" class=\"wide\">Ballots</th><th scope=\"col\">Number</th>"
      "<th scope=\"col\">Log</th></tr></thead><tbody>\n";
  const std::string at = "<td class=\"at\">#" + std::to_string(count.index) + "</td></tr>\n";
  for (const Figure& part : PartsOf(count)) {
    out += "<tr><th scope=\"row\">" + Escaped(part.label) + "</th><td>" + part.value + "</td>" + at;
  }
  out += "<tr class=\"sum\"><th scope=\"row\">All that came</th>" + Cell(count.all) + at;
  return out + "</tbody></table>\n";
}

std::string EventTable(const Record& record) {
  std::string out =
      "<table><caption>Every entry of the log, by what it is and what became of it</caption><thead>"
      "<tr><th scope=\"col\" class=\"wide\">Entry</th><th scope=\"col\">Took effect</th>"
      "<th scope=\"col\">No effect: repeated, overtaken</th><th scope=\"col\">Late</th>"
      "<th scope=\"col\">Refused</th><th scope=\"col\">Disputed, malformed</th>"
      "<th scope=\"col\">All</th><th scope=\"col\">Last</th></tr></thead><tbody>\n";
  uint64_t all = 0;
  for (const auto& [type, outcomes] : record.events) {
    out += "<tr><th scope=\"row\">" + Escaped(TypeLabel(type)) + "</th>" +
           Cell(Sum(outcomes, kTookEffect)) + Cell(Sum(outcomes, kRepeated)) +
           Cell(outcomes.Of(OutcomeCode::kLate).n) + Cell(outcomes.Of(OutcomeCode::kRefused).n) +
           Cell(outcomes.Of(OutcomeCode::kDisputed).n + outcomes.Of(OutcomeCode::kMalformed).n) +
           Cell(outcomes.all.n) + "<td class=\"at\">#" + std::to_string(outcomes.all.last) +
           "</td></tr>\n";
    all += outcomes.all.n;
  }
  return out +
         "<tr class=\"sum\"><th scope=\"row\">All entries</th><td></td><td></td><td></td>"
         "<td></td><td></td>" +
         Cell(all) + "<td></td></tr>\n</tbody></table>\n";
}

std::string RefusalTable(const Record& record) {
  std::string rows;
  for (const auto& [type, outcomes] : record.events) {
    for (const auto& [reason, count] : outcomes.refused) {
      rows += "<tr><th scope=\"row\">" + Escaped(TypeLabel(type)) + "</th><td class=\"text\">" +
              Escaped(ReasonText(reason)) + "</td>" + Cell(count.n) + "<td class=\"at\">#" +
              std::to_string(count.last) + "</td></tr>\n";
    }
  }
  if (rows.empty()) return "<p>Nothing was refused.</p>\n";
  return "<table><caption>What was refused, and what people were told</caption><thead><tr>"
         "<th scope=\"col\" class=\"wide\">Entry</th><th scope=\"col\" "
         "class=\"wide\">Answer</th><th scope=\"col\">Number</th>"
         "<th scope=\"col\">Last</th></tr></thead><tbody>\n" +
         rows + "</tbody></table>\n";
}

}  // namespace

std::string Interventions(const Record& record) {
  std::string out =
      "<section class=\"page\" id=\"changes\"><h2>What was changed on the way</h2>\n"
      "<p>Merges, early looks, activities that were opened again or started again, "
      "and everything else by which the team stepped in. Nothing is ever removed "
      "from the log: what was undone stands here too.</p>\n";
  if (record.interventions.empty())
    return out + "<p>There was nothing of the kind.</p></section>\n";
  out +=
      "<table><caption>In the order of the log</caption><thead><tr><th scope=\"col\" "
      "class=\"wide\">Time</th>"
      "<th scope=\"col\" class=\"wide\">Where</th><th scope=\"col\" class=\"wide\">What</th><th "
      "scope=\"col\">Log</th></tr>"
      "</thead><tbody>\n";
  for (const Intervention& each : record.interventions) {
    out += "<tr><td class=\"text\">" + TimeOf(each.at.time) + "</td><td class=\"text\">" +
           TitleOf(record, each.activity) + "</td><td class=\"text\">" + Of(Words{each.text, ""}) +
           "</td><td class=\"at\">#" + std::to_string(each.at.index) + "</td></tr>\n";
  }
  return out + "</tbody></table></section>\n";
}

std::string Reconciliation(const Record& record) {
  std::string out =
      "<section id=\"reconciliation\"><h2>Where every entry of the log went</h2>\n<p>" +
      Escaped(record.joined.value) + " people joined " + At(record.joined.index) +
      ". Every ballot that reached the log is counted in exactly one line.</p>\n";
  if (record.ballots.all > 0) out += BallotTable(record.ballots);
  if (record.ballots.on_paper > 0) {
    out += "<p>" +
           Counted(record.ballots.on_paper, "ballot that stands was", "ballots that stand were") +
           " keyed in from paper.</p>\n";
  }
  return out + RefusalTable(record) + EventTable(record) + "</section>\n";
}

std::string Appendix(const Record& record) {
  std::string out;
  for (const RecordSection& section : record.sections) {
    RecordTable table = section.table;
    const size_t left_out = table.rows.size() > table.top + kAppendixRows
                                ? table.rows.size() - table.top - kAppendixRows
                                : 0;
    table.rows.resize(table.rows.size() - left_out);
    const std::string rows = TableOf(table, true);
    if (rows.empty()) continue;
    out += "<h3>" + Of(section.title) + "</h3>\n" + rows;
    if (left_out > 0) {
      out += "<p class=\"note\">" + std::to_string(left_out) +
             " more are in the spreadsheet (<code>plenum report --format xlsx</code>).</p>\n";
    }
  }
  if (out.empty()) return out;
  return "<section class=\"page\" id=\"appendix\"><h2>Appendix</h2>\n" + out + "</section>\n";
}

std::string Verification(const Record& record) {
  const std::string entries = std::to_string(record.entries);
  std::string out =
      "<section class=\"page\" id=\"verify\"><h2>How to check this record</h2>\n"
      "<p>The log of this room is a Merkle tree (RFC 6962) over its entries, byte by byte. Whoever "
      "has the log can fold it again from nothing, and compare. These are the values that this "
      "record was made from:</p>\n<dl class=\"facts\">\n"
      "<div><dt>Room</dt><dd><code>" +
      record.room.Hex() +
      "</code></dd></div>\n"
      "<div><dt>Entries</dt><dd><code>" +
      entries +
      "</code></dd></div>\n"
      "<div><dt>Merkle root</dt><dd><code class=\"wide\">" +
      record.root.Hex() +
      "</code></dd></div>\n<div><dt>State digest</dt><dd><code class=\"wide\">" +
      record.state.Hex() +
      "</code></dd></div>\n"
      "<div><dt>Rules</dt><dd>" +
      std::to_string(record.rules) +
      "</dd></div>\n"
      "<div><dt>Results in the log</dt><dd>" +
      std::to_string(record.results_confirmed) + " confirmed, " +
      std::to_string(record.results_disputed) + " disputed, " + std::to_string(record.results_due) +
      " not recorded yet</dd></div>\n</dl>\n"
      "<ol class=\"steps\">\n<li>Get the log: <code>plenum export --url SERVER --token-file "
      "TOKEN --room " +
      record.room.Hex() +
      " -o day.ndjson</code></li>\n"
      "<li>Fold it from nothing and compare: <code class=\"wide\">plenum audit day.ndjson "
      "--index " +
      entries + " --root " + record.root.Hex() + " --state " + record.state.Hex() +
      "</code> It ends with 0 if all agrees: every result, the root, and the state.</li>\n"
      "<li>Make this record again: <code>plenum report</code> writes the same bytes from the same "
      "log and the same texts.</li>\n</ol>\n"
      "<p>Compare the root with one from elsewhere if you can: a copy of the log proves only that "
      "it "
      "agrees with itself. Texts are not in the log but beside it, so that they can be erased; the "
      "log holds a digest of each.</p>\n</section>\n";
  return out;
}

}  // namespace plenum::html
