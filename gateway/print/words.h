// What printed pages say by themselves, in the languages that are known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/activity.h"

namespace plenum::print {

struct Phrases {
  std::string_view language;
  std::string_view join_title;   // "Join in with your phone"
  std::string_view scan;         // "Scan this with your camera"
  std::string_view or_open;      // "or open"
  std::string_view and_type;     // "and type this code"
  std::string_view bring_badge;  // "You need the code on your badge."
  std::string_view wifi_title;
  std::string_view wifi_scan;
  std::string_view network;
  std::string_view password;
  std::string_view no_password;
  std::string_view table;      // "Table"
  std::string_view sit_here;   // "Sitting here? Scan this."
  std::string_view idea;       // "Idea"
  std::string_view vote_here;  // "Scan to place dots on this idea"
  std::string_view card;       // "Card"
  std::string_view your_idea;
  std::string_view first_step;
  std::string_view round;
  std::string_view score;
  std::string_view ballot;   // "Paper ballot"
  std::string_view hand_in;  // "Fill this in and hand it to the team."
  std::string_view serial;   // "Number"
  std::string_view tick_one;
  std::string_view tick_some;  // "Tick from {min} to {max}"
  std::string_view tick_value;
  std::string_view dots;     // "Share out {budget} dots: write how many beside each"
  std::string_view at_most;  // "At most {cap} on one."
  std::string_view rank;     // "Number your first {top}: 1 is the best"
  std::string_view rate;
  std::string_view upvote;
  std::string_view your_code;  // "Your own code"
  std::string_view keep_it;    // "It is yours alone: keep it to yourself."
};

// Of the languages of a room those that are known, in its order; English, if none is.
std::vector<const Phrases*> PhrasesFor(const std::vector<std::string>& languages);

// `text` in this language, else in the one that comes first; empty if there is none.
std::string_view In(const Text& text, std::string_view language);

// "{name}" in a phrase becomes the number.
std::string Filled(std::string_view phrase, std::string_view name, uint32_t number);

}  // namespace plenum::print
