// What a browser sends: forms (application/x-www-form-urlencoded) and cookies.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plenum::basic {

struct Form {
  std::vector<std::pair<std::string, std::string>> fields;  // in the order of the page

  // The first of this name; empty if there is none.
  std::string Get(std::string_view name) const;
  bool Has(std::string_view name) const;
  std::vector<std::string> All(std::string_view name) const;
  // A number from 0 on; nullopt if there is none, or something else.
  std::optional<int64_t> Number(std::string_view name) const;
};

// nullopt: it is not a form, or too large.
std::optional<Form> ParseForm(std::string_view body);
// The value of one cookie of a Cookie header; empty for none.
std::string CookieIn(std::string_view header, std::string_view name);
// Only digits, nothing else; nullopt if not, or beyond nine digits.
std::optional<int64_t> ReadNumber(std::string_view text);

}  // namespace plenum::basic
