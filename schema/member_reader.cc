#include "schema/member_reader.h"

#include <algorithm>
#include <numeric>

#include "schema/json_walk.h"
#include "schema/limits.h"

namespace plenum {
namespace {

const json::Object kNoMembers;
const json::Array kNoElements;

std::string Quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

// How many characters must be put in, left out, replaced, or swapped with their neighbour to come
// from one to the other (optimal string alignment).
size_t Distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before, last(b.size() + 1), row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    before = std::exchange(last, row);
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = std::min({last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1});
      const bool swapped = i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j];
      if (swapped) row[j + 1] = std::min(row[j + 1], before[j - 1] + 1);
    }
  }
  return row[b.size()];
}

std::string Listed(std::span<const std::string_view> names) {
  std::string list;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 == names.size() ? " or " : ", ";
    list += Quoted(names[i]);
  }
  return list;
}

// What a stranger has sent, short enough to be repeated in a sentence.
std::string Shortened(std::string_view text) {
  constexpr size_t kMost = 40;
  if (text.size() <= kMost) return Quoted(text);
  size_t end = kMost;
  while (end > 0 && (static_cast<uint8_t>(text[end]) & 0xC0) == 0x80) --end;
  return Quoted(std::string(text.substr(0, end)) + "...");
}

std::string Expected(std::string_view what, const json::Value& value) {
  return "This must be " + std::string(what) + ", not " + value.KindName() + ".";
}

constexpr std::string_view kSlugForm =
    "This must be 1 to 40 lower-case letters, digits and hyphens.";

}  // namespace

std::string_view NearestName(std::string_view name, std::span<const std::string_view> known) {
  std::string_view nearest;
  size_t least = std::max<size_t>(name.size() / 3, 1) + 1;
  if (name.size() > limits::kSlugBytes) return nearest;
  for (const std::string_view candidate : known) {
    const size_t distance = Distance(name, candidate);
    if (distance >= least || distance >= name.size()) continue;
    least = distance;
    nearest = candidate;
  }
  if (!nearest.empty() || name.size() < 4) return nearest;
  const auto longer =
      std::ranges::find_if(known, [&](std::string_view other) { return other.contains(name); });
  return longer == known.end() ? nearest : *longer;
}

std::string Issue::Sentence() const {
  if (pointer.empty()) return what;
  std::string sentence = what;
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence + " (at " + pointer + ").";
}

std::string SyntaxSentence(const json::Error& error) {
  std::string sentence = error.what;
  if (error.line == 0) return sentence;
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence + " (line " + std::to_string(error.line) + ", column " +
         std::to_string(error.column) + ").";
}

std::string Path::Pointer() const {
  if (!parent) return std::string(name);
  std::string pointer = parent->Pointer();
  return pointer + json::PointerToken(is_element ? std::to_string(index) : std::string(name));
}

MemberReader::MemberReader(const json::Value& value, const Path& path, ReadContext& context)
    : object_(value.AsObject()), path_(path), context_(context) {
  asked_.reserve(16);
  if (object_) return;
  object_ = &kNoMembers;
  Refuse(Expected("an object", value));
}

const json::Value* MemberReader::Optional(std::string_view key) {
  asked_.push_back(key);
  const auto member = std::ranges::find(*object_, key, &json::Member::first);
  return member == object_->end() ? nullptr : &member->second;
}

const json::Value* MemberReader::Require(std::string_view key) {
  const json::Value* const value = Optional(key);
  if (!value && object_ != &kNoMembers) Refuse("The member " + Quoted(key) + " is missing.");
  return value;
}

int64_t MemberReader::Int(std::string_view key, int64_t least, int64_t most) {
  return ReadInt(Require(key), key, least, most);
}

uint32_t MemberReader::U32(std::string_view key, uint32_t least, uint32_t most) {
  return static_cast<uint32_t>(Int(key, least, most));
}

bool MemberReader::Bool(std::string_view key) {
  const json::Value* const value = Require(key);
  if (!value) return false;
  if (const bool* b = value->AsBool()) return *b;
  Refuse(key, Expected("true or false", *value));
  return false;
}

std::string MemberReader::String(std::string_view key, size_t most_bytes) {
  const json::Value* const value = Require(key);
  if (!value) return {};
  const std::string* const text = value->AsString();
  if (!text) {
    Refuse(key, Expected("a string", *value));
  } else if (text->size() > most_bytes) {
    Refuse(key, "This text is longer than " + std::to_string(most_bytes) + " bytes.");
  } else {
    return *text;
  }
  return {};
}

std::string MemberReader::Slug(std::string_view key) { return ReadSlug(Require(key), key); }

size_t MemberReader::OneOf(std::string_view key, std::span<const std::string_view> names) {
  return ReadOneOf(Require(key), key, names);
}

const json::Array& MemberReader::Array(std::string_view key, size_t least, size_t most) {
  const json::Value* const value = Require(key);
  if (!value) return kNoElements;
  const json::Array* const array = value->AsArray();
  if (!array) {
    Refuse(key, Expected("an array", *value));
  } else if (array->size() < least) {
    Refuse(key, "At least " + std::to_string(least) + " must stand here.");
  } else if (array->size() > most) {
    Refuse(key, "No more than " + std::to_string(most) + " may stand here.");
  } else {
    return *array;
  }
  return kNoElements;
}

uint32_t MemberReader::U32Or(std::string_view key, uint32_t least, uint32_t most,
                             uint32_t otherwise) {
  const json::Value* const value = Optional(key);
  return value ? static_cast<uint32_t>(ReadInt(value, key, least, most)) : otherwise;
}

int32_t MemberReader::I32Or(std::string_view key, int32_t least, int32_t most, int32_t otherwise) {
  const json::Value* const value = Optional(key);
  return value ? static_cast<int32_t>(ReadInt(value, key, least, most)) : otherwise;
}

bool MemberReader::BoolOr(std::string_view key, bool otherwise) {
  return Has(key) ? Bool(key) : otherwise;
}

std::string MemberReader::SlugOr(std::string_view key) { return ReadSlug(Optional(key), key); }

size_t MemberReader::OneOfOr(std::string_view key, std::span<const std::string_view> names,
                             size_t otherwise) {
  const json::Value* const value = Optional(key);
  return value ? ReadOneOf(value, key, names) : otherwise;
}

void MemberReader::Refuse(std::string what) {
  context_.issues.push_back({path_.Pointer(), std::move(what)});
}

void MemberReader::Refuse(std::string_view key, std::string what) {
  context_.issues.push_back({path_.Member(key).Pointer(), std::move(what)});
}

void MemberReader::Finish() {
  if (!context_.strict) return;
  for (const auto& [name, value] : *object_) {
    if (std::ranges::find(asked_, name) != asked_.end()) continue;
    std::string what = "There is no member " + Shortened(name) + " here";
    const std::string_view meant = NearestName(name, asked_);
    what += meant.empty() ? "." : "; is " + Quoted(meant) + " meant?";
    Refuse(name, std::move(what));
  }
}

int64_t MemberReader::ReadInt(const json::Value* value, std::string_view key, int64_t least,
                              int64_t most) {
  if (!value) return 0;
  const int64_t* const n = value->AsInt();
  if (n && *n >= least && *n <= most) return *n;
  const std::string range =
      "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  Refuse(key, n ? "This must be " + range + "." : Expected(range, *value));
  return 0;
}

size_t MemberReader::ReadOneOf(const json::Value* value, std::string_view key,
                               std::span<const std::string_view> names) {
  if (!value) return 0;
  const std::string* const name = value->AsString();
  const auto found = name ? std::ranges::find(names, std::string_view(*name)) : names.end();
  if (found != names.end()) return static_cast<size_t>(found - names.begin());
  if (!name) {
    Refuse(key, Expected(Listed(names), *value));
    return 0;
  }
  const std::string_view meant = NearestName(*name, names);
  Refuse(key, "This must be " + Listed(names) + ", not " + Shortened(*name) +
                  (meant.empty() ? "." : "; is " + Quoted(meant) + " meant?"));
  return 0;
}

std::string MemberReader::ReadSlug(const json::Value* value, std::string_view key) {
  if (!value) return {};
  return ReadSlugElement(*value, path_.Member(key), context_);
}

void MemberReader::ReadHex(const json::Value* value, std::string_view key, uint8_t* out,
                           size_t size) {
  if (!value) return;
  const std::string* const hex = value->AsString();
  if (hex && HexDecode(*hex, out, size)) return;
  Refuse(key, "This must be " + std::to_string(2 * size) + " lower-case hex digits.");
}

std::string ReadSlugElement(const json::Value& value, const Path& path, ReadContext& context) {
  const std::string* const slug = value.AsString();
  if (slug && IsSlug(*slug)) return *slug;
  context.issues.push_back({path.Pointer(), std::string(kSlugForm)});
  return {};
}

}  // namespace plenum
