#include "schema/json_walk.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "schema/limits.h"

namespace plenum::json {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The reference tokens of a JSON pointer, unescaped (RFC 6901, section 4).
std::vector<std::string> SplitPointer(std::string_view pointer) {
  std::vector<std::string> tokens;
  for (size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (!tokens.empty()) {
      const bool escaped = pointer[i] == '~' && i + 1 < pointer.size();
      tokens.back() += !escaped ? pointer[i] : pointer[++i] == '1' ? '/' : '~';
    }
  }
  return tokens;
}

class Walker {
 public:
  Walker(std::string_view text, std::vector<std::string> target)
      : text_(text), target_(std::move(target)) {}

  // Walks the whole document; false if it stopped at a fault.
  bool Walk() {
    SkipSpace();
    if (!WalkValue(0, true)) return false;
    SkipSpace();
    return at_ == text_.size() || Fail("Something follows the end of the value.");
  }

  const std::optional<Fault>& fault() const { return fault_; }
  // Where the target begins; if it is not there, where what would hold it begins.
  size_t found() const { return found_; }

 private:
  bool Fail(std::string_view what) {
    fault_ = Fault{at_, std::string(what)};
    return false;
  }
  bool AtEnd() const { return at_ == text_.size(); }
  bool Take(char c) {
    if (AtEnd() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void SkipSpace() {
    while (!AtEnd() && std::string_view(" \t\r\n").contains(text_[at_])) ++at_;
  }

  // `depth` containers are around the value; `on_path`: they lead to the target.
  bool WalkValue(size_t depth, bool on_path) {
    // With a duplicate member the last one is meant, since it is the one that is wrong.
    if (on_path && depth >= found_depth_) {
      found_ = at_;
      found_depth_ = depth;
    }
    on_path = on_path && depth < target_.size();
    if (AtEnd()) return Fail("The text ends where a value is expected.");
    const char c = text_[at_];
    if (c == '{' || c == '[') {
      if (depth == static_cast<size_t>(limits::kJsonDepth)) {
        return Fail("This is nested too deep.");
      }
      return c == '{' ? WalkObject(depth, on_path) : WalkArray(depth, on_path);
    }
    if (c == '"') return WalkString();
    if (c == '-' || IsDigit(c)) return WalkNumber();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_, word.size()) != word) continue;
      at_ += word.size();
      return true;
    }
    return Fail("A value is expected here.");
  }

  bool WalkObject(size_t depth, bool on_path) {
    ++at_;
    SkipSpace();
    if (Take('}')) return true;
    do {
      SkipSpace();
      const size_t begin = at_;
      if (AtEnd() || text_[at_] != '"') return Fail("The name of a member is expected here.");
      if (!WalkString()) return false;
      const bool matches = on_path && NameIs(text_.substr(begin, at_ - begin), target_[depth]);
      SkipSpace();
      if (!Take(':')) return Fail("A colon is expected here.");
      SkipSpace();
      if (!WalkValue(depth + 1, matches)) return false;
      SkipSpace();
    } while (Take(','));
    return Take('}') || Fail("A comma or a closing brace is expected here.");
  }

  bool WalkArray(size_t depth, bool on_path) {
    ++at_;
    SkipSpace();
    if (Take(']')) return true;
    size_t index = 0;
    do {
      SkipSpace();
      const bool matches = on_path && target_[depth] == std::to_string(index++);
      if (!WalkValue(depth + 1, matches)) return false;
      SkipSpace();
    } while (Take(','));
    return Take(']') || Fail("A comma or a closing bracket is expected here.");
  }

  // `quoted` with its quotes, as it stands in the text.
  static bool NameIs(std::string_view quoted, std::string_view name) {
    if (!quoted.contains('\\')) return quoted.substr(1, quoted.size() - 2) == name;
    const auto value = Parse(quoted);
    return value && value->AsString() && *value->AsString() == name;
  }

  bool WalkString() {
    ++at_;
    while (!AtEnd()) {
      const auto c = static_cast<uint8_t>(text_[at_]);
      if (c == '"') return ++at_, true;
      if (c < 0x20) return Fail("A control character must be escaped in a string.");
      if (c == '\\' ? !WalkEscape() : !WalkCharacter()) return false;
    }
    return Fail("The text ends within a string.");
  }

  bool WalkEscape() {
    const std::string_view rest = text_.substr(at_ + 1);
    if (!rest.empty() && std::string_view("\"\\/bfnrt").contains(rest[0])) {
      at_ += 2;
      return true;
    }
    const auto unit = EscapedUnit(at_);
    if (!unit) return Fail("There is no such escape.");
    if (*unit < 0xD800 || *unit > 0xDFFF) {
      at_ += 6;
      return true;
    }
    const auto second = EscapedUnit(at_ + 6);
    if (*unit > 0xDBFF || !second || *second < 0xDC00 || *second > 0xDFFF) {
      return Fail("This is half of a surrogate pair.");
    }
    at_ += 12;
    return true;
  }

  // The UTF-16 unit that "\uXXXX" stands for.
  std::optional<uint32_t> EscapedUnit(size_t at) const {
    const std::string_view escape = text_.substr(std::min(at, text_.size()), 6);
    if (escape.size() < 6 || !escape.starts_with("\\u")) return std::nullopt;
    uint32_t unit = 0;
    const char* const end = escape.data() + escape.size();
    const auto result = std::from_chars(escape.data() + 2, end, unit, 16);
    if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
    return unit;
  }

  bool WalkCharacter() {
    size_t next = at_;
    int32_t code_point = 0;
    U8_NEXT(reinterpret_cast<const uint8_t*>(text_.data()), next, text_.size(), code_point);
    if (code_point < 0) return Fail("The text is not valid UTF-8.");
    at_ = next;
    return true;
  }

  bool WalkDigits() {
    if (AtEnd() || !IsDigit(text_[at_])) return Fail("A digit is expected here.");
    while (!AtEnd() && IsDigit(text_[at_])) ++at_;
    return true;
  }

  bool WalkNumber() {
    const size_t begin = at_;
    Take('-');
    if (!Take('0') && !WalkDigits()) return false;
    if (!AtEnd() && std::string_view(".eE").contains(text_[at_])) return Fail(kNotWhole);
    int64_t n = 0;
    const auto result = std::from_chars(text_.data() + begin, text_.data() + at_, n);
    if (result.ec == std::errc() && n <= kMaxInt && n >= -kMaxInt) return true;
    at_ = begin;
    return Fail(kTooLarge);
  }

  const std::string_view text_;
  const std::vector<std::string> target_;
  size_t at_ = 0;
  size_t found_ = 0;
  size_t found_depth_ = 0;
  std::optional<Fault> fault_;
};

}  // namespace

std::string PointerToken(std::string_view name) {
  std::string token = "/";
  for (const char c : name) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

std::optional<Fault> FirstFault(std::string_view text) {
  Walker walker(text, {});
  walker.Walk();
  return walker.fault();
}

Place PlaceOf(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return {.line = 1 + static_cast<size_t>(std::ranges::count(before, '\n')),
          .column = 1 + before.size() - line_begin};
}

Place Locate(std::string_view text, std::string_view pointer) {
  Walker walker(text, SplitPointer(pointer));
  walker.Walk();
  return PlaceOf(text, walker.found());
}

}  // namespace plenum::json
