#include <string_view>

#include "projector/record/html_parts.h"
#include "projector/record/html_text.h"
#include "projector/record/words.h"

namespace plenum::html {
namespace {

constexpr std::string_view kStyle = R"(
:root { --ink: #1b1b1b; --soft: #4a4a4a; --line: #b5b5b5; --blue: #12436d; --orange: #f46a25; }
* { box-sizing: border-box; }
html { font: 100%/1.45 "Source Sans 3", "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif;
  color: var(--ink); background: #fff; }
body { max-width: 52rem; margin: 0 auto; padding: 1.5rem; }
h1, h2, h3 { line-height: 1.2; color: var(--blue); break-after: avoid; }
h1 { font-size: 2.4rem; margin: 0 0 .6rem; overflow-wrap: anywhere; }
h2 { font-size: 1.45rem; margin: 2.2rem 0 .5rem; border-bottom: 2px solid var(--blue); padding-bottom: .2rem; overflow-wrap: anywhere; }
h3 { font-size: 1.1rem; margin: 1.4rem 0 .3rem; }
p { margin: .5rem 0; orphans: 3; widows: 3; }
a { color: var(--blue); }
code { font: .85em "DejaVu Sans Mono", Consolas, monospace; overflow-wrap: anywhere; }
.cover { border-top: 12px solid var(--blue); padding-top: 2.5rem; }
.cover .kind { text-transform: uppercase; letter-spacing: .12em; font-weight: 700; color: var(--soft); margin: 0 0 1rem; }
.cover .when { font-size: 1.25rem; margin: 0 0 2.5rem; }
nav h2 { font-size: 1.1rem; border: 0; margin: 0 0 .3rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { padding: .3rem 0; border-bottom: 1px solid var(--line); }
nav a { text-decoration: none; }
.number { color: var(--soft); margin-right: .3rem; }
.prompt { font-size: 1.1rem; font-style: italic; }
.method, .note, figcaption { color: var(--soft); font-size: .92rem; }
.at { color: var(--soft); font-size: .78rem; font-weight: 400; white-space: nowrap; font-variant-numeric: tabular-nums; }
.figures { margin: .9rem 0; }
.figure { display: inline-block; margin-right: 1.6rem; }
.figure strong { font-size: 1.35rem; }
.tiles { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1rem 0; }
.tile { flex: 1 1 9rem; border: 1px solid var(--line); border-left: 6px solid var(--blue); padding: .5rem .8rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.tile dt { font-size: .92rem; }
.tile dd { margin: 0; font-size: .85rem; color: var(--soft); }
.tile strong { font-size: 1.8rem; line-height: 1.1; color: var(--ink); }
figure { margin: .8rem 0; break-inside: avoid; }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 12px; fill: var(--ink); }
svg .label, svg .tick { font-size: 11.5px; }
svg .value { font-weight: 700; }
svg .mean { font-size: 15px; font-weight: 700; }
svg .end { text-anchor: end; }
svg .start { text-anchor: start; }
svg .middle { text-anchor: middle; }
svg .bar, svg .after { fill: var(--blue); }
svg .before { fill: #fff; stroke: var(--orange); stroke-width: 2.5; }
svg circle.after { stroke: var(--blue); stroke-width: 2.5; }
svg .axis { stroke: var(--soft); stroke-width: 1; }
svg .change { stroke: var(--blue); stroke-width: 3; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .92rem; }
caption { text-align: left; font-weight: 700; padding-bottom: .3rem; }
th, td { border-bottom: 1px solid var(--line); padding: .2rem .5rem; text-align: right; vertical-align: top; font-variant-numeric: tabular-nums; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; font-size: .85rem; }
th[scope="row"], td.text, td.rank, thead th:first-child { text-align: left; }
td.rank { font-weight: 700; }
thead th.wide { text-align: left; }
th[scope="row"] { font-weight: 400; overflow-wrap: anywhere; }
th[scope="row"] bdi, td.text bdi, .prompt bdi { white-space: pre-line; }
tr { break-inside: avoid; }
tbody tr:nth-child(-n+2), tbody tr:last-child { break-before: avoid; }
table.short { break-inside: avoid; }
caption { break-after: avoid; }
thead { display: table-header-group; }
tr.sum > * { font-weight: 700; border-top: 2px solid var(--ink); }
td, thead th { width: 5.5rem; }
th[scope="row"], td.text, thead th.wide { width: auto; }
td.at { width: 4.5rem; }
.dense td, .dense thead th:not(.wide) { width: 3rem; }
.dense td.at { width: 4rem; }
td.rank, thead th:first-child:not(.wide) { width: 3.5rem; text-align: left; }
.detail { display: block; color: var(--soft); font-size: .85rem; font-weight: 400; }
.field { display: block; margin-top: .2rem; }
.field strong { font-size: .85rem; }
nav .detail { display: inline; float: right; }
.sign { display: inline-block; min-width: 1.5rem; border: 1px solid var(--soft); text-align: center; font-size: .8rem; }
.facts { font-size: .9rem; margin: 1rem 0; border-top: 1px solid var(--line); }
.facts > div { display: grid; grid-template-columns: 9.5rem 1fr; gap: .3rem .8rem; padding: .25rem 0; border-bottom: 1px solid var(--line); break-inside: avoid; }
.facts dt { font-weight: 700; }
.facts dd { margin: 0; }
.summary { table-layout: fixed; }
.summary td, .summary thead th, .summary thead th:first-child:not(.wide) { width: auto; }
.summary td { text-align: left; }
.summary td:last-child { text-align: right; white-space: nowrap; }
.summary th[scope="row"] { font-weight: 700; overflow-wrap: break-word; }
.summary thead th:first-child:not(.wide) { width: 24%; }
.summary thead th:last-child { width: 6.5rem; text-align: right; }
.summary thead th { text-align: left; }
.summary ol { list-style: none; margin: 0; padding: 0; }
.summary li { display: flex; justify-content: space-between; gap: 1rem; }
.summary li span { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.cover .version { color: var(--soft); margin: -2rem 0 2.5rem; }
.written { white-space: pre-line; }
.cloud { list-style: none; margin: .8rem 0; padding: 0; line-height: 1.6; text-align: center; break-inside: avoid; }
.cloud li { display: inline; margin: 0 .5rem; overflow-wrap: anywhere; }
.c1 { font-size: .85rem; } .c2 { font-size: 1.1rem; } .c3 { font-size: 1.45rem; } .c4 { font-size: 1.9rem; font-weight: 700; } .c5 { font-size: 2.4rem; font-weight: 700; }
td.text { overflow-wrap: anywhere; }
time { white-space: nowrap; }
#elsewhere td { white-space: nowrap; width: auto; }
.steps li { margin: .5rem 0; }
code.wide { display: block; }
@media (max-width: 36rem) {
  body { padding: .6rem; }
  .facts > div { grid-template-columns: 1fr; }
  nav .detail { float: none; }
  .summary li span, .at, .summary td:last-child { white-space: normal; }
  table { font-size: .72rem; }
  th, td { padding: .15rem .2rem; }
  td, thead th, td.at, td.rank, thead th:first-child:not(.wide), .dense td, .dense thead th:not(.wide), .dense td.at { width: auto; }
  thead th { font-size: .7rem; overflow-wrap: anywhere; hyphens: auto; }
}
@media print {
  html { font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { max-width: none; padding: 0; }
  .cover { padding-top: 16mm; min-height: 240mm; break-after: page; }
  nav li { padding: .13rem 0; }
  .page { break-before: page; }
  h2 { margin-top: 8mm; }
  .page > h2 { margin-top: 0; }
  a { color: inherit; text-decoration: none; }
  .lead { break-inside: avoid; }
  #appendix table { font-size: .8rem; }
}
)";

}  // namespace

std::string StyleOf(const Say& say, const Record& record) {
  const std::string title = CssString(record.title.text.substr(0, record.title.text.find('\n')));
  std::string style(kStyle);
  style += "@page { size: A4; margin: 24mm 18mm 20mm;\n  @top-left { content: " + title +
           "; font: 8pt sans-serif; color: #4a4a4a; }\n  @top-right { content: " +
           CssString(say("Record of the day, {0}", {LongDayOf(say, record.begin)})) +
           "; font: 8pt sans-serif; color: #4a4a4a; white-space: nowrap; }\n"
           "  @bottom-left { content: " +
           CssString(say("Room {0}, {1} entries, root {2}",
                         {record.room.Hex().substr(0, 8), std::to_string(record.entries),
                          record.root.Hex().substr(0, 16)})) +
           "; font: 8pt sans-serif; color: #4a4a4a; white-space: nowrap; }\n"
           "  @bottom-right { content: " +
           CssString(say("Page ")) + " counter(page) " + CssString(say(" of ")) +
           " counter(pages); font: 8pt "
           "sans-serif; color: #4a4a4a; white-space: nowrap; } }\n"
           "@page :first { @top-left { content: none; } @top-right { content: none; } "
           "@bottom-left { content: none; } @bottom-right { content: none; } }\n";
  return style;
}

}  // namespace plenum::html
