// What the organisers add, and the versions that were before: none of the figures here follow from
// the log.
#include "projector/record/html_parts.h"
#include "projector/record/html_text.h"
#include "projector/record/words.h"

namespace plenum::html {
namespace {

std::string Paragraphs(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find("\n\n", at), text.size());
    out += "<p class=\"written\">" + Escaped(text.substr(at, end - at)) + "</p>\n";
    at = end + 2;
  }
  return out;
}

std::string SourceTable(const Say& say, const AddedSource& source) {
  std::string out = "<table class=\"short\"><caption>" + Escaped(source.title) +
                    "</caption><thead><tr><th scope=\"col\" "
                    "class=\"wide\">" +
                    say("Figure") + "</th><th scope=\"col\">" + say("Value") +
                    "</th></tr></thead><tbody>\n";
  for (const AddedFigure& figure : source.figures) {
    out += "<tr><th scope=\"row\">" + Escaped(figure.label) + "</th><td>" + Escaped(figure.value) +
           "</td></tr>\n";
  }
  return out + "</tbody></table>\n<p class=\"note\">" +
         say("Source: {0}", {Escaped(source.source)}) + "</p>\n";
}

}  // namespace

std::string Added(const Say& say, const std::vector<AddedPart>& parts, std::string_view place) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    out += "<section class=\"added\" id=\"" + std::string(place) + "-" + std::to_string(i + 1) +
           "\"><h2>" + Escaped(parts[i].title) + "</h2>\n" + Paragraphs(parts[i].text) +
           "<p class=\"note\">" + say("Written by the organisers.") + "</p></section>\n";
  }
  return out;
}

std::string FiguresFromElsewhere(const Say& say, const Additions& additions) {
  std::string out;
  if (!additions.figures.empty()) {
    out += "<section id=\"elsewhere\"><h2>" + say("Figures from elsewhere") + "</h2>\n<p>" +
           say("These figures are not of the room, and nobody can compute them from its log. Each "
               "stands with its source.") +
           "</p>\n";
    for (const AddedSource& source : additions.figures) out += SourceTable(say, source);
    out += "</section>\n";
  }
  if (!additions.video.empty()) {
    out += "<section id=\"video\"><h2>" + say("Video") + "</h2>\n<p><code>" +
           Escaped(additions.video) + "</code></p></section>\n";
  }
  return out;
}

std::string Versions(const Say& say, const Record& record) {
  if (record.versions.empty()) return "";
  std::string out = "<table><caption>" + say("The versions before this one") +
                    "</caption><thead><tr><th scope=\"col\">" + say("Version") +
                    "</th><th scope=\"col\">" + say("Entries") + "</th><th scope=\"col\">" +
                    say("Approved") + "</th><th scope=\"col\">" + say("Published") +
                    "</th></tr></thead><tbody>\n";
  for (const RecordVersionLine& each : record.versions) {
    out += "<tr><th scope=\"row\">" + std::to_string(each.version) + "</th><td>" +
           std::to_string(each.entries) + "</td><td>" + MinuteOf(each.approved.time) + " " +
           At(each.approved.index) + "</td><td>" +
           (each.published > 0 ? At(each.published) : std::string("–")) + "</td></tr>\n";
  }
  return out + "</tbody></table>\n";
}

}  // namespace plenum::html
