#include "gateway/basic/painter.h"

#include <algorithm>

namespace plenum::basic {

void Painter::BeginForm(std::string_view action, int64_t seq) {
  html.Open("form", {{"method", "post"}, {"action", "/basic/" + page.code}});
  html.Hidden("do", action).Hidden("k", page.key).Hidden("id", page.new_id());
  if (!page.pass.empty()) html.Hidden("p", page.pass);
  if (!now) return;
  html.Hidden("a", now["activity"].Str());
  html.Hidden("g", std::to_string(now["generation"].Num()));
  if (seq > 0) html.Hidden("seq", std::to_string(seq));
}

void Painter::EndForm(Word button, const std::string& about) {
  EndForm(about.empty() ? W(button) : W(button, {about}));
}

void Painter::EndForm(std::string label) {
  html.Open("p", {{"class", "send"}});
  html.Add("button", {{"type", "submit"}}, label);
  html.Close("p").Close("form");
}

void Painter::TextBox(const Box& box) {
  typing = true;
  const std::string id = "box-" + box.name;
  html.Open("p", {{"class", "field"}});
  html.Open("label", {{"for", id}}).Text(box.label).Close("label");
  if (box.line) {
    html.Open("input", {{"type", "text"},
                        {"id", id},
                        {"name", box.name},
                        {"maxlength", std::to_string(box.most * 4)},
                        {"autocomplete", "off"},
                        {"aria-describedby", id + "-hint"}});
  } else {
    html.Add("textarea",
             {{"id", id}, {"name", box.name}, {"rows", "4"}, {"aria-describedby", id + "-hint"}},
             "");
  }
  html.Add("small", {{"id", id + "-hint"}}, box.hint);
  html.Close("p");
}

void Painter::NumberBox(const std::string& name, const std::string& label, int64_t low,
                        int64_t high, int64_t value) {
  const std::string id = "box-" + name;
  html.Open("p", {{"class", "number"}});
  html.Open("label", {{"for", id}}).Written(label).Close("label");
  html.Open("input", {{"type", "number"},
                      {"id", id},
                      {"name", name},
                      {"min", std::to_string(low)},
                      {"max", std::to_string(high)},
                      {"value", value < low ? "" : std::to_string(value)}});
  html.Close("p");
}

void Painter::Radios(const std::string& name, const std::string& legend,
                     const std::vector<Choice>& all, const std::vector<std::string>& chosen,
                     bool many) {
  html.Open("fieldset").Open("legend").Written(legend).Close("legend");
  for (size_t i = 0; i < all.size(); ++i) {
    const std::string id = "pick-" + name + "-" + std::to_string(i);
    html.Open("p", {{"class", "pick"}});
    const bool on = std::ranges::find(chosen, all[i].value) != chosen.end();
    const std::string type = many ? "checkbox" : "radio";
    if (on) {
      html.Open("input", {{"type", type},
                          {"id", id},
                          {"name", name},
                          {"value", all[i].value},
                          {"checked", "checked"}});
    } else {
      html.Open("input", {{"type", type}, {"id", id}, {"name", name}, {"value", all[i].value}});
    }
    html.Open("label", {{"for", id}}).Written(all[i].label).Close("label");
    html.Close("p");
  }
  html.Close("fieldset");
}

std::string Painter::TitleOf(Look item) const {
  std::string title = In(item["title"]);
  if (title.empty()) title = W(Word::kRemoved);
  const int64_t number = item["number"].Num();
  return number == 0 ? title : std::to_string(number) + ". " + title;
}

std::vector<Look> Painter::Judged() const {
  std::vector<Look> judged;
  for (Look item : now["items"].List()) {
    const bool note = item["table"].Num() != 0 || item["round"].Num() != 0;
    if (!note && item["merged_into"].Str().empty()) judged.push_back(item);
  }
  return judged;
}

std::string Painter::ValueLabel(Look ballot, int64_t value) const {
  std::string label = std::to_string(value);
  const std::string end = value == ballot["low"].Num()    ? In(ballot["low_label"])
                          : value == ballot["high"].Num() ? In(ballot["high_label"])
                                                          : std::string();
  return end.empty() ? label : label + " – " + end;
}

}  // namespace plenum::basic
