#include "gateway/rehearse/tally.h"

#include <algorithm>
#include <set>

namespace plenum::rehearse {
namespace {

constexpr uint32_t kPapers = 0x8000'0000;  // voters on paper are numbered from here

enum class Open : uint8_t { kYes, kLate, kTooEarly, kUnknown };

Open OpenIn(Phase phase, const ActivitySpec& spec) {
  const bool upvote = std::holds_alternative<UpvoteBallot>(spec.ballot);
  if (spec.seats && phase == Phase::kClosing) return Open::kTooEarly;  // as when people sat
  if (phase == Phase::kVoting || phase == Phase::kClosing) return Open::kYes;
  if (upvote && phase == Phase::kCollecting) return Open::kYes;
  if (spec.deal && (phase == Phase::kScoring || phase == Phase::kSwapping)) return Open::kYes;
  return phase == Phase::kCollecting || phase == Phase::kSeated ? Open::kTooEarly : Open::kLate;
}

// Whether ballots were taken when the event at `index` was decided: known if the screens showed the
// same before and after.
Open OpenAt(const Observations& stages, uint64_t index, const ActivitySpec& spec) {
  auto after = stages.lower_bound(index);
  bool exact = after != stages.end() && after->first == index;
  if (exact) return OpenIn(after->second.phase, spec);
  if (after == stages.end() || after == stages.begin()) return Open::kUnknown;
  auto before = std::prev(after);
  if (before->second.phase != after->second.phase) return Open::kUnknown;
  return OpenIn(before->second.phase, spec);
}

// Whether its own content is within the rules; the items that it names are another question.
struct ContentRules {
  const ActivitySpec& spec;

  template <class Ballot>
  const Ballot* Of() const {
    return std::get_if<Ballot>(&spec.ballot);
  }
  static bool InScale(const ScaleBallot* scale, int32_t value) {
    return scale != nullptr && value >= scale->low && value <= scale->high;
  }

  bool operator()(const ChoiceCast& cast) const {
    const auto* ballot = Of<ChoiceBallot>();
    std::set<OptionId> chosen(cast.options.begin(), cast.options.end());
    auto known = [&](const OptionId& id) {
      return std::ranges::find(ballot->options, id, &Option::id) != ballot->options.end();
    };
    return ballot != nullptr && std::ranges::all_of(chosen, known) &&
           chosen.size() == cast.options.size() && chosen.size() >= ballot->min &&
           chosen.size() <= ballot->max;
  }
  bool operator()(const ScaleCast& cast) const {
    return InScale(Of<ScaleBallot>(), cast.value) && !spec.RatesItems();
  }
  bool operator()(const ScoreCast& cast) const { return InScale(Of<ScaleBallot>(), cast.score); }
  bool operator()(const DotsCast& cast) const {
    const auto* ballot = Of<DotsBallot>();
    uint64_t sum = 0;
    for (const ItemDots& dots : cast.dots) {
      if (ballot == nullptr || dots.dots > ballot->cap) return false;
      sum += dots.dots;
    }
    return ballot != nullptr && sum <= ballot->budget;
  }
  bool operator()(const UpvoteCast&) const { return Of<UpvoteBallot>() != nullptr; }
  bool operator()(const RankCast& cast) const {
    return Of<RankBallot>() != nullptr && cast.items.size() <= Of<RankBallot>()->top;
  }
  bool operator()(const RatingCast& cast) const {
    return spec.RatesItems() && std::ranges::all_of(cast.ratings, [&](const ItemRating& one) {
             return InScale(Of<ScaleBallot>(), one.value);
           });
  }
};

std::vector<ItemId> NamedBy(const BallotCast& cast) {
  std::vector<ItemId> items;
  if (const auto* dots = std::get_if<DotsCast>(&cast.ballot)) {
    for (const ItemDots& one : dots->dots) items.push_back(one.item);
  } else if (const auto* rank = std::get_if<RankCast>(&cast.ballot)) {
    items = rank->items;
  } else if (const auto* ratings = std::get_if<RatingCast>(&cast.ballot)) {
    for (const ItemRating& one : ratings->ratings) items.push_back(one.item);
  } else if (const auto* upvote = std::get_if<UpvoteCast>(&cast.ballot)) {
    items.push_back(upvote->item);
  }
  return items;
}

const ScoreCast* ScoreOf(const Sent& sent) {
  const auto* cast = std::get_if<BallotCast>(&sent.command.request);
  return cast == nullptr ? nullptr : std::get_if<ScoreCast>(&cast->ballot);
}

}  // namespace

// A text that is taken back, and again because the first answer was lost, is so already.
bool TookEffect(const Sent& sent) {
  if (!sent.outcome) return false;
  const OutcomeCode code = sent.outcome->code;
  return code == OutcomeCode::kAccepted || code == OutcomeCode::kDuplicate ||
         (code == OutcomeCode::kIgnored &&
          std::holds_alternative<ItemWithdrawn>(sent.command.request));
}

Tally::Tally(const RunSheet& sheet, const History& history) : sheet_(sheet), history_(history) {
  uint32_t paper = kPapers;
  for (const Sent& sent : history.all()) {
    if (!sent.command.serial.empty() && papers_.try_emplace(sent.command.serial, paper + 1).second)
      ++paper;
  }
  for (const ActivitySpec& spec : sheet.activities) Count(spec);
}

const ActivitySpec& Tally::Spec(const ActivityId& id) const {
  return *std::ranges::find(sheet_.activities, id, &ActivitySpec::id);
}

uint32_t Tally::VoterOf(const Sent& sent) const {
  return sent.command.serial.empty() ? sent.who : papers_.at(sent.command.serial);
}

Tally::Place Tally::PlaceOf(const Sent& sent) const {
  const auto& cast = std::get<BallotCast>(sent.command.request);
  Place place{VoterOf(sent), 0, ""};
  if (const auto* score = std::get_if<ScoreCast>(&cast.ballot)) place.round = score->round;
  if (const auto* upvote = std::get_if<UpvoteCast>(&cast.ballot)) place.item = upvote->item;
  return place;
}

// Whether these are items of the activity, each once. Notes of tables are none.
bool Tally::AreItems(const ActivitySpec& spec, const std::vector<ItemId>& items) const {
  if (items.empty()) return true;
  std::set<ItemId> known;
  for (const CountedItem& item : ItemsOf(spec.id)) {
    if (item.table == 0) known.insert(item.id);
  }
  const std::set<ItemId> named(items.begin(), items.end());
  return named.size() == items.size() && std::ranges::includes(known, named);
}

// Whether the rules would count it, as far as its own content goes.
bool Tally::IsValid(const ActivitySpec& spec, const BallotCast& cast) const {
  return std::visit(ContentRules{spec}, cast.ballot) && AreItems(spec, NamedBy(cast));
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
  const Place place = PlaceOf(sent);
  Standing& last = standing[place];
  OutcomeCode code = sent.outcome->code;
  const Open open = OpenAt(history_.StagesOf(spec.id), *sent.Index(), spec);
  const bool valid = IsValid(spec, cast);
  std::vector<OutcomeCode> allowed;
  if (sent.command.seq < last.seq) {
    allowed = {OutcomeCode::kSuperseded};
  } else if (sent.command.seq == last.seq) {
    allowed = {OutcomeCode::kStale};
  } else {
    const bool maybe = open == Open::kYes || open == Open::kUnknown;
    if (maybe && !valid) allowed = {OutcomeCode::kRefused};
    // A duplicate answers what stands already, so it was counted where it refers to.
    if (maybe && valid) allowed = {OutcomeCode::kCounted, OutcomeCode::kDuplicate};
    if (open == Open::kLate || open == Open::kUnknown) allowed.push_back(OutcomeCode::kLate);
    if (open == Open::kTooEarly || open == Open::kUnknown) allowed.push_back(OutcomeCode::kRefused);
  }
  // An upvote for no item is refused whenever it comes, for it could not have an earlier one.
  if (std::holds_alternative<UpvoteCast>(cast.ballot) && !valid) allowed = {OutcomeCode::kRefused};
  // Whether a score is still in time, and for the card in hand, is not seen from outside.
  if (score != nullptr) allowed.insert(allowed.end(), {OutcomeCode::kLate, OutcomeCode::kRefused});
  // What became of others' ballots was told to them alone.
  if (sent.others && score == nullptr) code = allowed.front();
  if (!sent.others) CheckOutcome(sent, allowed);

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
  if (last.sent == nullptr) standing.erase(place);
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
  const ItemId named = CardOf(spec, *score);
  std::optional<EventId> id = EventId::FromHex(named);
  const Sent* card = id ? history_.Find(*id) : nullptr;
  if (card == nullptr || card->command.activity != spec.id || !rehearse::TookEffect(*card)) {
    Complain(sent, "scored a card that nobody has written");
    return;
  }
  if (card->who == sent.who) Complain(sent, "scored its sender's own card");
  auto mine = standing.lower_bound({sent.who, 0, ""});
  for (; mine != standing.end() && mine->first.voter == sent.who; ++mine) {
    if (mine->first.round == score->round || mine->second.sent == nullptr) continue;
    if (CardOf(spec, *ScoreOf(*mine->second.sent)) == named)
      Complain(sent, "scored a card for the second time");
  }
}

}  // namespace plenum::rehearse
