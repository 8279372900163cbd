#include "gateway/basic/html.h"

#include "gateway/basic/look.h"
#include "schema/html_escape.h"

namespace plenum::basic {

std::string Look::In(std::string_view language) const {
  if (std::string text = (*this)[language].Str(); !text.empty()) return text;
  const json::Object& all = Members();
  return all.empty() ? Str() : Look(&all.front().second).Str();
}

Html& Html::Open(std::string_view tag, Attributes attributes) {
  out_.append("<").append(tag);
  for (const auto& [name, value] : attributes) {
    out_.append(" ").append(name).append("=\"").append(html::Escaped(value)).append("\"");
  }
  out_ += ">";
  return *this;
}

Html& Html::Close(std::string_view tag) {
  out_.append("</").append(tag).append(">\n");
  return *this;
}

Html& Html::Text(std::string_view text) {
  out_ += html::Escaped(text);
  return *this;
}

Html& Html::Add(std::string_view tag, Attributes attributes, std::string_view text) {
  return Open(tag, attributes).Text(text).Close(tag);
}

Html& Html::Hidden(std::string_view name, std::string_view value) {
  return Open("input",
              {{"type", "hidden"}, {"name", std::string(name)}, {"value", std::string(value)}});
}

Html& Html::Raw(std::string_view markup) {
  out_ += markup;
  return *this;
}

}  // namespace plenum::basic
