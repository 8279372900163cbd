// Contributing: cards, answers, questions, commitments. Tables' notes are the hosts' (sitting).
#include "gateway/rehearse/habit.h"

namespace plenum::rehearse {
namespace {

class Writing : public Habit {
 public:
  using Habit::Habit;

  void OnStage() override {
    const ActivitySpec& spec = self_.spec();
    const bool mine = spec.collect && !spec.seats && spec.collect->who == Contributors::kEveryone;
    if (!mine || self_.stage().stage.phase != Phase::kCollecting) return;
    WriteNext();
    // What was to be taken back while the server was away.
    for (const auto& [item, activity] : to_withdraw_) {
      if (activity == spec.id) Withdraw(item);
    }
  }

  void OnDone(const Command& command, const Outcome* outcome) override {
    if (std::holds_alternative<ItemWithdrawn>(command.request))
      to_withdraw_.erase(std::get<ItemWithdrawn>(command.request).item);
    if (!to_withdraw_.contains(command.id.Hex())) return;
    const bool there = outcome != nullptr && (outcome->code == OutcomeCode::kAccepted ||
                                              outcome->code == OutcomeCode::kDuplicate);
    if (there && command.activity == self_.spec().id) Withdraw(command.id.Hex());
  }

 private:
  void WriteNext() {
    auto texts = self_.plan().texts.find(self_.spec().id);
    const size_t next = next_[self_.spec().id];
    if (texts == self_.plan().texts.end() || next >= texts->second.size()) return;
    self_.Later(self_.Within(kToWrite), [this, &text = texts->second[next]] {
      Random& random = self_.random();
      if (!self_.spec().deal && random.Chance(2)) SendUnfinished();
      const EventId id =
          self_.Say(AddItem{text.writing, text.number, 0}, 0, random.Chance(4) ? 2 : 1);
      if (text.withdrawn) to_withdraw_[id.Hex()] = self_.spec().id;
      ++next_[self_.spec().id];
      if (random.Chance(4)) self_.LoseConnection();
      WriteNext();
    });
  }

  // Nothing but blanks: refused at once.
  void SendUnfinished() {
    AddItem blank;
    if (self_.spec().collect->fields.empty()) {
      blank.writing.text = "  ";
    } else {
      blank.writing.fields.emplace_back(self_.spec().collect->fields.front().id, " ");
    }
    self_.Say(std::move(blank));
  }

  void Withdraw(const ItemId& item) {
    self_.Later(self_.Within(kToThinkAgain), [this, item] { self_.Say(ItemWithdrawn{item}); });
  }

  std::map<ActivityId, size_t> next_;
  std::map<ItemId, ActivityId> to_withdraw_;
};

}  // namespace

std::unique_ptr<Habit> MakeWriting(Self& self) { return std::make_unique<Writing>(self); }

}  // namespace plenum::rehearse
