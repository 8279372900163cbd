// WebSocket connections: Beast reads, answers pings and closes; what the hub has to say leaves as
// whole frames through the channel beside it. I/O thread only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/channel.h"
#include "gateway/hub.h"

namespace plenum {

class WsConnection;

inline constexpr const char* kSubprotocol = "plenum.v1";

// What of the upgrade request the handshake needs.
struct UpgradeRequest {
  std::string host;
  std::string key;  // Sec-WebSocket-Key
};

// All WebSocket connections of the server: makes them, and sends what waits in their outboxes, at
// once when little goes on, gathered for a millisecond under load.
class WebSockets {
 public:
  WebSockets(net::io_context& io, Hub& hub, std::function<TimeMs()> clock);

  // Too many connections already.
  bool full() const;
  // Takes over the channel after the upgrade request.
  void Start(std::shared_ptr<Channel> channel, UpgradeRequest request,
             std::move_only_function<void()> on_end);
  // Sends what waits, soon.
  void Wake(std::shared_ptr<WsConnection> connection);

  Hub& hub() { return hub_; }
  TimeMs Now() const { return clock_(); }

 private:
  void Flush();

  net::io_context& io_;
  Hub& hub_;
  std::function<TimeMs()> clock_;
  net::steady_timer timer_;
  std::chrono::steady_clock::time_point flushed_{};
  bool scheduled_ = false;
  std::vector<std::shared_ptr<WsConnection>> waiting_;
};

}  // namespace plenum
