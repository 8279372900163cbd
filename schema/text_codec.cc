#include <unicode/utf8.h>

#include <algorithm>

#include "schema/activity_codec.h"
#include "schema/limits.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Written out and not asked of a Unicode library, so that it never changes.
bool IsControl(int32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }
bool IsBidiControl(int32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

// What is wrong with one language's text; empty if nothing is.
std::string Fault(const std::string& text, const TextForm& form) {
  if (std::ranges::all_of(text, [](char c) { return c == ' ' || c == '\n'; })) {
    return "This text is empty.";
  }
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++characters) {
    int32_t c = 0;
    U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), i, text.size(), c);
    if (c < 0) return "This text is not valid UTF-8.";
    if (form.multiline && c == '\n') continue;
    if (IsControl(c)) return "This text has control characters.";
    if (IsBidiControl(c)) return "This text has characters that change the direction of writing.";
  }
  if (characters <= form.most_characters) return {};
  return "This text is longer than " + std::to_string(form.most_characters) + " characters.";
}

class TextReader {
 public:
  TextReader(const Path& path, const TextForm& form, ReadContext& context)
      : path_(path), form_(form), context_(context) {}

  Text Read(const json::Value& value) {
    if (const std::string* text = value.AsString()) {
      if (context_.language.empty()) {
        Refuse(path_, "This must be an object with a text for each language.");
      } else {
        Add(context_.language, *text, path_);
      }
    } else if (const json::Object* object = value.AsObject()) {
      ReadLanguages(*object);
    } else {
      Refuse(path_, std::string("This must be a text, or an object with one for each language, ") +
                        "not " + value.KindName() + ".");
    }
    return std::move(text_);
  }

 private:
  void Refuse(const Path& path, std::string what) {
    context_.issues.push_back({path.Pointer(), std::move(what)});
  }

  void ReadLanguages(const json::Object& object) {
    if (object.empty()) Refuse(path_, "At least one language must stand here.");
    if (object.size() > limits::kLanguages) Refuse(path_, "These are too many languages.");
    for (const auto& [language, value] : object) {
      const Path path = path_.Member(language);
      const auto& known = context_.languages;
      if (!IsLanguageTag(language)) {
        Refuse(path, "This is no language tag.");
      } else if (!known.empty() && std::ranges::find(known, language) == known.end()) {
        Refuse(path, "This language is not among the languages of the run sheet.");
      } else if (const std::string* text = value.AsString()) {
        Add(language, *text, path);
      } else {
        Refuse(path, std::string("This must be a string, not ") + value.KindName() + ".");
      }
    }
    std::ranges::stable_sort(text_.by_language, {}, [this](const auto& entry) {
      return std::ranges::find(context_.languages, entry.first) - context_.languages.begin();
    });
  }

  void Add(std::string_view language, const std::string& text, const Path& path) {
    std::string fault = Fault(text, form_);
    if (!fault.empty()) return Refuse(path, std::move(fault));
    text_.by_language.emplace_back(language, text);
  }

  const Path& path_;
  const TextForm& form_;
  ReadContext& context_;
  Text text_;
};

Text ReadTextValue(MemberReader& object, std::string_view key, const json::Value* value,
                   const TextForm& form) {
  if (!value) return {};
  const Path path = object.path().Member(key);
  return TextReader(path, form, object.context()).Read(*value);
}

}  // namespace

const TextForm kTitleForm{limits::kTitleGraphemes, false};
const TextForm kPromptForm{limits::kPromptGraphemes, true};

bool IsLanguageTag(std::string_view text) {
  size_t part = 0;  // characters since the last hyphen
  bool first = true;
  for (const char c : text) {
    if (c == '-') {
      if (part < (first ? 2 : 1)) return false;
      part = 0;
      first = false;
    } else if (!IsAlphanumeric(c) || (first && c >= '0' && c <= '9') || ++part > 8) {
      return false;
    }
  }
  return part >= (first ? 2u : 1u) && text.size() <= 35;
}

Text ReadText(MemberReader& object, std::string_view key, const TextForm& form) {
  return ReadTextValue(object, key, object.Require(key), form);
}

Text ReadTextOr(MemberReader& object, std::string_view key, const TextForm& form) {
  return ReadTextValue(object, key, object.Optional(key), form);
}

std::string ReadPlain(MemberReader& object, std::string_view key, const TextForm& form) {
  std::string text = object.String(key, 4 * form.most_characters);
  if (text.empty() && !object.IsString(key)) return text;  // which is said already
  std::string fault = Fault(text, form);
  if (!fault.empty()) object.Refuse(key, std::move(fault));
  return text;
}

void WriteText(json::Writer& writer, const Text& text) {
  writer.BeginObject();
  for (const auto& [language, words] : text.by_language) writer.Key(language).String(words);
  writer.EndObject();
}

void WriteTextIf(json::Writer& writer, std::string_view key, const Text& text) {
  if (text.empty()) return;
  writer.Key(key);
  WriteText(writer, text);
}

}  // namespace plenum
