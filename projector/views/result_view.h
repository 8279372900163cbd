// Results as screens show them. The server's blindness is this border: totals of an activity get
// into a view through WriteResultIfPublic and nowhere else.
#pragma once

#include "projector/fold/state.h"
#include "projector/views/view_builder.h"
#include "schema/json.h"

namespace plenum {

enum class Detail : uint8_t {
  kTopTen,  // of a deck: ranks 1 to 10, so everybody who is tied at the cut
  kAll,
};

// Rows of a deck's result in one view, at most; `more` then says how many were left out.
inline constexpr size_t kViewCards = 500;

// `"result":RESULT` if everybody may see it (IsPublic). Before that, while a leaderboard is counted
// down, `"told":RANK` and of the result only the rows from that rank down; otherwise nothing.
void WriteResultIfPublic(json::Writer& writer, const ViewContext& context, const Activity& activity,
                         Detail detail);

}  // namespace plenum
