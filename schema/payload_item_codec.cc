// Items: what people wrote, and what staff do with it.
#include <array>

#include "schema/limits.h"
#include "schema/payload_codec.h"

namespace plenum {
namespace {

constexpr std::array<std::string_view, 3> kMarks = {"none", "live", "answered"};

}  // namespace

void WriteMembers(json::Writer& writer, const ItemAdded& payload) {
  writer.Key("text").String(payload.text.Hex());
  if (payload.number != 0) writer.Key("number").Int(payload.number);
  if (payload.table != 0) writer.Key("table").Int(payload.table);
}

void ReadMembers(MemberReader& object, ItemAdded* payload) {
  payload->text = object.Hex<Digest>("text");
  payload->number = object.U32Or("number", 1, kMaxCounter, 0);
  payload->table = object.U32Or("table", 1, limits::kTableNumber, 0);
}

void WriteMembers(json::Writer& writer, const ItemReworded& payload) {
  writer.Key("item").String(payload.item);
  writer.Key("text").String(payload.text.Hex());
}

void ReadMembers(MemberReader& object, ItemReworded* payload) {
  payload->item = object.Slug("item");
  payload->text = object.Hex<Digest>("text");
}

void WriteMembers(json::Writer& writer, const ItemModerated& payload) {
  writer.Key("item").String(payload.item);
  writer.Key("show").Bool(payload.show);
}

void ReadMembers(MemberReader& object, ItemModerated* payload) {
  payload->item = object.Slug("item");
  payload->show = object.Bool("show");
}

void WriteMembers(json::Writer& writer, const AuthorHeld& payload) {
  writer.Key("item").String(payload.item);
  writer.Key("held").Bool(payload.held);
}

void ReadMembers(MemberReader& object, AuthorHeld* payload) {
  payload->item = object.Slug("item");
  payload->held = object.Bool("held");
}

void WriteMembers(json::Writer& writer, const ItemWithdrawn& payload) {
  writer.Key("item").String(payload.item);
}

void ReadMembers(MemberReader& object, ItemWithdrawn* payload) {
  payload->item = object.Slug("item");
}

void WriteMembers(json::Writer& writer, const ItemErased& payload) {
  writer.Key("item").String(payload.item);
}

void ReadMembers(MemberReader& object, ItemErased* payload) { payload->item = object.Slug("item"); }

void WriteMembers(json::Writer& writer, const ItemMarked& payload) {
  writer.Key("item").String(payload.item);
  writer.Key("mark").String(kMarks[static_cast<size_t>(payload.mark)]);
}

void ReadMembers(MemberReader& object, ItemMarked* payload) {
  payload->item = object.Slug("item");
  payload->mark = static_cast<Mark>(object.OneOf("mark", kMarks));
}

void WriteMembers(json::Writer& writer, const ItemsMerged& payload) {
  writer.Key("into").String(payload.into);
  writer.Key("from").BeginArray();
  for (const ItemId& item : payload.from) writer.String(item);
  writer.EndArray();
}

void ReadMembers(MemberReader& object, ItemsMerged* payload) {
  payload->into = object.Slug("into");
  const json::Array& values = object.Array("from", 1, limits::kSheetItems);
  const Path path = object.path().Member("from");
  for (size_t i = 0; i < values.size(); ++i) {
    payload->from.push_back(ReadSlugElement(values[i], path.Element(i), object.context()));
  }
}

void WriteMembers(json::Writer& writer, const ItemsUnmerged& payload) {
  writer.Key("into").String(payload.into);
}

void ReadMembers(MemberReader& object, ItemsUnmerged* payload) {
  payload->into = object.Slug("into");
}

}  // namespace plenum
