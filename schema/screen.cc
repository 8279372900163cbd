#include "schema/screen.h"

#include <array>

#include "schema/activity_codec.h"
#include "schema/limits.h"

namespace plenum {
namespace {

// In the order of the enums.
constexpr std::array<std::string_view, 3> kModes = {"follow", "pinned", "monitor"};
constexpr std::array<std::string_view, 3> kSounds = {"check", "gong", "minute"};

std::string_view ModeName(ScreenMode mode) { return kModes[static_cast<size_t>(mode)]; }

void WriteLanguages(json::Writer& writer, const std::vector<std::string>& languages) {
  writer.Key("languages").BeginArray();
  for (const std::string& language : languages) writer.String(language);
  writer.EndArray();
}

std::vector<std::string> ReadLanguages(MemberReader& object) {
  std::vector<std::string> languages;
  for (const json::Value& value : object.Array("languages", 0, limits::kLanguages)) {
    const std::string* const tag = value.AsString();
    if (tag && IsLanguageTag(*tag)) {
      languages.push_back(*tag);
    } else {
      object.Refuse("languages", "These must be language tags.");
    }
  }
  return languages;
}

SetScreen ReadSettings(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  SetScreen set;
  if (object.Has("name")) set.name = object.String("name", limits::kScreenNameBytes);
  if (object.Has("mode")) set.mode = static_cast<ScreenMode>(object.OneOf("mode", kModes));
  if (object.Has("activity")) set.activity = object.Slug("activity");
  if (object.Has("held")) set.held = object.Bool("held");
  if (object.Has("sound")) set.sound = object.Bool("sound");
  if (object.Has("languages")) set.languages = ReadLanguages(object);
  object.Finish();
  return set;
}

struct OrderWriter {
  json::Writer& writer;

  void operator()(const IdentifyScreen&) const { writer.Key("identify").Bool(true); }
  void operator()(const SetScreen& set) const {
    writer.Key("set").BeginObject();
    if (set.name) writer.Key("name").String(*set.name);
    if (set.mode) writer.Key("mode").String(ModeName(*set.mode));
    if (set.activity) writer.Key("activity").String(*set.activity);
    if (set.held) writer.Key("held").Bool(*set.held);
    if (set.sound) writer.Key("sound").Bool(*set.sound);
    if (set.languages) WriteLanguages(writer, *set.languages);
    writer.EndObject();
  }
  void operator()(const ScreenSound& sound) const {
    writer.Key("play").String(kSounds[static_cast<size_t>(sound)]);
  }
};

}  // namespace

void WriteScreen(json::Writer& writer, const Screen& screen) {
  writer.BeginObject();
  writer.Key("screen").String(screen.screen.Hex());
  writer.Key("name").String(screen.name);
  writer.Key("mode").String(ModeName(screen.mode));
  if (!screen.activity.empty()) writer.Key("activity").String(screen.activity);
  if (screen.held) writer.Key("held").Bool(true);
  if (screen.sound) writer.Key("sound").Bool(true);
  if (screen.sound_ready) writer.Key("sound_ready").Bool(true);
  if (!screen.languages.empty()) WriteLanguages(writer, screen.languages);
  writer.EndObject();
}

Screen ReadScreen(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  Screen screen;
  screen.screen = object.Hex<ScreenId>("screen");
  screen.name = object.String("name", limits::kScreenNameBytes);
  screen.mode = static_cast<ScreenMode>(object.OneOf("mode", kModes));
  screen.activity = object.SlugOr("activity");
  screen.held = object.BoolOr("held", false);
  screen.sound = object.BoolOr("sound", false);
  screen.sound_ready = object.BoolOr("sound_ready", false);
  if (object.Has("languages")) screen.languages = ReadLanguages(object);
  object.Finish();
  return screen;
}

void WriteScreenOrder(json::Writer& writer, const ScreenOrder& order) {
  writer.BeginObject();
  std::visit(OrderWriter{writer}, order);
  writer.EndObject();
}

ScreenOrder ReadScreenOrder(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  const json::Value* const set = object.Optional("set");
  ScreenOrder order = IdentifyScreen{};
  const int said = (set ? 1 : 0) + (object.Has("play") ? 1 : 0) + (object.Has("identify") ? 1 : 0);
  if (value.AsObject() && said != 1) {
    object.Refuse("One of \"identify\", \"set\" and \"play\" says what is to be done.");
  } else if (set) {
    order = ReadSettings(*set, path.Member("set"), context);
  } else if (object.Has("play")) {
    order = static_cast<ScreenSound>(object.OneOf("play", kSounds));
  } else if (value.AsObject() && !object.Bool("identify")) {
    object.Refuse("identify", "This must be true.");
  }
  object.Finish();
  return order;
}

}  // namespace plenum
