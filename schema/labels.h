// Who is known again where, and the label that an activity carries for people: computed from the
// settings alone and never typed. Run sheet check, pages, record and privacy notice all use this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/run_sheet.h"

namespace plenum {

enum class Label : uint8_t {
  kAnonymous,  // linked to nothing else that the same person says
  kLinked,     // the same person is known again in other activities
  kNamed,      // it cannot be answered without a field that names a person
};
std::string_view LabelName(Label label);  // "anonymous", "linked", "named": as in views

struct ActivityLabel {
  ActivityId activity;
  Label label = Label::kAnonymous;
  std::vector<ActivityId> linked_with;  // the others of its series, in the order of the run sheet
  // Whose texts are shown here again: what it carries, and what was carried there before. Not what
  // the sheet itself brings along.
  std::vector<ActivityId> texts_from;
  std::vector<std::string> naming_fields;  // ids of its fields that may name a person
};

using SpecPointers = std::span<const ActivitySpec* const>;
ActivityLabel LabelOf(const ActivitySpec& spec, SpecPointers all);
std::vector<ActivityLabel> LabelsOf(const RunSheet& sheet);

// As people read it, "en" or "cy"; titles in that language if the sheet has it:
// "Anonymous", "Linked to your answer in “…”", "Shows a name".
std::string LabelSentence(const ActivityLabel& label, const RunSheet& sheet,
                          std::string_view language);
// Beside a field that may name a person: "May name a person; destroyed within 30 days".
std::string FieldSentence(const Field& field, std::string_view language);

// One sentence per series that more than one activity shares, and one per activity whose texts are
// shown again elsewhere: who is known again where, all links followed.
std::vector<std::string> DescribeLinks(const RunSheet& sheet);

// Results are shown by group only where each part has at least so many people.
inline constexpr size_t kSmallestGroupShown = 5;

// In the language, else in the text's first; empty if there is no text.
std::string_view TextIn(const Text& text, std::string_view language);
// “a”, “b” and “c”; in Welsh with its own "and".
std::string ListTitles(const std::vector<const Text*>& titles, std::string_view language);

}  // namespace plenum
