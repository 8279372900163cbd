// What hangs on walls and stands on tables.
#include "gateway/print/page.h"
#include "gateway/print/qr_code.h"
#include "projector/record/html_text.h"

namespace plenum {
namespace {

using html::Escaped;
using print::Phrases;

// What has a meaning in a "WIFI:" code is written with a backslash.
std::string WifiEscaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view("\\;,:\"").contains(c)) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string Foot(const PrintSheet& sheet) {
  const std::string_view language = print::PhrasesFor(sheet.languages).front()->language;
  return "<p class=\"foot\" dir=\"auto\">" + Escaped(print::In(sheet.title, language)) + "</p>";
}

std::string Labelled(const std::vector<const Phrases*>& phrases, std::string_view Phrases::* which,
                     std::string_view value) {
  std::string label;
  for (const Phrases* in : phrases) {
    label += (label.empty() ? "" : " / ") + Escaped(in->*which);
  }
  return "<p class=\"small\">" + label + "</p><p class=\"address mono\">" + Escaped(value) + "</p>";
}

// "Table / Bwrdd": each word once.
std::string Heading(const std::vector<const Phrases*>& phrases, std::string_view Phrases::* which) {
  std::string words;
  for (const Phrases* in : phrases) words += (words.empty() ? "" : " / ") + Escaped(in->*which);
  return words;
}

std::string ItemPage(const PrintSheet& sheet, const PrintActivity& activity,
                     const PrintItem& item) {
  const auto phrases = print::PhrasesFor(sheet.languages);
  const std::string url = ItemUrl(sheet, activity.spec.id, item.number);
  std::string page = "<section class=\"page\"><p class=\"medium\">" +
                     Heading(phrases, &Phrases::idea) + "</p><p class=\"number\">" +
                     std::to_string(item.number) + "</p>" + print::Titles(sheet, item.title, "h1");
  if (!item.detail.empty()) {
    page += "<p class=\"small\" dir=\"auto\">" +
            Escaped(print::In(item.detail, phrases.front()->language)) + "</p>";
  }
  return page + QrSvg(url, url) + print::Say(phrases, &Phrases::vote_here, "p", "small") +
         Foot(sheet) + "</section>";
}

// Those that people walk along and judge.
bool IsGallery(const PrintActivity& activity) {
  return std::holds_alternative<DotsBallot>(activity.spec.ballot) || activity.spec.RatesItems();
}

}  // namespace

std::string JoinUrl(const PrintSheet& sheet) { return sheet.base + "/r/" + sheet.code; }
std::string TableUrl(const PrintSheet& sheet, uint32_t table) {
  return sheet.base + "/t/" + std::to_string(table) + "#r=" + sheet.code;
}
std::string ItemUrl(const PrintSheet& sheet, const ActivityId& activity, uint32_t number) {
  return JoinUrl(sheet) + "#a=" + activity + "&n=" + std::to_string(number);
}
std::string BadgeUrl(const PrintSheet& sheet, std::string_view code) {
  return JoinUrl(sheet) + "#b=" + std::string(code);
}

std::string WifiCode(const Wifi& wifi) {
  std::string code = "WIFI:T:";
  code += wifi.password.empty() ? "nopass" : "WPA";
  code += ";S:" + WifiEscaped(wifi.name) + ";";
  if (!wifi.password.empty()) code += "P:" + WifiEscaped(wifi.password) + ";";
  if (wifi.hidden) code += "H:true;";
  return code + ";";
}

std::string PrintJoinPoster(const PrintSheet& sheet, Paper paper) {
  const auto phrases = print::PhrasesFor(sheet.languages);
  const std::string url = JoinUrl(sheet);
  std::string page =
      "<section class=\"page\">" + print::Say(phrases, &Phrases::join_title, "h1", "medium") +
      QrSvg(url, url) + print::Say(phrases, &Phrases::scan, "p", "small") + "<p>" +
      Heading(phrases, &Phrases::or_open) + "</p><p class=\"address\">" +
      Escaped(print::Typed(sheet.base)) + "</p><p>" + Heading(phrases, &Phrases::and_type) +
      "</p><p class=\"code\">" + Escaped(sheet.code) + "</p>";
  if (sheet.codes_only) page += print::Say(phrases, &Phrases::bring_badge, "p", "small");
  page += Foot(sheet) + "</section>";
  return print::Document(sheet, phrases.front()->join_title, {page}, paper);
}

std::string PrintWifiPoster(const PrintSheet& sheet, const Wifi& wifi, Paper paper) {
  const auto phrases = print::PhrasesFor(sheet.languages);
  std::string page = "<section class=\"page\"><h1 class=\"huge\">" +
                     Escaped(phrases.front()->wifi_title) + "</h1>" +
                     QrSvg(WifiCode(wifi), phrases.front()->wifi_title) +
                     print::Say(phrases, &Phrases::wifi_scan, "p", "small") +
                     Labelled(phrases, &Phrases::network, wifi.name);
  page += wifi.password.empty() ? print::Say(phrases, &Phrases::no_password, "p", "small")
                                : Labelled(phrases, &Phrases::password, wifi.password);
  page += Foot(sheet) + "</section>";
  return print::Document(sheet, phrases.front()->wifi_title, {page}, paper);
}

std::string PrintTableSigns(const PrintSheet& sheet, Paper paper) {
  const auto phrases = print::PhrasesFor(sheet.languages);
  std::vector<std::string> pages;
  for (const PrintActivity& activity : sheet.activities) {
    for (const PrintTable& table : activity.tables) {
      const std::string url = TableUrl(sheet, table.number);
      pages.push_back(
          "<section class=\"page\"><p class=\"medium\">" + Heading(phrases, &Phrases::table) +
          "</p><p class=\"number\">" + std::to_string(table.number) + "</p>" +
          print::Titles(sheet, table.topic, "h1") + QrSvg(url, url) +
          print::Say(phrases, &Phrases::sit_here, "p", "small") + Foot(sheet) + "</section>");
    }
  }
  return print::Document(sheet, phrases.front()->table, pages, paper);
}

std::string PrintGallery(const PrintSheet& sheet, Paper paper) {
  std::vector<std::string> pages;
  for (const PrintActivity& activity : sheet.activities) {
    if (!IsGallery(activity)) continue;
    for (const PrintItem& item : activity.items) {
      if (item.number != 0) pages.push_back(ItemPage(sheet, activity, item));
    }
  }
  return print::Document(sheet, print::PhrasesFor(sheet.languages).front()->idea, pages, paper);
}

}  // namespace plenum
