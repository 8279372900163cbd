// A big screen as it tells of itself, and what it can be told to do. What it is to show it keeps
// itself; the server only passes it on, and nothing of it is in the log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schema/ids.h"
#include "schema/member_reader.h"

namespace plenum {

using ScreenId = Id<struct ScreenTag, 16>;  // random, made once by the screen

enum class ScreenMode : uint8_t {
  kFollow,   // what the room does now
  kPinned,   // one activity
  kMonitor,  // for whoever stands on the stage
};

struct Screen {
  ScreenId screen;
  std::string name;  // at most limits::kScreenNameBytes
  ScreenMode mode = ScreenMode::kFollow;
  ActivityId activity = {};  // to which it is pinned
  bool held = false;         // keeps its last frame
  bool sound = false;        // the one in the room that makes sounds
  bool sound_ready = false;  // somebody has touched it: its browser lets it
  std::vector<std::string> languages = {};
  bool operator==(const Screen&) const = default;
};

struct IdentifyScreen {};  // shows its name, large, for a moment
struct SetScreen {
  std::optional<std::string> name = {};
  std::optional<ScreenMode> mode = {};
  std::optional<ActivityId> activity = {};
  std::optional<bool> held = {};
  std::optional<bool> sound = {};
  std::optional<std::vector<std::string>> languages = {};
};
enum class ScreenSound : uint8_t { kCheck, kGong, kMinute };

using ScreenOrder = std::variant<IdentifyScreen, SetScreen, ScreenSound>;

// JSON: {"screen":HEX,"name":"Left wall","mode":"follow",…}
void WriteScreen(json::Writer& writer, const Screen& screen);
Screen ReadScreen(const json::Value& value, const Path& path, ReadContext& context);
// {"identify":true}, {"set":{…}} or {"play":"gong"}
void WriteScreenOrder(json::Writer& writer, const ScreenOrder& order);
ScreenOrder ReadScreenOrder(const json::Value& value, const Path& path, ReadContext& context);

}  // namespace plenum
