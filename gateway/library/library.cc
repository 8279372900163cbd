#include "gateway/library/library.h"

#include <algorithm>

#include "schema/json.h"
#include "schema/run_sheet.h"

namespace plenum {
namespace {

std::optional<std::string_view> Find(std::span<const LibraryFile> files, std::string_view name) {
  const auto it = std::ranges::find(files, name, &LibraryFile::name);
  if (it == files.end()) return std::nullopt;
  return it->text;
}

// The files are part of the program, and a test reads them all; so nothing is refused here.
Text TextOf(const json::Value* value) {
  Text text;
  const json::Object* object = value ? value->AsObject() : nullptr;
  if (!object) return text;
  for (const auto& [language, words] : *object) {
    if (const std::string* said = words.AsString()) text.by_language.emplace_back(language, *said);
  }
  return text;
}

ReadyActivity ReadActivityFile(const LibraryFile& file) {
  ReadyActivity ready;
  ready.name = file.name;
  const auto parsed = json::Parse(file.text);
  if (!parsed) return ready;
  ready.about = TextOf(parsed->Find("about"));
  if (const json::Value* activity = parsed->Find("activity")) {
    ready.title = TextOf(activity->Find("title"));
  }
  const json::Value* after = parsed->Find("after");
  if (!after || !after->AsArray()) return ready;
  for (const json::Value& name : *after->AsArray()) {
    if (const std::string* said = name.AsString()) ready.after.push_back(*said);
  }
  return ready;
}

ReadyDay ReadDayFile(const LibraryFile& file) {
  ReadyDay day;
  day.name = file.name;
  const auto sheet = ParseRunSheet(file.text);
  if (!sheet) return day;
  day.title = sheet->title;
  day.languages = sheet->languages;
  day.expected_people = sheet->expected_people;
  day.activities = sheet->activities.size();
  return day;
}

LibraryList ReadAll() {
  LibraryList list;
  for (const LibraryFile& file : LibraryDays()) list.days.push_back(ReadDayFile(file));
  for (const LibraryFile& file : LibraryActivities()) {
    list.activities.push_back(ReadActivityFile(file));
  }
  return list;
}

void WriteDay(json::Writer& writer, const ReadyDay& day) {
  writer.BeginObject().Key("name").String(day.name).Key("title");
  WriteText(writer, day.title);
  writer.Key("languages").BeginArray();
  for (const std::string& language : day.languages) writer.String(language);
  writer.EndArray();
  writer.Key("expected_people").Int(day.expected_people);
  writer.Key("activities").Int(static_cast<int64_t>(day.activities)).EndObject();
}

void WriteReady(json::Writer& writer, const ReadyActivity& ready) {
  writer.BeginObject().Key("name").String(ready.name).Key("title");
  WriteText(writer, ready.title);
  writer.Key("about");
  WriteText(writer, ready.about);
  writer.Key("after").BeginArray();
  for (const std::string& name : ready.after) writer.String(name);
  writer.EndArray().EndObject();
}

}  // namespace

std::optional<std::string_view> FindLibraryActivity(std::string_view name) {
  return Find(LibraryActivities(), name);
}

std::optional<std::string_view> FindLibraryDay(std::string_view name) {
  return Find(LibraryDays(), name);
}

const LibraryList& ListLibrary() {
  static const LibraryList list = ReadAll();
  return list;
}

std::string EncodeLibraryList() {
  const LibraryList& list = ListLibrary();
  json::Writer writer;
  writer.BeginObject().Key("days").BeginArray();
  for (const ReadyDay& day : list.days) WriteDay(writer, day);
  writer.EndArray().Key("activities").BeginArray();
  for (const ReadyActivity& ready : list.activities) WriteReady(writer, ready);
  writer.EndArray().EndObject();
  return writer.Take();
}

}  // namespace plenum
