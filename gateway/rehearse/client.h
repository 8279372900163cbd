// Client: the protocol as a phone speaks it (schema/wire.md), as a state machine without I/O:
// hello, commands kept until their outcome and sent again with the same ids after each reconnect,
// full jitter back-off, views of which the newest wins.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/rehearse/history.h"
#include "gateway/rehearse/link.h"
#include "gateway/rehearse/loop.h"
#include "gateway/rehearse/random.h"
#include "gateway/rehearse/views.h"
#include "schema/command.h"
#include "schema/message.h"

namespace plenum::rehearse {

// What all clients of one rehearsal share.
struct Shared {
  Loop& loop;
  Pace pace;
  History& history;
  StageCache stages;
  std::vector<std::string> failures;  // sentences: what must not happen to a client
  uint64_t bad_messages = 0;          // from the server, not of the wire's form
  uint32_t connected = 0;             // clients that were welcomed and are connected
};

EventId MakeEventId();  // random

// What becomes of a client's commands and views.
class ClientSink {
 public:
  virtual ~ClientSink() = default;
  virtual void OnStage(const StageView&) {}
  virtual void OnPerson(const PersonView&) {}
  virtual void OnConsole(const ConsoleView&) {}
  // Whether it is told each console. Reading one takes time, several of the staff are given it, and
  // most of them change nothing: Client::Console() reads the newest when it is asked for.
  virtual bool ReadsConsole() const { return true; }
  // The command is done: an outcome, or (`outcome` null) refused at once with an error.
  virtual void OnDone(const Command&, const Outcome*) {}
  // A copy of the server has taken over: views begin anew. What was lost is offered again, and then
  // each of these commands, done before, is done again.
  virtual void OnTakeOver() {}
  virtual void OnDoneAgain(const Command&, const Outcome*) {}
};

class Client : private LinkEvents {
 public:
  Client(Shared& shared, std::unique_ptr<Link> link, uint32_t who, std::string token, Random random,
         ClientSink& sink);
  ~Client() override;

  void Connect();
  // Keeps the command until its outcome; sends it now, or on the next connection. Returns its id.
  EventId Say(Command command, uint32_t times = 1);
  // Loses the connection now and comes back by itself after `away`.
  void Drop(Duration away);
  // Goes home: no reconnect.
  void Leave();

  bool ready() const { return ready_; }  // welcomed
  bool gone() const { return gone_; }    // left, or sent away for good
  size_t unanswered() const { return kept_.size(); }
  TimePoint last_ready() const { return last_ready_; }
  // The newest stage that was shown; null before the first.
  const std::shared_ptr<const StageView>& stage() const { return stage_; }
  // The newest console; null before the first. Valid until the next call.
  const ConsoleView* Console();

 private:
  struct Kept {
    Command command;
    std::string text;
    bool waits = false;  // for the time that an error named
    bool sent = false;
    bool done = false;   // on a server that was replaced
    uint64_t index = 0;  // then: where it was
  };

  void OnOpen() override;
  void OnText(std::string_view text) override;
  void OnClosed(uint16_t close_code) override;

  void OnMessage(Message message, std::string_view text);
  void OnWelcome(const Welcome& welcome);
  void OfferAgain(uint64_t kept);
  void OnView(const ViewMessage& view, std::string_view text);
  void OnStageText(const ViewMessage& view, std::string_view text);
  void OnError(const ErrorMessage& error);
  void OnOutcome(const EventId& id, const Outcome& outcome);
  void Reconnect(Duration wait);
  void Watch();
  void SendKept(Kept& kept);
  void Settle(const EventId& id, const Outcome* outcome);
  std::deque<Kept>::iterator FindKept(const EventId& id);
  Duration BackOff();

  Shared& shared_;
  std::unique_ptr<Link> link_;
  const uint32_t who_;
  const std::string token_;
  Random random_;
  ClientSink& sink_;
  std::deque<Kept> kept_;
  std::deque<Kept> answered_;  // the newest of the day, in case a copy lacks them
  bool ready_ = false;
  bool gone_ = false;
  bool was_ready_ = false;
  uint32_t attempts_ = 0;  // failed connections in a row
  uint64_t epoch_ = 0;     // counts connections: timers of an older one do nothing
  TimePoint last_heard_;
  TimePoint last_ready_;
  std::shared_ptr<const StageView> stage_;
  std::optional<ConsoleView> console_;
  std::string unread_console_;  // a message
  uint64_t version_ = 0;
  uint64_t server_epoch_ = 0;  // of the latest server that it has met
  std::string proof_;
  std::array<uint64_t, 4> shown_{};  // newest version by topic
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace plenum::rehearse
