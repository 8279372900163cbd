// What several views have in common.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "projector/fold/state.h"
#include "projector/views/view_builder.h"
#include "schema/json.h"

namespace plenum {

// Contributed texts in one view, at most; what is beyond has no title. A frame must stay well under
// limits::kOutboxBytes, or whoever needs it would lose the connection.
inline constexpr size_t kViewTextBytes = 96 * 1024;

// What people do: "deck", "tables", or as ResultKindOf.
std::string_view KindOf(const Activity& activity);
// What is counted: "choice", "scale", "ratings", "dots", "upvote", "rank", "deck", "words",
// "items".
std::string_view ResultKindOf(const Activity& activity);

std::string_view StateName(ItemState state);  // "pending"

// The members of `room` that everybody sees, without the braces.
void WriteRoomMembers(json::Writer& writer, const ViewContext& context);
void WriteTurnout(json::Writer& writer, const ViewContext& context, const Activity& activity);
void WriteDeadline(json::Writer& writer, const Activity& activity);  // nothing if there is none

// Titles of an activity's items: of the run sheet's from the sheet, of contributions from the
// vault; of those carried over, wherever they come from.
class ItemTitles {
 public:
  ItemTitles(const ViewContext& context, const Activity& activity);

  // Null for contributions, and for what staff have reworded.
  const SheetItem* OnSheet(const Item& item) const;
  // The text of a contribution as it is kept; empty if it was erased, or does not fit into this
  // view any more.
  std::string TextOf(const Item& item);
  // By the fields of the activity that asked for them; empty if that was one text.
  std::vector<std::pair<std::string, std::string>> FieldsIn(const Item& item,
                                                            const std::string& text) const;
  // `"title":TEXT`, and `"fields":{…}` if it has any; nothing if the item has no title to show.
  void WriteTitle(json::Writer& writer, const Item& item);

 private:
  struct Source {
    const Activity* activity;
    const Item* item;
  };
  Source SourceOf(const Item& item) const;

  const ViewContext& context_;
  const Activity& activity_;
  size_t left_ = kViewTextBytes;
};

}  // namespace plenum
