#include "schema/json.h"

#include <simdjson.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "schema/json_walk.h"
#include "schema/limits.h"

namespace plenum::json {
namespace {

// RFC 7493, section 2.1: no surrogates (simdjson lets some escaped ones through), and no code
// points that Unicode keeps for a program's own use.
bool IsInterchangeable(std::string_view utf8) {
  const auto suspicious = [](char c) { return static_cast<uint8_t>(c) >= 0xED; };
  if (std::ranges::none_of(utf8, suspicious)) return true;
  const auto* bytes = reinterpret_cast<const uint8_t*>(utf8.data());
  for (size_t i = 0; i < utf8.size();) {
    int32_t code_point = 0;
    U8_NEXT(bytes, i, utf8.size(), code_point);
    if (code_point < 0 || U_IS_UNICODE_NONCHAR(code_point)) return false;
  }
  return true;
}

std::optional<std::string> FindDuplicate(const Object& object) {
  std::vector<std::string_view> names;
  names.reserve(object.size());
  for (const auto& [name, value] : object) names.push_back(name);
  std::ranges::sort(names);
  const auto twin = std::ranges::adjacent_find(names);
  if (twin == names.end()) return std::nullopt;
  return std::string(*twin);
}

// Copies a parsed document out of simdjson's tape, and refuses what I-JSON does not have.
class Importer {
 public:
  bool Import(const simdjson::dom::element& element, int depth, Value* out) {
    switch (element.type()) {
      case simdjson::dom::element_type::OBJECT:
        return ImportObject(element, depth + 1, out);
      case simdjson::dom::element_type::ARRAY:
        return ImportArray(element, depth + 1, out);
      case simdjson::dom::element_type::STRING:
        return ImportString(element, out);
      case simdjson::dom::element_type::INT64:
        return ImportInt(element, out);
      case simdjson::dom::element_type::UINT64:
        return Refuse(kTooLarge);
      case simdjson::dom::element_type::DOUBLE:
        return Refuse(kNotWhole);
      case simdjson::dom::element_type::BOOL:
        *out = Value(element.get_bool().value_unsafe());
        return true;
      case simdjson::dom::element_type::NULL_VALUE:
        *out = Value();
        return true;
    }
    return Refuse("This value is of an unknown kind.");
  }

  const std::string& what() const { return what_; }
  const std::string& pointer() const { return pointer_; }

 private:
  bool Refuse(std::string_view what) {
    what_ = what;
    return false;
  }
  // On the way out of a fault, the pointer grows from its end.
  bool RefusedWithin(std::string_view name) {
    pointer_.insert(0, PointerToken(name));
    return false;
  }

  bool ImportObject(const simdjson::dom::element& element, int depth, Value* out) {
    if (depth > limits::kJsonDepth) return Refuse("This is nested too deep.");
    const simdjson::dom::object members = element.get_object().value_unsafe();
    Object object;
    object.reserve(members.size());
    for (const auto member : members) {
      if (!IsInterchangeable(member.key)) {
        return Refuse("The name of a member has characters that are not allowed.");
      }
      Value value;
      if (!Import(member.value, depth, &value)) return RefusedWithin(member.key);
      object.emplace_back(member.key, std::move(value));
    }
    if (const auto name = FindDuplicate(object)) {
      Refuse("The member \"" + *name + "\" stands there twice.");
      return RefusedWithin(*name);
    }
    *out = Value(std::move(object));
    return true;
  }

  bool ImportArray(const simdjson::dom::element& element, int depth, Value* out) {
    if (depth > limits::kJsonDepth) return Refuse("This is nested too deep.");
    const simdjson::dom::array values = element.get_array().value_unsafe();
    Array array;
    array.reserve(values.size());
    for (const auto value : values) {
      if (!Import(value, depth, &array.emplace_back())) {
        return RefusedWithin(std::to_string(array.size() - 1));
      }
    }
    *out = Value(std::move(array));
    return true;
  }

  bool ImportString(const simdjson::dom::element& element, Value* out) {
    const std::string_view text = element.get_string().value_unsafe();
    if (!IsInterchangeable(text)) return Refuse("This text has characters that are not allowed.");
    *out = Value(std::string(text));
    return true;
  }

  bool ImportInt(const simdjson::dom::element& element, Value* out) {
    const int64_t n = element.get_int64().value_unsafe();
    if (n > kMaxInt || n < -kMaxInt) return Refuse(kTooLarge);
    *out = Value(n);
    return true;
  }

  std::string what_;
  std::string pointer_;
};

std::unexpected<Error> ErrorAt(std::string what, Place place) {
  return std::unexpected(Error{std::move(what), place.line, place.column});
}

std::unexpected<Error> SyntaxError(std::string_view text, simdjson::error_code code) {
  if (const auto fault = FirstFault(text))
    return ErrorAt(fault->what, PlaceOf(text, fault->offset));
  return ErrorAt(simdjson::error_message(code), {0, 0});
}

// What a thread parses with, kept for the next text: a vote costs no allocation by the parser.
struct Workspace {
  simdjson::dom::parser parser;
  std::string buffer;  // the text, and behind it zeros that simdjson may read
};

}  // namespace

const Value* Value::Find(std::string_view key) const {
  const Object* const object = AsObject();
  if (!object) return nullptr;
  const auto member = std::ranges::find(*object, key, &Member::first);
  return member == object->end() ? nullptr : &member->second;
}

const char* Value::KindName() const {
  switch (data_.index()) {
    case 0:
      return "null";
    case 1:
      return "true or false";
    case 2:
      return "a number";
    case 3:
      return "a string";
    case 4:
      return "an array";
    default:
      return "an object";
  }
}

std::expected<Value, Error> Parse(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    return ErrorAt("The text begins with a byte order mark; please leave it out.", {1, 1});
  }
  thread_local Workspace workspace;
  std::string& buffer = workspace.buffer;
  buffer.assign(text);
  buffer.append(simdjson::SIMDJSON_PADDING, '\0');
  simdjson::dom::element root;
  const auto code =
      workspace.parser.parse(buffer.data(), text.size(), /*realloc_if_needed=*/false).get(root);
  if (code != simdjson::SUCCESS) return SyntaxError(text, code);
  Importer importer;
  Value value;
  if (!importer.Import(root, 0, &value)) {
    return ErrorAt(importer.what(), Locate(text, importer.pointer()));
  }
  return value;
}

}  // namespace plenum::json
