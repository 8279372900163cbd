#include "gateway/pages.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "schema/hash.h"

namespace plenum {
namespace {

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
};

std::string_view TypeOf(std::string_view name) {
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return type;
  }
  return {};
}

// A name of a file in the folder, and nothing that could lead out of it.
bool IsFileName(std::string_view name) {
  return !name.empty() && name.front() != '.' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

// "/r/482913" with or without a code: the page asks for what is missing.
bool IsPageOf(std::string_view path, std::string_view letter) {
  return path.starts_with(letter) && path.substr(letter.size()).find('/') == std::string_view::npos;
}

std::string NameFor(std::string_view path) {
  // A table's sign opens the phone page, too.
  if (path == "/" || IsPageOf(path, "/r/") || IsPageOf(path, "/t/")) return "phone.html";
  if (IsPageOf(path, "/d/")) return "display.html";
  if (IsPageOf(path, "/f/")) return "presenter.html";
  if (path == "/start") return "start.html";
  if (path == "/favicon.ico") return "mark.svg";
  constexpr std::string_view kAssets = "/assets/";
  if (path.starts_with(kAssets)) return std::string(path.substr(kAssets.size()));
  return {};
}

// Whether the build put a hash of the bytes into the name: "phone-0123456789.js".
bool IsHashed(std::string_view name) {
  constexpr size_t kHashDigits = 10;
  size_t dash = name.rfind('-');
  size_t dot = name.find('.', dash == std::string_view::npos ? 0 : dash);
  return dash != std::string_view::npos && dot == dash + 1 + kHashDigits &&
         std::ranges::all_of(name.substr(dash + 1, kHashDigits), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

constexpr std::string_view kPhone = "phone.html";
constexpr std::string_view kPhoneInWelsh = "phone.cy.html";

// Of a list such as "cy-GB,cy;q=0.9,en;q=0.5", which browsers give in the order of their wishes.
bool PrefersWelsh(std::string_view list) {
  while (!list.empty()) {
    list.remove_prefix(std::min(list.find_first_not_of(" \t,"), list.size()));
    std::string_view tag = list.substr(0, 2);
    if (tag == "cy" || tag == "en") return tag == "cy";
    list.remove_prefix(std::min(list.find(','), list.size()));
  }
  return false;
}

struct Encoding {
  std::string_view name, ending;
};
constexpr Encoding kEncodings[] = {{"br", ".br"}, {"gzip", ".gz"}};  // the smallest first

}  // namespace

bool Accepts(std::string_view list, std::string_view encoding) {
  while (!list.empty()) {
    size_t comma = list.find(',');
    std::string_view entry = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    size_t begin = entry.find_first_not_of(" \t");
    if (begin == std::string_view::npos) continue;
    entry.remove_prefix(begin);
    std::string_view name = entry.substr(0, entry.find_first_of("; \t"));
    if (name != encoding) continue;
    size_t quality = entry.find("q=");
    return quality == std::string_view::npos ||
           entry.substr(quality + 2).find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

Pages::Pages(std::filesystem::path folder) : folder_(std::move(folder)) {
  if (!folder_.empty()) return;
  for (const EmbeddedPage& page : EmbeddedPages()) {
    embedded_.emplace(page.name, MakePage(std::string(page.bytes)));
  }
}

Pages::Page Pages::MakePage(std::string bytes) {
  std::string etag = "\"" + HashOf(bytes).Hex().substr(0, 32) + "\"";
  return {MakeBytes(std::move(bytes)), std::move(etag)};
}

std::optional<Pages::Page> Pages::Load(const std::string& name) const {
  if (folder_.empty()) {
    auto it = embedded_.find(name);
    if (it == embedded_.end()) return std::nullopt;
    return it->second;
  }
  std::ifstream file(folder_ / name, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return MakePage(bytes.str());
}

std::optional<HttpAnswer> Pages::Find(const HttpQuestion& question) const {
  std::string name = NameFor(question.path);
  const bool is_phone = name == kPhone;
  if (is_phone && PrefersWelsh(question.accept_language) && Load(std::string(kPhoneInWelsh))) {
    name = kPhoneInWelsh;
  }
  std::string_view type = TypeOf(name);
  if (!IsFileName(name) || type.empty()) return std::nullopt;
  HttpAnswer answer;
  std::optional<Page> page;
  for (const auto& [encoding, ending] : kEncodings) {
    if (!page && Accepts(question.accept_encoding, encoding) &&
        (page = Load(name + std::string(ending)))) {
      answer.content_encoding = encoding;
    }
  }
  if (!page) page = Load(name);
  if (!page) return std::nullopt;
  answer.content_type = type;
  answer.varies = is_phone ? "Accept-Encoding, Accept-Language" : "Accept-Encoding";
  // The live thumbnail of a big screen in the console is a frame.
  answer.framed = name == "display.html";
  answer.frames = name == "presenter.html";
  // A name with a hash has the same bytes for ever; others are asked for again each time, and
  // mostly it is heard that nothing has changed.
  answer.cache_control = IsHashed(name) ? "public, max-age=31536000, immutable" : "no-cache";
  answer.etag = page->etag;
  if (question.if_none_match == page->etag) {
    answer.status = 304;
  } else {
    answer.body = page->bytes;
  }
  return answer;
}

}  // namespace plenum
