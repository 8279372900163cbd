#include <algorithm>

#include "gateway/print/page.h"
#include "gateway/print/qr_code.h"
#include "projector/record/html_text.h"

namespace plenum {
namespace {

using html::Escaped;
using print::Phrases;

constexpr size_t kLongName = 22;
constexpr size_t kLongWord = 13;

std::string_view ClassOf(std::string_view name) {
  size_t longest = 0;
  for (size_t at = 0; at < name.size();) {
    const size_t end = std::min(name.find_first_of(" -", at), name.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  if (longest > kLongWord) return "name longer";
  return name.size() > kLongName ? "name long" : "name";
}

std::string OneBadge(const PrintSheet& sheet, const Badge& badge) {
  const auto phrases = print::PhrasesFor(sheet.languages);
  const std::string url = BadgeUrl(sheet, badge.code);
  std::string html = "<div class=\"badge\"><div class=\"who\"><p class=\"day\" dir=\"auto\">" +
                     Escaped(print::In(sheet.title, phrases.front()->language)) + "</p>";
  if (!badge.name.empty()) {
    html += "<p dir=\"auto\" class=\"" + std::string(ClassOf(badge.name)) + "\">" +
            Escaped(badge.name) + "</p>";
  }
  html += "<p class=\"mono\">" + Escaped(sheet.code) + "<br>" + Escaped(badge.code) +
          "</p></div><div class=\"side\">" + QrSvg(url, phrases.front()->your_code);
  for (const Phrases* in : phrases) {
    html += "<p lang=\"" + std::string(in->language) + "\">" + Escaped(in->keep_it) + "</p>";
  }
  return html + "</div></div>";
}

}  // namespace

std::string PrintBadges(const PrintSheet& sheet, const std::vector<Badge>& badges, Paper paper) {
  std::vector<std::string> pages;
  for (size_t i = 0; i < badges.size(); i += kBadgesAPage) {
    std::string page = "<section class=\"page badges\">";
    for (size_t j = i; j < std::min(badges.size(), i + kBadgesAPage); ++j) {
      page += OneBadge(sheet, badges[j]);
    }
    pages.push_back(page + "</section>");
  }
  return print::Document(sheet, print::PhrasesFor(sheet.languages).front()->your_code, pages,
                         paper);
}

}  // namespace plenum
