#include "gateway/print/page.h"

#include "projector/record/html_text.h"

namespace plenum::print {
namespace {

using html::Escaped;

// All lengths are multiples of --u, a millimetre on A4, so that A3 is the same page enlarged.
constexpr std::string_view kStyle = R"(
*{box-sizing:border-box;margin:0}
html{font-family:"Noto Sans","DejaVu Sans",Arial,sans-serif;color:#000;background:#fff;line-height:1.25;
 font-size:calc(var(--u)*4.6)}
.page{width:calc(var(--u)*186);height:calc(var(--u)*271);break-after:page;break-inside:avoid;display:flex;
 flex-direction:column;align-items:center;text-align:center;overflow:hidden}
.page:last-child{break-after:auto}
.flow{height:auto;overflow:visible;break-inside:auto;align-items:stretch;text-align:left}
.page>*+*{margin-top:calc(var(--u)*5)}
.qr{display:block;background:#fff;aspect-ratio:1;height:calc(var(--u)*105);flex:0 1 calc(var(--u)*105);
 min-height:calc(var(--u)*50)}.page>:not(.qr){flex-shrink:0}
h1{font-size:calc(var(--u)*13);line-height:1.1}h2{font-size:calc(var(--u)*8);line-height:1.15}
.huge{font-size:calc(var(--u)*20);line-height:1.1}.large{font-size:calc(var(--u)*14);line-height:1.15}
.medium{font-size:calc(var(--u)*10);line-height:1.2}.small{font-size:calc(var(--u)*6.5)}
.also{font-weight:400;font-style:italic;opacity:1}
.number{font-size:calc(var(--u)*62);font-weight:700;line-height:1}
.code{font-size:calc(var(--u)*24);font-weight:700;letter-spacing:.12em;font-variant-numeric:tabular-nums}
.address{font-size:calc(var(--u)*9);font-weight:700;overflow-wrap:anywhere}
.mono{font-family:"DejaVu Sans Mono",monospace;font-weight:700}
.foot{margin-top:auto!important;font-size:calc(var(--u)*4.6)}
.rule{width:100%;border-top:calc(var(--u)*.8) solid #000}
.halves{justify-content:space-between}.half{width:100%;height:calc(var(--u)*132);display:flex;flex-direction:column;
 text-align:left;overflow:hidden}
.half+.half{border-top:calc(var(--u)*.3) dashed #000;padding-top:calc(var(--u)*5);margin-top:0}
.line{display:flex;align-items:baseline;gap:calc(var(--u)*4)}.line>:last-child{margin-left:auto}
.write{border-bottom:calc(var(--u)*.3) solid #000;height:calc(var(--u)*9.5)}.write+p:not(.write){margin-top:
 calc(var(--u)*3)}
.cells{display:flex;gap:calc(var(--u)*3);margin-top:auto}.cell{flex:1;border:calc(var(--u)*.4) solid #000;
 height:calc(var(--u)*22);padding:calc(var(--u)*1.5);font-size:calc(var(--u)*4)}
h2+p{margin-top:calc(var(--u)*3)}p+table{margin-top:calc(var(--u)*3)}
table{border-collapse:collapse;width:100%}td,th{padding:calc(var(--u)*1.6) calc(var(--u)*2);text-align:left;
 vertical-align:middle;font-weight:400}tbody tr{border-top:calc(var(--u)*.2) solid #000;break-inside:avoid}
td.no{width:calc(var(--u)*13);font-weight:700}td.boxes{white-space:nowrap;text-align:right;
 width:calc(var(--u)*16)}
.box{display:inline-block;border:calc(var(--u)*.5) solid #000;width:calc(var(--u)*7);height:calc(var(--u)*7);
 line-height:calc(var(--u)*6);text-align:center;margin-left:calc(var(--u)*1.5);font-size:calc(var(--u)*4)}
.wide{width:calc(var(--u)*12)}
.badges{display:grid;grid-template-columns:1fr 1fr;grid-auto-rows:calc(var(--u)*66);gap:calc(var(--u)*1.6);
 align-content:start;text-align:left}
.badges>*{margin:0!important}
.badge{border:calc(var(--u)*.2) dashed #000;padding:calc(var(--u)*3.5);display:flex;gap:calc(var(--u)*2);
 overflow:hidden;break-inside:avoid}
.badge .qr{width:calc(var(--u)*38);height:calc(var(--u)*38);min-height:0}
.badge .who{flex:1;min-width:0;display:flex;flex-direction:column}
.badge .name{font-size:calc(var(--u)*7.5);font-weight:700;line-height:1.1;overflow-wrap:anywhere}
.badge .long{font-size:calc(var(--u)*5.4)}.badge .longer{font-size:calc(var(--u)*4.1)}
.badge .mono{font-size:calc(var(--u)*3.7);margin-top:auto;white-space:nowrap}
.badge .side{width:calc(var(--u)*38);font-size:calc(var(--u)*2.9)}.badge .day{font-size:calc(var(--u)*3.4)}
@media screen{body{background:#ddd;padding:1rem}.page{background:#fff;margin:0 auto 1rem;
 padding:calc(var(--u)*4);width:calc(var(--u)*194);height:auto;min-height:calc(var(--u)*279)}}
)";

}  // namespace

std::string Document(const PrintSheet& sheet, std::string_view title,
                     const std::vector<std::string>& pages, Paper paper) {
  const bool large = paper == Paper::kA3;
  std::string html = "<!doctype html>\n<html lang=\"";
  html += PhrasesFor(sheet.languages).front()->language;
  html += "\"><head><meta charset=\"utf-8\"><title>" + Escaped(title) + "</title><style>";
  html += large ? "@page{size:A3;margin:17mm}:root{--u:1.414mm}"
                : "@page{size:A4;margin:12mm}:root{--u:1mm}";
  html += kStyle;
  html += "</style></head><body>\n";
  for (const std::string& page : pages) html += page + "\n";
  if (pages.empty()) html += "<p>There is nothing of this kind to print for this room.</p>\n";
  return html + "</body></html>\n";
}

std::string_view SizeOf(std::string_view text) {
  return text.size() <= 18    ? "huge"
         : text.size() <= 45  ? "large"
         : text.size() <= 110 ? "medium"
                              : "small";
}

std::string Titles(const PrintSheet& sheet, const Text& text, std::string_view tag) {
  if (text.empty()) return {};
  std::string html;
  for (const Phrases* phrases : PhrasesFor(sheet.languages)) {
    const std::string_view words = In(text, phrases->language);
    if (html.contains(">" + Escaped(words) + "<")) continue;  // has no translation
    const bool first = html.empty();
    html += "<" + std::string(first ? tag : "p") + " dir=\"auto\" class=\"" +
            std::string(first ? SizeOf(words) : "small also") + "\">" + Escaped(words) + "</" +
            std::string(first ? tag : "p") + ">";
  }
  return html;
}

std::string Say(const std::vector<const Phrases*>& phrases, std::string_view Phrases::* which,
                std::string_view tag, std::string_view cls) {
  std::string html;
  for (const Phrases* in : phrases) {
    const bool first = in == phrases.front();
    html += "<" + std::string(first ? tag : "p") + " lang=\"" + std::string(in->language) +
            "\" class=\"" + std::string(first ? "" : "also ") + std::string(cls) + "\">" +
            Escaped(in->*which) + "</" + std::string(first ? tag : "p") + ">";
  }
  return html;
}

std::string Typed(std::string_view url) {
  const size_t at = url.find("://");
  return std::string(at == std::string_view::npos ? url : url.substr(at + 3));
}

}  // namespace plenum::print
