#include "schema/html_escape.h"

#include <cstddef>

namespace plenum::html {
namespace {

// How many bytes at `at` are one character that no document may have; 0 for all others.
size_t ForbiddenAt(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  const unsigned lead = byte(0);
  if (lead < 0x20) return lead == '\n' || lead == '\t' ? 0 : 1;
  if (lead < 0x7f) return 0;
  if (lead == 0x7f) return 1;
  if (lead == 0xc2) return byte(1) >= 0x80 && byte(1) < 0xa0 ? 2 : 0;  // U+0080 to U+009F
  if (lead == 0xef && byte(1) == 0xb7) return byte(2) >= 0x90 && byte(2) < 0xb0 ? 3 : 0;  // U+FDD0…
  if (lead == 0xef) return byte(1) == 0xbf && byte(2) >= 0xbe && byte(2) < 0xc0 ? 3 : 0;  // U+FFFE…
  // U+1FFFE, U+1FFFF and so on: the last two of each plane.
  const bool last_row = lead >= 0xf0 && (byte(1) & 0x0f) == 0x0f && byte(2) == 0xbf;
  return last_row && byte(3) >= 0xbe && byte(3) < 0xc0 ? 4 : 0;
}

}  // namespace

std::string Escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    if (const size_t forbidden = ForbiddenAt(text, at); forbidden > 0) {
      at += forbidden;
      continue;
    }
    switch (const char c = text[at++]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace plenum::html
