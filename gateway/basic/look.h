// Look: reads in the JSON of a view. What is not there is empty, 0 or false.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/json.h"

namespace plenum::basic {

class Look {
 public:
  explicit Look(const json::Value* value = nullptr) : value_(value) {}

  explicit operator bool() const { return value_ != nullptr; }
  Look operator[](std::string_view key) const {
    return Look(value_ != nullptr ? value_->Find(key) : nullptr);
  }
  std::string Str() const {
    const std::string* text = value_ != nullptr ? value_->AsString() : nullptr;
    return text != nullptr ? *text : std::string();
  }
  int64_t Num(int64_t otherwise = 0) const {
    const int64_t* number = value_ != nullptr ? value_->AsInt() : nullptr;
    return number != nullptr ? *number : otherwise;
  }
  bool Yes() const {
    const bool* flag = value_ != nullptr ? value_->AsBool() : nullptr;
    return flag != nullptr && *flag;
  }
  std::vector<Look> List() const {
    std::vector<Look> list;
    const json::Array* array = value_ != nullptr ? value_->AsArray() : nullptr;
    for (size_t i = 0; array != nullptr && i < array->size(); ++i)
      list.push_back(Look(&(*array)[i]));
    return list;
  }
  const json::Object& Members() const {
    static const json::Object kNone;
    const json::Object* object = value_ != nullptr ? value_->AsObject() : nullptr;
    return object != nullptr ? *object : kNone;
  }
  // The member, to be kept; null if it is not there.
  json::Value Copy(std::string_view key) const {
    const Look found = (*this)[key];
    return found ? *found.value_ : json::Value();
  }
  // A text by language: in this one, else in the first that there is.
  std::string In(std::string_view language) const;

 private:
  const json::Value* value_;
};

}  // namespace plenum::basic
