// The record of the day: what is redacted in it, and its versions.
#include <algorithm>
#include <array>

#include "schema/activity_codec.h"
#include "schema/limits.h"
#include "schema/payload_codec.h"

namespace plenum {
namespace {

constexpr std::array<std::string_view, 6> kRedactions = {"none",         "personal", "hurtful",
                                                         "confidential", "asked",    "other"};

RecordDocument ReadDocument(MemberReader& object) {
  RecordDocument document;
  document.language = object.String("language", limits::kSlugBytes);
  if (object.Has("language") && !IsLanguageTag(document.language)) {
    object.Refuse("language", "This must be a language tag.");
  }
  document.digest = object.Hex<Digest>("digest");
  const json::Array& pieces = object.Array("pieces", 1, limits::kRecordPieces);
  const Path path = object.path().Member("pieces");
  for (size_t i = 0; i < pieces.size(); ++i) {
    const std::string* const text = pieces[i].AsString();
    const auto digest = text ? Digest::FromHex(*text) : std::nullopt;
    if (!digest) {
      object.context().issues.push_back(
          {path.Element(i).Pointer(), "This must be 64 lower-case hex digits."});
      break;
    }
    document.pieces.push_back(*digest);
  }
  object.Finish();
  return document;
}

}  // namespace

std::string_view RedactionName(Redaction reason) {
  return kRedactions[static_cast<size_t>(reason)];
}

std::optional<Redaction> ParseRedaction(std::string_view name) {
  const auto found = std::ranges::find(kRedactions, name);
  if (found == kRedactions.end()) return std::nullopt;
  return static_cast<Redaction>(found - kRedactions.begin());
}

void WriteMembers(json::Writer& writer, const RecordRedacted& payload) {
  writer.Key("item").String(payload.item);
  writer.Key("reason").String(RedactionName(payload.reason));
}

void ReadMembers(MemberReader& object, RecordRedacted* payload) {
  payload->item = object.Slug("item");
  payload->reason = static_cast<Redaction>(object.OneOf("reason", kRedactions));
}

void WriteMembers(json::Writer& writer, const RecordApproved& payload) {
  writer.Key("version").Int(payload.version);
  writer.Key("entries").Int(static_cast<int64_t>(payload.entries));
  writer.Key("documents").BeginArray();
  for (const RecordDocument& document : payload.documents) {
    writer.BeginObject();
    writer.Key("language").String(document.language);
    writer.Key("digest").String(document.digest.Hex());
    writer.Key("pieces").BeginArray();
    for (const Digest& piece : document.pieces) writer.String(piece.Hex());
    writer.EndArray().EndObject();
  }
  writer.EndArray();
  if (payload.figures) writer.Key("figures").String(payload.figures->Hex());
}

void ReadMembers(MemberReader& object, RecordApproved* payload) {
  payload->version = object.U32("version", 1, limits::kRecordVersions);
  payload->entries = static_cast<uint64_t>(object.Int("entries", 1, kMaxIndex));
  const json::Array& documents = object.Array("documents", 1, limits::kLanguages);
  const Path path = object.path().Member("documents");
  for (size_t i = 0; i < documents.size(); ++i) {
    MemberReader entry(documents[i], path.Element(i), object.context());
    payload->documents.push_back(ReadDocument(entry));
  }
  if (object.Has("figures")) payload->figures = object.Hex<Digest>("figures");
}

void WriteMembers(json::Writer& writer, const RecordPublished& payload) {
  writer.Key("version").Int(payload.version);
}

void ReadMembers(MemberReader& object, RecordPublished* payload) {
  payload->version = object.U32("version", 1, limits::kRecordVersions);
}

}  // namespace plenum
