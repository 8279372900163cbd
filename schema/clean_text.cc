// What people type is shown on a large screen: it must not be able to do harm there.
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>

#include "schema/command.h"

namespace plenum {
namespace {

// More marks on one letter than any language needs; without a cap they climb over other lines.
constexpr int kMarks = 8;
// A family with four skin tones has 11, the flag of Wales 7.
constexpr int kCodePointsPerGrapheme = 16;

bool IsUtf8(std::string_view text) {
  UChar32 c = 0;
  for (size_t i = 0; i < text.size() && c >= 0;) {
    U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), i, text.size(), c);
  }
  return c >= 0;
}

bool IsMark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

bool IsBidiControl(UChar32 c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

// Whether it can be seen when it stands alone.
bool IsVisible(UChar32 c) {
  return !u_isUWhiteSpace(c) && !IsMark(c) && u_charType(c) != U_FORMAT_CHAR &&
         !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

// Without control characters and too many marks. Comes before normalization, whose cost grows with
// the square of a run of marks.
icu::UnicodeString WithoutControls(const icu::UnicodeString& text) {
  icu::UnicodeString kept;
  int marks = 0;
  for (int32_t i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    i += U16_LENGTH(c);
    marks = IsMark(c) ? marks + 1 : 0;
    if (marks > kMarks || IsBidiControl(c)) continue;
    if (u_isUWhiteSpace(c)) {
      kept.append(u' ');  // line breaks too: words on both sides must stay apart
    } else if (u_charType(c) != U_CONTROL_CHAR) {
      kept.append(c);
    }
  }
  return kept;
}

// The first graphemes, none longer than a grapheme has reason to be.
icu::UnicodeString FirstGraphemes(const icu::UnicodeString& text, size_t most) {
  UErrorCode status = U_ZERO_ERROR;
  thread_local const std::unique_ptr<icu::BreakIterator> graphemes(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  icu::UnicodeString kept;
  if (!graphemes) return kept;
  graphemes->setText(text);
  int32_t begin = graphemes->first();
  for (size_t count = 0; count < most; ++count) {
    const int32_t end = graphemes->next();
    if (end == icu::BreakIterator::DONE) break;
    const int32_t limit = text.moveIndex32(begin, kCodePointsPerGrapheme);
    kept.append(text, begin, std::min(end, limit) - begin);
    begin = end;
  }
  return kept;
}

}  // namespace

std::string CleanText(std::string_view text, size_t max_graphemes) {
  std::string clean;
  if (!IsUtf8(text)) return clean;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return clean;
  const icu::UnicodeString raw = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString kept = nfc->normalize(WithoutControls(raw), status);
  if (U_FAILURE(status)) return clean;
  kept = FirstGraphemes(kept.trim(), max_graphemes).trim();
  bool visible = false;
  for (int32_t i = 0; i < kept.length() && !visible; i = kept.moveIndex32(i, 1)) {
    visible = IsVisible(kept.char32At(i));
  }
  if (visible) kept.toUTF8String(clean);
  return clean;
}

}  // namespace plenum
