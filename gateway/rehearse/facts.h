// Facts: the published results of the day that is rehearsed, and words to fill its cards, notes and
// answers with. Read from facts.json, which is embedded beside the built-in run sheet.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/activity.h"
#include "schema/ids.h"

namespace plenum::rehearse {

struct PublishedMean {
  ActivityId activity;
  int64_t hundredths = 0;  // 333 for a mean of 3.33
};

struct PosterDots {
  uint32_t number = 0;  // of the poster, which is that of the table that made it
  uint32_t dots = 0;
};
struct PublishedIdea {
  std::string idea;
  uint32_t score = 0;
  std::vector<PosterDots> parts;  // two or more: the presenter merges them into the first
};

// A table of the open space, and what came of it.
struct PublishedTable {
  uint32_t number = 0;
  std::string topic;
  std::string idea;
};
struct OpenSpace {
  ActivityId board;                // where topics are carried to, and added
  ActivityId activity;             // where people work on them
  std::vector<std::string> added;  // topics, by the organisers
  std::vector<PublishedTable> tables;
};

// An activity at tables, as it was.
struct PublishedTables {
  ActivityId activity;
  uint32_t tables = 0, rounds = 0, topics = 0, notes = 0;
};

// An activity that the presenter adds while the day runs, and merges in it that they try.
struct WordMerge {
  std::string into;
  std::vector<std::string> from;
};
struct Inserted {
  ActivityId before;
  ActivitySpec spec;
  std::vector<WordMerge> merges;
  std::string undo;  // the merge into this one is taken back
};

// What people write, by the field's id ("" where there are none).
struct TextBank {
  int percent = 90;  // of the people who write
  std::map<std::string, std::vector<std::string>> texts;
};

struct Facts {
  uint32_t attendees = 0;
  std::vector<PublishedMean> means;
  std::vector<ActivityId> every_option;  // polls in which every option was chosen by somebody
  ActivityId topics_activity;
  std::vector<std::string> topics;  // the cards on top, best first
  OpenSpace open_space;
  std::vector<PublishedTables> tables;
  ActivityId dots_activity;
  std::vector<PublishedIdea> ideas;  // best first
  std::optional<Inserted> inserted;
  std::map<ActivityId, TextBank> banks;
  // A card reads "<idea> <with>. <first step>".
  std::vector<std::string> card_ideas;
  std::vector<std::string> card_with;
  std::vector<std::string> card_first_steps;

  const PublishedMean* MeanOf(const ActivityId& activity) const;
};

// `language`: what bare strings of the inserted activity are in. The error is one sentence.
std::expected<Facts, std::string> ParseFacts(std::string_view json,
                                             std::string_view language = "en");

std::string_view BuiltInDay();  // a run sheet
std::string_view BuiltInFacts();

}  // namespace plenum::rehearse
