// World café and open space: being there, where to go, who hosts, what the table notes.
#include "gateway/basic/painter.h"

namespace plenum::basic {
namespace {

std::string TopicOf(const Painter& p, Look table) {
  const std::string topic = p.In(table["title"]);
  return topic.empty() ? p.W(Word::kOpenTable) : topic;
}

void PaintMove(Painter& p, std::string_view action, int64_t table, Word word) {
  p.BeginForm(action);
  p.html.Hidden("n", std::to_string(table));
  p.EndForm(word, std::to_string(table));
}

void PaintAllTables(Painter& p, int64_t here) {
  p.html.Add("h2", p.W(Word::kTables)).Add("p", p.W(Word::kFreeToMove));
  p.html.Open("ul", {{"class", "rows"}});
  for (Look table : p.now["tables"].List()) {
    const int64_t number = table["number"].Num();
    p.html.Open("li").Open("p");
    p.html.Add("strong", p.W(Word::kTable, number)).Text(" ").Written(TopicOf(p, table));
    p.html.Text(" – " + p.W(Word::kPlacesTaken, {std::to_string(table["seated"].Num()),
                                                 std::to_string(table["places"].Num())}));
    p.html.Close("p");
    if (number != here) PaintMove(p, "visit", number, Word::kSitHere);
    p.html.Close("li");
  }
  p.html.Close("ul");
}

void PaintNotes(Painter& p, int64_t here) {
  bool any = false;
  for (Look item : p.now["items"].List()) {
    if (item["table"].Num() != here) continue;
    if (!any) p.html.Add("h2", p.W(Word::kNotes)).Open("ul", {{"class", "rows"}});
    any = true;
    p.html.Open("li").Written(p.In(item["title"])).Close("li");
  }
  if (any) p.html.Close("ul");
}

void PaintSeat(Painter& p, int64_t here) {
  Look table;
  for (Look one : p.now["tables"].List()) {
    if (one["number"].Num() == here) table = one;
  }
  p.html.Add("p", {{"class", "big"}}, p.W(Word::kGoToTable, here));
  p.html.Open("p").Written(TopicOf(p, table)).Close("p");
  const int64_t next = p.mine["table"]["next"].Num();
  if (next != 0 && next != here) p.html.Add("p", p.W(Word::kThenTable, next));
  const bool hosting = p.mine["table"]["hosts"].Num() == here;
  const std::string who = p.now["collect"]["who"].Str();
  if (who == "everyone" || (who == "table-hosts" && hosting)) {
    p.html.Add("h2", p.W(Word::kWriteNote));
    p.BeginForm("add");
    p.html.Hidden("table", std::to_string(here));
    PaintFields(p, Word::kYourText);
    p.EndForm(Word::kHandIn);
  }
  PaintNotes(p, here);
  PaintOwnTexts(p);
  if (hosting) {
    PaintMove(p, "unhost", here, Word::kHandOver);
  } else if (!table["hosted"].Yes()) {
    p.html.Add("p", p.W(Word::kHostWhy));
    PaintMove(p, "host", here, Word::kHostThis);
  }
}

}  // namespace

bool IsAtTables(const Painter& p) { return p.now["tables"] || p.now["rounds"]; }

void PaintTables(Painter& p) {
  const std::string phase = p.Phase();
  if (phase == "voting" && p.now["ballot"]) {
    if (p.now["ballot"]["kind"].Str() == "upvote") return PaintUpvotes(p);
    return PaintVote(p);
  }
  const bool sits = phase == "seated" || phase == "closing";
  const int64_t here = p.mine["table"]["now"].Num();
  if (const int64_t round = p.now["round"].Num(); sits && round != 0) {
    p.html.Add(
        "p", p.W(Word::kRoundOf, {std::to_string(round), std::to_string(p.now["rounds"].Num(1))}));
  }
  if (!sits) {
    p.html.Add("p", p.W(p.mine["table"]["here"].Yes() ? Word::kHereIn : Word::kPlanComing));
  } else if (here != 0) {
    PaintSeat(p, here);
  }
  if (!p.mine["table"]["here"].Yes() && phase != "closing") {
    p.BeginForm("here");
    p.EndForm(Word::kImHere);
  }
  if (sits) PaintAllTables(p, here);
}

}  // namespace plenum::basic
