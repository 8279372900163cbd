// The frame of every printed document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/print/print_pack.h"
#include "gateway/print/words.h"

namespace plenum::print {

// A document of these pages; with a sentence for the screen if there are none.
std::string Document(const PrintSheet& sheet, std::string_view title,
                     const std::vector<std::string>& pages, Paper paper);

// What people wrote, in the languages of the room: the first large, the others below it.
std::string Titles(const PrintSheet& sheet, const Text& text, std::string_view tag);
// One phrase in each language that is known: of the first in `tag`, of the others beside it.
std::string Say(const std::vector<const Phrases*>& phrases, std::string_view Phrases::* which,
                std::string_view tag, std::string_view cls = "");
// How large a text can be set: "huge", "large", "medium" or "small", by its length.
std::string_view SizeOf(std::string_view text);
// The address as people type it: without "http://".
std::string Typed(std::string_view url);

}  // namespace plenum::print
