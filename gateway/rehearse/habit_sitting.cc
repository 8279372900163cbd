// Tables: being there, hosting one, handing it over, going elsewhere, writing its note.
#include "gateway/rehearse/habit.h"

namespace plenum::rehearse {
namespace {

constexpr std::chrono::seconds kToSitDown{30};
constexpr std::chrono::seconds kToScanASign{20};
constexpr std::chrono::seconds kToWander{60};
constexpr int kNotMyNotePercent = 2;

class Sitting : public Habit {
 public:
  using Habit::Habit;

  void OnStage() override {
    taking_over_ = false;
    wandering_ = false;
    writing_ = false;
    const PlannedTable* plan = Plan();
    if (plan == nullptr) return;
    const Stage& stage = self_.stage().stage;
    if (stage.phase == Phase::kCollecting || stage.phase == Phase::kVoting) {
      Arrive(*plan);
    } else if (stage.phase == Phase::kSeated) {
      SitDown(*plan);
    }
  }

  void OnView() override {
    const PlannedTable* plan = Plan();
    const Stage& stage = self_.stage().stage;
    if (plan == nullptr || stage.phase != Phase::kSeated) return;
    TakeOver();
    Wander(*plan);
    WriteNote();
  }

 private:
  const PlannedTable* Plan() const {
    if (!self_.spec().seats) return nullptr;
    auto plan = self_.plan().tables.find(self_.spec().id);
    return plan == self_.plan().tables.end() ? nullptr : &plan->second;
  }

  bool SeesTable(uint32_t number) const {
    return FindTable(self_.stage().tables, number) != nullptr;
  }

  // Before the first round: says so, and who is to be a host scans the sign of the table.
  void Arrive(const PlannedTable& plan) {
    if (plan.hosts != 0) {
      Scan(plan.hosts);
      return;
    }
    self_.Later(self_.Within(kToSitDown), [this] {
      if (!self_.view().here || self_.view().activity != self_.spec().id) self_.Say(PresenceHere{});
    });
  }

  void Scan(uint32_t table) {
    self_.Later(self_.Within(kToScanASign), [this, table] {
      const ShownTable* sign = FindTable(self_.stage().tables, table);
      if (sign == nullptr || sign->hosted) return;
      self_.Say(TableHosted{table, true}, 0, self_.random().Chance(5) ? 2 : 1);
    });
  }

  void SitDown(const PlannedTable& plan) {
    const bool has_host_place = plan.hosts != 0 && !self_.spec().seats->planned;
    if (has_host_place) Scan(plan.hosts);
    if (plan.sits != 0 && SeesTable(plan.sits)) {
      self_.Later(self_.Within(kToSitDown), [this, &plan] { self_.Say(TableVisited{plan.sits}); });
    }
    const bool last = self_.stage().stage.round == self_.spec().seats->rounds;
    if (plan.hands_over && last) {
      self_.Later(self_.Within(kToWander), [this] {
        const uint32_t table = self_.view().hosts;
        if (table == 0) return;
        self_.room().without_host.insert({self_.spec().id, table});
        self_.Say(TableHosted{table, false});
      });
    }
    OnView();
  }

  // Somebody who sits at a table whose host has left.
  void TakeOver() {
    const uint32_t table = self_.view().table;
    auto& without_host = self_.room().without_host;
    if (taking_over_ || self_.view().activity != self_.spec().id) return;
    if (without_host.erase({self_.spec().id, table}) == 0) return;
    taking_over_ = true;
    self_.Later(self_.Within(kToScanASign), [this, table] { self_.Say(TableHosted{table, true}); });
  }

  // The law of two feet; and whoever was sent to no table goes to one.
  void Wander(const PlannedTable& plan) {
    const bool now = plan.moves_in == self_.stage().stage.round && SeesTable(plan.moves_to);
    const bool sent = plan.sits != 0 || self_.view().table != 0;
    if (wandering_ || !now || !sent || self_.view().hosts != 0) return;
    wandering_ = true;
    self_.Later(self_.Whole(kToSitDown) + self_.Within(kToWander), [this, &plan] {
      self_.Say(TableVisited{plan.moves_to});
      if (self_.random().Chance(kNotMyNotePercent * 5)) SendForeignNote(plan.moves_to);
    });
  }

  // Somebody who is no host tries to write for the table: refused.
  void SendForeignNote(uint32_t table) {
    const auto* note = NoteOf(table);
    if (note == nullptr || self_.spec().collect->who != Contributors::kTableHosts) return;
    self_.Say(AddItem{*note, 0, table});
  }

  const plenum::Writing* NoteOf(uint32_t table) {
    const auto& all = self_.room().population.notes;
    auto notes = all.find(self_.spec().id);
    if (notes == all.end()) return nullptr;
    auto note = notes->second.find(table);
    return note == notes->second.end() ? nullptr : &note->second;
  }

  // In the last round, by whoever hosts the table then and does not give it up.
  void WriteNote() {
    const uint32_t table = self_.view().hosts;
    const bool last = self_.stage().stage.round == self_.spec().seats->rounds;
    if (table == 0 || !last || self_.view().activity != self_.spec().id) return;
    const PlannedTable* plan = Plan();
    if ((plan != nullptr && plan->hands_over) || NoteOf(table) == nullptr) return;
    const auto key = std::pair(self_.spec().id, table);
    if (writing_ || written_.contains(key)) return;
    writing_ = true;
    self_.Later(self_.Within(kToWrite), [this, table, key] {
      writing_ = false;
      if (self_.view().hosts != table) return;
      written_.insert(key);
      self_.Say(AddItem{*NoteOf(table), 0, table}, 0, self_.random().Chance(5) ? 2 : 1);
    });
  }

  bool taking_over_ = false;
  bool wandering_ = false;
  bool writing_ = false;
  std::set<std::pair<ActivityId, uint32_t>> written_;
};

}  // namespace

std::unique_ptr<Habit> MakeSitting(Self& self) { return std::make_unique<Sitting>(self); }

}  // namespace plenum::rehearse
