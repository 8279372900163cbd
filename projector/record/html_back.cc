#include <algorithm>
#include <span>

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

std::string TitleOf(const Say& say, const Record& record, const ActivityId& activity) {
  const auto it = std::ranges::find(record.sections, activity, &RecordSection::activity);
  return it == record.sections.end() ? say("The room") : Of(it->title);
}

std::string HeadCell(const std::string& text, bool wide = false) {
  return std::string(wide ? "<th scope=\"col\" class=\"wide\">" : "<th scope=\"col\">") + text +
         "</th>";
}

std::string Line(const std::string& css, const Figure& figure) {
  return "<tr" + css + "><th scope=\"row\">" + Escaped(figure.label) + "</th><td>" +
         Escaped(figure.value) + "</td><td class=\"at\">#" + std::to_string(figure.index) +
         "</td></tr>\n";
}

// A sum with its parts.
std::string BalanceTable(const Say& say, const Balance& balance) {
  std::string out = "<table class=\"short\"><caption>" + Escaped(balance.title) +
                    "</caption><thead><tr>" + HeadCell(say("What became of it"), true) +
                    HeadCell(say("Number")) + HeadCell(say("Log")) + "</tr></thead><tbody>\n";
  for (const Figure& part : balance.parts) out += Line("", part);
  return out + Line(" class=\"sum\"", balance.all) + "</tbody></table>\n";
}

std::string CountedTable(const Say& say, const Record& record) {
  std::string out = "<table class=\"short\"><caption>" + say("And beside these sums") +
                    "</caption><thead><tr>" + HeadCell(say("What"), true) +
                    HeadCell(say("Number")) + HeadCell(say("Log")) + "</tr></thead><tbody>\n";
  for (const Figure& figure : record.counted) out += Line("", figure);
  return out + "</tbody></table>\n";
}

std::string EventTable(const Say& say, const Record& record) {
  std::string out =
      "<table><caption>" + say("Every entry of the log, by what it is and what became of it") +
      "</caption><thead><tr>" + HeadCell(say("Entry"), true) + HeadCell(say("Took effect")) +
      HeadCell(say("No effect: repeated, overtaken")) + HeadCell(say("Late")) +
      HeadCell(say("Refused")) + HeadCell(say("Disputed, malformed")) + HeadCell(say("All")) +
      HeadCell(say("Last")) + "</tr></thead><tbody>\n";
  uint64_t all = 0;
  for (const auto& [type, outcomes] : record.events) {
    out += "<tr><th scope=\"row\">" + Escaped(TypeLabel(say, type)) + "</th>" +
           Cell(Sum(outcomes, kTookEffect)) + Cell(Sum(outcomes, kRepeated)) +
           Cell(outcomes.Of(OutcomeCode::kLate).n) + Cell(outcomes.Of(OutcomeCode::kRefused).n) +
           Cell(outcomes.Of(OutcomeCode::kDisputed).n + outcomes.Of(OutcomeCode::kMalformed).n) +
           Cell(outcomes.all.n) + "<td class=\"at\">#" + std::to_string(outcomes.all.last) +
           "</td></tr>\n";
    all += outcomes.all.n;
  }
  return out + "<tr class=\"sum\"><th scope=\"row\">" + say("All entries") +
         "</th><td></td><td></td><td></td><td></td><td></td>" + Cell(all) +
         "<td></td></tr>\n</tbody></table>\n";
}

std::string RefusalTable(const Say& say, const Record& record) {
  std::string rows;
  for (const auto& [type, outcomes] : record.events) {
    for (const auto& [reason, count] : outcomes.refused) {
      rows += "<tr><th scope=\"row\">" + Escaped(TypeLabel(say, type)) +
              "</th><td class=\"text\">" + Escaped(say(ReasonText(reason))) + "</td>" +
              Cell(count.n) + "<td class=\"at\">#" + std::to_string(count.last) + "</td></tr>\n";
    }
  }
  if (rows.empty()) return "<p>" + say("Nothing was refused.") + "</p>\n";
  return "<table><caption>" + say("What was refused, and what people were told") +
         "</caption><thead><tr>" + HeadCell(say("Entry"), true) + HeadCell(say("Answer"), true) +
         HeadCell(say("Number")) + HeadCell(say("Last")) + "</tr></thead><tbody>\n" + rows +
         "</tbody></table>\n";
}

}  // namespace

std::string Interventions(const Say& say, const Record& record) {
  std::string out = "<section class=\"page\" id=\"changes\"><h2>" +
                    say("What was changed on the way") + "</h2>\n<p>" +
                    say("Merges, early looks, activities that were opened again or started again, "
                        "and everything else by which the team stepped in. Nothing is ever removed "
                        "from the log: what was undone stands here too.") +
                    "</p>\n";
  if (record.interventions.empty()) {
    return out + "<p>" + say("There was nothing of the kind.") + "</p></section>\n";
  }
  out += "<table><caption>" + say("In the order of the log") + "</caption><thead><tr>" +
         HeadCell(say("Time"), true) + HeadCell(say("Where"), true) + HeadCell(say("What"), true) +
         HeadCell(say("Log")) + "</tr></thead><tbody>\n";
  for (const Intervention& each : record.interventions) {
    out += "<tr><td class=\"text\">" + TimeOf(each.at.time) + "</td><td class=\"text\">" +
           TitleOf(say, record, each.activity) + "</td><td class=\"text\">" +
           Of(Words{each.text, ""}) + "</td><td class=\"at\">#" + std::to_string(each.at.index) +
           "</td></tr>\n";
  }
  return out + "</tbody></table></section>\n";
}

std::string Reconciliation(const Say& say, const Record& record) {
  std::string out = "<section id=\"reconciliation\"><h2>" +
                    say("Where every entry of the log went") + "</h2>\n<p>" +
                    say("Everything that reached the log is counted in exactly one line of these "
                        "tables, and the lines of each add up.") +
                    "</p>\n";
  for (const Balance& balance : record.balances) {
    if (balance.all.value != "0") out += BalanceTable(say, balance);
  }
  return out + CountedTable(say, record) + RefusalTable(say, record) + EventTable(say, record) +
         "</section>\n";
}

std::string Appendix(const Say& say, const Record& record) {
  std::string out;
  for (const RecordSection& section : record.sections) {
    RecordTable table = section.table;
    const size_t left_out = table.rows.size() > table.top + kAppendixRows
                                ? table.rows.size() - table.top - kAppendixRows
                                : 0;
    table.rows.resize(table.rows.size() - left_out);
    const std::string rows = TableOf(say, table, true);
    if (rows.empty()) continue;
    out += "<h3>" + Of(section.title) + "</h3>\n" + rows;
    if (left_out > 0) {
      out += "<p class=\"note\">" +
             say("{0} more are in the spreadsheet ({1}).",
                 {std::to_string(left_out), "<code>plenum report --format xlsx</code>"}) +
             "</p>\n";
    }
  }
  if (out.empty()) return out;
  return "<section class=\"page\" id=\"appendix\"><h2>" + say("Appendix") + "</h2>\n" + out +
         "</section>\n";
}

std::string Verification(const Say& say, const Record& record) {
  const std::string entries = std::to_string(record.entries);
  const auto line = [](const std::string& label, const std::string& value) {
    return "<div><dt>" + label + "</dt><dd>" + value + "</dd></div>\n";
  };
  const auto code = [](const std::string& text) { return "<code>" + text + "</code>"; };
  const auto wide = [](const std::string& text) {
    return "<code class=\"wide\">" + text + "</code>";
  };
  std::string out =
      "<section class=\"page\" id=\"verify\"><h2>" + say("How to check this record") + "</h2>\n" +
      Versions(say, record) + "<p>" +
      say("The log of this room is a Merkle tree (RFC 6962) over its entries, byte by "
          "byte. Whoever has the log can fold it again from nothing, and compare. "
          "These are the values that this record was made from:") +
      "</p>\n<dl class=\"facts\">\n";
  out += line(say("Room"), code(record.room.Hex())) + line(say("Entries"), code(entries)) +
         line(say("Merkle root"), wide(record.root.Hex())) +
         line(say("State digest"), wide(record.state.Hex())) +
         line(say("Rules"), std::to_string(record.rules)) +
         line(say("Results in the log"),
              say("{0} confirmed, {1} disputed, {2} not recorded yet",
                  {std::to_string(record.results_confirmed),
                   std::to_string(record.results_disputed), std::to_string(record.results_due)})) +
         "</dl>\n<ol class=\"steps\">\n";
  out +=
      "<li>" +
      say("Get the log: {0}", {code("plenum export --url SERVER --token-file TOKEN --room " +
                                    record.room.Hex() + " -o day.ndjson")}) +
      "</li>\n<li>" +
      say("Fold it from nothing and compare: {0} It ends with 0 if all agrees: every result, the "
          "root, and the state.",
          {wide("plenum audit day.ndjson --index " + entries + " --root " + record.root.Hex() +
                " --state " + record.state.Hex())}) +
      "</li>\n<li>" +
      say("A version that was approved stands in the log with the SHA-256 of its document: {0} "
          "shows it.",
          {code("plenum report versions")}) +
      "</li>\n</ol>\n<p>" +
      say("Compare the root with one from elsewhere if you can: a copy of the log proves only "
          "that it agrees with itself. Texts are not in the log but beside it, so that they can "
          "be erased; the log holds a digest of each.") +
      "</p>\n</section>\n";
  return out;
}

}  // namespace plenum::html
