// How a projector keeps up with the splits by group. They depend on what was shown before, which no
// row holds: after a start they are made again from the room's log, once somebody looks.
#include "projector/projector_impl.h"

namespace plenum {

void Projector::Impl::FollowGroups(const Room& room, const std::expected<Event, std::string>& event,
                                   const Outcome& outcome) {
  if (room.state().groups.empty()) return;
  RoomGroups& followed = groups[room.id()];
  if (followed.next() + 1 != room.size()) return;  // not from the room's beginning: GroupsOf reads
  if (event) {
    followed.OnEntry(*event, outcome, room, texts);
  } else {
    followed.OnMalformed();
  }
}

const RoomGroups* Projector::Impl::GroupsOf(const Room& room) {
  if (room.state().groups.empty() || room.state().groups_told.empty()) return nullptr;
  RoomGroups& followed = groups[room.id()];
  if (followed.next() == room.size()) return &followed;
  constexpr size_t kEntriesAPiece = 256;
  followed = {};
  Room again(room.id());
  while (again.size() < room.size()) {
    auto entries = ReadRoom(room.id(), again.size(), kEntriesAPiece);
    if (!entries || entries->empty()) return nullptr;
    for (const std::string& entry : *entries) {
      if (again.size() == room.size()) break;
      const auto event = DecodeEvent(entry);
      const Outcome outcome = again.Apply(entry, event);
      if (event) {
        followed.OnEntry(*event, outcome, again, texts);
      } else {
        followed.OnMalformed();
      }
    }
  }
  return &followed;
}

}  // namespace plenum
