// PollDesk: conversations over plain HTTP (POST /api/v1/poll), where no WebSocket gets through.
// Behind each is a session of the hub like any other, with its limits and close codes; what waits
// for it leaves with the answer to a poll, which is held back until there is something to say.
//
// A state machine beside the hub, without sockets and threads. I/O thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/http.h"
#include "gateway/hub.h"
#include "schema/ids.h"

namespace plenum {

inline constexpr std::string_view kPollPath = "/api/v1/poll";

using PollId = Id<struct PollTag, 16>;  // whoever knows it goes on with the conversation

struct PollDeskParts {
  Hub& hub;
  std::function<TimeMs()> clock;
  std::function<void(std::span<uint8_t>)> random;
  // Calls once, in a few milliseconds: what happens meanwhile leaves in one answer.
  std::function<void(std::function<void()>)> soon;
  std::function<void()> on_poll = {};  // for whoever counts
};

class PollDesk {
 public:
  explicit PollDesk(PollDeskParts parts);
  ~PollDesk();

  // One poll, as schema/wire.md has it. `reply` comes at once if it is refused or makes way for a
  // newer one; otherwise with the next messages, or when it has waited long enough.
  void Handle(std::string_view body, HttpHandler::Reply reply);
  // Every second or so.
  void Tick();
  // The server stops: who does not wait for an answer now will not get one.
  void Stop();

  size_t open() const { return open_.size(); }

 private:
  struct Conversation;
  struct Poll;

  void Take(Conversation& conversation, Poll poll, HttpHandler::Reply reply);
  // What can be answered now; then the conversation may be over, and gone.
  void AnswerIfDue(Conversation& conversation, TimeMs now);
  void Answer(Conversation& conversation, TimeMs now);
  void Close(Conversation& conversation, TimeMs now);
  void Wake(Conversation& conversation);
  void AnswerWoken();

  PollDeskParts parts_;
  std::map<PollId, std::unique_ptr<Conversation>> open_;
  std::vector<PollId> woken_;
};

}  // namespace plenum
