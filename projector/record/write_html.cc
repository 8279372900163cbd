#include "projector/record/html_parts.h"
#include "projector/record/html_text.h"
#include "projector/record/writers.h"
#include "schema/hash.h"

namespace plenum {

std::string WriteHtml(const Record& record) {
  std::string out = "<!doctype html>\n<html lang=\"" + std::string(html::kLanguage) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                    "content=\"width=device-width, initial-scale=1\">\n<title>" +
                    html::Escaped(record.title.text) + ": record of the day</title>\n<style>" +
                    html::StyleOf(record) + "</style>\n</head>\n<body>\n";
  out += html::Cover(record) + "<main>\n" + html::Summary(record) + html::About(record);
  size_t number = 0;
  for (const RecordSection& section : record.sections) out += html::Activity(section, ++number);
  out += html::Interventions(record) + html::Reconciliation(record) + html::Appendix(record) +
         html::Verification(record);
  return out + "</main>\n</body>\n</html>\n";
}

std::string StyleHashOf(std::string_view html) {
  constexpr std::string_view kBegin = "<style>";
  const size_t begin = html.find(kBegin) + kBegin.size();
  const std::string_view style = html.substr(begin, html.find("</style>", begin) - begin);
  return "sha256-" + Base64(HashOf(style).View());
}

}  // namespace plenum
