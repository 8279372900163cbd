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
  if (path == "/favicon.ico") return "mark.svg";
  constexpr std::string_view kAssets = "/assets/";
  if (path.starts_with(kAssets)) return std::string(path.substr(kAssets.size()));
  return {};
}

}  // namespace

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

std::optional<HttpAnswer> Pages::Find(std::string_view path, std::string_view if_none_match) const {
  std::string name = NameFor(path);
  std::string_view type = TypeOf(name);
  if (!IsFileName(name) || type.empty()) return std::nullopt;
  auto page = Load(name);
  if (!page) return std::nullopt;
  HttpAnswer answer;
  answer.content_type = type;
  // Names stay while bytes change: always ask, and mostly hear that nothing has changed.
  answer.cache_control = "no-cache";
  answer.etag = page->etag;
  if (if_none_match == page->etag) {
    answer.status = 304;
  } else {
    answer.body = page->bytes;
  }
  return answer;
}

}  // namespace plenum
