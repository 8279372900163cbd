// I-JSON (RFC 7493) as plenum uses it, with the parsing library kept inside json.cc.
//
// Stricter than JSON: no duplicate keys, integers only and |n| < 2^53, valid UTF-8, no lone
// surrogates, no noncharacters, no byte order mark, at most limits::kJsonDepth deep. What is
// refused is refused with its place.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace plenum::json {

class Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
using Object = std::vector<Member>;  // in the order of the text

// One JSON value, immutable after parsing. Small documents only: look-ups are linear.
class Value {
 public:
  Value() = default;  // null
  explicit Value(bool b) : data_(b) {}
  explicit Value(int64_t n) : data_(n) {}
  explicit Value(std::string s) : data_(std::move(s)) {}
  explicit Value(Array a) : data_(std::move(a)) {}
  explicit Value(Object o) : data_(std::move(o)) {}

  bool IsNull() const { return std::holds_alternative<std::monostate>(data_); }
  // Null if the value is of another kind.
  const bool* AsBool() const { return std::get_if<bool>(&data_); }
  const int64_t* AsInt() const { return std::get_if<int64_t>(&data_); }
  const std::string* AsString() const { return std::get_if<std::string>(&data_); }
  const Array* AsArray() const { return std::get_if<Array>(&data_); }
  const Object* AsObject() const { return std::get_if<Object>(&data_); }
  // The member of an object, or null.
  const Value* Find(std::string_view key) const;
  const char* KindName() const;  // "a string", "an object", ...

 private:
  std::variant<std::monostate, bool, int64_t, std::string, Array, Object> data_;
};

struct Error {
  std::string what;   // one sentence
  size_t line = 0;    // from 1; 0 when not known
  size_t column = 0;  // from 1, in bytes
};

std::expected<Value, Error> Parse(std::string_view text);

// Where the value that a JSON pointer (RFC 6901) names begins in a text that Parse has accepted.
struct Place {
  size_t line = 1;
  size_t column = 1;
};
Place Locate(std::string_view text, std::string_view pointer);

// Writes compact JSON, members in the order of the calls. REQUIRES: calls nest properly.
//   Writer w; w.BeginObject(); w.Key("n").Int(3); w.EndObject(); w.Take();
class Writer {
 public:
  Writer& BeginObject();
  Writer& EndObject();
  Writer& BeginArray();
  Writer& EndArray();
  Writer& Key(std::string_view key);
  Writer& String(std::string_view utf8);
  Writer& Int(int64_t n);
  Writer& Bool(bool b);
  Writer& Null();
  Writer& Raw(std::string_view json);  // an encoded value, put in as it is
  Writer& Put(const Value& value);

  std::string Take() { return std::exchange(out_, {}); }

 private:
  void Separate();
  std::string out_;
};

}  // namespace plenum::json
