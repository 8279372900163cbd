// How an activity was held, in sentences that follow from its settings.
#include <algorithm>
#include <variant>

#include "projector/record/findings.h"
#include "projector/record/words.h"
#include "projector/views/parts.h"
#include "schema/labels.h"

namespace plenum {
namespace {

constexpr uint32_t kManyPoints = 20;  // a budget of so many is shared, not dotted

std::string End(const Text& label, std::string_view language, int32_t value) {
  const std::string text = WordsOf(label, language).text;
  return std::to_string(value) + (text.empty() ? "" : " (" + text + ")");
}

std::string Contributing(const Say& say, const Collect& collect, bool seats) {
  const std::string each = say.Count(collect.each, "contribution", "contributions");
  if (seats) return say("Each table hands in up to {0} a round.", {each});
  switch (collect.who) {
    case Contributors::kEveryone:
      return say("Everyone hands in up to {0}.", {each});
    case Contributors::kTableHosts:
      return say("Each table’s host hands in up to {0}.", {each});
    case Contributors::kStaff:
      break;
  }
  return say("The team hands in up to {0}.", {each});
}

struct BallotRules {
  const Say& say;
  std::string_view language;
  bool rates_items = false;

  std::string operator()(const std::monostate&) const { return ""; }
  std::string operator()(const ChoiceBallot& ballot) const {
    const std::string of = say.Count(ballot.options.size(), "option", "options");
    const std::string most = std::to_string(ballot.max);
    if (ballot.min == ballot.max) return say("Everyone chooses {0} of {1}.", {most, of});
    return say("Everyone chooses {0} to {1} of {2}.", {std::to_string(ballot.min), most, of});
  }
  std::string operator()(const ScaleBallot& ballot) const {
    const std::string low = End(ballot.low_label, language, ballot.low);
    const std::string high = End(ballot.high_label, language, ballot.high);
    return rates_items ? say("Everyone rates each idea, from {0} to {1}.", {low, high})
                       : say("Everyone answers once, from {0} to {1}.", {low, high});
  }
  std::string operator()(const DotsBallot& ballot) const {
    const std::string dots = say.Count(ballot.budget, "dot", "dots");
    if (ballot.cap >= ballot.budget) return say("Everyone places up to {0}.", {dots});
    return say("Everyone places up to {0}, at most {1} on one idea.",
               {dots, std::to_string(ballot.cap)});
  }
  std::string operator()(const UpvoteBallot&) const {
    return say("Everyone votes once for each that they support.");
  }
  std::string operator()(const RankBallot& ballot) const {
    return say("Everyone names up to {0}, the best first.",
               {say.Count(ballot.top, "place", "places")});
  }
};

std::string DealRules(const Say& say, const Deal& deal, const ScaleBallot& scale) {
  return say(
      "Everyone writes one idea on a card. In {0} the cards change hands unread, and each "
      "person scores the card then held from {1} to {2}: {3} to {4} points in all.",
      {say.Count(deal.rounds, "round", "rounds"), std::to_string(scale.low),
       std::to_string(scale.high), std::to_string(int64_t{scale.low} * deal.rounds),
       std::to_string(int64_t{scale.high} * deal.rounds)});
}

std::string SeatRules(const Say& say, const Seats& seats) {
  return say("People sit at tables, in {0}.", {say.Count(seats.rounds, "round", "rounds")});
}

}  // namespace

std::string MethodOf(const Say& say, const Activity& activity) {
  const std::string_view kind = KindOf(activity);
  if (kind == "deck") return "25/10";
  if (kind == "scale") return say("Scale poll");
  if (const auto* dots = std::get_if<DotsBallot>(&activity.spec.ballot); kind == "dots" && dots) {
    return say(dots->budget >= kManyPoints ? "Points to share" : "Dotmocracy");
  }
  if (kind == "items") return say("Contributions");
  if (kind == "words") return say("Words");
  if (kind == "tables") {
    const ActivitySpec& spec = activity.spec;
    if (std::holds_alternative<UpvoteBallot>(spec.ballot)) return say("Open space");
    return say(spec.seats && spec.seats->rounds > 1 ? "World café" : "Tables");
  }
  if (kind == "upvote") return say("Questions and votes");
  if (kind == "rank") return say("Ranking");
  if (kind == "ratings") return say("Rating of each idea");
  if (const auto* choice = std::get_if<ChoiceBallot>(&activity.spec.ballot)) {
    const bool pictures = std::ranges::any_of(
        choice->options, [](const Option& option) { return !option.picture.empty(); });
    if (pictures) return say("Picture cards");
    return say(choice->name_unchosen ? "Place poll" : "Choice");
  }
  return std::string(kind);
}

std::string RulesOf(const Say& say, const Activity& activity, std::string_view language) {
  const ActivitySpec& spec = activity.spec;
  const auto* scale = std::get_if<ScaleBallot>(&spec.ballot);
  if (spec.deal && scale) return DealRules(say, *spec.deal, *scale);
  std::vector<std::string> sentences;
  if (spec.seats) sentences.push_back(SeatRules(say, *spec.seats));
  if (spec.collect) sentences.push_back(Contributing(say, *spec.collect, spec.seats.has_value()));
  sentences.push_back(std::visit(BallotRules{say, language, spec.RatesItems()}, spec.ballot));
  std::string text;
  for (const std::string& sentence : sentences) {
    if (!sentence.empty()) text += (text.empty() ? "" : " ") + sentence;
  }
  return text;
}

std::string PrivacyOf(const Say& say, const RoomState& state, const Activity& activity,
                      std::string_view language) {
  std::vector<const ActivitySpec*> all;
  for (const ActivityId& id : state.order) {
    if (const Activity* other = state.Find(id)) all.push_back(&other->spec);
  }
  const ActivityLabel label = LabelOf(activity.spec, all);
  std::vector<std::string> others;
  for (const ActivityId& id : label.linked_with) {
    others.push_back(Quoted(WordsOf(state.Find(id)->spec.title, language).text));
  }
  const bool named = label.label == Label::kNamed;
  if (others.empty()) {
    return say(named ? "Shows a name: linked to no other answer."
                     : "Anonymous: linked to no other answer.");
  }
  return say(named ? "Shows a name, and linked to the same person’s answer in {0}."
                   : "Anonymous, and linked to the same person’s answer in {0}.",
             {say.List(others)});
}

}  // namespace plenum
