#include "gateway/basic/desk.h"

#include <algorithm>
#include <utility>

#include "gateway/basic/commands.h"
#include "schema/hash.h"
#include "schema/limits.h"

namespace plenum::basic {
namespace {

constexpr std::string_view kPath = "/basic";
constexpr TimeMs kKeepAliveMs = 10'000;
constexpr TimeMs kForgetMs = 3 * 60'000;
constexpr size_t kJoins = 20'000;
constexpr const char* kCookie = "plenum";
constexpr const char* kTry = "plenum-try";
constexpr const char* kMonth = "2592000";

HttpAnswer HtmlAnswer(int status, std::string html) {
  HttpAnswer answer;
  answer.status = status;
  answer.content_type = "text/html; charset=utf-8";
  answer.body = MakeBytes(std::move(html));
  answer.sends_forms = true;
  return answer;
}

HttpAnswer Style() {
  HttpAnswer answer;
  answer.content_type = "text/css; charset=utf-8";
  answer.cache_control = "max-age=3600";
  answer.body = MakeBytes(std::string(StyleSheet()));
  return answer;
}

// Forms of ours are known by it: only who has the token can know it.
std::string KeyOf(const std::string& token) {
  return HashOf("plenum/basic-form/v1\n" + token).Hex().substr(0, 32);
}

// As people write it: "482 913", "482-913".
std::string DigitsOf(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

bool IsLanguage(std::string_view text) { return text == "en" || text == "cy"; }

std::string FirstLanguage(Look title) {
  for (const auto& [language, text] : title.Members()) {
    if (IsLanguage(language)) return language;
  }
  return "en";
}

Notice Bad(std::string text) { return {Notice::Kind::kBad, std::move(text)}; }

// What is told of a command, honestly.
Notice NoticeOf(const Conversation::Fate& fate, const std::string& language, bool handed_in) {
  const auto bad = [&](Word word) { return Bad(Say(language, word)); };
  const std::string& outcome = fate.outcome;
  if (outcome == "counted" || outcome == "accepted" || outcome == "duplicate" ||
      outcome == "ignored") {
    return {Notice::Kind::kGood, Say(language, handed_in ? Word::kHandedIn : Word::kCounted)};
  }
  if (outcome == "superseded") return bad(Word::kSuperseded);
  if (outcome == "stale") return bad(Word::kStale);
  if (outcome == "late") return bad(Word::kLate);
  if (!outcome.empty() && !fate.again) return Bad(ReasonIn(language, fate.reason, fate.text));
  if (fate.recorded) return {Notice::Kind::kGood, Say(language, Word::kSent)};
  return bad(Word::kNotRecorded);
}

}  // namespace

std::string Desk::Pass::Encode() const {
  return token + "~" + language + "~" + (said_group ? "1" : "") + group + (still ? "~still" : "");
}

Desk::Pass Desk::Pass::Decode(std::string_view text) {
  Pass pass;
  const size_t first = text.find('~');
  if (first == std::string_view::npos) return pass;
  const size_t second = text.find('~', first + 1);
  if (second == std::string_view::npos) return pass;
  pass.token = text.substr(0, first);
  pass.language = text.substr(first + 1, second - first - 1);
  if (!IsLanguage(pass.language)) pass.language = "en";
  std::string_view rest = text.substr(second + 1);
  if (const size_t third = rest.find('~'); third != std::string_view::npos) {
    pass.still = rest.substr(third + 1) == "still";
    rest = rest.substr(0, third);
  }
  pass.said_group = rest.starts_with('1');
  if (pass.said_group) pass.group = rest.substr(1);
  return pass;
}

void Desk::Handle(const HttpQuestion& question, HttpHandler::Reply reply) {
  const std::string_view rest = std::string_view(question.path).substr(kPath.size());
  if (rest == "/basic.css" && question.method == "GET") return reply(Style());
  if (question.method != "GET" && question.method != "POST") {
    HttpAnswer answer = ErrorAnswer(405, "method", "This address takes GET and POST only.");
    answer.allow = "GET, POST";
    return reply(std::move(answer));
  }
  const bool posted = question.method == "POST";
  auto form = ParseForm(posted ? question.body : "");
  if (!form ||
      (posted && !question.content_type.starts_with("application/x-www-form-urlencoded"))) {
    return reply(ErrorAnswer(400, "bad-request", "This is not a form of /basic."));
  }
  Begin(question, *form, std::make_shared<HttpHandler::Reply>(std::move(reply)));
}

void Desk::Begin(const HttpQuestion& question, const Form& form, const SharedReply& reply) {
  std::string code =
      question.path.size() > kPath.size() ? question.path.substr(kPath.size() + 1) : "";
  if (code.empty() && question.method == "POST") {
    code = DigitsOf(form.Get("code"));
    HttpAnswer answer = HtmlAnswer(303, "");
    answer.location = "/basic/" + code;
    if (!code.empty()) return (*reply)(std::move(answer));
  }
  if (code.empty()) return ShowCodeForm(reply, {});
  if (code != DigitsOf(code) || code.size() > 12) {
    return (*reply)(ErrorAnswer(404, "not-found", "There is nothing at this address."));
  }
  auto visit = std::make_shared<Visit>();
  visit->question = question;
  visit->question.body.clear();
  visit->reply = reply;
  visit->code = code;
  visit->form = form;
  const std::string kept = CookieIn(question.cookie, kCookie);
  visit->cookies = !kept.empty() || !CookieIn(question.cookie, kTry).empty();
  visit->pass = Pass::Decode(kept.empty() ? form.Get("p") : kept);
  if (question.method == "GET") {
    return visit->pass.token.empty() ? ShowJoin(visit) : Show(visit);
  }
  if (form.Get("do") == "join") return Join(visit);
  if (visit->pass.token.empty()) return ShowJoin(visit);
  Act(visit);
}

HttpAnswer Desk::Page(const SharedVisit& visit, std::string html, bool forget) const {
  HttpAnswer answer = HtmlAnswer(200, std::move(html));
  const std::string path = "; Path=/basic/" + visit->code;
  const std::string safe =
      parts_.secure_cookies ? "; HttpOnly; SameSite=Strict; Secure" : "; HttpOnly; SameSite=Strict";
  if (forget) {
    answer.cookies.push_back(kCookie + std::string("=") + path + "; Max-Age=0" + safe);
  } else if (visit->pass.token.empty()) {
    answer.cookies.push_back(kTry + std::string("=1; Path=/basic") + safe);
  } else if (visit->cookies) {
    answer.cookies.push_back(kCookie + ("=" + visit->pass.Encode()) + path + "; Max-Age=" + kMonth +
                             safe);
  }
  return answer;
}

void Desk::ShowCodeForm(const SharedReply& reply, Notice notice) {
  JoinPage page;
  page.notice = std::move(notice);
  auto visit = std::make_shared<Visit>();
  HttpAnswer answer = Page(visit, RenderJoin(page));
  (*reply)(std::move(answer));
}

void Desk::Get(const HttpQuestion& about, const std::string& path,
               std::function<void(int, std::optional<json::Value>)> then) {
  HttpQuestion question;
  question.method = "GET";
  question.path = path;
  question.host = about.host;
  question.address = about.address;
  parts_.server.Handle(std::move(question), [then = std::move(then)](HttpAnswer answer) {
    auto body = answer.body ? json::Parse(*answer.body) : json::Parse("");
    then(answer.status, body ? std::optional(*std::move(body)) : std::nullopt);
  });
}

// The privacy notice, and what is needed to get in.
void Desk::ShowJoin(const SharedVisit& visit) {
  visit->pass.token.clear();
  Get(visit->question, "/api/v1/codes/" + visit->code,
      [this, visit](int status, std::optional<json::Value> room) {
        if (status == 404) {
          return ShowCodeForm(visit->reply, Bad(room ? Look(&*room)["text"].Str() : ""));
        }
        if (status != 200 || !room) {
          return End(visit, {.text = Say("en", Word::kBusy), .refresh = true}, false);
        }
        Get(visit->question, "/api/v1/rooms/" + visit->code + "/privacy",
            [this, visit, room = *room](int, std::optional<json::Value> privacy) {
              JoinPage page;
              page.code = visit->code;
              page.room = Look(&room);
              page.privacy = Look(privacy ? &*privacy : nullptr);
              page.language = IsLanguage(visit->form.Get("l")) ? visit->form.Get("l")
                                                               : FirstLanguage(page.room["title"]);
              page.notice = visit->notice;
              page.id = parts_.new_id();
              page.personal = visit->form.Get("personal");
              (*visit->reply)(Page(visit, RenderJoin(page)));
            });
      });
}

void Desk::Join(const SharedVisit& visit) {
  if (visit->form.Get("look") == "1") return ShowJoin(visit);
  visit->pass = {};
  visit->pass.language = IsLanguage(visit->form.Get("l")) ? visit->form.Get("l") : "en";
  visit->pass.still = visit->form.Get("still") == "1";
  // Pressed twice: the same person.
  auto before = joined_.find(visit->form.Get("id"));
  if (before != joined_.end()) {
    visit->pass.token = before->second;
    return Show(visit);
  }
  json::Writer body;
  body.BeginObject().Key("code").String(visit->code);
  body.Key("notice").String(visit->form.Get("notice"));
  if (const std::string personal = visit->form.Get("personal"); !personal.empty()) {
    body.Key("personal").String(personal);
  }
  HttpQuestion question;
  question.method = "POST";
  question.path = "/api/v1/join";
  question.host = visit->question.host;
  question.address = visit->question.address;
  question.body = body.EndObject().Take();
  parts_.server.Handle(std::move(question),
                       [this, visit](HttpAnswer answer) { OnJoined(visit, answer); });
}

void Desk::OnJoined(const SharedVisit& visit, const HttpAnswer& answer) {
  auto body = answer.body ? json::Parse(*answer.body) : json::Parse("");
  const Look told(body ? &*body : nullptr);
  if (answer.status != 200) {
    visit->notice = Bad(ReasonIn(visit->pass.language, told["code"].Str(), told["text"].Str()));
    return ShowJoin(visit);
  }
  visit->pass.token = told["token"].Str();
  const std::string id = visit->form.Get("id");
  if (IsId(id) && joined_.emplace(id, visit->pass.token).second) {
    joined_order_.push_back(id);
    if (joined_order_.size() > kJoins) {
      joined_.erase(joined_order_.front());
      joined_order_.pop_front();
    }
  }
  Show(visit);
}

Ask Desk::AskServer() const {
  return [&server = parts_.server](HttpQuestion question, HttpHandler::Reply reply) {
    server.Handle(std::move(question), std::move(reply));
  };
}

std::shared_ptr<Desk::Guest> Desk::GuestFor(const SharedVisit& visit) {
  auto& guest = guests_[visit->pass.token];
  if (!guest || guest->conversation->closed() != 0) {
    guest = std::make_shared<Guest>();
    guest->conversation =
        std::make_shared<Conversation>(AskServer(), parts_.clock, parts_.new_id, visit->pass.token);
  }
  guest->seen = parts_.clock();
  return guest;
}

bool Desk::IsFull(const SharedVisit& visit) const {
  return guests_.size() >= limits::kConnections && !guests_.contains(visit->pass.token);
}

void Desk::Act(const SharedVisit& visit) {
  const Form& form = visit->form;
  const std::string action = form.Get("do");
  // A form of another site, or one that was guessed, does nothing.
  if (form.Get("k") != KeyOf(visit->pass.token)) {
    visit->notice = Bad(Say(visit->pass.language, Word::kStrangeForm));
    return Show(visit);
  }
  if (action == "look") return Show(visit);
  if (action == "leave") return Leave(visit);
  if (action == "language") {
    if (IsLanguage(form.Get("v"))) visit->pass.language = form.Get("v");
    return Show(visit);
  }
  if (action == "still") {
    visit->pass.still = form.Get("v") == "1";
    return Show(visit);
  }
  if (action == "change") {
    visit->changing = true;
    return Show(visit);
  }
  if (action == "group") {
    visit->pass.said_group = true;
    visit->pass.group = form.Get("v").substr(0, limits::kSlugBytes);
    std::erase(visit->pass.group, '~');
    std::erase_if(visit->pass.group, [](char c) { return c <= ' ' || c == ';' || c == ','; });
    return Show(visit);
  }
  Send(visit);
}

void Desk::Send(const SharedVisit& visit) {
  auto command = CommandFrom(visit->form);
  if (!command) {
    visit->notice = Bad(Say(visit->pass.language, command.error()));
    visit->changing = visit->form.Get("do") == "vote";
    return Show(visit);
  }
  if (IsFull(visit)) return Show(visit);
  const auto guest = GuestFor(visit);
  std::vector<std::string> commands;
  const std::string activity = visit->form.Get("a");
  const std::string& group = visit->pass.group;
  if (!group.empty() && !activity.empty() && guest->told[activity] != group) {
    guest->told[activity] = group;
    commands.push_back(GroupCommand(parts_.new_id(), activity, group));
  }
  commands.push_back(*std::move(command));
  const std::string id = CommandId(visit->form);
  guest->conversation->Do(
      {std::move(commands), id, [this, visit, guest, id] { OnSent(visit, id); }});
}

void Desk::OnSent(const SharedVisit& visit, const std::string& id) {
  const auto guest = GuestFor(visit);
  const Conversation::Fate* fate = guest->conversation->FateOf(id);
  const Conversation::Fate unknown;
  if (fate == nullptr) fate = &unknown;
  const std::string action = visit->form.Get("do");
  const bool ballot = action == "vote" || action == "upvote" || action == "score";
  visit->notice = NoticeOf(*fate, visit->pass.language, !ballot);
  if (!fate->recorded && (fate->outcome.empty() || fate->again)) visit->again = visit->form;
  Show(visit);
}

void Desk::Show(const SharedVisit& visit) {
  if (IsFull(visit)) {
    return End(visit, {.text = Say(visit->pass.language, Word::kBusy), .refresh = true}, false);
  }
  const auto guest = GuestFor(visit);
  guest->conversation->Do({{}, "", [this, visit, guest] {
                             const Conversation& conversation = *guest->conversation;
                             const std::string& language = visit->pass.language;
                             const std::string pass = visit->cookies ? "" : visit->pass.Encode();
                             const std::string key = KeyOf(visit->pass.token);
                             if (conversation.closed() == 4001) {
                               return End(visit,
                                          {visit->code, language, Say(language, Word::kElsewhere),
                                           Word::kUseHere, "look", pass, key},
                                          false);
                             }
                             if (conversation.closed() != 0) {
                               const std::string& why = conversation.closed_reason();
                               return End(visit,
                                          {visit->code, language,
                                           why.empty() ? Say(language, Word::kNotAccepted) : why,
                                           Word::kJoinAgain, "again", "", ""},
                                          true);
                             }
                             const Look stage = conversation.stage();
                             if (!stage) {
                               return End(visit,
                                          {visit->code, language, Say(language, Word::kBusy),
                                           Word::kLookAgain, "look", pass, key, true},
                                          false);
                             }
                             // The code has another room now, or this pass is of another one.
                             if (stage["room"]["code"].Str() != visit->code) return ShowJoin(visit);
                             RoomPage page;
                             page.code = visit->code;
                             page.language = language;
                             page.pass = pass;
                             page.key = key;
                             page.still = visit->pass.still;
                             page.stage = stage;
                             page.person = conversation.person();
                             page.notice = visit->notice;
                             page.again = visit->again;
                             page.changing = visit->changing;
                             page.now_ms = parts_.clock();
                             page.new_id = parts_.new_id;
                             const bool has_groups = !stage["room"]["groups"].List().empty();
                             page.asks_group = has_groups && !visit->pass.said_group;
                             (*visit->reply)(Page(visit, RenderRoom(page)));
                           }});
}

void Desk::Leave(const SharedVisit& visit) {
  guests_.erase(visit->pass.token);
  const std::string& language = visit->pass.language;
  End(visit, {visit->code, language, Say(language, Word::kLeft), Word::kJoinAgain, "again", "", ""},
      true);
}

void Desk::End(const SharedVisit& visit, const EndPage& page, bool forget) {
  EndPage shown = page;
  shown.code = visit->code;
  if (shown.language.empty()) shown.language = "en";
  shown.still = visit->pass.still;
  HttpAnswer answer = Page(visit, RenderEnd(shown), forget);
  if (shown.refresh) answer.status = 503;
  (*visit->reply)(std::move(answer));
}

void Desk::Tick() {
  const TimeMs now = parts_.clock();
  std::vector<std::shared_ptr<Conversation>> quiet;
  for (auto it = guests_.begin(); it != guests_.end();) {
    Guest& guest = *it->second;
    const bool over = guest.conversation->closed() != 0 || !guest.conversation->stage();
    if (now - guest.seen > (over ? kKeepAliveMs : kForgetMs)) {
      it = guests_.erase(it);
      continue;
    }
    ++it;
    if (guest.conversation->busy() || over) continue;
    if (now - guest.conversation->last_heard() > kKeepAliveMs) quiet.push_back(guest.conversation);
  }
  for (const auto& conversation : quiet) conversation->Do({{}, "", [] {}});
}

}  // namespace plenum::basic
