// One accepted connection: reads requests, refuses what could be read in two ways, hands questions
// to the handler, and becomes a WebSocket at /ws. I/O thread only.
#pragma once

#include <memory>
#include <string>

#include "gateway/channel.h"
#include "gateway/http.h"
#include "gateway/origins.h"

namespace plenum {

class WebSockets;

struct HttpContext {
  HttpHandler& handler;
  WebSockets& web_sockets;
  const Origins& origins;
};

// Serves the connection until it ends; owns itself meanwhile. `on_end` is called once, at its end,
// of the WebSocket too, if it becomes one.
// Who is at the other end: see HttpQuestion.
struct Caller {
  bool private_line = false;
  std::string address;
};
void ServeHttp(std::shared_ptr<Channel> channel, HttpContext& context, Caller caller,
               std::move_only_function<void()> on_end);

}  // namespace plenum
