#include "schema/field_texts.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "schema/json.h"
#include "schema/limits.h"

namespace plenum {
namespace {

std::expected<std::string, std::string> Checked(std::string text) {
  if (text.empty()) return std::unexpected("There is no text to keep.");
  if (text.size() > limits::kTextBytes) return std::unexpected("This text is too long.");
  return text;
}

std::expected<std::string, std::string> OneText(const std::string& text, const Collect* collect) {
  auto kept = Checked(CleanText(text, collect ? collect->max_graphemes : limits::kTextGraphemes));
  if (kept && collect && collect->words != 0 && CountWords(*kept) > collect->words) {
    return std::unexpected("Please write at most " + std::to_string(collect->words) +
                           (collect->words == 1 ? " word." : " words."));
  }
  return kept;
}

const std::string* Find(const FieldTexts& texts, const std::string& id) {
  const auto it = std::ranges::find(texts, id, [](const auto& field) { return field.first; });
  return it == texts.end() ? nullptr : &it->second;
}

std::expected<std::string, std::string> FieldText(const FieldTexts& texts,
                                                  const std::vector<Field>& fields) {
  for (const auto& [id, text] : texts) {
    if (std::ranges::find(fields, id, &Field::id) == fields.end()) {
      return std::unexpected("There is no field \"" + id + "\" here.");
    }
  }
  json::Writer writer;
  writer.BeginObject();
  size_t filled = 0;
  for (const Field& field : fields) {
    const std::string* raw = Find(texts, field.id);
    const std::string clean = raw ? CleanText(*raw, field.max_graphemes) : "";
    if (clean.empty()) {
      if (field.required) return std::unexpected("The field \"" + field.id + "\" is empty.");
      continue;
    }
    writer.Key(field.id).String(clean);
    ++filled;
  }
  writer.EndObject();
  if (filled == 0) return std::unexpected("There is no text to keep.");
  return Checked(writer.Take());
}

}  // namespace

std::expected<std::string, std::string> TextToKeep(const Writing& writing, const Collect* collect) {
  const bool wants_fields = collect && !collect->fields.empty();
  if (wants_fields && writing.fields.empty()) {
    return std::unexpected("This takes a text for each field.");
  }
  if (wants_fields) return FieldText(writing.fields, collect->fields);
  if (!writing.fields.empty()) return std::unexpected("This takes one text, and no fields.");
  return OneText(writing.text, collect);
}

FieldTexts ReadFieldTexts(std::string_view text, const std::vector<Field>& fields) {
  FieldTexts texts;
  const auto value = json::Parse(text);
  if (!value || !value->AsObject()) return texts;
  for (const Field& field : fields) {
    const json::Value* const member = value->Find(field.id);
    if (member && member->AsString()) texts.emplace_back(field.id, *member->AsString());
  }
  return texts;
}

std::string FoldSpelling(std::string_view text) {
  std::string folded;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  const icu::UnicodeString raw = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  const icu::UnicodeString kept = form->normalize(raw, status);
  if (U_FAILURE(status)) return std::string(text);
  kept.toUTF8String(folded);
  std::string joined;
  for (const char c : folded) {
    if (c != ' ' || (!joined.empty() && joined.back() != ' ')) joined.push_back(c);
  }
  while (joined.ends_with(' ')) joined.pop_back();
  return joined;
}

size_t CountWords(std::string_view text) {
  size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    if (c != ' ' && !inside) ++words;
    inside = c != ' ';
  }
  return words;
}

}  // namespace plenum
