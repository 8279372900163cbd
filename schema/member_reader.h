// MemberReader: takes the members of a JSON object one by one, and remembers what was wrong and
// where. All shapes that plenum reads are read through it, so that they are refused alike.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"
#include "schema/json.h"

namespace plenum {

// What was wrong, and where (a JSON pointer).
struct Issue {
  std::string pointer;
  std::string what;  // one sentence

  std::string Sentence() const;  // both in one
};

// The sentence for a text that is no I-JSON at all.
std::string SyntaxSentence(const json::Error& error);

// How a document is read, and what was found wrong in it.
struct ReadContext {
  // Unknown members are refused, so that a typing error is found. Events and messages are read
  // without: later versions may add optional members.
  bool strict = true;
  std::string_view language;               // of a text that is a bare string; empty: it is refused
  std::span<const std::string> languages;  // that texts may be in; empty: any
  std::vector<Issue> issues = {};
};

// The way to a value, as a chain along the stack: costs nothing until something is wrong.
struct Path {
  const Path* parent = nullptr;
  std::string_view name;  // the root's is a JSON pointer
  size_t index = 0;       // of an element; then there is no name
  bool is_element = false;

  static Path Root(std::string_view pointer) { return {nullptr, pointer, 0, false}; }
  Path Member(std::string_view key) const { return {this, key, 0, false}; }
  Path Element(size_t at) const { return {this, {}, at, true}; }
  std::string Pointer() const;
};

// Every reading function gives a zero value when it has found an issue; a caller looks at the
// context's issues once, at the end.
class MemberReader {
 public:
  MemberReader(const json::Value& value, const Path& path, ReadContext& context);

  const Path& path() const { return path_; }
  ReadContext& context() { return context_; }

  // Null if it is not there.
  const json::Value* Optional(std::string_view key);
  const json::Value* Require(std::string_view key);

  // Required, and within a range.
  int64_t Int(std::string_view key, int64_t least, int64_t most);
  uint32_t U32(std::string_view key, uint32_t least, uint32_t most);
  bool Bool(std::string_view key);
  std::string String(std::string_view key, size_t most_bytes);
  std::string Slug(std::string_view key);
  template <class T>
  T Hex(std::string_view key) {
    T id;
    ReadHex(Require(key), key, id.bytes.data(), id.bytes.size());
    return id;
  }
  size_t OneOf(std::string_view key, std::span<const std::string_view> names);
  const json::Array& Array(std::string_view key, size_t least, size_t most);

  // With a value for what is left out.
  uint32_t U32Or(std::string_view key, uint32_t least, uint32_t most, uint32_t otherwise);
  int32_t I32Or(std::string_view key, int32_t least, int32_t most, int32_t otherwise);
  bool BoolOr(std::string_view key, bool otherwise);
  std::string SlugOr(std::string_view key);  // empty
  size_t OneOfOr(std::string_view key, std::span<const std::string_view> names, size_t otherwise);

  bool Has(std::string_view key) { return Optional(key) != nullptr; }
  bool IsString(std::string_view key) {
    const json::Value* const value = Optional(key);
    return value != nullptr && value->AsString() != nullptr;
  }
  void Refuse(std::string what);                        // the object itself
  void Refuse(std::string_view key, std::string what);  // one member

  // After everything was read: what was not asked for should not be there.
  void Finish();

 private:
  int64_t ReadInt(const json::Value* value, std::string_view key, int64_t least, int64_t most);
  size_t ReadOneOf(const json::Value* value, std::string_view key,
                   std::span<const std::string_view> names);
  std::string ReadSlug(const json::Value* value, std::string_view key);
  void ReadHex(const json::Value* value, std::string_view key, uint8_t* out, size_t size);

  const json::Object* object_;
  const Path path_;
  ReadContext& context_;
  std::vector<std::string_view> asked_;
};

// The known name that was probably meant; empty if none is near.
std::string_view NearestName(std::string_view name, std::span<const std::string_view> known);

// A slug that stands alone, as an element of an array.
std::string ReadSlugElement(const json::Value& value, const Path& path, ReadContext& context);

// CloudEvents integers have 32 bits with a sign, so all counters in events stay below this.
inline constexpr uint32_t kMaxCounter = 0x7FFFFFFF;
inline constexpr int64_t kMaxIndex = (int64_t{1} << 53) - 1;

}  // namespace plenum
