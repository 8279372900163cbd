// Writing: one text, words, several fields; what one wrote, and taking it back.
#include "gateway/basic/painter.h"

namespace plenum::basic {
namespace {

constexpr int64_t kLine = 80;  // a text of no more characters gets one line

std::string HintFor(const Painter& p, int64_t most, int64_t words) {
  std::string hint = p.W(Word::kUpToLetters, most);
  return words > 0 ? p.W(Word::kYourWords, words) + ". " + hint : hint;
}

Word StateWord(const std::string& state) {
  if (state == "pending") return Word::kPending;
  if (state == "hidden") return Word::kHidden;
  return state == "withdrawn" ? Word::kWithdrawn : Word::kErased;
}

}  // namespace

void PaintFields(Painter& p, Word text_label) {
  const Look collect = p.now["collect"];
  const std::vector<Look> fields = collect["fields"].List();
  if (fields.empty()) {
    const int64_t most = collect["max_graphemes"].Num(), words = collect["words"].Num();
    p.TextBox({"t", p.W(text_label), HintFor(p, most, words), most, words > 0 || most <= kLine});
  }
  for (Look field : fields) {
    const int64_t most = field["max_graphemes"].Num();
    std::string label = p.In(field["title"]);
    if (!field["required"].Yes()) label += " (" + p.W(Word::kOptional) + ")";
    std::string hint = HintFor(p, most, 0);
    if (field["names_person"].Yes()) hint = p.W(Word::kNamesPerson) + " " + hint;
    p.TextBox({"f." + field["id"].Str(), label, hint, most, most <= kLine});
  }
}

void PaintWriting(Painter& p) {
  const Look collect = p.now["collect"];
  const bool questions = p.now["ballot"]["kind"].Str() == "upvote";
  if (collect["who"].Str() != "everyone") {
    p.html.Add("p", p.W(Word::kOthersWrite));
    return;
  }
  const auto written = static_cast<int64_t>(p.mine["contributions"].List().size());
  if (written < collect["each"].Num(1)) {
    p.BeginForm("add");
    PaintFields(p, questions ? Word::kYourQuestion : Word::kYourText);
    if (collect["moderated"].Yes()) p.html.Add("p", p.W(Word::kModerated));
    p.EndForm(Word::kHandIn);
  }
  PaintOwnTexts(p);
}

void PaintOwnTexts(Painter& p) {
  const std::vector<Look> own = p.mine["contributions"].List();
  if (own.empty()) return;
  p.html.Add("h2", p.W(Word::kWhatYouWrote)).Open("ul", {{"class", "rows"}});
  for (Look one : own) {
    const std::string state = one["state"].Str();
    std::string text = one["text"].Str();
    for (const auto& [id, value] : one["fields"].Members()) {
      text += (text.empty() ? "" : " · ") + Look(&value).Str();
    }
    if (text.empty()) text = p.W(Word::kRemoved);
    if (one["number"].Num() != 0) text = std::to_string(one["number"].Num()) + ". " + text;
    p.html.Open("li").Open("p").Written(text);
    if (!state.empty()) p.html.Text(" – " + p.W(StateWord(state)));
    p.html.Close("p");
    const bool open = p.Phase() == "collecting" || p.Phase() == "voting" || p.Phase() == "seated";
    if (open && !p.now["deal"] && state != "withdrawn" && state != "erased") {
      p.BeginForm("withdraw");
      p.html.Hidden("i", one["id"].Str());
      p.EndForm(p.W(Word::kTakeBack) + ": " + text.substr(0, text.find(' ')));
    }
    p.html.Close("li");
  }
  p.html.Close("ul");
}

}  // namespace plenum::basic
