// What several views have in common.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "projector/fold/state.h"
#include "projector/views/view_builder.h"
#include "schema/json.h"

namespace plenum {

// Contributed texts in one view, at most; what is beyond has no title. A frame must stay well under
// limits::kOutboxBytes, or whoever needs it would lose the connection.
inline constexpr size_t kViewTextBytes = 96 * 1024;

// "scale", "choice", "dots", "deck" or "items".
std::string_view KindOf(const Activity& activity);

// The members of `room` that everybody sees, without the braces.
void WriteRoomMembers(json::Writer& writer, const ViewContext& context);
void WriteTurnout(json::Writer& writer, const ViewContext& context, const Activity& activity);
void WriteDeadline(json::Writer& writer, const Activity& activity);  // nothing if there is none

// Titles of an activity's items: of the run sheet's from the sheet, of contributions from the
// vault.
class ItemTitles {
 public:
  ItemTitles(const ViewContext& context, const Activity& activity);

  const SheetItem* OnSheet(const ItemId& id) const;
  // The text of a contribution; empty if it was erased, or does not fit into this view any more.
  std::string TextOf(const Item& item);
  // `"title":TEXT`, or nothing if the item has none to show.
  void WriteTitle(json::Writer& writer, const Item& item);

 private:
  const ViewContext& context_;
  std::map<std::string_view, const SheetItem*> sheet_;
  size_t left_ = kViewTextBytes;
};

}  // namespace plenum
