#include "gateway/rehearse/texts.h"

#include <vector>

namespace plenum::rehearse {
namespace {

constexpr int kMostWrite = 95;
constexpr int kOptionalPercent = 60;

// Few words and many spellings, so that they have to be counted as one.
std::string AnyWords(uint32_t words, Random& random) {
  static const std::vector<std::string> kWords = {"hope",   "Hope",  "HOPE",  "trust", "Trust",
                                                  "energy", "doubt", "Doubt", "joy",   "team"};
  std::string text = random.Pick(kWords);
  const uint64_t more = random.Chance(25) ? random.Below(words) : 0;
  for (uint64_t i = 0; i < more; ++i) {
    text += random.Chance(20) ? "  " : " ";
    text += random.Pick(kWords);
  }
  return text;
}

}  // namespace

std::string TextSource::Card(uint32_t number, Random& random) const {
  std::string tail = " (" + std::to_string(number + 1) + ")";
  if (facts_ == nullptr) return "Idea of seed " + std::to_string(random.Below(1'000'000)) + tail;
  return random.Pick(facts_->card_ideas) + " " + random.Pick(facts_->card_with) + ". " +
         random.Pick(facts_->card_first_steps) + tail;
}

std::string TextSource::One(const ActivitySpec& spec, const std::string& field,
                            Random& random) const {
  if (spec.collect->words != 0 && facts_ == nullptr) return AnyWords(spec.collect->words, random);
  if (facts_ != nullptr) {
    auto bank = facts_->banks.find(spec.id);
    if (bank != facts_->banks.end()) {
      auto texts = bank->second.texts.find(field);
      if (texts != bank->second.texts.end()) return random.Pick(texts->second);
    }
  }
  return "A thought on " + spec.id + ", number " + std::to_string(random.Below(500));
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
