#include "gateway/rehearse/texts.h"

#include <algorithm>
#include <vector>

namespace plenum::rehearse {
namespace {

constexpr int kMostWrite = 95;
constexpr int kOptionalPercent = 60;

// Few words and many spellings, so that they have to be counted as one.
std::string AnyWords(const std::vector<std::string>& all, uint32_t words, Random& random) {
  std::string text = random.Pick(all);
  const uint64_t more = random.Chance(25) ? random.Below(words) : 0;
  for (uint64_t i = 0; i < more; ++i) {
    text += random.Chance(20) ? "  " : " ";
    text += random.Pick(all);
  }
  return text;
}

// Not longer than may be written. REQUIRES: one byte a letter.
std::string Fit(std::string text, size_t most) {
  text.resize(std::min(text.size(), most));
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

size_t MostIn(const Collect& collect, const std::string& field) {
  auto found = std::ranges::find(collect.fields, field, &Field::id);
  return found == collect.fields.end() ? collect.max_graphemes : found->max_graphemes;
}

}  // namespace

std::string TextSource::MadeUp(Random& random) const {
  return random.Pick(made_up_.does) + " " + random.Pick(made_up_.how);
}

std::string TextSource::Card(const ActivitySpec& spec, uint32_t number, Random& random) const {
  const std::string tail = " (" + std::to_string(number + 1) + ")";
  if (facts_ == nullptr) {
    const size_t most = spec.collect->max_graphemes;
    return Fit(Fit(MadeUp(random), most - std::min(most, tail.size())) + tail, most);
  }
  return random.Pick(facts_->card_ideas) + " " + random.Pick(facts_->card_with) + ". " +
         random.Pick(facts_->card_first_steps) + tail;
}

std::string TextSource::One(const ActivitySpec& spec, const std::string& field,
                            Random& random) const {
  const size_t most = MostIn(*spec.collect, field);
  if (spec.collect->words != 0 && facts_ == nullptr)
    return Fit(AnyWords(made_up_.words, spec.collect->words, random), most);
  if (facts_ != nullptr) {
    auto bank = facts_->banks.find(spec.id);
    if (bank != facts_->banks.end()) {
      auto texts = bank->second.texts.find(field);
      if (texts != bank->second.texts.end()) return random.Pick(texts->second);
    }
  }
  return Fit(MadeUp(random), most);
}

Writing TextSource::Any(const ActivitySpec& spec, Random& random,
                        const std::map<std::string, std::string>& given) const {
  Writing writing;
  if (spec.collect->fields.empty()) {
    writing.text = One(spec, "", random);
    return writing;
  }
  for (const Field& field : spec.collect->fields) {
    auto stands = given.find(field.id);
    if (stands != given.end()) {
      writing.fields.emplace_back(field.id, stands->second);
    } else if (field.required || random.Chance(kOptionalPercent)) {
      writing.fields.emplace_back(field.id, One(spec, field.id, random));
    }
  }
  if (writing.fields.empty()) {
    const std::string& first = spec.collect->fields.front().id;
    writing.fields.emplace_back(first, One(spec, first, random));
  }
  return writing;
}

int TextSource::PercentOf(const ActivityId& activity) const {
  if (facts_ == nullptr) return kMostWrite;
  auto bank = facts_->banks.find(activity);
  return bank == facts_->banks.end() ? kMostWrite : bank->second.percent;
}

}  // namespace plenum::rehearse
