// Reading decoded views: what is absent is empty, as the wire says.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "schema/json.h"

namespace plenum::simulation {

inline const json::Value* At(const json::Value* value, std::string_view key) {
  return value ? value->Find(key) : nullptr;
}
inline std::string Text(const json::Value* value, std::string_view key) {
  const json::Value* member = At(value, key);
  return member && member->AsString() ? *member->AsString() : std::string();
}
inline int64_t Number(const json::Value* value, std::string_view key) {
  const json::Value* member = At(value, key);
  return member && member->AsInt() ? *member->AsInt() : 0;
}
inline bool Flag(const json::Value* value, std::string_view key) {
  const json::Value* member = At(value, key);
  return member && member->AsBool() && *member->AsBool();
}
inline const json::Array& List(const json::Value* value, std::string_view key) {
  static const json::Array kEmpty;
  const json::Value* member = At(value, key);
  return member && member->AsArray() ? *member->AsArray() : kEmpty;
}

}  // namespace plenum::simulation
