// What the rehearsal reads of the views (schema/wire.md), decoded once and shared: the stage is the
// same text for everybody, and most of the clients' time would go into parsing it again.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/rehearse/totals.h"
#include "schema/event.h"

namespace plenum::rehearse {

// An item as screens show it; on the console with its state.
struct ShownItem {
  ItemId id;
  uint32_t number = 0;
  std::string title;
  uint32_t table = 0;  // whose note it is
  std::string state;   // console: empty when it is shown, or "pending", "hidden" ...
};

struct ShownTable {
  uint32_t number = 0;
  uint32_t places = 0;
  uint32_t seated = 0;
  bool hosted = false;
  ItemId topic;
};

struct StageView {
  uint64_t version = 0;
  ActivityId activity;  // empty before the first
  Stage stage;
  uint32_t answered = 0;  // turnout
  std::vector<ShownItem> items;
  std::vector<ShownTable> tables;
  std::optional<Totals> result;
};

// Null if no table, or item, has this number.
const ShownTable* FindTable(const std::vector<ShownTable>& tables, uint32_t number);
const ShownItem* FindItem(const std::vector<ShownItem>& items, uint32_t number);

struct CardToScore {
  ItemId id;
  uint32_t round = 0;
  std::string text;
};

struct PersonView {
  uint64_t version = 0;
  ActivityId activity;
  uint32_t generation = 0;
  bool present = false;
  bool holding = false;
  uint32_t pass_seq = 0;
  std::optional<CardToScore> to_score;
  bool here = false;   // at the tables: taken into the plan
  uint32_t table = 0;  // to sit at now; 0: none
  uint32_t hosts = 0;  // the table that this person hosts
};

struct ConsoleActivity {
  ActivityId activity;
  Stage stage;
  std::vector<Phase> next;
  uint32_t answered = 0;
  uint32_t short_cards = 0;
  bool makeup_possible = false;
  bool has_deadline = false;
  bool skipped = false;
  std::vector<ShownItem> items;
  std::vector<ShownTable> tables;
  std::optional<Totals> result;
  std::string result_status;

  bool Offers(Phase phase) const;
};

struct ConsoleView {
  uint64_t version = 0;
  std::vector<ConsoleActivity> activities;

  const ConsoleActivity* Find(const ActivityId& id) const;
};

// nullopt: not JSON of the view's form.
std::optional<StageView> ReadStageView(uint64_t version, std::string_view data);
std::optional<PersonView> ReadPersonView(uint64_t version, std::string_view data);
std::optional<ConsoleView> ReadConsoleView(uint64_t version, std::string_view data);

// The latest stage views by their whole message text.
class StageCache {
 public:
  // Null if this text is not among the latest.
  std::shared_ptr<const StageView> Find(std::string_view text) const;
  void Keep(std::string_view text, std::shared_ptr<const StageView> view);

 private:
  struct Entry {
    std::string text;
    std::shared_ptr<const StageView> view;
  };
  std::array<Entry, 8> latest_;
  size_t next_ = 0;
};

}  // namespace plenum::rehearse
