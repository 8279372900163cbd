#include "projector/views/group_result.h"

#include <algorithm>

#include "projector/fold/result.h"
#include "projector/views/room_groups.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

// Nothing for those who have told no group.
void WriteGroup(json::Writer& writer, const RoomState& state, const OptionId& id) {
  const auto group = std::ranges::find(state.groups, id, &Option::id);
  if (group == state.groups.end()) return;
  writer.Key("group").String(id).Key("title");
  WriteText(writer, group->title);
}

}  // namespace

void WriteByGroupIfPublic(json::Writer& writer, const ViewContext& context,
                          const Activity& activity) {
  if (context.groups == nullptr || !IsPublic(activity)) return;
  const GroupFrame* frame = context.groups->Of(activity);
  if (frame == nullptr) return;
  writer.Key("by_group").BeginObject().Key("index").Int(static_cast<int64_t>(frame->index));
  writer.Key("rows").BeginArray();
  for (const GroupRow& row : GroupRows(context.state, activity, *frame)) {
    writer.BeginObject();
    WriteGroup(writer, context.state, row.group);
    writer.Key("people").Int(row.people);
    writer.Key("totals").Raw(EncodeTotals(row.result)).EndObject();
  }
  writer.EndArray();
  const std::vector<OptionId> hidden = HiddenGroups(context.state, *frame);
  if (!hidden.empty()) {
    writer.Key("hidden").BeginArray();
    for (const OptionId& group : hidden) {
      writer.BeginObject();
      WriteGroup(writer, context.state, group);
      writer.EndObject();
    }
    writer.EndArray();
  }
  writer.EndObject();
}

}  // namespace plenum
