#include "gateway/screens.h"

#include <algorithm>
#include <utility>

#include "schema/command.h"
#include "schema/limits.h"

namespace plenum {
namespace {

bool MakesSound(const ScreenOrder& order) {
  const auto* set = std::get_if<SetScreen>(&order);
  return set && set->sound == true;
}

}  // namespace

void Screens::Changed(const RoomId& room) {
  for (auto& [connection, console] : rooms_[room].consoles) console.behind = true;
  behind_.insert(room);
}

void Screens::AddConsole(const RoomId& room, uint64_t connection) {
  rooms_[room].consoles[connection] = {};
  behind_.insert(room);
}

bool Screens::Here(const RoomId& room, uint64_t connection, Screen screen) {
  screen.name = CleanText(screen.name, limits::kScreenNameGraphemes);
  Room& entry = rooms_[room];
  auto known = std::ranges::find(entry.screens, screen.screen, &Shown::id);
  if (known == entry.screens.end()) {
    known = std::ranges::find(entry.screens, connection, &Shown::connection);
  }
  if (known == entry.screens.end()) {
    if (entry.screens.size() >= limits::kScreens) return false;
    known = entry.screens.insert(known, Shown{connection, {}});
  }
  const bool takes_sound = screen.sound && !known->screen.sound;
  if (known->connection == connection && known->screen == screen) return true;
  *known = {connection, screen};
  std::erase_if(entry.screens, [&](const Shown& shown) {
    return shown.connection == connection && shown.id() != screen.screen;
  });
  if (takes_sound) TakeSound(entry, screen.screen);
  Changed(room);
  return true;
}

void Screens::TakeSound(const Room& room, const ScreenId& from_all_but) {
  for (const Shown& shown : room.screens) {
    if (!shown.screen.sound || shown.id() == from_all_but) continue;
    letters_.push_back({shown.connection, ToScreen{SetScreen{.sound = false}}});
  }
}

uint32_t Screens::Order(const RoomId& room, const std::optional<ScreenId>& screen,
                        ScreenOrder order) {
  auto* set = std::get_if<SetScreen>(&order);
  if (set && set->name) set->name = CleanText(*set->name, limits::kScreenNameGraphemes);
  auto entry = rooms_.find(room);
  if (entry == rooms_.end()) return 0;
  uint32_t told = 0;
  for (const Shown& shown : entry->second.screens) {
    if (screen && shown.id() != *screen) continue;
    letters_.push_back({shown.connection, ToScreen{order}});
    ++told;
  }
  if (screen && told > 0 && MakesSound(order)) TakeSound(entry->second, *screen);
  return told;
}

void Screens::Gone(const RoomId& room, uint64_t connection) {
  auto entry = rooms_.find(room);
  if (entry == rooms_.end()) return;
  entry->second.consoles.erase(connection);
  const auto of_it = [connection](const Shown& shown) { return shown.connection == connection; };
  if (std::erase_if(entry->second.screens, of_it) > 0) Changed(room);
  if (!entry->second.screens.empty() || !entry->second.consoles.empty()) return;
  rooms_.erase(entry);
  behind_.erase(room);
}

std::vector<Screens::Letter> Screens::TakeLetters(TimeMs now) {
  std::erase_if(behind_, [this, now](const RoomId& room) {
    Room& entry = rooms_.at(room);
    ScreenList list;
    for (const Shown& shown : entry.screens) list.screens.push_back(shown.screen);
    bool all_told = true;
    for (auto& [connection, console] : entry.consoles) {
      if (!console.behind) continue;
      // A clock that was set back must not silence anybody.
      const bool soon =
          console.told && now >= *console.told && now - *console.told < limits::kScreensIntervalMs;
      all_told = all_told && !soon;
      if (soon) continue;
      console = {now, false};
      letters_.push_back({connection, list});
    }
    return all_told;
  });
  return std::exchange(letters_, {});
}

}  // namespace plenum
