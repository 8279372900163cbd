// Screens: which big screens of a room are connected, and what is told to them. Each keeps what it
// is to show itself, says so here, and does what the staff order; nothing of it is recorded.
//
// A state machine beside the hub; what is to be sent waits as letters. Only the screens of this
// node are known here. I/O thread only.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "schema/message.h"

namespace plenum {

class Screens {
 public:
  struct Letter {
    uint64_t connection = 0;
    Message message;
  };

  // Somebody who sees the console: gets the list, and again when it has changed, at most once in
  // limits::kScreensIntervalMs.
  void AddConsole(const RoomId& room, uint64_t connection);
  // A screen says what it is now. False: the room has limits::kScreens others. Of the same screen
  // on two connections, the one that spoke last is meant.
  bool Here(const RoomId& room, uint64_t connection, Screen screen);
  // An order for one screen, or for all; how many it goes to. Sound comes from one screen only:
  // whichever is told to make it takes it from the others.
  uint32_t Order(const RoomId& room, const std::optional<ScreenId>& screen, ScreenOrder order);
  // A screen or a console; nothing if it is neither.
  void Gone(const RoomId& room, uint64_t connection);

  // What is to be sent now, in order.
  std::vector<Letter> TakeLetters(TimeMs now);

 private:
  struct Shown {
    uint64_t connection = 0;
    Screen screen;
    const ScreenId& id() const { return screen.screen; }
  };
  struct Console {
    std::optional<TimeMs> told;
    bool behind = true;
  };
  struct Room {
    std::vector<Shown> screens;  // in the order in which they came
    std::map<uint64_t, Console> consoles;
  };

  void Changed(const RoomId& room);
  void TakeSound(const Room& room, const ScreenId& from_all_but);

  std::map<RoomId, Room> rooms_;
  std::set<RoomId> behind_;  // where a console may have to be told
  std::vector<Letter> letters_;
};

}  // namespace plenum
