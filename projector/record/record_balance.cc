// The reconciliation: sums that must add up, and what else there was.
#include <algorithm>
#include <array>

#include "projector/record/facts.h"
#include "projector/record/record_builder.h"
#include "projector/record/words.h"

namespace plenum {
namespace {

// What has become of a contribution, at the end.
enum class Fate : uint8_t { kShown, kMerged, kKeptBack, kWithdrawn, kErased, kPutAside };
constexpr size_t kFates = 6;

Fate FateOf(const RoomState& state, const ActivityId& id, const ItemId& item_id) {
  const Activity* activity = state.Find(id);
  const Item* item = activity ? activity->FindItem(item_id) : nullptr;
  if (!activity) return Fate::kPutAside;
  if (!item) {
    const auto former = activity->former.find(item_id);
    const bool erased = former != activity->former.end() && former->second.erased;
    return erased ? Fate::kErased : Fate::kPutAside;
  }
  if (item->state == ItemState::kErased) return Fate::kErased;
  if (item->state == ItemState::kWithdrawn) return Fate::kWithdrawn;
  if (!activity->Shows(*item)) return Fate::kKeptBack;
  return item->merged_into.empty() ? Fate::kShown : Fate::kMerged;
}

struct Maker {
  const Say& say;
  const std::map<std::string, Outcomes>& events;
  uint64_t now;

  const Outcomes& Of(const std::string& type) const {
    static const Outcomes none;
    const auto it = events.find(type);
    return it == events.end() ? none : it->second;
  }
  Figure Line(std::string measure, std::string label, uint64_t n, uint64_t index) const {
    return {std::move(measure), std::move(label), std::to_string(n), index};
  }
  // How often events of a type had an effect.
  Figure Effect(std::string measure, std::string label, const std::string& type) const {
    const Count count = Of(type).Of(OutcomeCode::kAccepted);
    return Line(std::move(measure), std::move(label), count.n, count.n > 0 ? count.last : now);
  }
  // What had no effect: the same for all types.
  void Without(const Outcomes& of, const std::string& measure, Balance& balance) const {
    const auto add = [&](std::string name, std::string label, std::initializer_list<Count> counts) {
      Count sum;
      for (const Count& count : counts) {
        sum.n += count.n;
        sum.last = std::max(sum.last, count.last);
      }
      if (sum.n == 0) return;
      balance.parts.push_back(Line(measure + "." + name, std::move(label), sum.n, sum.last));
    };
    add("repeated", say("the same once more"),
        {of.Of(OutcomeCode::kDuplicate), of.Of(OutcomeCode::kStale),
         of.Of(OutcomeCode::kSuperseded), of.Of(OutcomeCode::kIgnored)});
    add("late", say("too late"), {of.Of(OutcomeCode::kLate)});
    for (const auto& [reason, count] : of.refused) {
      add("refused." + std::string(ReasonName(reason)),
          say("refused: {0}", {say(ReasonText(reason))}), {count});
    }
  }
};

Balance Joins(const Maker& maker, uint64_t joined) {
  const Outcomes& joins = maker.Of("participant.joined");
  Balance balance{.title = maker.say("People joining")};
  balance.parts.push_back(maker.Line("joins.joined", maker.say("joined"), joined,
                                     joins.Of(OutcomeCode::kAccepted).last));
  const Count accepted = joins.Of(OutcomeCode::kAccepted);
  if (accepted.n > joined) {
    balance.parts.push_back(maker.Line("joins.moved", maker.say("on another phone from then on"),
                                       accepted.n - joined, accepted.last));
  }
  maker.Without(joins, "joins", balance);
  balance.all = maker.Line("joins", maker.say("All that came"), joins.all.n, joins.all.last);
  return balance;
}

Balance Written(const Maker& maker, const std::array<uint64_t, kFates>& fates) {
  const Say& say = maker.say;
  const Outcomes& added = maker.Of("item.added");
  Balance balance{.title = say("Contributions")};
  const uint64_t last = added.Of(OutcomeCode::kAccepted).last;
  const std::array<std::pair<std::string, std::string>, kFates> names = {{
      {"shown", say("shown")},
      {"merged", say("merged into another")},
      {"kept_back", say("hidden, held back or not yet approved")},
      {"withdrawn", say("withdrawn by their authors")},
      {"erased", say("erased for good")},
      {"put_aside", say("put aside when an activity was started again")},
  }};
  for (size_t i = 0; i < kFates; ++i) {
    if (i > 0 && fates[i] == 0) continue;
    balance.parts.push_back(
        maker.Line("contributions." + names[i].first, names[i].second, fates[i], last));
  }
  maker.Without(added, "contributions", balance);
  balance.all = maker.Line("contributions", say("All that came"), added.all.n, added.all.last);
  return balance;
}

}  // namespace

void RecordBuilder::FinishBalances(const Room& room) {
  const Say words = say();
  const uint64_t now = room.size() == 0 ? 0 : room.size() - 1;
  const Maker maker{words, record_.events, now};
  std::array<uint64_t, kFates> fates{};
  for (const auto& [activity, item] : contributed_) {
    ++fates[static_cast<size_t>(FateOf(room.state(), activity, item))];
  }
  record_.balances = {Joins(maker, room.state().joined.size()), Written(maker, fates)};
  Balance ballots{.title = words("Ballots and scores"), .parts = PartsOf(words, record_.ballots)};
  ballots.all =
      maker.Line("ballots", words("All that came"), record_.ballots.all, record_.ballots.index);
  record_.balances.push_back(std::move(ballots));

  uint64_t late = 0, again = 0, longer = 0;
  for (const RecordSection& section : record_.sections) {
    late += std::stoull(section.late_people.value);
    again += section.generation > 1 ? 1 : 0;
  }
  uint64_t inserted = 0, skipped = 0;
  for (const Intervention& each : record_.interventions) {
    longer += each.what == "extended" || each.what == "shortened" ? 1 : 0;
    inserted += each.what == "inserted" ? 1 : 0;
  }
  for (const auto& [id, activity] : room.state().activities) skipped += activity.skipped ? 1 : 0;
  record_.counted = {
      maker.Line("keyed", words("Ballots that stand, keyed in from paper"),
                 record_.ballots.on_paper, now),
      maker.Line("late_people", words("People who came too late, in all activities"), late, now),
      maker.Effect("early_looks", words("Early looks"), "result.seen-early"),
      maker.Effect("merges", words("Merges"), "items.merged"),
      maker.Effect("unmerges", words("Merges undone"), "items.unmerged"),
      maker.Line("skipped", words("Activities skipped"), skipped, now),
      maker.Line("inserted", words("Activities put in during the day"), inserted, now),
      maker.Line("repeated", words("Activities held again"), again, now),
      maker.Line("time_changed", words("Time limits made longer or shorter"), longer, now),
      maker.Effect("reworded", words("Texts put in other words"), "item.reworded"),
      maker.Effect("erased", words("Texts erased, as often as it was asked"), "item.erased"),
      maker.Effect("control", words("Control taken"), "control.taken"),
      maker.Line("redacted", words("Texts redacted in this version"), room.state().redacted.size(),
                 now),
  };
}

}  // namespace plenum
