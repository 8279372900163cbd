#include "gateway/basic/page.h"

#include <algorithm>

#include "gateway/basic/painter.h"

namespace plenum::basic {
namespace {

constexpr int kLookAgainSeconds = 8;

constexpr std::string_view kStyle = R"(
html{font:100%/1.5 Arial,Helvetica,sans-serif;color:#16202b;background:#f7f5f0}
body{margin:0 auto;padding:0.75em;max-width:40em;word-wrap:break-word;overflow-wrap:break-word}
h1{font-size:1.4em;line-height:1.25;margin:0.5em 0}
h2{font-size:1.15em;margin:1.5em 0 0.5em}
.room,small,.label{color:#4c5967}
small{display:block}
.notice{border:2px solid #737f8c;padding:0.75em;margin:0.75em 0;background:#fff}
.good{border-color:#17663a;color:#17663a}
.bad{border-color:#a3201d;color:#a3201d}
.big{font-size:1.3em;font-weight:bold}
label{display:inline-block;padding:0.25em 0}
.field label,.number label{display:block;font-weight:bold}
input[type=text],textarea,select{font:inherit;width:100%;max-width:100%;box-sizing:border-box;
padding:0.5em;border:2px solid #737f8c;background:#fff;color:#16202b}
input[type=number]{font:inherit;width:6em;padding:0.5em;border:2px solid #737f8c;background:#fff;color:#16202b}
fieldset{border:1px solid #737f8c;margin:1em 0;padding:0.5em 0.75em;min-width:0}
legend{font-weight:bold;padding:0 0.25em}
.pick{margin:0;padding:0.4em 0}
.pick input{width:1.4em;height:1.4em;vertical-align:middle;margin-right:0.6em}
.pick label{display:inline;padding:0.6em 0}
button{font:inherit;font-weight:bold;min-height:3em;padding:0.5em 1em;border:2px solid #12436d;
background:#12436d;color:#fff;max-width:100%;white-space:normal}
header button,footer button,.rows button{background:#fff;color:#12436d;font-weight:normal}
button:focus,input:focus,select:focus,textarea:focus,a:focus{outline:3px solid #f46a25;outline-offset:2px}
.rows{list-style:none;margin:0;padding:0}
.rows li{border-top:1px solid #737f8c;padding:0.5em 0}
.rows p{margin:0.25em 0}
blockquote{margin:1em 0;padding:1em;border:2px solid #737f8c;background:#fff;font-size:1.15em}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin:1em 0;background:#fff}
caption{text-align:left;font-weight:bold;padding:0.25em 0}
th,td{border:1px solid #737f8c;padding:0.4em;text-align:left;vertical-align:top;font-weight:normal;
overflow-wrap:break-word;word-wrap:break-word}
thead th{font-weight:bold}
thead th:first-child{width:45%}
footer{border-top:1px solid #737f8c;margin-top:2em;padding-top:0.5em}
@media (prefers-color-scheme:dark){html{color:#f1f4f7;background:#10161d}
.room,small,.label{color:#b3bfcb}
.notice,table,blockquote,input[type=text],input[type=number],textarea,select{background:#1a232d;color:#f1f4f7}
.good{border-color:#7fd6a0;color:#7fd6a0}
.bad{border-color:#ff9d94;color:#ff9d94}
a{color:#8ec5f4}
button{background:#8ec5f4;border-color:#8ec5f4;color:#0b1a28}
header button,footer button,.rows button{background:#1a232d;color:#8ec5f4}}
)";

// `refresh`: an address to look at again, or empty.
std::string Document(const std::string& language, const std::string& title,
                     const std::string& refresh, const std::string& body) {
  Html html;
  html.Raw("<!doctype html>\n").Open("html", {{"lang", language}}).Open("head");
  html.Raw(
      "<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  if (!refresh.empty()) {
    html.Open("meta", {{"http-equiv", "refresh"},
                       {"content", std::to_string(kLookAgainSeconds) + ";url=" + refresh}});
  }
  html.Add("title", title);
  html.Raw("<link rel=\"stylesheet\" href=\"/basic/basic.css\">\n");
  html.Close("head").Open("body").Raw(body).Close("body").Close("html");
  return html.Take();
}

void PaintNotice(Html& html, const Notice& notice) {
  if (notice.kind == Notice::Kind::kNone) return;
  const bool good = notice.kind == Notice::Kind::kGood;
  html.Add("p", {{"class", good ? "notice good" : "notice bad"}, {"role", "status"}}, notice.text);
}

// What is known of a person here.
std::string LabelOf(const Painter& p) {
  const std::string label = p.now["label"].Str();
  if (label == "named") return p.W(Word::kNamed);
  if (label != "linked") return p.W(Word::kAnonymous);
  std::string titles;
  for (Look id : p.now["linked_with"].List()) {
    for (Look activity : p.page.stage["run"].List()) {
      if (activity["activity"].Str() != id.Str()) continue;
      titles += (titles.empty() ? "" : ", ") + p.In(activity["title"]);
    }
  }
  return titles.empty() ? p.W(Word::kLinked) : p.W(Word::kLinkedTo, {titles});
}

std::string Face(int64_t ms) {
  const int64_t seconds = std::max<int64_t>(0, ms / 1000);
  const std::string rest = std::to_string(seconds % 60);
  return std::to_string(seconds / 60) + (rest.size() < 2 ? ":0" : ":") + rest;
}

// What there is to do, by how the activity is made and where it stands.
void PaintTask(Painter& p) {
  const std::string phase = p.Phase();
  const bool upvote = p.now["ballot"]["kind"].Str() == "upvote";
  const bool writes =
      p.now["collect"] && (phase == "collecting" || (phase == "closing" && !p.now["ballot"]));
  if (phase == "waiting") {
    p.html.Add("p", p.W(Word::kNothingNow));
  } else if (phase == "closed") {
    p.html.Add("p", p.W(Word::kClosedNow));
    p.html.Add("p", p.W(Word::kTookPart, {std::to_string(p.now["turnout"]["answered"].Num()),
                                          std::to_string(p.now["turnout"]["of"].Num())}));
    if (!p.now["result"]) p.html.Add("p", p.W(Word::kResultComes));
    PaintOwnTexts(p);
  } else if (phase == "revealed" || phase == "sealed") {
    PaintOwnTexts(p);
  } else if (IsAtTables(p)) {
    PaintTables(p);
  } else if (p.now["deal"]) {
    PaintDeck(p);
  } else {
    if (writes) PaintWriting(p);
    if (upvote) PaintUpvotes(p);
    if (!writes && !upvote && p.now["ballot"]) PaintVote(p);
  }
}

void PaintNow(Painter& p) {
  if (!p.now) {
    p.html.Open("h1").Written(p.In(p.room["title"])).Close("h1");
    p.html.Add("p", p.W(Word::kNothingNow));
    for (Look activity : p.page.stage["run"].List()) {
      if (activity["skipped"].Yes()) continue;
      p.html.Open("p").Text(p.W(Word::kNext) + ": ").Written(p.In(activity["title"])).Close("p");
      break;
    }
    return;
  }
  p.html.Open("h1").Written(p.In(p.now["title"])).Close("h1");
  if (const std::string prompt = p.In(p.now["prompt"]); !prompt.empty()) {
    p.html.Open("p", {{"class", "prompt"}}).Written(prompt).Close("p");
  }
  p.html.Add("p", {{"class", "label"}}, LabelOf(p));
  const int64_t deadline = p.now["deadline_ms"].Num();
  if (deadline > p.page.now_ms) {
    p.html.Add("p", p.W(Word::kTimeLeft, {Face(deadline - p.page.now_ms)}));
  }
  PaintTask(p);
  PaintResult(p);
}

// Asked once, if the room has groups. Nobody has to say.
void PaintGroups(Painter& p) {
  std::vector<Painter::Choice> all;
  for (Look group : p.room["groups"].List()) {
    all.push_back({group["id"].Str(), p.In(group["title"])});
  }
  all.push_back({"", p.W(Word::kGroupNone)});
  p.BeginForm("group");
  p.Radios("v", p.W(Word::kGroupTitle), all, {});
  p.html.Add("p", p.W(Word::kGroupWhy));
  p.EndForm(Word::kGoOn);
}

// The same fields with the same ids once more.
void PaintAgain(Painter& p, const Form& form) {
  p.html.Open("form", {{"method", "post"}, {"action", "/basic/" + p.page.code}});
  for (const auto& [name, value] : form.fields) {
    if (name != "k" && name != "p") p.html.Hidden(name, value);
  }
  p.html.Hidden("k", p.page.key);
  if (!p.page.pass.empty()) p.html.Hidden("p", p.page.pass);
  p.EndForm(Word::kSendAgain);
}

// Whether pages refresh by themselves is for who reads them to say.
void PaintStillSwitch(Painter& p) {
  p.BeginForm("still");
  p.html.Hidden("v", p.page.still ? "0" : "1");
  p.EndForm(p.page.still ? Word::kRefresh : Word::kDoNotRefresh);
}

// On a page that refreshes, the way to stop that comes before everything else.
void PaintHeader(Painter& p, bool refreshes) {
  p.html.Open("header").Open("p", {{"class", "room"}}).Written(p.In(p.room["title"])).Close("p");
  if (refreshes) PaintStillSwitch(p);
  p.html.Close("header");
}

void PaintFooter(Painter& p, bool refreshes) {
  p.html.Open("footer");
  p.BeginForm("look");
  p.EndForm(Word::kLookAgain);
  const bool has_cookies = p.page.pass.empty();
  p.html.Add("p", p.W(refreshes                     ? Word::kChangesItself
                      : p.page.still && has_cookies ? Word::kIsStill
                                                    : Word::kLookAgainWhy));
  if (has_cookies && !refreshes) PaintStillSwitch(p);
  p.html.Add("h2", p.W(Word::kLanguage));
  for (const char* language : {"en", "cy"}) {
    if (p.page.language == language) continue;
    p.BeginForm("language");
    p.html.Hidden("v", language);
    p.html.Open("p", {{"class", "send"}, {"lang", language}});
    p.html.Add("button", {{"type", "submit"}}, Say(language, Word::kLangName));
    p.html.Close("p").Close("form");
  }
  p.html.Add("h2", p.W(Word::kTell));
  p.BeginForm("tell");
  const bool typed = p.typing;
  p.TextBox({"word", p.W(Word::kTell), p.W(Word::kTellLabel), 300, true});
  p.typing = typed;  // it waits at the end of every page, mostly empty
  p.EndForm(Word::kHandIn);
  p.html.Add("h2", p.W(Word::kLeave));
  p.BeginForm("leave");
  p.EndForm(Word::kLeave);
  p.html.Close("footer");
}

}  // namespace

std::string_view StyleSheet() { return kStyle.substr(1); }

std::string RenderRoom(const RoomPage& page) {
  Painter p(page);
  p.html.Open("main");
  PaintNotice(p.html, page.notice);
  if (page.again) PaintAgain(p, *page.again);
  if (page.asks_group) {
    p.html.Add("h1", p.W(Word::kGroupTitle));
    PaintGroups(p);
    p.typing = true;
  } else {
    PaintNow(p);
  }
  p.html.Close("main");
  const bool refreshes = !page.still && !p.typing && page.pass.empty() && !page.again;
  const std::string main = p.html.Take();
  PaintHeader(p, refreshes);
  p.html.Raw(main);
  PaintFooter(p, refreshes);
  const std::string title = p.now ? p.In(p.now["title"]) : p.In(p.room["title"]);
  return Document(page.language, title, refreshes ? "/basic/" + page.code : "", p.html.Take());
}

namespace {

void PaintCodeForm(Html& html, const JoinPage& page) {
  html.Add("h1", Say("en", Word::kJoinTitle) + " – " + Say("cy", Word::kJoinTitle));
  PaintNotice(html, page.notice);
  html.Open("form", {{"method", "post"}, {"action", "/basic"}}).Open("p", {{"class", "field"}});
  html.Open("label", {{"for", "code"}}).Text(Say("en", Word::kCodeLabel)).Raw("<br>");
  html.Add("span", {{"lang", "cy"}}, Say("cy", Word::kCodeLabel)).Close("label");
  html.Open("input", {{"type", "text"},
                      {"id", "code"},
                      {"name", "code"},
                      {"maxlength", "12"},
                      {"autocomplete", "off"},
                      {"inputmode", "numeric"}});
  html.Close("p").Open("p", {{"class", "send"}});
  html.Add("button", {{"type", "submit"}}, Say("en", Word::kJoin) + " – " + Say("cy", Word::kJoin));
  html.Close("p").Close("form");
}

void PaintPrivacy(Html& html, const JoinPage& page) {
  const std::vector<Look> notices = page.privacy["notices"].List();
  Look notice = notices.empty() ? Look() : notices.front();
  for (Look one : notices) {
    if (one["language"].Str() == page.language) notice = one;
  }
  html.Add("h2", notice["title"].Str());
  for (Look section : notice["sections"].List()) {
    html.Add("h3", section["title"].Str());
    for (Look line : section["lines"].List()) html.Add("p", line.Str());
  }
}

// Before the first page that refreshes by itself.
void PaintStillChoice(Html& html, const std::string& label) {
  html.Open("p", {{"class", "pick"}});
  html.Open("input", {{"type", "checkbox"}, {"id", "still"}, {"name", "still"}, {"value", "1"}});
  html.Add("label", {{"for", "still"}}, label).Close("p");
}

void PaintJoinForm(Html& html, const JoinPage& page) {
  const auto say = [&page](Word word) { return Say(page.language, word); };
  html.Add("h1", page.room["title"].In(page.language));
  PaintNotice(html, page.notice);
  PaintPrivacy(html, page);
  for (const char* language : {"en", "cy"}) {
    const bool mine = page.language == language;
    html.Open("form", {{"method", "post"}, {"action", "/basic/" + page.code}});
    html.Hidden("do", "join").Hidden("id", page.id).Hidden("l", language);
    html.Hidden("notice", page.privacy["version"].Str());
    if (mine && page.room["join"].Str() == "codes") {
      html.Open("p", {{"class", "field"}});
      html.Add("label", {{"for", "personal"}}, say(Word::kPersonalLabel));
      html.Open("input", {{"type", "text"},
                          {"id", "personal"},
                          {"name", "personal"},
                          {"maxlength", "40"},
                          {"autocomplete", "off"},
                          {"value", page.personal}});
      html.Close("p");
    }
    if (mine) PaintStillChoice(html, say(Word::kNoRefresh));
    if (!mine) html.Hidden("look", "1");
    html.Open("p", {{"class", "send"}, {"lang", language}});
    html.Add("button", {{"type", "submit"}},
             Say(language, mine ? Word::kUnderstand : Word::kLangName));
    html.Close("p").Close("form");
  }
}

}  // namespace

std::string RenderJoin(const JoinPage& page) {
  Html html;
  html.Open("main");
  page.code.empty() ? PaintCodeForm(html, page) : PaintJoinForm(html, page);
  html.Close("main").Open("footer").Open("p");
  html.Add("a", {{"href", page.code.empty() ? "/" : "/r/" + page.code}},
           Say(page.language, Word::kFullPage));
  html.Close("p").Close("footer");
  const std::string title =
      page.code.empty() ? Say("en", Word::kJoinTitle) : page.room["title"].In(page.language);
  return Document(page.language.empty() ? "en" : page.language, title, "", html.Take());
}

std::string RenderEnd(const EndPage& page) {
  Html html;
  html.Open("main").Add("h1", page.text);
  if (page.button) {
    html.Open("form", {{"method", "post"}, {"action", "/basic/" + page.code}});
    html.Hidden("do", page.action).Hidden("l", page.language);
    if (!page.key.empty()) html.Hidden("k", page.key);
    if (!page.pass.empty()) html.Hidden("p", page.pass);
    html.Open("p", {{"class", "send"}});
    html.Add("button", {{"type", "submit"}}, Say(page.language, *page.button));
    html.Close("p").Close("form");
  }
  html.Close("main");
  const bool again = page.refresh && page.pass.empty() && !page.still;
  return Document(page.language, page.text, again ? "/basic/" + page.code : "", html.Take());
}

}  // namespace plenum::basic
