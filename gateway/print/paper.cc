// What people write on: cards of a paper deck, and ballots.
#include <algorithm>

#include "gateway/print/page.h"
#include "projector/record/html_text.h"

namespace plenum {
namespace {

using html::Escaped;
using print::Phrases;
using AllPhrases = std::vector<const Phrases*>;

// Rows of a ballot that fit on half a page.
constexpr size_t kHalfRows = 7;

std::string Both(const AllPhrases& phrases, std::string_view Phrases::* which) {
  std::string words;
  for (const Phrases* in : phrases) words += (words.empty() ? "" : " / ") + Escaped(in->*which);
  return words;
}

std::string Card(const PrintSheet& sheet, uint32_t number, uint32_t rounds) {
  const AllPhrases phrases = print::PhrasesFor(sheet.languages);
  std::string card = "<div class=\"half\"><div class=\"line\"><p>" + Both(phrases, &Phrases::card) +
                     "</p><p class=\"huge\"><b>" + std::to_string(number) + "</b></p></div>";
  for (const auto which : {&Phrases::your_idea, &Phrases::first_step}) {
    card += "<p>" + Both(phrases, which) + "</p>";
    for (int line = which == &Phrases::your_idea ? 3 : 2; line-- > 0;) {
      card += "<p class=\"write\"></p>";
    }
  }
  card += "<div class=\"cells\">";
  for (uint32_t round = 1; round <= rounds; ++round) {
    card += "<div class=\"cell\">" + Both(phrases, &Phrases::round) + " " + std::to_string(round) +
            "</div>";
  }
  return card + "</div><p>" + Both(phrases, &Phrases::score) + "</p></div>";
}

// Two on a page.
std::vector<std::string> InHalves(const std::vector<std::string>& halves) {
  std::vector<std::string> pages;
  for (size_t i = 0; i < halves.size(); i += 2) {
    pages.push_back("<section class=\"page halves\">" + halves[i] +
                    (i + 1 < halves.size() ? halves[i + 1] : "<div class=\"half\"></div>") +
                    "</section>");
  }
  return pages;
}

struct BallotForm {
  const PrintSheet& sheet;
  const PrintActivity& activity;
  AllPhrases phrases = print::PhrasesFor(sheet.languages);

  std::string Told(std::string_view Phrases::* which, std::string_view name = {},
                   uint32_t number = 0) const {
    std::string told;
    for (const Phrases* in : phrases) {
      const std::string words =
          name.empty() ? std::string(in->*which) : print::Filled(in->*which, name, number);
      told += (told.empty() ? "" : " / ") + Escaped(words);
    }
    return told;
  }

  std::string Words(const Text& text) const {
    std::string words;
    for (const Phrases* in : phrases) {
      const std::string one = Escaped(print::In(text, in->language));
      if (words != one) words += (words.empty() ? "" : " / ") + one;
    }
    return words;
  }

  static std::string Boxes(int32_t low, int32_t high) {
    std::string boxes;
    for (int32_t value = low; value <= high; ++value) {
      boxes += "<span class=\"box\">" + std::to_string(value) + "</span>";
    }
    return boxes;
  }
  static std::string Row(std::string_view number, std::string_view words, std::string_view boxes) {
    return "<tr><td class=\"no\">" + std::string(number) + "</td><td dir=\"auto\">" +
           std::string(words) + "</td><td class=\"boxes\">" + std::string(boxes) + "</td></tr>";
  }
  std::string ItemRows(std::string_view boxes) const {
    std::string rows;
    for (const PrintItem& item : activity.items) {
      rows += Row(item.number == 0 ? "" : std::to_string(item.number), Words(item.title), boxes);
    }
    return rows;
  }

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const ChoiceBallot& ballot) const {
    std::string some;
    for (const Phrases* in : phrases) {
      const std::string one = print::Filled(in->tick_some, "min", ballot.min);
      some += (some.empty() ? "" : " / ") + Escaped(print::Filled(one, "max", ballot.max));
    }
    std::string rows;
    for (const Option& option : ballot.options) {
      rows += Row("", Words(option.title.empty() ? Text{{{"en", option.id}}} : option.title),
                  "<span class=\"box\"></span>");
    }
    return Form(ballot.max == 1 ? Told(&Phrases::tick_one) : some, rows);
  }
  std::string operator()(const ScaleBallot& ballot) const {
    if (activity.spec.RatesItems()) {
      return Form(Told(&Phrases::rate), ItemRows(Boxes(ballot.low, ballot.high)));
    }
    std::string ends = Words(ballot.low_label);
    if (!ends.empty()) ends = std::to_string(ballot.low) + ": " + ends;
    const std::string high = Words(ballot.high_label);
    if (!high.empty()) ends += " · " + std::to_string(ballot.high) + ": " + high;
    return Form(Told(&Phrases::tick_value), Row("", ends, Boxes(ballot.low, ballot.high)));
  }
  std::string operator()(const DotsBallot& ballot) const {
    std::string told = Told(&Phrases::dots, "budget", ballot.budget);
    if (ballot.cap < ballot.budget) told += " " + Told(&Phrases::at_most, "cap", ballot.cap);
    return Form(told, ItemRows("<span class=\"box wide\"></span>"));
  }
  std::string operator()(const UpvoteBallot&) const {
    return Form(Told(&Phrases::upvote), ItemRows("<span class=\"box\"></span>"));
  }
  std::string operator()(const RankBallot& ballot) const {
    return Form(Told(&Phrases::rank, "top", ballot.top),
                ItemRows("<span class=\"box wide\"></span>"));
  }

  std::string Form(std::string_view told, std::string_view rows) const {
    return "<p>" + std::string(told) + "</p><table><tbody>" + std::string(rows) +
           "</tbody></table>";
  }

  // The serial stands at the head; on every page of it, if the browser goes on to another.
  std::string WithSerial(std::string_view serial) const {
    const Text& asked = activity.spec.prompt.empty() ? activity.spec.title : activity.spec.prompt;
    return "<table><thead><tr><th>" + Told(&Phrases::ballot) + "</th><th class=\"boxes mono\">" +
           Told(&Phrases::serial) + " " + Escaped(serial) +
           "</th></tr></thead><tbody><tr><td colspan=\"2\"><h2 dir=\"auto\">" + Words(asked) +
           "</h2>" + std::visit(*this, activity.spec.ballot) +
           "</td></tr></tbody></table><p class=\"foot\">" + Told(&Phrases::hand_in) + "</p>";
  }

  size_t Rows() const {
    if (const auto* choice = std::get_if<ChoiceBallot>(&activity.spec.ballot)) {
      return choice->options.size();
    }
    const bool poll = std::holds_alternative<ScaleBallot>(activity.spec.ballot);
    return poll && !activity.spec.RatesItems() ? 1 : activity.items.size();
  }
};

}  // namespace

bool HasPaperBallot(const PrintActivity& activity) {
  return activity.spec.HasBallot() && !activity.spec.deal;
}

std::string PrintCards(const PrintSheet& sheet, uint32_t first, uint32_t last, Paper paper) {
  std::vector<std::string> halves;
  for (const PrintActivity& activity : sheet.activities) {
    if (!activity.spec.deal || activity.spec.deal->deck != Deck::kPaper) continue;
    for (uint32_t number = first; number <= last; ++number) {
      halves.push_back(Card(sheet, number, activity.spec.deal->rounds));
    }
  }
  return print::Document(sheet, print::PhrasesFor(sheet.languages).front()->card, InHalves(halves),
                         paper);
}

std::string PrintBallots(const PrintSheet& sheet, const PrintActivity& activity,
                         const std::vector<std::string>& serials, Paper paper) {
  const BallotForm form{sheet, activity};
  const bool small = form.Rows() <= kHalfRows;
  std::vector<std::string> ballots;
  for (const std::string& serial : serials) {
    const std::string_view open = small ? "<div class=\"half\">" : "<section class=\"page flow\">";
    ballots.push_back(std::string(open) + form.WithSerial(serial) +
                      (small ? "</div>" : "</section>"));
  }
  return print::Document(sheet, form.phrases.front()->ballot, small ? InHalves(ballots) : ballots,
                         paper);
}

}  // namespace plenum
