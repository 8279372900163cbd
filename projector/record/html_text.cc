#include "projector/record/html_text.h"

#include "projector/record/words.h"
#include "schema/rfc3339.h"

namespace plenum::html {
namespace {

bool IsControl(unsigned char c) { return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f; }

// The bytes of the character at `at`, and how many columns it takes.
struct Glyph {
  size_t bytes;
  size_t columns;
};
Glyph GlyphAt(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const size_t bytes = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const bool mark = lead == 0xcc || lead == 0xcd;  // most combining marks
  const bool wide = lead >= 0xe3 && lead != 0xef;
  return {std::min(bytes, text.size() - at), mark ? 0u : wide ? 2u : 1u};
}

struct Lines {
  size_t width;
  std::vector<std::string> done = {};
  std::string line = {};
  size_t used = 0;

  void End() {
    if (!line.empty()) done.push_back(std::move(line));
    line.clear();
    used = 0;
  }
  void Put(std::string_view word, size_t columns) {
    if (used > 0 && used + 1 + columns > width) End();
    if (used > 0) line += ' ', ++used;
    for (size_t at = 0; at < word.size();) {
      const Glyph glyph = GlyphAt(word, at);
      if (used + glyph.columns > width) End();
      line += word.substr(at, glyph.bytes);
      used += glyph.columns;
      at += glyph.bytes;
    }
  }
};

size_t ColumnsOf(std::string_view text) {
  size_t columns = 0;
  for (size_t at = 0; at < text.size();) {
    const Glyph glyph = GlyphAt(text, at);
    columns += glyph.columns;
    at += glyph.bytes;
  }
  return columns;
}

}  // namespace

std::string Of(const Words& words) {
  std::string out = "<bdi";
  if (!words.language.empty()) {
    out += " lang=\"" + Escaped(words.language) + "\"";
  }
  return out + ">" + Escaped(words.text) + "</bdi>";
}

// Every byte that is not a plain letter or digit is written as an escape, by its code point.
std::string CssString(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if ((lead | 0x20) >= 'a' && (lead | 0x20) <= 'z' && lead < 0x80) {
      out += text[at++];
      continue;
    }
    const size_t bytes = GlyphAt(text, at).bytes;
    uint32_t point = bytes == 1 ? lead : lead & (0xffu >> (bytes + 1));
    for (size_t i = 1; i < bytes; ++i) {
      point = point << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3f);
    }
    at += bytes;
    if (IsControl(static_cast<unsigned char>(point)) && point < 0x80) continue;
    out += '\\';
    for (int shift = 20; shift >= 0; shift -= 4) out += kHex[point >> shift & 0xf];
  }
  return out + "\"";
}

std::string At(uint64_t index) {
  return "<span class=\"at\">#" + std::to_string(index) + "</span>";
}

std::string TimeOf(TimeMs time) {
  return "<time datetime=\"" + FormatTime(time) + "\">" + ClockOf(time) + "</time>";
}

std::vector<std::string> Wrapped(std::string_view text, size_t width, size_t lines) {
  Lines out{.width = width};
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find_first_of(" \n\t", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (!word.empty()) out.Put(word, ColumnsOf(word));
    at = end + 1;
  }
  out.End();
  if (out.done.size() > lines) {
    out.done.resize(lines);
    out.done.back() += "…";
  }
  return out.done;
}

}  // namespace plenum::html
