// The pages: embedded in the program, or read from a folder while they are being developed.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/http.h"

namespace plenum {

struct EmbeddedPage {
  std::string_view name;  // "phone.html"
  std::string_view bytes;
};
std::span<const EmbeddedPage> EmbeddedPages();

// Whether an Accept-Encoding such as "gzip, deflate;q=0.5, br;q=0" takes the encoding.
bool Accepts(std::string_view list, std::string_view encoding);

// I/O thread only.
class Pages {
 public:
  // `folder`: read files there, each time anew; empty: the embedded ones.
  explicit Pages(std::filesystem::path folder);

  // The page at a path: "/", "/r/CODE" and "/t/TABLE" the phone's, "/d/CODE" the display's,
  // "/f/CODE" the presenter's, "/start" the organisers', "/assets/NAME" any file. Nothing: there is
  // no such page. Of the encodings that stand beside a file (".br", ".gz") the smallest that is
  // accepted; the phone's in the language that is wished for first (English, Welsh).
  std::optional<HttpAnswer> Find(const HttpQuestion& question) const;

 private:
  struct Page {
    Bytes bytes;
    std::string etag;
  };
  static Page MakePage(std::string bytes);
  std::optional<Page> Load(const std::string& name) const;

  std::filesystem::path folder_;
  std::map<std::string, Page, std::less<>> embedded_;
};

}  // namespace plenum
