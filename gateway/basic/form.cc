#include "gateway/basic/form.h"

#include <algorithm>

namespace plenum::basic {
namespace {

constexpr size_t kFields = 1000;
constexpr size_t kDigits = 9;

std::optional<int> HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::optional<std::string> Decode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const auto high = HexDigit(text[i + 1]), low = HexDigit(text[i + 2]);
      if (!high || !low) return std::nullopt;
      out += static_cast<char>(*high * 16 + *low);
      i += 2;
    }
  }
  return out;
}

}  // namespace

std::string Form::Get(std::string_view name) const {
  auto found = std::ranges::find(fields, name, [](const auto& field) { return field.first; });
  return found == fields.end() ? std::string() : found->second;
}

bool Form::Has(std::string_view name) const {
  return std::ranges::any_of(fields, [name](const auto& field) { return field.first == name; });
}

std::vector<std::string> Form::All(std::string_view name) const {
  std::vector<std::string> all;
  for (const auto& [key, value] : fields) {
    if (key == name) all.push_back(value);
  }
  return all;
}

std::optional<int64_t> Form::Number(std::string_view name) const { return ReadNumber(Get(name)); }

std::optional<int64_t> ReadNumber(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (text.empty() || text.size() > kDigits || !digits) return std::nullopt;
  int64_t number = 0;
  for (char c : text) number = number * 10 + (c - '0');
  return negative ? -number : number;
}

std::optional<Form> ParseForm(std::string_view body) {
  Form form;
  while (!body.empty()) {
    const std::string_view part = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), part.size() + 1));
    if (part.empty()) continue;
    const size_t equals = part.find('=');
    auto name = Decode(part.substr(0, equals));
    auto value = equals == std::string_view::npos ? std::string() : Decode(part.substr(equals + 1));
    if (!name || !value || form.fields.size() == kFields) return std::nullopt;
    form.fields.emplace_back(*std::move(name), *std::move(value));
  }
  return form;
}

std::string CookieIn(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    std::string_view part = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(header.size(), part.size() + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=')
      return std::string(part.substr(name.size() + 1));
  }
  return {};
}

}  // namespace plenum::basic
