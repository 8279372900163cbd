// What the hub shows: views to all who see them, and big screens.
#include "gateway/hub.h"
#include "schema/limits.h"

namespace plenum {

void Hub::Watch(Client& client) {
  const Claims& claims = *client.session.claims();
  client.watching = parts_.projector.Watch({.connection = client.session.connection(),
                                            .room = claims.room,
                                            .participant = claims.participant,
                                            .stage = true,
                                            .console = client.console,
                                            .activity = client.pinned});
}

Frame Hub::StageOf(const RoomId& room) const {
  auto entry = rooms_.find(room);
  const bool watched = entry != rooms_.end() && !entry->second.members.empty();
  return watched ? entry->second.stage.data : nullptr;
}

void Hub::OnView(const View& view) {
  auto entry = rooms_.find(view.room);
  if (entry == rooms_.end()) return;
  RoomEntry& room = entry->second;
  auto make_frame = [&view] {
    return MakeTextFrame(EncodeMessage(ViewMessage{view.topic, view.version, *view.data}));
  };
  if (view.topic == Topic::kPerson) {
    auto whose = participants_.find({view.room, view.participant});
    Client* client = whose == participants_.end() ? nullptr : Find(whose->second);
    if (client) ShowOne(*client, view, make_frame());
    return;
  }
  if (view.topic == Topic::kActivity) return ShowPinned(room, view, make_frame());
  Shown& shown = view.topic == Topic::kStage ? room.stage : room.console;
  if (shown.data != view.data) shown = {view.data, make_frame()};
  if (view.connection != 0) {
    if (Client* client = Find(view.connection)) ShowOne(*client, view, shown.frame);
    return;
  }
  size_t receivers = 0;
  for (uint64_t connection : room.members) {
    Client* client = Find(connection);
    if (view.topic == Topic::kConsole && !client->console) continue;
    client->session.OnView(view.topic, view.version, shown.frame);
    client->port.Wake();
    ++receivers;
  }
  if (parts_.observer) parts_.observer->OnViewSends(receivers);
}

void Hub::ShowOne(Client& client, const View& view, const Frame& frame) {
  client.session.OnView(view.topic, view.version, frame);
  if (parts_.observer) parts_.observer->OnViewSends(1);
  WakeIfNeeded(client);
}

void Hub::ShowPinned(const RoomEntry& room, const View& view, const Frame& frame) {
  for (uint64_t connection : room.pinned) {
    Client* client = Find(connection);
    // It may look at another activity by now.
    if (client->pinned != view.activity) continue;
    if (view.connection == 0 || view.connection == connection) ShowOne(*client, view, frame);
  }
}

bool Hub::Pin(uint64_t connection, const RoomId& room, const ActivityId& activity) {
  Client* client = Find(connection);
  RoomEntry& entry = rooms_[room];
  if (client->pinned == activity) return true;
  if (activity.empty()) {
    entry.pinned.erase(connection);
  } else if (entry.pinned.size() < limits::kScreens || entry.pinned.contains(connection)) {
    entry.pinned.insert(connection);
  } else {
    return false;
  }
  client->pinned = activity;
  Watch(*client);
  return true;
}

bool Hub::ScreenIsHere(uint64_t connection, const RoomId& room, const Screen& screen) {
  const bool known = screens_.Here(room, connection, screen);
  SendLetters();
  return known;
}

uint32_t Hub::TellScreens(const RoomId& room, const OrderScreens& order) {
  const uint32_t told = screens_.Order(room, order.screen, order.order);
  SendLetters();
  return told;
}

void Hub::SendLetters() {
  for (const Screens::Letter& letter : screens_.TakeLetters(now_)) {
    Client* client = Find(letter.connection);
    if (!client) continue;
    client->session.Tell(letter.message);
    WakeIfNeeded(*client);
  }
}

uint32_t Hub::Dropped(const RoomId& room) const {
  auto from = absent_.lower_bound({room, {}});
  uint32_t count = 0;
  for (; from != absent_.end() && from->first.first == room; ++from) ++count;
  return count;
}

}  // namespace plenum
