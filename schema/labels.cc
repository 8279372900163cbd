#include "schema/labels.h"

#include <algorithm>
#include <array>

namespace plenum {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"anonymous", "linked", "named"};

const ActivitySpec* Find(SpecPointers all, const ActivityId& id) {
  const auto it = std::ranges::find(all, id, [](const ActivitySpec* spec) { return spec->id; });
  return it == all.end() ? nullptr : *it;
}

std::vector<const ActivitySpec*> PointersTo(const RunSheet& sheet) {
  std::vector<const ActivitySpec*> all;
  for (const ActivitySpec& spec : sheet.activities) all.push_back(&spec);
  return all;
}

// From the nearest to the first. Out of an activity with tables come the tables' notes, and not
// their topics, so what was carried there goes no further.
std::vector<ActivityId> Carried(const ActivitySpec& spec, SpecPointers all) {
  std::vector<ActivityId> from;
  const ActivitySpec* at = &spec;
  while (at != nullptr && at->carry && from.size() < all.size()) {
    from.push_back(at->carry->from);
    at = Find(all, at->carry->from);
    if (at != nullptr && at->seats) break;
  }
  return from;
}

std::string Quoted(const ActivityId& id) { return '"' + id + '"'; }

std::string ListIds(const std::vector<ActivityId>& ids) {
  std::string text;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) text += i + 1 == ids.size() ? " and " : ", ";
    text += Quoted(ids[i]);
  }
  return text;
}

// Before a vowel the Welsh "and" is another one.
std::string_view And(std::string_view language, std::string_view next) {
  if (language != "cy") return " and ";
  const bool vowel = !next.empty() && std::string_view("aeiouwyAEIOUWY").contains(next[0]);
  return vowel ? " ac " : " a ";
}

}  // namespace

std::string_view LabelName(Label label) { return kNames[static_cast<size_t>(label)]; }

ActivityLabel LabelOf(const ActivitySpec& spec, SpecPointers all) {
  ActivityLabel label{.activity = spec.id,
                      .label = Label::kAnonymous,
                      .linked_with = {},
                      .texts_from = Carried(spec, all),
                      .naming_fields = {}};
  for (const ActivitySpec* other : all) {
    if (other->id == spec.id || other->Series() != spec.Series()) continue;
    label.linked_with.push_back(other->id);
    label.label = Label::kLinked;
  }
  if (!spec.collect) return label;
  for (const Field& field : spec.collect->fields) {
    if (!field.names_person) continue;
    label.naming_fields.push_back(field.id);
    if (field.required) label.label = Label::kNamed;
  }
  return label;
}

std::vector<ActivityLabel> LabelsOf(const RunSheet& sheet) {
  const std::vector<const ActivitySpec*> all = PointersTo(sheet);
  std::vector<ActivityLabel> labels;
  for (const ActivitySpec* spec : all) labels.push_back(LabelOf(*spec, all));
  return labels;
}

std::string LabelSentence(const ActivityLabel& label, const RunSheet& sheet,
                          std::string_view language) {
  const bool welsh = language == "cy";
  if (label.label == Label::kNamed) return welsh ? "Yn dangos enw" : "Shows a name";
  if (label.label == Label::kAnonymous) return welsh ? "Dienw" : "Anonymous";
  const std::vector<const ActivitySpec*> all = PointersTo(sheet);
  std::vector<const Text*> titles;
  for (const ActivityId& id : label.linked_with) {
    if (const ActivitySpec* other = Find(all, id)) titles.push_back(&other->title);
  }
  return (welsh ? "Yn gysylltiedig â’ch ateb yn " : "Linked to your answer in ") +
         ListTitles(titles, language);
}

std::string FieldSentence(const Field& field, std::string_view language) {
  const bool welsh = language == "cy";
  std::string text = welsh ? "Gall enwi person" : "May name a person";
  if (field.retention_days == 0) return text;
  const std::string days = std::to_string(field.retention_days);
  if (welsh) return text + "; yn cael ei ddinistrio o fewn " + days + " diwrnod";
  return text + "; destroyed within " + days + (days == "1" ? " day" : " days");
}

std::vector<std::string> DescribeLinks(const RunSheet& sheet) {
  std::vector<std::pair<std::string, std::vector<ActivityId>>> series;  // by first appearance
  for (const ActivitySpec& activity : sheet.activities) {
    auto known =
        std::ranges::find(series, activity.Series(), [](const auto& s) { return s.first; });
    if (known == series.end()) known = series.insert(known, {activity.Series(), {}});
    known->second.push_back(activity.id);
  }
  std::vector<std::string> sentences;
  for (const auto& [name, activities] : series) {
    if (activities.size() < 2) continue;
    sentences.push_back("The same person is known again in " + ListIds(activities) + " (series \"" +
                        name + "\").");
  }
  const std::vector<ActivityLabel> labels = LabelsOf(sheet);
  for (const ActivitySpec& from : sheet.activities) {
    std::vector<ActivityId> again;
    for (const ActivityLabel& label : labels) {
      if (std::ranges::find(label.texts_from, from.id) == label.texts_from.end()) continue;
      again.push_back(label.activity);
    }
    if (again.empty() || !from.collect) continue;
    sentences.push_back("What people write in " + Quoted(from.id) + " is shown again in " +
                        ListIds(again) + ".");
  }
  return sentences;
}

std::string_view TextIn(const Text& text, std::string_view language) {
  if (text.empty()) return {};
  for (const auto& [tag, words] : text.by_language) {
    if (tag == language) return words;
  }
  return text.by_language.front().second;
}

std::string ListTitles(const std::vector<const Text*>& titles, std::string_view language) {
  std::string list;
  for (size_t i = 0; i < titles.size(); ++i) {
    const std::string_view title = TextIn(*titles[i], language);
    if (i > 0) list += i + 1 == titles.size() ? And(language, title) : ", ";
    list += "“" + std::string(title) + "”";
  }
  return list;
}

}  // namespace plenum
