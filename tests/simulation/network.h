// Network: WebSocket connections between clients and the node, over a simulated network. What is
// sent on one connection arrives in order, after a while, or never: a cut loses what is on its way,
// each way by itself, and the two ends notice at different times. Connections overtake each other.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/hub.h"
#include "schema/message.h"
#include "tests/simulation/random.h"
#include "tests/simulation/timeline.h"

namespace plenum::simulation {

class Node;

// The client's end of a connection.
class ClientEnd {
 public:
  virtual ~ClientEnd() = default;
  virtual void OnOpen() = 0;
  virtual void OnText(std::string_view text) = 0;
  // Absent: it broke, or could not be made.
  virtual void OnClosed(std::optional<CloseCode> code) = 0;
  // How long this client takes to read what one send brought.
  virtual Micros ReadingTime() = 0;
};

class Connection final : public ClientPort, public std::enable_shared_from_this<Connection> {
 public:
  struct Weather {
    Micros latency_low = 200;
    Micros latency_high = 30 * kMs;
  };

  // What becomes of a message to a client; nullopt: it is lost. For testing the checks.
  using Tamper = std::function<std::optional<std::string>(std::string)>;

  Connection(Timeline& timeline, Random random, const Weather& weather, const Tamper& tamper,
             ClientEnd& client)
      : timeline_(timeline),
        random_(random),
        weather_(weather),
        tamper_(tamper),
        client_(&client) {}

  void Establish(const std::function<Node*()>& node);
  void Send(std::string text);  // by the client
  void Hangup();                // by the client; the node notices later
  void Wake() override;         // by the hub: something waits to be sent
  // The way breaks; both ends notice, if ever, after a while.
  void Cut();
  // The node has died: nothing of it may be touched any more.
  void NodeDied();

  bool dead() const { return client_ == nullptr && node_ == nullptr; }
  // Frames that were not what a WebSocket server may send.
  bool garbled() const { return garbled_; }

 private:
  Micros Latency() { return random_.Between(weather_.latency_low, weather_.latency_high); }
  void ToNode(std::string text);
  void ToClient(const std::string& frames);
  void Flush();
  void CloseByNode(CloseCode code);
  void ClientLearns(std::optional<CloseCode> code);
  void NodeLearns();

  Timeline& timeline_;
  Random random_;
  const Weather& weather_;
  const Tamper& tamper_;  // empty: messages arrive as they are
  ClientEnd* client_;     // null: closed at that end
  Node* node_ = nullptr;  // null: not open yet, or closed at that end
  Hub::Client* hub_client_ = nullptr;
  bool up_ = true, down_ = true;        // whether bytes still get through
  Micros up_free_ = 0, down_free_ = 0;  // when the last byte that was sent arrives
  bool writing_ = false, flush_planned_ = false;
  bool garbled_ = false;
};

class Network {
 public:
  Network(Timeline& timeline, Random random) : timeline_(timeline), random_(random) {}

  // `node`: who listens now; null for nobody, and connections are refused.
  void SetNode(Node* node) { node_ = node; }
  void NodeDied();
  std::shared_ptr<Connection> Connect(ClientEnd& client);
  void CutAll();
  void CutOne();
  void SetTamper(Connection::Tamper tamper) { tamper_ = std::move(tamper); }
  void SetWeather(Connection::Weather weather) { weather_ = weather; }
  bool garbled() const { return garbled_; }

 private:
  void Forget();

  Timeline& timeline_;
  Random random_;
  Node* node_ = nullptr;
  Connection::Weather weather_;
  Connection::Tamper tamper_;
  std::vector<std::shared_ptr<Connection>> connections_;
  bool garbled_ = false;
};

}  // namespace plenum::simulation
