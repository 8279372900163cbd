#include "gateway/copy_marker.h"

#include <utility>

#include "gateway/secret_file.h"
#include "schema/json.h"
#include "schema/member_reader.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr size_t kNameBytes = 64;
constexpr size_t kUrlBytes = 1024;
constexpr size_t kTakeOvers = 1000;

ReadContext Loose() { return {.strict = false, .language = {}, .languages = {}}; }

uint64_t Index(MemberReader& object, std::string_view key) {
  return static_cast<uint64_t>(object.Int(key, 0, kMaxIndex));
}

TakeOver ReadTakeOver(const json::Value& value, const Path& path, ReadContext& context) {
  MemberReader object(value, path, context);
  TakeOver take_over;
  take_over.epoch = Index(object, "epoch");
  take_over.at = object.Int("at_ms", 0, kMaxIndex);
  const json::Value* const rooms = object.Require("rooms");
  if (!rooms || !rooms->AsObject()) {
    object.Refuse("rooms", "This must be an object.");
    return take_over;
  }
  for (const auto& [hex, count] : *rooms->AsObject()) {
    const auto room = RoomId::FromHex(hex);
    if (!room || !count.AsInt() || *count.AsInt() < 0) {
      object.Refuse("rooms", "Each must be a room's id, and a number.");
      return take_over;
    }
    take_over.rooms[*room] = static_cast<uint64_t>(*count.AsInt());
  }
  return take_over;
}

EpochRecord ReadRecord(MemberReader& object) {
  EpochRecord record;
  record.epoch = static_cast<uint64_t>(object.Int("epoch", 1, kMaxIndex));
  const json::Array& array = object.Array("take_overs", 0, kTakeOvers);
  const Path path = object.path().Member("take_overs");
  for (size_t i = 0; i < array.size(); ++i) {
    record.take_overs.push_back(ReadTakeOver(array[i], path.Element(i), object.context()));
  }
  return record;
}

void WriteRecord(json::Writer& writer, const EpochRecord& record) {
  writer.Key("epoch").Int(static_cast<int64_t>(record.epoch));
  writer.Key("take_overs").BeginArray();
  for (const TakeOver& take_over : record.take_overs) {
    writer.BeginObject();
    writer.Key("epoch").Int(static_cast<int64_t>(take_over.epoch));
    writer.Key("at_ms").Int(take_over.at);
    writer.Key("rooms").BeginObject();
    for (const auto& [room, count] : take_over.rooms) {
      writer.Key(room.Hex()).Int(static_cast<int64_t>(count));
    }
    writer.EndObject().EndObject();
  }
  writer.EndArray();
}

template <class T>
std::expected<T, std::string> Parse(std::string_view text, T (*read)(MemberReader&)) {
  const auto value = json::Parse(text);
  if (!value) return std::unexpected(value.error().what);
  ReadContext context = Loose();
  const Path root = Path::Root("");
  MemberReader object(*value, root, context);
  T found = read(object);
  if (context.issues.empty()) return found;
  return std::unexpected(context.issues.front().Sentence());
}

template <class T>
Found<T> ReadFile(const fs::path& path, T (*read)(MemberReader&)) {
  auto text = ReadSecret(path);
  if (!text) return std::unexpected(text.error());
  if (!*text) return std::nullopt;
  auto parsed = Parse(**text, read);
  if (!parsed) return std::unexpected(path.string() + " is damaged: " + parsed.error());
  return *std::move(parsed);
}

CopyMarker ReadMarker(MemberReader& object) {
  CopyMarker marker;
  marker.from = object.String("from", kUrlBytes);
  marker.log = object.String("log", kNameBytes);
  marker.name = object.String("name", kNameBytes);
  marker.epoch = ReadRecord(object);
  marker.in_step = object.Int("in_step_ms", 0, kMaxIndex);
  return marker;
}

Replacement ReadReplaced(MemberReader& object) {
  Replacement replacement;
  replacement.epoch = Index(object, "epoch");
  replacement.at = object.Int("at_ms", 0, kMaxIndex);
  return replacement;
}

}  // namespace

Found<CopyMarker> ReadCopyMarker(const fs::path& data) {
  return ReadFile(data / kCopyFile, ReadMarker);
}

Found<EpochRecord> ReadEpoch(const fs::path& data) {
  return ReadFile(data / kEpochFile, ReadRecord);
}

Found<Replacement> ReadReplacement(const fs::path& data) {
  return ReadFile(data / kReplacedFile, ReadReplaced);
}

Written WriteCopyMarker(const fs::path& data, const CopyMarker& marker) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("from").String(marker.from);
  writer.Key("log").String(marker.log);
  writer.Key("name").String(marker.name);
  writer.Key("in_step_ms").Int(marker.in_step);
  WriteRecord(writer, marker.epoch);
  writer.EndObject();
  return WriteSecret(data / kCopyFile, writer.Take() + "\n");
}

Written WriteEpoch(const fs::path& data, const EpochRecord& record) {
  return WriteSecret(data / kEpochFile, EncodeEpoch(record) + "\n");
}

Written WriteReplacement(const fs::path& data, const Replacement& replacement) {
  json::Writer writer;
  writer.BeginObject();
  writer.Key("epoch").Int(static_cast<int64_t>(replacement.epoch));
  writer.Key("at_ms").Int(replacement.at);
  writer.EndObject();
  return WriteSecret(data / kReplacedFile, writer.Take() + "\n");
}

std::string EncodeEpoch(const EpochRecord& record) {
  json::Writer writer;
  writer.BeginObject();
  WriteRecord(writer, record);
  writer.EndObject();
  return writer.Take();
}

std::expected<EpochRecord, std::string> ParseEpoch(std::string_view text) {
  return Parse(text, ReadRecord);
}

}  // namespace plenum
