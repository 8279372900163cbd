#include "projector/record/html_parts.h"
#include "projector/record/html_text.h"
#include "projector/record/writers.h"
#include "schema/hash.h"

namespace plenum {

std::string WriteHtml(const Record& record) {
  const Say say(record.language);
  std::string out = "<!doctype html>\n<html lang=\"" + std::string(say.language()) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                    "content=\"width=device-width, initial-scale=1\">\n";
  // So that nobody can guess a text that was erased from the digest in the log.
  if (!record.salt.empty()) out += "<meta name=\"plenum-salt\" content=\"" + record.salt + "\">\n";
  out += "<title>" + html::Escaped(record.title.text) + ": " + say("Record of the day") +
         "</title>\n<style>" + html::StyleOf(say, record) + "</style>\n</head>\n<body>\n";
  out += html::Cover(say, record) + "<main>\n" + html::Summary(say, record) +
         html::About(say, record) + html::Added(say, record.additions.front, "front");
  size_t number = 0;
  for (const RecordSection& section : record.sections) {
    out += html::Activity(say, section, ++number);
  }
  out += html::FiguresFromElsewhere(say, record.additions) +
         html::Added(say, record.additions.back, "back") + html::Interventions(say, record) +
         html::Reconciliation(say, record) + html::Appendix(say, record) +
         html::Verification(say, record);
  return out + "</main>\n</body>\n</html>\n";
}

std::string StyleHashOf(std::string_view html) {
  constexpr std::string_view kBegin = "<style>";
  const size_t begin = html.find(kBegin) + kBegin.size();
  const std::string_view style = html.substr(begin, html.find("</style>", begin) - begin);
  return "sha256-" + Base64(HashOf(style).View());
}

}  // namespace plenum
