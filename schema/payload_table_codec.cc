// People at tables.
#include "schema/hash.h"
#include "schema/limits.h"
#include "schema/payload_codec.h"

namespace plenum {
namespace {

// u16 each, big-endian.
std::string EncodeRound(const std::vector<uint16_t>& tables) {
  std::string bytes;
  for (const uint16_t table : tables) {
    bytes.push_back(static_cast<char>(table >> 8));
    bytes.push_back(static_cast<char>(table & 0xFF));
  }
  return Base64Url(bytes);
}

bool DecodeRound(const std::string& text, std::vector<uint16_t>* tables) {
  std::string bytes;
  if (!Base64UrlDecode(text, &bytes) || bytes.size() % 2 != 0) return false;
  for (size_t i = 0; i < bytes.size(); i += 2) {
    const auto high = static_cast<uint8_t>(bytes[i]);
    const auto low = static_cast<uint8_t>(bytes[i + 1]);
    tables->push_back(static_cast<uint16_t>(high << 8 | low));
  }
  return true;
}

void ReadRounds(MemberReader& object, SeatsPlanned* payload) {
  const json::Array& rounds = object.Array("rounds", 1, limits::kRounds);
  const Path path = object.path().Member("rounds");
  size_t seats = 0;
  for (size_t i = 0; i < rounds.size(); ++i) {
    const std::string* const text = rounds[i].AsString();
    std::vector<uint16_t> tables;
    if (text == nullptr || !DecodeRound(*text, &tables)) {
      object.context().issues.push_back(
          {path.Element(i).Pointer(), "This must be the tables of a round, in base64url."});
      return;
    }
    seats += tables.size();
    payload->rounds.push_back(std::move(tables));
  }
  if (seats > limits::kSeatsPlanned) object.Refuse("rounds", "These are too many seats.");
}

}  // namespace

void WriteMembers(json::Writer& writer, const TablesSet& payload) {
  writer.Key("tables").BeginArray();
  for (const TableSet& table : payload.tables) {
    writer.BeginObject();
    writer.Key("number").Int(table.number);
    writer.Key("capacity").Int(table.capacity);
    if (!table.topic.empty()) writer.Key("topic").String(table.topic);
    writer.EndObject();
  }
  writer.EndArray();
}

void ReadMembers(MemberReader& object, TablesSet* payload) {
  const json::Array& values = object.Array("tables", 1, limits::kTables);
  const Path path = object.path().Member("tables");
  for (size_t i = 0; i < values.size(); ++i) {
    MemberReader entry(values[i], path.Element(i), object.context());
    TableSet table;
    table.number = entry.U32("number", 1, limits::kTableNumber);
    table.capacity = entry.U32("capacity", 1, limits::kTableCapacity);
    table.topic = entry.SlugOr("topic");
    entry.Finish();
    payload->tables.push_back(std::move(table));
  }
}

void WriteMembers(json::Writer& writer, const SeatsPlanned& payload) {
  writer.Key("index").Int(static_cast<int64_t>(payload.index));
  writer.Key("from_round").Int(payload.from_round);
  writer.Key("rounds").BeginArray();
  for (const auto& round : payload.rounds) writer.String(EncodeRound(round));
  writer.EndArray();
}

void ReadMembers(MemberReader& object, SeatsPlanned* payload) {
  payload->index = static_cast<uint64_t>(object.Int("index", 0, kMaxIndex));
  payload->from_round = object.U32("from_round", 1, limits::kRounds);
  ReadRounds(object, payload);
}

void WriteMembers(json::Writer& writer, const TableVisited& payload) {
  writer.Key("table").Int(payload.table);
}

void ReadMembers(MemberReader& object, TableVisited* payload) {
  payload->table = object.U32("table", 1, limits::kTableNumber);
}

void WriteMembers(json::Writer& writer, const TableHosted& payload) {
  writer.Key("table").Int(payload.table);
  writer.Key("hosts").Bool(payload.hosts);
}

void ReadMembers(MemberReader& object, TableHosted* payload) {
  payload->table = object.U32("table", 1, limits::kTableNumber);
  payload->hosts = object.Bool("hosts");
}

}  // namespace plenum
