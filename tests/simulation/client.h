// Client: an honest client of the wire (schema/wire.md), as every page is one. It keeps a command
// until its outcome, sends what is left again after each reconnect, with the same ids, and
// remembers all that it did and heard: its history is what the invariants are checked from.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/command.h"
#include "schema/json.h"
#include "schema/message.h"
#include "tests/simulation/network.h"
#include "tests/simulation/random.h"
#include "tests/simulation/timeline.h"
#include "tests/simulation/trace.h"

namespace plenum::simulation {

// What a client knows of one command of its own.
struct Asked {
  Command command;
  std::string text;  // as it goes over the wire
  Micros first_sent = 0;
  int sent = 0;                         // times
  int refused = 0;                      // times that the server said: nothing was recorded
  std::optional<uint64_t> offset;       // recorded
  std::optional<Answer> answer;         // folded: done
  std::optional<std::string> rejected;  // an error that is no reason to try again: done
  bool Done() const { return answer || rejected; }
  // Certain never to be in the log.
  bool Failed() const { return sent == refused && !offset && !answer; }
};

class Client;

// Told of everything that a client hears, at once.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void OnRecorded(const Client& client, const Asked& asked) = 0;
  virtual void OnAnswer(const Client& client, const Asked& asked) = 0;
  virtual void OnView(const Client& client, const ViewMessage& view, bool first_of_connection) = 0;
  virtual void OnBroken(const Client& client, std::string_view what) = 0;
};

struct ClientParts {
  Timeline& timeline;
  Network& network;
  Trace& trace;
  Observer& observer;
};

struct Badge {  // who a client is
  std::string name;
  Role role = Role::kAttendee;
  TokenId link;
  std::string token;
  std::optional<ParticipantId> participant;
};

class Client : public ClientEnd {
 public:
  Client(ClientParts parts, Badge badge, Random random);

  void Start();
  // No more new commands: only what is left is sent and answered.
  void Calm() { calm_ = true; }
  // Stops reading for a while: one send takes so long to be read.
  void ReadSlowly(Micros per_send) { reading_time_ = per_send; }
  void Drop();  // the network of this phone is switched off and on
  // A new token for the same person, and another try.
  void Renew(std::string token);

  // Reads what it is sent, in the end.
  virtual bool Reads() const { return true; }
  const Badge& badge() const { return badge_; }
  const std::map<EventId, Asked>& history() const { return history_; }
  size_t waiting() const { return waiting_.size(); }
  bool welcomed() const { return welcomed_; }
  // Told not to come back: another device has taken over, or the link was withdrawn.
  std::optional<CloseCode> over() const { return over_; }
  const ViewMessage& shown(Topic topic) const { return shown_[static_cast<size_t>(topic)]; }

  // ClientEnd
  void OnOpen() override;
  void OnText(std::string_view text) override;
  void OnClosed(std::optional<CloseCode> code) override;
  Micros ReadingTime() override { return reading_time_; }

 protected:
  // What a person does with this client now; it has a look at its screens now and then.
  virtual void Act() {}
  // How long until the next look.
  virtual Micros ThinkingTime() { return random_.Between(100, 1500) * kMs; }

  EventId Ask(ActivityId activity, uint32_t generation, uint32_t seq, Request request);
  // Again, without need.
  void AskAgain(const EventId& id);
  // Something that is no command.
  void SendRaw(std::string text);
  // The screen, decoded; null before there is one.
  const json::Value* Screen(Topic topic);
  Random& random() { return random_; }
  void Count(std::string_view what) { parts_.trace.Count(what); }

 private:
  void Connect();
  void Hangup();
  void Think();
  void Watch();
  void SendOne(Asked& asked);
  void OnMessage(const Message& message);
  void OnWelcome();
  void OnRecordedMessage(const Recorded& recorded);
  void OnAnswerMessage(const Answer& answer);
  void OnError(const ErrorMessage& error);
  void OnViewMessage(ViewMessage view);
  Asked* Find(const EventId& id);
  void Done(const EventId& id);

  ClientParts parts_;
  Badge badge_;
  Random random_;
  bool calm_ = false;
  std::optional<CloseCode> over_;
  Micros reading_time_ = 0;
  std::shared_ptr<Connection> connection_;
  bool welcomed_ = false;
  Micros last_heard_ = 0;
  Micros connected_at_ = 0;
  std::map<EventId, Asked> history_;
  std::vector<EventId> waiting_;  // not done, in the order in which they were asked
  static constexpr size_t kTopics = 3;
  std::array<ViewMessage, kTopics> shown_;
  std::array<bool, kTopics> fresh_{};  // seen on this connection
  struct Decoded {
    std::string data;
    json::Value value;
  };
  std::array<std::optional<Decoded>, kTopics> decoded_;
};

}  // namespace plenum::simulation
