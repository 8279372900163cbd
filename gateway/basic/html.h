// Html: builds a document. Whatever people or organisers wrote goes in through Text or an
// attribute's value, and cannot become markup there.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace plenum::basic {

class Html {
 public:
  using Attribute = std::pair<std::string_view, std::string>;
  using Attributes = std::initializer_list<Attribute>;

  Html& Open(std::string_view tag, Attributes attributes = {});
  Html& Close(std::string_view tag);
  Html& Text(std::string_view text);
  // <tag …>text</tag>
  Html& Add(std::string_view tag, std::string_view text) { return Add(tag, {}, text); }
  Html& Add(std::string_view tag, Attributes attributes, std::string_view text);
  // What somebody wrote: in its own direction, whatever stands around it.
  Html& Written(std::string_view text) { return Add("bdi", text); }
  // <input type="hidden">
  Html& Hidden(std::string_view name, std::string_view value);
  // Markup, as it is. REQUIRES: made by this class, or a constant.
  Html& Raw(std::string_view markup);

  bool empty() const { return out_.empty(); }
  std::string Take() { return std::exchange(out_, {}); }

 private:
  std::string out_;
};

}  // namespace plenum::basic
