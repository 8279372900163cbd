// Facts: the published results of the day that is rehearsed, and words to fill its cards with.
// Read from facts.json, which is embedded beside the built-in run sheet.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "schema/ids.h"

namespace plenum::rehearse {

struct PublishedMean {
  ActivityId activity;
  int64_t hundredths = 0;  // 333 for a mean of 3.33
};

struct PosterDots {
  ItemId item;
  uint32_t dots = 0;
};
struct PublishedIdea {
  std::string idea;
  uint32_t score = 0;
  std::vector<PosterDots> parts;  // two or more: the presenter merges them into the first
};

struct Facts {
  std::vector<PublishedMean> means;
  std::vector<ActivityId> every_option;  // polls in which every option was chosen by somebody
  ActivityId topics_activity;
  std::vector<std::string> topics;  // the cards on top, best first
  ActivityId dots_activity;
  std::vector<PublishedIdea> ideas;  // best first
  // A card reads "<idea> <with>. <first step>".
  std::vector<std::string> card_ideas;
  std::vector<std::string> card_with;
  std::vector<std::string> card_first_steps;

  const PublishedMean* MeanOf(const ActivityId& activity) const;
};

// The error is one sentence.
std::expected<Facts, std::string> ParseFacts(std::string_view json);

std::string_view BuiltInDay();  // a run sheet
std::string_view BuiltInFacts();

}  // namespace plenum::rehearse
