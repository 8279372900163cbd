// Voting: choice, scale, dots, upvotes, ranks, ratings.
#include <algorithm>

#include "gateway/basic/painter.h"

namespace plenum::basic {
namespace {

// The ballot that counts now, if there is one.
Look Cast(const Painter& p) { return p.mine["ballot"]["ballot"]; }

int64_t NextSeq(const Painter& p) { return p.mine["ballot"]["seq"].Num() + 1; }

std::vector<std::string> Strings(Look list) {
  std::vector<std::string> strings;
  for (Look one : list.List()) strings.push_back(one.Str());
  return strings;
}

// What an item got in a list of {"item":…,"dots":…}; `none` if nothing.
int64_t Given(Look list, const std::string& item, std::string_view what, int64_t none) {
  for (Look one : list.List()) {
    if (one["item"].Str() == item) return one[what].Num();
  }
  return none;
}

void PaintChoice(Painter& p, Look ballot) {
  const int64_t low = ballot["min"].Num(1), high = ballot["max"].Num(1);
  std::vector<Painter::Choice> all;
  for (Look option : ballot["options"].List()) {
    all.push_back({option["id"].Str(), p.In(option["title"])});
  }
  const std::string legend =
      high == 1 ? p.W(Word::kChooseOne)
      : low == high || low <= 1
          ? p.W(Word::kChooseUpTo, high)
          : p.W(Word::kChooseBetween, {std::to_string(low), std::to_string(high)});
  p.Radios("o", legend, all, Strings(Cast(p)["options"]), high > 1);
}

std::vector<Painter::Choice> Values(const Painter& p, Look ballot) {
  std::vector<Painter::Choice> all;
  for (int64_t value = ballot["low"].Num(1); value <= ballot["high"].Num(5); ++value) {
    all.push_back({std::to_string(value), p.ValueLabel(ballot, value)});
  }
  return all;
}

std::string Range(const Painter& p, Look ballot) {
  return p.W(Word::kScaleFrom,
             {std::to_string(ballot["low"].Num(1)), std::to_string(ballot["high"].Num(5))});
}

void PaintScale(Painter& p, Look ballot) {
  std::vector<std::string> chosen;
  if (Cast(p)) chosen.push_back(std::to_string(Cast(p)["value"].Num()));
  p.Radios("v", Range(p, ballot), Values(p, ballot), chosen);
}

void PaintDots(Painter& p, Look ballot) {
  p.html.Add("p", p.W(Word::kDotsHow, {std::to_string(ballot["budget"].Num()),
                                       std::to_string(ballot["cap"].Num())}));
  for (Look item : p.Judged()) {
    const std::string id = item["id"].Str();
    p.NumberBox("d." + id, p.TitleOf(item), 0, ballot["cap"].Num(),
                Given(Cast(p)["dots"], id, "dots", 0));
  }
}

void PaintRank(Painter& p, Look ballot) {
  const std::vector<std::string> chosen = Strings(Cast(p)["items"]);
  const std::vector<Look> items = p.Judged();
  p.html.Open("fieldset").Add("legend", p.W(Word::kRankHow, ballot["top"].Num()));
  for (int64_t place = 1; place <= ballot["top"].Num(); ++place) {
    const std::string name = "r." + std::to_string(place);
    p.html.Open("p", {{"class", "field"}});
    p.html.Add("label", {{"for", "box-" + name}}, p.W(Word::kPlace, place));
    p.html.Open("select", {{"id", "box-" + name}, {"name", name}});
    p.html.Add("option", {{"value", ""}}, "–");
    for (Look item : items) {
      const std::string id = item["id"].Str();
      const auto at = static_cast<size_t>(place - 1);
      if (at < chosen.size() && chosen[at] == id) {
        p.html.Add("option", {{"value", id}, {"selected", "selected"}}, p.TitleOf(item));
      } else {
        p.html.Add("option", {{"value", id}}, p.TitleOf(item));
      }
    }
    p.html.Close("select").Close("p");
  }
  p.html.Close("fieldset");
}

void PaintRatings(Painter& p, Look ballot) {
  p.html.Add("p", Range(p, ballot));
  std::vector<Painter::Choice> values = Values(p, ballot);
  values.push_back({"", p.W(Word::kNoAnswer)});
  for (Look item : p.Judged()) {
    const std::string id = item["id"].Str();
    const int64_t none = ballot["low"].Num(1) - 1;
    const int64_t value = Given(Cast(p)["ratings"], id, "value", none);
    p.Radios("v." + id, p.TitleOf(item), values,
             {value == none ? std::string() : std::to_string(value)});
  }
}

void PaintBallot(Painter& p) {
  const Look ballot = p.now["ballot"];
  const std::string kind = ballot["kind"].Str();
  p.typing = true;
  const bool rates = kind == "scale" && (p.now["items"] || p.now["collect"]);
  p.BeginForm("vote", NextSeq(p));
  p.html.Hidden("kind", rates ? "ratings" : kind);
  if (kind == "choice") PaintChoice(p, ballot);
  if (kind == "dots") PaintDots(p, ballot);
  if (kind == "rank") PaintRank(p, ballot);
  if (kind == "scale") rates ? PaintRatings(p, ballot) : PaintScale(p, ballot);
  p.EndForm(Cast(p) ? Word::kChange : Word::kSend);
}

// In words: what counts now.
std::string Answer(const Painter& p) {
  const Look cast = Cast(p), ballot = p.now["ballot"];
  const auto title = [&](const std::string& id) {
    for (Look item : p.now["items"].List()) {
      if (item["id"].Str() == id) return p.TitleOf(item);
    }
    for (Look option : ballot["options"].List()) {
      if (option["id"].Str() == id) return p.In(option["title"]);
    }
    return id;
  };
  std::string text;
  const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  for (Look option : cast["options"].List()) add(title(option.Str()));
  if (cast["kind"].Str() == "scale") add(p.ValueLabel(ballot, cast["value"].Num()));
  for (Look one : cast["dots"].List()) {
    add(title(one["item"].Str()) + ": " + std::to_string(one["dots"].Num()));
  }
  int64_t place = 0;
  for (Look item : cast["items"].List()) add(std::to_string(++place) + ". " + title(item.Str()));
  for (Look one : cast["ratings"].List()) {
    add(title(one["item"].Str()) + ": " + std::to_string(one["value"].Num()));
  }
  return text.empty() ? "–" : text;
}

}  // namespace

void PaintVote(Painter& p) {
  if (!Cast(p) || p.page.changing) return PaintBallot(p);
  p.html.Open("p", {{"class", "answer"}}).Written(p.W(Word::kYouSaid, {Answer(p)})).Close("p");
  p.BeginForm("change");
  p.EndForm(Word::kChange);
}

void PaintUpvotes(Painter& p) {
  const std::vector<Look> items = p.Judged();
  if (items.empty()) p.html.Add("p", p.W(Word::kNoQuestions));
  p.html.Open("ul", {{"class", "rows"}});
  for (Look item : items) {
    const std::string id = item["id"].Str(), mark = item["mark"].Str();
    Look voted;
    for (Look one : p.mine["upvotes"].List()) {
      if (one["item"].Str() == id) voted = one;
    }
    const bool up = voted["up"].Yes();
    p.html.Open("li").Open("p").Written(p.TitleOf(item));
    if (mark == "live") p.html.Text(" – " + p.W(Word::kAnswering));
    if (mark == "answered") p.html.Text(" – " + p.W(Word::kAnswered));
    if (up) p.html.Text(" – " + p.W(Word::kYoursToo));
    p.html.Close("p");
    p.BeginForm("upvote", voted["seq"].Num() + 1);
    p.html.Hidden("i", id).Hidden("up", up ? "0" : "1");
    p.EndForm(up ? Word::kTakeBackVote : Word::kMeTooFor, p.TitleOf(item));
    p.html.Close("li");
  }
  p.html.Close("ul");
}

}  // namespace plenum::basic
