// Conversation: one participant's session with the server, held for a browser that cannot hold one
// itself. It speaks as any phone without WebSockets does (POST /api/v1/poll), inside the server; so
// every rule, limit and answer is that of the others. I/O thread only.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/basic/look.h"
#include "gateway/http.h"
#include "schema/ids.h"

namespace plenum::basic {

// The server's own HTTP interface.
using Ask = std::function<void(HttpQuestion, HttpHandler::Reply)>;

class Conversation : public std::enable_shared_from_this<Conversation> {
 public:
  // What became of a command.
  struct Fate {
    bool recorded = false;
    std::string outcome;  // "counted", "late", …; "error": refused at once; empty: not known yet
    std::string reason, text;
    bool again = false;  // an error: nothing is known to be recorded, and it may be sent again
  };

  Conversation(Ask ask, std::function<TimeMs()> clock, std::function<std::string()> new_id,
               std::string token)
      : ask_(std::move(ask)),
        clock_(std::move(clock)),
        new_id_(std::move(new_id)),
        token_(std::move(token)) {}

  // Says these commands (JSON, with their ids), waits for what becomes of the last one and for the
  // views after it, but not long; then calls `done`. One after the other.
  struct Errand {
    std::vector<std::string> commands;
    std::string id;  // of the last command; empty: only to look
    std::function<void()> done;
  };
  void Do(Errand errand);

  Look stage() const { return Look(stage_ ? &*stage_ : nullptr); }
  Look person() const { return Look(person_ ? &*person_ : nullptr); }
  const Fate* FateOf(const std::string& id) const;
  // Why it has ended for good: the close code (schema/wire.md); 0: it goes on.
  int64_t closed() const { return closed_; }
  const std::string& closed_reason() const { return closed_reason_; }
  TimeMs last_heard() const { return last_heard_; }
  bool busy() const { return busy_; }

 private:
  void Next();
  void Step();
  void Poll(std::vector<std::string> messages, int64_t wait_ms);
  void OnAnswer(HttpAnswer answer);
  void OnMessage(Look message);
  bool IsDone() const;
  void Finish();

  Ask ask_;
  std::function<TimeMs()> clock_;
  std::function<std::string()> new_id_;
  const std::string token_;
  std::string poll_;  // the server's name of this conversation; empty: it has to begin
  bool welcomed_ = false;
  std::optional<json::Value> stage_, person_;
  uint64_t version_ = 0;  // of the newest person's view
  std::map<std::string, Fate> fates_;
  std::deque<std::string> fate_order_;
  std::map<std::string, uint64_t> index_;  // of outcomes
  std::deque<Errand> errands_;
  bool busy_ = false;
  bool said_ = false;  // the commands of the errand
  TimeMs until_ = 0;   // of the errand
  TimeMs views_until_ = 0;
  int begins_ = 0;  // within the errand
  bool down_ = false;
  int64_t closed_ = 0;
  std::string closed_reason_;
  TimeMs last_heard_ = 0;
};

}  // namespace plenum::basic
