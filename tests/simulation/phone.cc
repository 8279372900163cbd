#include "tests/simulation/phone.h"

#include <algorithm>
#include <utility>

#include "tests/simulation/look.h"

namespace plenum::simulation {
namespace {

const char* const kWords[] = {"open",       "the",        "old",     "mill",
                              "on Sundays", "née café",   "for",     "young",
                              "and",        "\u2003wide", "gardens", "👩‍👩‍👧 family"};

}  // namespace

std::optional<Phone::Now> Phone::LookAtStage() {
  const json::Value* view = At(Screen(Topic::kStage), "now");
  if (!view) return std::nullopt;
  Now now;
  now.activity = Text(view, "activity");
  now.generation = static_cast<uint32_t>(Number(view, "generation"));
  now.phase = ParsePhase(Text(view, "phase")).value_or(Phase::kWaiting);
  now.round = static_cast<uint32_t>(Number(view, "round"));
  now.view = view;
  return now;
}

void Phone::Act() {
  auto now = LookAtStage();
  if (!now) return;
  std::tuple stage(now->activity, now->generation, now->phase, now->round);
  if (stage_ != stage) {
    stage_ = stage;
    asleep_ = random().Percent(temper_.silent);
  }
  if (asleep_ || !random().Percent(temper_.eager)) return;
  if (temper_.hostile && random().Percent(40)) return Cheat(*now);
  const bool deck = At(now->view, "deal") != nullptr;
  switch (now->phase) {
    case Phase::kCollecting:
      return Collect(*now);
    case Phase::kVoting:
      return Vote(*now);
    case Phase::kClosing:
      return deck ? Score(*now) : Vote(*now);
    case Phase::kSwapping:
      return random().Percent(30) ? Score(*now) : Mill(*now);
    case Phase::kScoring:
      return Score(*now);
    default:
      if (random().Percent(5) && At(now->view, "ballot") && !deck) Vote(*now);  // too late
  }
}

uint32_t Phone::NextSeq(const Now& now, std::string_view sort, uint32_t round, int64_t shown) {
  uint32_t& last = seqs_[{now.activity, now.generation, std::string(sort), round}];
  last = std::max(last, static_cast<uint32_t>(shown)) + 1;
  return last;
}

void Phone::Collect(const Now& now) {
  const size_t mine = List(Screen(Topic::kPerson), "contributions").size();
  const auto each = static_cast<size_t>(Number(At(now.view, "collect"), "each"));
  if (mine >= each && !random().Percent(5)) return;
  std::string text = badge().name;
  for (int64_t words = random().Between(1, 8); words > 0; --words) {
    text += " " + std::string(kWords[random().Below(std::size(kWords))]);
  }
  const EventId id = Ask(now.activity, now.generation, 0, AddItem{{text}, 0, 0});
  wrote_[id] = text;
  if (random().Percent(5)) AskAgain(id);
}

ChoiceCast Phone::Choose(const json::Value* ballot) {
  std::vector<OptionId> options;
  for (const json::Value& option : List(ballot, "options")) options.push_back(Text(&option, "id"));
  const int64_t wanted = random().Between(Number(ballot, "min"), Number(ballot, "max"));
  ChoiceCast cast;
  while (!options.empty() && static_cast<int64_t>(cast.options.size()) < wanted) {
    const size_t at = random().Below(options.size());
    cast.options.push_back(options[at]);
    options.erase(options.begin() + static_cast<ptrdiff_t>(at));
  }
  return cast;
}

DotsCast Phone::PlaceDots(const Now& now, uint32_t budget, uint32_t cap) {
  std::map<ItemId, uint32_t> dots;
  const json::Array& items = List(now.view, "items");
  for (uint32_t placed = 0; !items.empty() && placed < budget && random().Percent(90); ++placed) {
    uint32_t& on_item = dots[Text(&random().Pick(items), "id")];
    on_item = std::min(on_item + 1, cap);
  }
  DotsCast cast;
  for (const auto& [item, n] : dots) cast.dots.push_back({item, n});
  return cast;
}

std::optional<BallotCast> Phone::FillIn(const Now& now) {
  const json::Value* ballot = At(now.view, "ballot");
  const std::string kind = Text(ballot, "kind");
  if (kind == "choice") return BallotCast{Choose(ballot)};
  if (kind == "scale") {
    const int64_t value = random().Between(Number(ballot, "low"), Number(ballot, "high"));
    return BallotCast{ScaleCast{static_cast<int32_t>(value)}};
  }
  if (kind == "dots") {
    return BallotCast{PlaceDots(now, static_cast<uint32_t>(Number(ballot, "budget")),
                                static_cast<uint32_t>(Number(ballot, "cap")))};
  }
  return std::nullopt;
}

void Phone::Vote(const Now& now) {
  const json::Value* person = Screen(Topic::kPerson);
  const bool mine = person && Text(person, "activity") == now.activity &&
                    Number(person, "generation") == now.generation;
  const json::Value* cast = mine ? At(person, "ballot") : nullptr;
  if (cast && !random().Percent(15)) return;
  auto ballot = FillIn(now);
  if (!ballot) return;
  const uint32_t seq = NextSeq(now, "ballot", 0, Number(cast, "seq"));
  const EventId id = Ask(now.activity, now.generation, seq, *ballot);
  if (random().Percent(5)) AskAgain(id);
}

void Phone::Mill(const Now& now) {
  const json::Value* deck = At(Screen(Topic::kPerson), "deck");
  if (!Flag(deck, "present") || random().Percent(10)) {
    Ask(now.activity, now.generation, 0, PresenceHere{});
    return;
  }
  if (!Flag(deck, "holding") || random().Percent(40)) return;
  const uint32_t seq = NextSeq(now, "pass", now.round, Number(deck, "pass_seq"));
  const EventId id = Ask(now.activity, now.generation, seq, CardPassed{now.round});
  if (random().Percent(5)) AskAgain(id);
}

void Phone::Score(const Now& now) {
  const json::Value* card = At(At(Screen(Topic::kPerson), "deck"), "to_score");
  if (!card) {
    if (random().Percent(10)) Ask(now.activity, now.generation, 0, PresenceHere{});
    return;
  }
  if (At(card, "score") && !random().Percent(10)) return;
  const auto round = static_cast<uint32_t>(Number(card, "round"));
  ScoreCast score;
  score.round = round;
  score.card = Text(card, "id");
  score.score = static_cast<int32_t>(random().Between(1, 5));
  const uint32_t seq = NextSeq(now, "score", round, Number(card, "seq"));
  const EventId id = Ask(now.activity, now.generation, seq, BallotCast{score});
  if (random().Percent(5)) AskAgain(id);
}

// What no honest page would send. None of it may count.
void Phone::Cheat(const Now& now) {
  const uint32_t seq = NextSeq(now, "ballot", 0, 0);
  const json::Array& items = List(now.view, "items");
  const ItemId item = items.empty() ? "nothing" : Text(&random().Pick(items), "id");
  switch (random().Below(10)) {
    case 0:
      Ask(now.activity, now.generation, seq, BallotCast{DotsCast{{{item, 99}}}});
      return;
    case 1:
      Ask(now.activity, now.generation, seq, BallotCast{DotsCast{{{item, 1}, {item, 2}}}});
      return;
    case 2:
      Ask(now.activity, now.generation, seq, BallotCast{ScaleCast{99}});
      return;
    case 3:
      Ask(now.activity, now.generation, seq, BallotCast{ChoiceCast{{"nowhere"}}});
      return;
    case 4:
      Ask(now.activity, now.generation + 1, seq, BallotCast{ScaleCast{3}});
      return;
    case 5:
      Ask(now.activity, now.generation, seq, BallotCast{ScoreCast{now.round, item, 0, 5}});
      return;
    case 6:
      Ask(now.activity, now.generation, 0,
          ActivityAdvanced{{now.generation, now.phase, now.round}, Phase::kRevealed});
      return;
    case 7:
      Ask("no-such-activity", 1, seq, BallotCast{ScaleCast{3}});
      return;
    case 8:
      SendRaw(random().Percent(50) ? "{\"id\":" : "{\"type\":\"ballot.cast\",\"id\":\"xyz\"}");
      return;
    default:
      Ask(now.activity, now.generation, seq, EarlyLook{});
  }
}

void Flood::Act() {
  std::string ping = R"({"type":"ping","id":")" + random().Draw<EventId>().Hex() + "\"}";
  for (int i = 0; i < 200; ++i) SendRaw(ping);
}

}  // namespace plenum::simulation
