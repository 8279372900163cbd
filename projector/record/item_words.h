// What the items of an activity are called: those of the sheet from the sheet, contributions from
// the vault, those carried over as where they come from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "projector/fold/state.h"
#include "projector/record/record.h"
#include "projector/record/say.h"
#include "projector/views/view_builder.h"

namespace plenum {

class Redactions;

// Whose words, and in which language the record is.
struct WordsContext {
  const RoomId& room;
  const RoomState& state;
  TextSource& texts;
  std::string_view language;  // of the room's texts
  std::string_view no_text;   // for a text that is not there
  const Say& say;
  const Redactions* redactions = nullptr;
};

struct ItemText {
  Words title = {};                 // of several fields, the first
  std::vector<Words> fields = {};   // one a field of the activity that it was written in; or none
  Words detail = {};                // of the sheet; or the other fields, where it was carried to
  std::vector<EventId> texts = {};  // keys of all that it has and had in the vault
  std::string from = {};            // a sentence: where it was carried from; empty: from nowhere
};

ItemText TextOf(const WordsContext& context, const Activity& activity, const Item& item);

// The picture that the item's author chose, as a title; empty for none.
Words PictureOf(const WordsContext& context, const Activity& activity, const Item& item);

}  // namespace plenum
