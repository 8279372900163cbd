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

struct StageView {
  uint64_t version = 0;
  ActivityId activity;  // empty before the first
  Stage stage;
  uint32_t answered = 0;  // turnout
  std::optional<Totals> result;
};

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
};

struct ConsoleActivity {
  ActivityId activity;
  Stage stage;
  std::vector<Phase> next;
  uint32_t answered = 0;
  uint32_t short_cards = 0;
  bool makeup_possible = false;
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
