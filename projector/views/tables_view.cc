#include "projector/views/tables_view.h"

#include <map>

#include "projector/views/parts.h"

namespace plenum {
namespace {

// Who sits where in the round that is open.
std::map<uint32_t, uint32_t> Seated(const SeatState& seats) {
  std::map<uint32_t, uint32_t> at;
  if (seats.round == 0) return at;
  for (const auto& [person, seat] : seats.people) ++at[TableIn(seat, seats.round)];
  return at;
}

}  // namespace

void WriteTables(json::Writer& writer, const ViewContext& context, const Activity& activity) {
  if (!activity.seats || !activity.spec.seats) return;
  ItemTitles titles(context, activity);
  auto seated = Seated(*activity.seats);
  writer.Key("rounds").Int(activity.spec.seats->rounds);
  writer.Key("tables").BeginArray();
  for (const auto& [number, table] : activity.seats->tables) {
    writer.BeginObject().Key("number").Int(number).Key("places").Int(table.capacity);
    writer.Key("seated").Int(seated[number]).Key("hosted").Bool(table.host.has_value());
    if (!table.topic.empty()) writer.Key("topic").String(table.topic);
    if (const Item* topic = activity.FindItem(table.topic)) titles.WriteTitle(writer, *topic);
    writer.EndObject();
  }
  writer.EndArray();
}

void WriteOwnTable(json::Writer& writer, const Activity& activity, const PersonId& person) {
  if (!activity.seats) return;
  const SeatState& seats = *activity.seats;
  writer.Key("table").BeginObject();
  const auto found = seats.people.find(person);
  writer.Key("here").Bool(found != seats.people.end());
  if (found != seats.people.end()) {
    const SeatPerson& seat = found->second;
    if (const uint32_t now = TableIn(seat, seats.round)) writer.Key("now").Int(now);
    if (const uint32_t next = TableIn(seat, seats.round + 1)) writer.Key("next").Int(next);
  }
  for (const auto& [number, table] : seats.tables) {
    if (table.host == person) writer.Key("hosts").Int(number);
  }
  writer.EndObject();
}

}  // namespace plenum
