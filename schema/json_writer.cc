#include <charconv>

#include "schema/json.h"

namespace plenum::json {
namespace {

// The shortest escape of what JSON does not allow as it is (RFC 8785, section 3.2.2.2).
void AppendEscaped(char c, std::string* out) {
  constexpr char kDigits[] = "0123456789abcdef";
  *out += '\\';
  switch (c) {
    case '"':
      *out += '"';
      return;
    case '\\':
      *out += '\\';
      return;
    case '\b':
      *out += 'b';
      return;
    case '\f':
      *out += 'f';
      return;
    case '\n':
      *out += 'n';
      return;
    case '\r':
      *out += 'r';
      return;
    case '\t':
      *out += 't';
      return;
    default:
      *out += "u00";
      *out += kDigits[static_cast<uint8_t>(c) >> 4];
      *out += kDigits[static_cast<uint8_t>(c) & 15];
  }
}

void AppendString(std::string_view utf8, std::string* out) {
  *out += '"';
  for (const char c : utf8) {
    if (static_cast<uint8_t>(c) < 0x20 || c == '"' || c == '\\') {
      AppendEscaped(c, out);
    } else {
      *out += c;
    }
  }
  *out += '"';
}

}  // namespace

// What was written last tells whether a comma is due: no value ends in one of these.
void Writer::Separate() {
  if (!out_.empty() && out_.back() != '{' && out_.back() != '[' && out_.back() != ':') out_ += ',';
}

Writer& Writer::BeginObject() {
  Separate();
  out_ += '{';
  return *this;
}

Writer& Writer::EndObject() {
  out_ += '}';
  return *this;
}

Writer& Writer::BeginArray() {
  Separate();
  out_ += '[';
  return *this;
}

Writer& Writer::EndArray() {
  out_ += ']';
  return *this;
}

Writer& Writer::Key(std::string_view key) {
  Separate();
  AppendString(key, &out_);
  out_ += ':';
  return *this;
}

Writer& Writer::String(std::string_view utf8) {
  Separate();
  AppendString(utf8, &out_);
  return *this;
}

Writer& Writer::Int(int64_t n) {
  Separate();
  char digits[20];
  const auto result = std::to_chars(digits, digits + sizeof digits, n);
  out_.append(digits, result.ptr);
  return *this;
}

Writer& Writer::Bool(bool b) {
  Separate();
  out_ += b ? "true" : "false";
  return *this;
}

Writer& Writer::Null() {
  Separate();
  out_ += "null";
  return *this;
}

Writer& Writer::Raw(std::string_view json) {
  Separate();
  out_ += json;
  return *this;
}

Writer& Writer::Put(const Value& value) {
  if (const bool* b = value.AsBool()) return Bool(*b);
  if (const int64_t* n = value.AsInt()) return Int(*n);
  if (const std::string* s = value.AsString()) return String(*s);
  if (const Array* array = value.AsArray()) {
    BeginArray();
    for (const Value& element : *array) Put(element);
    return EndArray();
  }
  if (const Object* object = value.AsObject()) {
    BeginObject();
    for (const auto& [key, member] : *object) Key(key).Put(member);
    return EndObject();
  }
  return Null();
}

}  // namespace plenum::json
