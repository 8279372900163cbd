#include "gateway/rehearse/tally.h"

#include <algorithm>
#include <set>

namespace plenum::rehearse {
namespace {

enum class Open : uint8_t { kYes, kNo, kUnknown };

bool TakesBallots(Phase phase, bool deck) {
  if (phase == Phase::kVoting || phase == Phase::kClosing) return true;
  return deck && (phase == Phase::kScoring || phase == Phase::kSwapping);
}

// Whether ballots were taken when the event at `index` was decided: known if the screens showed the
// same before and after.
Open OpenAt(const Observations& stages, uint64_t index, bool deck) {
  auto after = stages.lower_bound(index);
  bool exact = after != stages.end() && after->first == index;
  if (exact) return TakesBallots(after->second.phase, deck) ? Open::kYes : Open::kNo;
  if (after == stages.end() || after == stages.begin()) return Open::kUnknown;
  auto before = std::prev(after);
  if (before->second.phase != after->second.phase) return Open::kUnknown;
  return TakesBallots(before->second.phase, deck) ? Open::kYes : Open::kNo;
}

bool IsValid(const ChoiceBallot& ballot, const ChoiceCast& cast) {
  std::set<OptionId> chosen(cast.options.begin(), cast.options.end());
  bool known = std::ranges::all_of(chosen, [&](const OptionId& id) {
    return std::ranges::find(ballot.options, id, &Option::id) != ballot.options.end();
  });
  return known && chosen.size() == cast.options.size() && chosen.size() >= ballot.min &&
         chosen.size() <= ballot.max;
}

bool IsValid(const ActivitySpec& spec, const DotsBallot& ballot, const DotsCast& cast) {
  std::set<ItemId> items;
  uint64_t sum = 0;
  for (const ItemDots& dots : cast.dots) {
    if (std::ranges::find(spec.items, dots.item, &SheetItem::id) == spec.items.end()) return false;
    if (!items.insert(dots.item).second || dots.dots > ballot.cap) return false;
    sum += dots.dots;
  }
  return sum <= ballot.budget;
}

// Whether the rules would count it, as far as its own content goes.
bool IsValid(const ActivitySpec& spec, const BallotCast& cast) {
  if (const auto* choice = std::get_if<ChoiceCast>(&cast.ballot)) {
    const auto* ballot = std::get_if<ChoiceBallot>(&spec.ballot);
    return ballot != nullptr && IsValid(*ballot, *choice);
  }
  if (const auto* dots = std::get_if<DotsCast>(&cast.ballot)) {
    const auto* ballot = std::get_if<DotsBallot>(&spec.ballot);
    return ballot != nullptr && IsValid(spec, *ballot, *dots);
  }
  const auto* ballot = std::get_if<ScaleBallot>(&spec.ballot);
  if (ballot == nullptr) return false;
  int32_t value = std::holds_alternative<ScaleCast>(cast.ballot)
                      ? std::get<ScaleCast>(cast.ballot).value
                      : std::get<ScoreCast>(cast.ballot).score;
  return value >= ballot->low && value <= ballot->high;
}

const ScoreCast* ScoreOf(const Sent& sent) {
  const auto* cast = std::get_if<BallotCast>(&sent.command.request);
  return cast == nullptr ? nullptr : std::get_if<ScoreCast>(&cast->ballot);
}

bool TookEffect(const Sent& sent) {
  return sent.outcome && (sent.outcome->code == OutcomeCode::kAccepted ||
                          sent.outcome->code == OutcomeCode::kDuplicate);
}

}  // namespace

Tally::Tally(const RunSheet& sheet, const History& history) : sheet_(sheet), history_(history) {
  for (const ActivitySpec& spec : sheet.activities) Count(spec);
}

const ActivitySpec& Tally::Spec(const ActivityId& id) const {
  return *std::ranges::find(sheet_.activities, id, &ActivitySpec::id);
}

void Tally::Complain(const Sent& sent, const std::string& what) {
  wrong_outcomes_.push_back("The ballot " + sent.command.id.Hex() + " for " +
                            sent.command.activity + " " + what + ".");
}

void Tally::Count(const ActivitySpec& spec) {
  std::vector<const Sent*> in_order;
  for (const Sent& sent : history_.all()) {
    bool ballot = std::holds_alternative<BallotCast>(sent.command.request);
    if (!ballot || sent.command.activity != spec.id) continue;
    ++counts_.sent;
    if (sent.Acknowledged()) ++counts_.recorded;
    if (sent.outcome) {
      in_order.push_back(&sent);
    } else if (!sent.refused.empty()) {
      ++counts_.refused;
      if (IsValid(spec, std::get<BallotCast>(sent.command.request)))
        Complain(sent, "was refused with \"" + sent.refused + "\" although it is valid");
    } else {
      ++counts_.unanswered;
      if (sent.Acknowledged()) ++counts_.lost;
    }
  }
  std::ranges::sort(in_order, {}, [](const Sent* sent) { return *sent->Index(); });
  Ballots& standing = standing_[spec.id];
  for (const Sent* sent : in_order) Judge(spec, *sent, standing);
  counts_.counted += standing.size();
}

// One ballot, in the order of the room's log. The table of schema/rules.md, Ballot.
void Tally::Judge(const ActivitySpec& spec, const Sent& sent, Ballots& standing) {
  const auto& cast = std::get<BallotCast>(sent.command.request);
  const ScoreCast* score = ScoreOf(sent);
  Standing& last = standing[{sent.who, score != nullptr ? score->round : 0}];
  OutcomeCode code = sent.outcome->code;
  Open open = OpenAt(history_.StagesOf(spec.id), *sent.Index(), spec.deal.has_value());
  std::vector<OutcomeCode> allowed;
  if (sent.command.seq < last.seq) {
    allowed = {OutcomeCode::kSuperseded};
  } else if (sent.command.seq == last.seq) {
    allowed = {OutcomeCode::kStale};
  } else {
    if (open != Open::kNo && !IsValid(spec, cast)) allowed = {OutcomeCode::kRefused};
    // A duplicate answers what stands already, so it was counted where it refers to.
    if (open != Open::kNo && IsValid(spec, cast))
      allowed = {OutcomeCode::kCounted, OutcomeCode::kDuplicate};
    if (open != Open::kYes) allowed.push_back(OutcomeCode::kLate);
  }
  // Whether a score is still in time, and for the card in hand, is not seen from outside.
  if (score != nullptr) allowed.insert(allowed.end(), {OutcomeCode::kLate, OutcomeCode::kRefused});
  CheckOutcome(sent, allowed);

  if (code == OutcomeCode::kCounted || code == OutcomeCode::kDuplicate) {
    if (score != nullptr) CheckScore(spec, sent, standing);
    if (last.sent != nullptr) ++counts_.superseded;
    last = {sent.command.seq, sent.command.id, &sent};
  } else if (code == OutcomeCode::kSuperseded || code == OutcomeCode::kStale) {
    ++counts_.superseded;
  } else if (code == OutcomeCode::kLate) {
    ++counts_.late;
  } else {
    ++counts_.refused;
  }
  if (last.sent == nullptr) standing.erase({sent.who, score != nullptr ? score->round : 0});
}

void Tally::CheckOutcome(const Sent& sent, std::vector<OutcomeCode> allowed) {
  if (std::ranges::find(allowed, sent.outcome->code) != allowed.end()) return;
  std::string expected;
  for (OutcomeCode code : allowed) {
    expected += (expected.empty() ? "" : " or ") + std::string(OutcomeName(code));
  }
  Complain(sent, "was " + std::string(OutcomeName(sent.outcome->code)) + " at " +
                     std::to_string(sent.outcome->index) + " instead of " + expected);
}

// Never one's own card, never a card twice.
void Tally::CheckScore(const ActivitySpec& spec, const Sent& sent, const Ballots& standing) {
  const ScoreCast* score = ScoreOf(sent);
  if (score->card.empty()) return;  // paper deck: the number is known, its author is not
  std::optional<EventId> id = EventId::FromHex(score->card);
  const Sent* card = id ? history_.Find(*id) : nullptr;
  if (card == nullptr || card->command.activity != spec.id || !TookEffect(*card)) {
    Complain(sent, "scored a card that nobody has written");
    return;
  }
  if (card->who == sent.who) Complain(sent, "scored its sender's own card");
  auto mine = standing.lower_bound({sent.who, 0});
  for (; mine != standing.end() && mine->first.first == sent.who; ++mine) {
    if (mine->first.second == score->round || mine->second.sent == nullptr) continue;
    if (ScoreOf(*mine->second.sent)->card == score->card)
      Complain(sent, "scored a card for the second time");
  }
}

std::vector<const Sent*> Tally::Contributions(const ActivityId& activity) const {
  std::vector<const Sent*> items;
  for (const Sent& sent : history_.all()) {
    bool item = std::holds_alternative<AddItem>(sent.command.request);
    if (item && sent.command.activity == activity && TookEffect(sent)) items.push_back(&sent);
  }
  std::ranges::sort(items, {}, [](const Sent* sent) { return *sent->Index(); });
  return items;
}

std::map<ItemId, ItemId> Tally::Merged(const ActivityId& activity) const {
  std::map<ItemId, ItemId> into;
  for (const SheetItem& item : Spec(activity).items) into[item.id] = item.id;
  std::map<uint64_t, const Sent*> merges;
  for (const Sent& sent : history_.all()) {
    bool merge = std::holds_alternative<ItemsMerged>(sent.command.request);
    if (merge && sent.command.activity == activity && TookEffect(sent))
      merges[*sent.Index()] = &sent;
  }
  for (const auto& [index, sent] : merges) {
    const auto& merged = std::get<ItemsMerged>(sent->command.request);
    for (auto& [item, root] : into) {
      if (std::ranges::find(merged.from, root) != merged.from.end()) root = into[merged.into];
    }
  }
  return into;
}

}  // namespace plenum::rehearse
