// How an activity was held, in sentences that follow from its settings.
#include <variant>

#include "projector/record/findings.h"
#include "projector/record/words.h"
#include "projector/views/parts.h"
#include "schema/labels.h"

namespace plenum {
namespace {

std::string End(const Text& label, std::string_view language, int32_t value) {
  const std::string text = WordsOf(label, language).text;
  return std::to_string(value) + (text.empty() ? "" : " (" + text + ")");
}

std::string Contributing(const Collect& collect) {
  const std::string who = collect.who == Contributors::kEveryone     ? "Everyone"
                          : collect.who == Contributors::kTableHosts ? "Each table's host"
                                                                     : "The team";
  return who + " hands in up to " + Counted(collect.each, "contribution", "contributions") + ".";
}

struct BallotRules {
  std::string_view language;
  bool rates_items = false;

  std::string operator()(const std::monostate&) const { return ""; }
  std::string operator()(const ChoiceBallot& ballot) const {
    const std::string of = " of " + Counted(ballot.options.size(), "option", "options") + ".";
    if (ballot.min == ballot.max) {
      return "Everyone chooses " + std::to_string(ballot.max) + of;
    }
    return "Everyone chooses " + std::to_string(ballot.min) + " to " + std::to_string(ballot.max) +
           of;
  }
  std::string operator()(const ScaleBallot& ballot) const {
    return (rates_items ? "Everyone rates each idea, from " : "Everyone answers once, from ") +
           End(ballot.low_label, language, ballot.low) + " to " +
           End(ballot.high_label, language, ballot.high) + ".";
  }
  std::string operator()(const DotsBallot& ballot) const {
    std::string text = "Everyone places up to " + Counted(ballot.budget, "dot", "dots");
    if (ballot.cap < ballot.budget) {
      text += ", at most " + std::to_string(ballot.cap) + " on one idea";
    }
    return text + ".";
  }
  std::string operator()(const UpvoteBallot&) const {
    return "Everyone votes once for each that they support.";
  }
  std::string operator()(const RankBallot& ballot) const {
    return "Everyone names up to " + Counted(ballot.top, "place", "places") + ", the best first.";
  }
};

std::string DealRules(const Deal& deal, const ScaleBallot& scale) {
  const std::string rounds = Counted(deal.rounds, "round", "rounds");
  return "Everyone writes one idea on a card. In " + rounds +
         " the cards change hands unread, and each person scores the card then held from " +
         std::to_string(scale.low) + " to " + std::to_string(scale.high) + ": " +
         std::to_string(int64_t{scale.low} * deal.rounds) + " to " +
         std::to_string(int64_t{scale.high} * deal.rounds) + " points in all.";
}

}  // namespace

std::string MethodOf(const Activity& activity) {
  const std::string_view kind = KindOf(activity);
  if (kind == "deck") return "25/10";
  if (kind == "scale") return "Scale poll";
  if (kind == "dots") return "Dotmocracy";
  if (kind == "items") return "Contributions";
  if (kind == "words") return "Words";
  if (kind == "tables") return "Tables";
  if (kind == "upvote") return "Questions and votes";
  if (kind == "rank") return "Ranking";
  if (kind == "ratings") return "Rating of each idea";
  if (const auto* choice = std::get_if<ChoiceBallot>(&activity.spec.ballot)) {
    return choice->name_unchosen ? "Place poll" : "Choice";
  }
  return std::string(kind);
}

std::string RulesOf(const Activity& activity, std::string_view language) {
  const ActivitySpec& spec = activity.spec;
  const auto* scale = std::get_if<ScaleBallot>(&spec.ballot);
  if (spec.deal && scale) return DealRules(*spec.deal, *scale);
  std::string text = std::visit(BallotRules{language, spec.RatesItems()}, spec.ballot);
  if (!spec.collect) return text;
  const std::string first = Contributing(*spec.collect);
  return text.empty() ? first : first + " " + text;
}

std::string PrivacyOf(const RoomState& state, const Activity& activity, std::string_view language) {
  std::vector<const ActivitySpec*> all;
  for (const ActivityId& id : state.order) {
    if (const Activity* other = state.Find(id)) all.push_back(&other->spec);
  }
  const ActivityLabel label = LabelOf(activity.spec, all);
  std::vector<std::string> others;
  for (const ActivityId& id : label.linked_with) {
    others.push_back(Quoted(WordsOf(state.Find(id)->spec.title, language).text));
  }
  std::string text = label.label == Label::kNamed ? "Shows a name" : "Anonymous";
  if (!others.empty()) {
    return text + ", and linked to the same person's answer in " + Listed(others) + ".";
  }
  return text + ": linked to no other answer.";
}

}  // namespace plenum
