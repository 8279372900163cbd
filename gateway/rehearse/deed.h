// Deeds: what those who run the day do beside opening, closing and revealing: merging, undoing,
// typing up what was written on paper, setting tables, erasing a text. Planned before the day in
// words ("the item of number 4"), and turned into commands once the items are there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/rehearse/views.h"
#include "schema/command.h"

namespace plenum::rehearse {

// An item, as people name it: "#4", its title, or its id.
using ItemName = std::string;

// Null if there is no such item.
const ShownItem* FindNamed(const std::vector<ShownItem>& items, const ItemName& name);

struct MergeItems {
  ItemName into;
  std::vector<ItemName> from;
};
struct UndoMerge {
  ItemName into;
};
struct AddTopic {
  Writing writing;
};
// What a table wrote on paper, unless its note is there already.
struct TypeUp {
  uint32_t table = 0;
  Writing writing;
};
struct TableTopic {
  uint32_t number = 0;
  ItemName topic;
};
// So many tables, shared out to the topics by interest; those that are named get their numbers if
// they are what interest says.
struct SetTables {
  uint32_t tables = 0;
  uint32_t capacity = 0;
  std::vector<TableTopic> named;
};
struct Extend {
  int32_t by_ms = 0;
};
// The item that leads the result so far: the question that is being answered.
struct MarkLeader {
  Mark mark = Mark::kNone;
};
// By the producer: nobody else may.
struct EraseText {
  ItemName item;
};

struct PlannedDeed {
  ActivityId activity;
  Phase phase = Phase::kWaiting;  // once people are done in this phase
  uint32_t round = 0;
  std::variant<MergeItems, UndoMerge, AddTopic, TypeUp, SetTables, Extend, MarkLeader, EraseText>
      what;
};

// nullopt: there is nothing to do, for an item is not there, or a note is. `spec` is the
// activity's.
std::optional<Command> CommandFor(const PlannedDeed& deed, const ActivitySpec& spec,
                                  const ConsoleActivity& activity);

// How many of `tables` each topic gets (Sainte-Laguë): one each while they last, the most wanted
// first, then by the highest votes / (2 x tables + 1). Ties: whoever is named first.
std::vector<uint32_t> ShareTables(const std::vector<uint32_t>& votes, uint32_t tables);

}  // namespace plenum::rehearse
