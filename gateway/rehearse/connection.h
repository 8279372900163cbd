// Connection: the real Link, a WebSocket over TCP (Boost.Beast), and the real Loop. All on the one
// thread that runs the io_context.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "gateway/rehearse/link.h"
#include "gateway/rehearse/loop.h"

namespace plenum::rehearse {

class AsioLoop : public Loop {
 public:
  TimePoint Now() const override { return std::chrono::steady_clock::now(); }
  void After(Duration wait, std::function<void()> then) override;

  void Run() { io_.run(); }
  void Stop() { io_.stop(); }
  boost::asio::io_context& io() { return io_; }

 private:
  boost::asio::io_context io_{1};
};

// Where the server's WebSocket is.
struct Target {
  std::vector<boost::asio::ip::tcp::endpoint> endpoints;
  std::string authority;  // for the Host header
  std::string origin;     // as a browser on the server's own pages sends it
};

// Blocks while the name is looked up. The error is one sentence.
std::expected<Target, std::string> FindTarget(AsioLoop& loop, const std::string& url);

// REQUIRES: `loop` and `target` outlive it.
std::unique_ptr<Link> MakeConnection(AsioLoop& loop, const Target& target);

}  // namespace plenum::rehearse
