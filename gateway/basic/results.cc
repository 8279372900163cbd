// Results as tables of text, once everybody may see them.
#include <algorithm>

#include "gateway/basic/painter.h"

namespace plenum::basic {
namespace {

constexpr size_t kRows = 100;

class Table {
 public:
  Table(Painter& p, const std::string& caption, std::initializer_list<Word> heads) : p_(p) {
    p.html.Open("table").Add("caption", caption).Open("thead").Open("tr");
    for (Word head : heads) p.html.Add("th", {{"scope", "col"}}, p.W(head));
    p.html.Close("tr").Close("thead").Open("tbody");
  }
  ~Table() { p_.html.Close("tbody").Close("table"); }

  // The first cell heads the row.
  void Row(const std::vector<std::string>& cells) {
    p_.html.Open("tr").Open("th", {{"scope", "row"}}).Written(cells.front()).Close("th");
    for (size_t i = 1; i < cells.size(); ++i) p_.html.Add("td", cells[i]);
    p_.html.Close("tr");
  }

 private:
  Painter& p_;
};

std::string N(Look value) { return std::to_string(value.Num()); }

std::string Ranked(const Painter& p, Look row) {
  const std::string star = row["merged"].List().empty() ? "" : " *";
  return p.TitleOf(row) + star;
}

std::string RankOf(Look row) { return row["rank"].Num() == 0 ? "–" : N(row["rank"]); }

void PaintCounts(Painter& p, Look result, const std::string& caption, int64_t low) {
  Table table(p, caption, {Word::kAnswer, Word::kPeople});
  const Look ballot = p.now["ballot"];
  int64_t value = low;
  for (Look count : result["counts"].List()) table.Row({p.ValueLabel(ballot, value++), N(count)});
}

void PaintComparison(Painter& p, Look comparison, int64_t low) {
  if (!comparison) return;
  for (const auto& [part, word] : {std::pair{"before", Word::kBefore}, {"after", Word::kNow}}) {
    const Look side = comparison[part];
    const std::string mean = p.W(Word::kMean) + " " + side["mean"].Str();
    PaintCounts(p, side,
                p.W(word) + ": " + mean + ", " + p.W(Word::kPeople) + " " + N(side["people"]), low);
  }
  p.html.Add("p", p.W(Word::kChangeOf,
                      {N(comparison["paired"]), N(comparison["up"]), N(comparison["same"]),
                       N(comparison["down"]), comparison["mean_change"].Str()}));
  if (comparison["groups_differ"].Yes()) p.html.Add("p", p.W(Word::kGroupsDiffer));
}

void PaintScaleResult(Painter& p, Look result) {
  const int64_t low = p.now["ballot"]["low"].Num(1);
  p.html.Add("p", {{"class", "big"}},
             p.W(Word::kMean) + " " + result["mean"].Str() + ", " + p.W(Word::kMedian) + " " +
                 result["median"].Str());
  PaintCounts(p, result, p.W(Word::kResult), low);
  PaintComparison(p, result["comparison"], low);
}

void PaintChoiceResult(Painter& p, Look result) {
  std::string nobody;
  {
    Table table(p, p.W(Word::kResult), {Word::kAnswer, Word::kPeople});
    for (Look option : result["options"].List()) {
      table.Row({p.In(option["title"]), N(option["count"])});
      for (Look missing : result["nobody"].List()) {
        if (missing.Str() != option["id"].Str()) continue;
        nobody += (nobody.empty() ? "" : ", ") + p.In(option["title"]);
      }
    }
  }
  if (!nobody.empty()) p.html.Add("p", p.W(Word::kNobodyFrom, {nobody}));
}

// Of items with ranks; what each row has beside its rank is chosen by kind.
void PaintRanking(Painter& p, Look result, std::initializer_list<Word> heads,
                  const std::function<std::vector<std::string>(Look)>& cells) {
  bool merged = false;
  size_t shown = 0;
  {
    Table table(p, p.W(Word::kResult), heads);
    for (Look row : result["items"].List()) {
      if (++shown > kRows) break;
      merged = merged || !row["merged"].List().empty();
      std::vector<std::string> all = {Ranked(p, row), RankOf(row)};
      for (std::string& cell : cells(row)) all.push_back(std::move(cell));
      table.Row(all);
    }
  }
  const auto items = static_cast<int64_t>(result["items"].List().size());
  const int64_t more = result["more"].Num() + std::max<int64_t>(0, items - int64_t{kRows});
  if (merged) p.html.Add("p", p.W(Word::kMerged));
  if (more > 0) p.html.Add("p", p.W(Word::kMore, more));
}

void PaintItemsResult(Painter& p, Look result, const std::string& kind) {
  if (kind == "dots") {
    PaintRanking(p, result, {Word::kIdea, Word::kRank, Word::kDots, Word::kPeople},
                 [](Look row) { return std::vector{N(row["dots"]), N(row["people"])}; });
  } else if (kind == "upvote") {
    PaintRanking(p, result, {Word::kIdea, Word::kRank, Word::kVotes},
                 [](Look row) { return std::vector{N(row["votes"])}; });
  } else if (kind == "rank") {
    PaintRanking(
        p, result, {Word::kIdea, Word::kRank, Word::kPoints, Word::kPeople, Word::kFirsts},
        [](Look row) { return std::vector{N(row["points"]), N(row["people"]), N(row["firsts"])}; });
  } else if (kind == "ratings") {
    PaintRanking(p, result, {Word::kIdea, Word::kRank, Word::kMean, Word::kPeople},
                 [](Look row) { return std::vector{row["mean"].Str(), N(row["people"])}; });
  } else {
    PaintRanking(p, result, {Word::kIdea, Word::kRank, Word::kTotal, Word::kScores},
                 [](Look row) { return std::vector{row["total"].Str(), N(row["scores"])}; });
  }
}

void PaintWords(Painter& p, Look result) {
  {
    Table table(p, p.W(Word::kResult), {Word::kWord, Word::kTimes});
    for (Look word : result["words"].List()) table.Row({word["word"].Str(), N(word["count"])});
  }
  if (const int64_t more = result["more"].Num(); more > 0) p.html.Add("p", p.W(Word::kMore, more));
}

void PaintContributions(Painter& p) {
  p.html.Open("ul", {{"class", "rows"}});
  size_t shown = 0;
  for (Look item : p.now["items"].List()) {
    if (++shown > kRows) break;
    std::string text;
    for (const auto& [id, value] : item["fields"].Members()) {
      text += (text.empty() ? "" : " · ") + Look(&value).Str();
    }
    p.html.Open("li").Written(text.empty() ? p.TitleOf(item) : text).Close("li");
  }
  p.html.Close("ul");
}

// The result by the groups that people have told, for what can be said in one row.
void PaintByGroup(Painter& p) {
  const Look split = p.now["by_group"];
  const std::vector<Look> rows = split["rows"].List();
  if (rows.empty()) return;
  std::string hidden;
  const auto name = [&p](Look row) {
    const std::string title = p.In(row["title"]);
    return title.empty() ? p.W(Word::kNoGroup) : title;
  };
  {
    Table table(p, p.W(Word::kByGroup), {Word::kGroupTitle, Word::kPeople, Word::kMean});
    for (Look row : rows) {
      const std::string mean = row["totals"]["mean"].Str();
      table.Row({name(row), N(row["people"]), mean.empty() ? "–" : mean});
    }
  }
  for (Look row : split["hidden"].List()) hidden += (hidden.empty() ? "" : ", ") + name(row);
  if (!hidden.empty()) p.html.Add("p", p.W(Word::kTooFew, {hidden}));
}

}  // namespace

void PaintResult(Painter& p) {
  const Look result = p.now["result"];
  if (!result) return;
  const bool over = p.Phase() == "revealed" || p.Phase() == "sealed";
  p.html.Add("h2", p.W(over ? Word::kResult : Word::kSoFar));
  const std::string kind = result["kind"].Str();
  if (kind == "scale") PaintScaleResult(p, result);
  if (kind == "choice") PaintChoiceResult(p, result);
  if (kind == "words") PaintWords(p, result);
  if (kind == "items") PaintContributions(p);
  const bool ranked =
      kind == "dots" || kind == "upvote" || kind == "rank" || kind == "ratings" || kind == "deck";
  if (ranked) PaintItemsResult(p, result, kind);
  const int64_t people = kind == "deck" ? result["scorers"].Num() : result["people"].Num();
  p.html.Add("p", p.W(Word::kPeople) + ": " + std::to_string(people));
  PaintByGroup(p);
}

}  // namespace plenum::basic
