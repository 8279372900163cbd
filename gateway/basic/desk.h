// Desk: /basic, the phone for browsers that are too old for the phone page, or without scripts.
// Each page is a whole document; each answer is a form. Who somebody is stands in a cookie, or,
// where there are none, in every form. What a page needs is asked of the server's own HTTP
// interface. I/O thread only.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "gateway/basic/conversation.h"
#include "gateway/basic/form.h"
#include "gateway/basic/page.h"
#include "gateway/http.h"

namespace plenum::basic {

struct DeskParts {
  HttpHandler& server;  // its own HTTP interface
  std::function<TimeMs()> clock;
  std::function<std::string()> new_id;  // 32 random hex digits
  bool secure_cookies = false;          // the server, or a proxy before it, does TLS
};

inline constexpr size_t kFormBytes = 32 * 1024;

class Desk {
 public:
  explicit Desk(DeskParts parts) : parts_(std::move(parts)) {}

  // REQUIRES: the path is "/basic" or begins with "/basic/".
  void Handle(const HttpQuestion& question, HttpHandler::Reply reply);
  // Every second or so: conversations of open pages are kept alive, others forgotten.
  void Tick();

 private:
  using SharedReply = std::shared_ptr<HttpHandler::Reply>;

  // Who a browser is, in its cookie or its forms.
  struct Pass {
    std::string token, language, group;
    bool said_group = false;  // or did not want to
    bool still = false;       // pages do not refresh by themselves
    std::string Encode() const;
    static Pass Decode(std::string_view text);
  };
  struct Guest {
    std::shared_ptr<Conversation> conversation;
    TimeMs seen = 0;                          // the last page
    std::map<std::string, std::string> told;  // group, by activity
  };
  struct Visit {
    HttpQuestion question;
    SharedReply reply;
    std::string code;
    Form form;
    Pass pass;
    bool cookies = false;  // the browser keeps them
    Notice notice;
    std::optional<Form> again;
    bool changing = false;
  };
  using SharedVisit = std::shared_ptr<Visit>;

  void Begin(const HttpQuestion& question, const Form& form, const SharedReply& reply);
  void ShowCodeForm(const SharedReply& reply, Notice notice);
  void ShowJoin(const SharedVisit& visit);
  void Join(const SharedVisit& visit);
  void OnJoined(const SharedVisit& visit, const HttpAnswer& answer);
  void Act(const SharedVisit& visit);
  void Send(const SharedVisit& visit);
  void OnSent(const SharedVisit& visit, const std::string& id);
  void Show(const SharedVisit& visit);
  void Leave(const SharedVisit& visit);
  void End(const SharedVisit& visit, const EndPage& page, bool forget);

  bool IsFull(const SharedVisit& visit) const;
  std::shared_ptr<Guest> GuestFor(const SharedVisit& visit);
  HttpAnswer Page(const SharedVisit& visit, std::string html, bool forget = false) const;
  void Get(const HttpQuestion& about, const std::string& path,
           std::function<void(int, std::optional<json::Value>)> then);

  Ask AskServer() const;

  DeskParts parts_;
  std::map<std::string, std::shared_ptr<Guest>> guests_;  // by token
  std::map<std::string, std::string> joined_;             // token, by the id of the join form
  std::deque<std::string> joined_order_;
};

}  // namespace plenum::basic
