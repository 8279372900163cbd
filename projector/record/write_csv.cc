#include "projector/record/facts.h"
#include "projector/record/writers.h"

namespace plenum {
namespace {

// Spreadsheets take what begins so for a formula, also behind white space, and in the full-width
// forms that some of them translate.
bool LooksLikeFormula(std::string_view text) {
  if (text.starts_with('\t') || text.starts_with('\r') || text.starts_with('\n')) return true;
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return false;
  text.remove_prefix(begin);
  for (std::string_view sign : {"=", "+", "-", "@", "＝", "＋", "－", "＠"}) {
    if (text.starts_with(sign)) return true;
  }
  return false;
}

void AppendCell(std::string& line, std::string_view text, bool number) {
  std::string cell = !number && LooksLikeFormula(text) ? "'" : "";
  cell += text;
  if (cell.find_first_of("\",\r\n") == std::string::npos) {
    line += cell;
    return;
  }
  line += '"';
  for (const char c : cell) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

}  // namespace

std::string WriteCsv(const Record& record) {
  std::string text = "activity,item,measure,value,index\r\n";
  for (const Fact& fact : FactsOf(record)) {
    AppendCell(text, fact.activity, false);
    AppendCell(text += ',', fact.item, false);
    AppendCell(text += ',', fact.measure, false);
    AppendCell(text += ',', fact.value, fact.number);
    text += ',' + std::to_string(fact.index) + "\r\n";
  }
  return text;
}

}  // namespace plenum
